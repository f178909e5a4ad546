"""Typed on one device, there on another; a line that breaks, a sign-in that runs out, an upload cut in the middle."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.models import Dossier
from applications.states import State
from documents.models import StoredFile
from tests import cast
from tests.applications import making
from tests.stories.people import choose_files, enter, press, sees, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

AT_THE_COUNTER = {
    "Tên doanh nghiệp": "Công ty Mang Đến",
    "Địa chỉ trụ sở": "5 Lê Lợi",
    "Người đại diện theo pháp luật": "Trần Mang Đến",
    "Tên cơ sở": "Xưởng 1",
    "Số nhà, đường, ấp": "Ấp 3",
    "Họ tên người mang đến": "Lâm Thị Bé",
    "Điện thoại người mang đến": "0912345678",
}


def open_part(page: Page, portal: str, dossier: Dossier, part: str) -> Page:
    page.goto(portal + reverse("dossiers:answers", args=[dossier.reference, part]))
    return page


def test_what_is_typed_on_one_device_is_there_on_another_word_for_word(
    new_page: Callable[..., Page], portal: str
) -> None:
    dossier = making.draft(at=timezone.now())
    owner = making.owner_of(dossier)
    office, phone = enter(new_page(), portal, owner), enter(new_page(width=390, height=800), portal, owner)
    open_part(office, portal, dossier, "baseline")
    office.get_by_label("Số lao động hiện có").press_sequentially("312")
    office.get_by_label("Ngày của bảng lương").press_sequentially("30/0")
    expect(office.get_by_text("1 chỗ nhập dở được giữ nguyên")).to_be_visible()
    open_part(phone, portal, dossier, "baseline")
    expect(phone.get_by_label("Số lao động hiện có")).to_have_value("312")
    expect(phone.get_by_label("Ngày của bảng lương")).to_have_value("30/0")
    phone.get_by_label("Ngày của bảng lương").press("End")
    phone.get_by_label("Ngày của bảng lương").press_sequentially("6/2021")
    expect(phone.locator("[data-autosaved]")).to_contain_text("Đã lưu câu trả lời lúc")
    # The first device is told, and writes nothing over it.
    office.get_by_label("Số lao động hiện có").fill("3")
    expect(office.get_by_text("vừa sửa phần này ở nơi khác")).to_be_visible()
    dossier.refresh_from_db()
    assert (dossier.baseline, f"{dossier.baseline_as_of:%d/%m/%Y}") == (312, "30/06/2021")
    office.reload()
    expect(office.get_by_label("Ngày của bảng lương")).to_have_value("30/06/2021")


def test_a_line_that_breaks_and_a_sign_in_that_runs_out_are_said_and_mended(
    new_page: Callable[..., Page], portal: str
) -> None:
    dossier = making.draft(at=timezone.now())
    owner = making.owner_of(dossier)
    page = open_part(enter(new_page(), portal, owner), portal, dossier, "signer")
    page.context.set_offline(True)
    page.get_by_label("Người liên hệ").fill("Đỗ Kim Ánh")
    expect(page.get_by_text("Chưa lưu được: mất kết nối.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Đã lưu câu trả lời lúc")).to_be_visible()
    dossier.refresh_from_db()
    assert dossier.contact_name == "Đỗ Kim Ánh"
    Session.objects.all().delete()
    page.get_by_label("Chức danh").fill("Phó Giám đốc")
    expect(page.get_by_text("Chưa lưu được: phiên đã hết.")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập ở thẻ mới").first.click()
    sign_in(opened.value, owner, cast.PASSWORD)
    expect(opened.value).to_have_url(portal + reverse("home"))
    opened.value.close()
    expect(page.get_by_text("Đã lưu câu trả lời lúc")).to_be_visible()
    dossier.refresh_from_db()
    assert dossier.signer_title == "Phó Giám đốc"


def test_a_form_sent_after_the_sign_in_ran_out_is_filled_again_and_forgotten_once_it_was_taken(
    page: Page, portal: str
) -> None:
    admin = cast.make_admin()
    cast.load_reference()
    enter(page, portal, admin)
    page.goto(f"{portal}/catalogues/holidays/new/")
    page.get_by_label("Ngày", exact=True).fill("24/11/2025")
    page.get_by_label("Tên ngày, số văn bản").fill("Ngày Văn hóa")
    Session.objects.all().delete()
    press(page, "Lưu")
    sign_in(page, admin, cast.PASSWORD)
    expect(page.get_by_label("Tên ngày, số văn bản")).to_have_value("Ngày Văn hóa")
    page.get_by_label("Ngày", exact=True).fill("")
    press(page, "Lưu")  # wrong: comes back as it was sent, and nothing is forgotten
    expect(page.get_by_label("Tên ngày, số văn bản")).to_have_value("Ngày Văn hóa")
    page.get_by_label("Ngày", exact=True).fill("24/11/2025")
    press(page, "Lưu")
    sees(page, "Đã thêm ngày 24/11/2025")
    page.goto(f"{portal}/catalogues/holidays/new/")
    expect(page.get_by_label("Tên ngày, số văn bản")).to_have_value("")
    page.get_by_label("Tên ngày, số văn bản").fill("Viết dở")
    page.goto(f"{portal}/accounts/logout/")
    press(page, "Đăng xuất")
    enter(page, portal, admin)
    page.goto(f"{portal}/catalogues/holidays/new/")  # at a desk that others use, nothing is left behind
    expect(page.get_by_label("Tên ngày, số văn bản")).to_have_value("")


def test_a_form_in_two_steps_is_filled_again_at_both_and_forgotten_once_it_was_taken(
    page: Page, portal: str
) -> None:
    officer, firm = cast.make_dolisa_officer(), "2100567893"
    enter(page, portal, officer)
    page.goto(f"{portal}/dossiers/counter/")
    page.get_by_label("Mã số thuế").fill(firm)
    press(page, "Tiếp tục")
    for label, words in AT_THE_COUNTER.items():
        page.get_by_role("textbox", name=label, exact=True).fill(words)
    page.get_by_label("Xã, phường, thị trấn").select_option("29263")
    Session.objects.all().delete()
    press(page, "Lập hồ sơ")
    sign_in(page, officer, cast.PASSWORD)
    expect(page.get_by_label("Mã số thuế")).to_have_value(firm)
    press(page, "Tiếp tục")
    for label, words in AT_THE_COUNTER.items():
        expect(page.get_by_role("textbox", name=label, exact=True)).to_have_value(words)
    press(page, "Lập hồ sơ")
    sees(page, "Công ty Mang Đến")
    page.goto(f"{portal}/dossiers/counter/")
    expect(page.get_by_label("Mã số thuế")).to_have_value("")


def test_somebody_else_signs_in_at_the_same_tab_and_finds_nothing(page: Page, portal: str) -> None:
    officer, colleague, firm = cast.make_dolisa_officer(), cast.make_dolisa_head(), "2100567893"
    enter(page, portal, officer)
    page.goto(f"{portal}/dossiers/counter/")
    page.get_by_label("Mã số thuế").fill(firm)
    press(page, "Tiếp tục")
    for label, words in AT_THE_COUNTER.items():
        page.get_by_role("textbox", name=label, exact=True).fill(words)
    Session.objects.all().delete()
    press(page, "Lập hồ sơ")
    sign_in(page, colleague, cast.PASSWORD)
    expect(page.get_by_label("Mã số thuế")).to_have_value("")
    left = page.evaluate("JSON.stringify(Object.entries(sessionStorage))")
    assert [words for words in (firm, *AT_THE_COUNTER.values()) if words in left] == []
    page.get_by_label("Mã số thuế").fill(firm)
    press(page, "Tiếp tục")
    for label in AT_THE_COUNTER:
        expect(page.get_by_role("textbox", name=label, exact=True)).to_have_value("")


def test_who_goes_back_in_a_tab_finds_nothing_that_somebody_else_typed(page: Page, portal: str) -> None:
    dossier = making.make_dossier(State.SUBMITTED, at=timezone.now() - timedelta(hours=3))
    enter(page, portal, cast.make_dolisa_officer())
    page.goto(f"{portal}/dossiers/{dossier.code}/notes/")
    page.get_by_role("textbox").last.fill("Chỉ để mình đọc")
    page.goto(f"{portal}/inbox/")
    enter(page, portal, cast.make_dolisa_head())
    page.go_back()
    page.wait_for_load_state("load")
    expect(page.locator("body")).to_have_attribute("data-person", str(cast.make_dolisa_head().pk))
    expect(page.get_by_role("textbox").last).to_have_value("")


def test_the_questionnaire_of_the_plan_is_kept_while_typing(
    new_page: Callable[..., Page], portal: str
) -> None:
    dossier = making.draft(at=timezone.now())
    page = enter(new_page(), portal, making.owner_of(dossier))
    page.goto(portal + reverse("dossiers:plan_part", args=[dossier.reference, "isolation"]))
    page.get_by_label("Vị trí khu cách ly").press_sequentially("Dãy nhà phía b")
    expect(page.locator("#plan-state").get_by_role("heading", name="Đã lưu")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Vị trí khu cách ly")).to_have_value("Dãy nhà phía b")


def test_an_upload_cut_in_the_middle_leaves_nothing_half_and_the_page_as_it_was(
    new_page: Callable[..., Page], portal: str, tmp_path: Path
) -> None:
    dossier = making.draft(at=timezone.now())
    paper = tmp_path / "phieu-tiem.pdf"
    paper.write_bytes(making.pdf_bytes(2))
    page = enter(new_page(), portal, making.owner_of(dossier))
    address = portal + reverse("dossiers:paper", args=[dossier.reference, "vaccination_slips"])
    page.goto(address)
    page.get_by_label("Số phiếu trong các tệp").fill("40")
    expect(page.get_by_text("Đã lưu câu trả lời lúc").first).to_be_visible()
    choose_files(page, paper)
    expect(page.get_by_text("mới chọn, chưa gửi: bấm nút bên dưới")).to_be_visible()
    expect(page.get_by_text("Đã lưu lúc")).to_have_count(0)
    files = StoredFile.objects.count()

    def cut(route: object) -> None:
        multipart = "multipart" in route.request.headers.get("content-type", "")  # type: ignore[attr-defined]
        route.abort("connectionreset") if multipart else route.continue_()  # type: ignore[attr-defined]

    page.route(address, cut)
    press(page, "Lưu")
    expect(page.get_by_text("Chưa gửi được: mất kết nối.")).to_be_visible()
    assert page.url == address
    assert (dossier.papers.count(), dossier.uploads.count(), StoredFile.objects.count()) == (0, 0, files)
    expect(page.get_by_label("Số phiếu trong các tệp")).to_have_value("40")
    page.unroute(address)
    press(page, "Lưu")
    expect(page.get_by_text("Đã lưu “")).to_be_visible()
    assert dossier.papers.get().pages == 2
