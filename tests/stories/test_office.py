"""To a signature: on paper with its number, one document for 22 firms, and a decision taken back and made anew."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pdfplumber
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.states import State
from documents import issuing
from documents.models import Letter
from tests import cast
from tests.applications import making
from tests.stories.people import confirm_password, enter, failed, follow, heading, press, sees

FIRMS = 22


def made(state: str, **given: object):
    return making.make_dossier(state, at=timezone.now() - timedelta(hours=8), **given)


def test_the_office_records_a_signature_made_on_paper(
    new_page: Callable[..., Page], portal: str, tmp_path: Path
) -> None:
    dossier, scan = made(State.FORWARDED), tmp_path / "da-ky.pdf"
    scan.write_bytes(making.pdf_bytes(2))
    chairman = cast.make_chairman()
    page = enter(new_page(), portal, cast.make_office_clerk())
    page.goto(f"{portal}/dossiers/{dossier.code}/decide/")
    page.get_by_role("link", name="Viết phiếu trình").click()
    page.get_by_label("Trình ký theo đề nghị").check()
    page.get_by_label("Nội dung phiếu trình").fill("Đủ giấy tờ, đã kiểm tra, trình ký.")
    press(page, "Đặt lên hồ sơ")
    sees(page, "Đủ giấy tờ, đã kiểm tra, trình ký.")
    page.get_by_role("link", name="Ghi nhận văn bản đã ký trên giấy").click()
    page.get_by_label("Quyết định", exact=True).check()
    page.get_by_label(re.compile(chairman.full_name)).check()
    page.get_by_label("Ngày ký").fill(f"{timezone.localtime():%d/%m/%Y}")
    page.get_by_label("chọn tệp trong máy").set_input_files(scan)
    press(page, "Xem lại bên cạnh bản quét")
    failed(page, "Nhập số của văn bản.")
    page.get_by_label("Số văn bản").fill("1912")
    page.get_by_label("chọn tệp trong máy").set_input_files(scan)
    press(page, "Xem lại bên cạnh bản quét")
    heading(page, "Đọc lại văn bản đã ký")
    expect(page.get_by_role("img", name="Bản quét, trang 2")).to_be_visible()
    press(page, "Ghi nhận và phát hành")
    confirm_password(page)
    sees(page, "1912/QĐ-UBND")
    decision = making.fresh(dossier).decision
    assert (decision.decided_by, decision.recorded_by) == (chairman, cast.make_office_clerk())


def test_one_document_with_an_annex_for_22_firms(new_page: Callable[..., Page], portal: str) -> None:
    sites = [cast.make_site(name=f"Cơ sở số {number}", zone=None) for number in range(1, FIRMS + 1)]
    dossiers = [made(State.FORWARDED, site=site) for site in sites]
    page = enter(new_page(), portal, cast.make_chairman())
    page.goto(f"{portal}/decisions/")
    follow(page, "Một văn bản cho nhiều doanh nghiệp")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Xem văn bản và phụ lục")
    heading(page, "Xem lại văn bản và phụ lục")
    sees(page, "22 doanh nghiệp")
    press(page, f"Ký một văn bản cho {FIRMS} doanh nghiệp")
    confirm_password(page)
    sees(page, "01/QĐ-UBND")
    letter = Letter.objects.get(kind=Letter.Kind.DECISION)
    issuing.make_pdf(str(letter.pk), at=timezone.now())
    letter.refresh_from_db()
    assert letter.pdf is not None
    with pdfplumber.open(letter.pdf.content.path) as document:
        text = "\n".join(sheet.extract_text() for sheet in document.pages)
    assert "PHỤ LỤC" in text
    assert all(str(dossier.code) in text for dossier in dossiers)
    assert {making.fresh(dossier).state for dossier in dossiers} == {State.APPROVED}


def test_one_document_with_an_annex_was_signed_on_paper(
    new_page: Callable[..., Page], portal: str, tmp_path: Path
) -> None:
    sites = [cast.make_site(name=f"Cơ sở số {number}", zone=None) for number in range(1, 4)]
    dossiers = [made(State.FORWARDED, site=site) for site in sites]
    chairman, scan = cast.make_chairman(), tmp_path / "phu-luc.pdf"
    scan.write_bytes(making.pdf_bytes(2))
    page = enter(new_page(), portal, cast.make_office_clerk())
    page.goto(f"{portal}/decisions/")
    follow(page, "Văn bản có phụ lục ký trên giấy")
    for site in sites[:2]:
        page.get_by_label(site.name).check()
    page.get_by_label("Quyết định", exact=True).check()
    page.get_by_label(re.compile(chairman.full_name)).check()
    page.get_by_label("Ngày ký").fill(f"{timezone.localtime():%d/%m/%Y}")
    page.get_by_label("chọn tệp trong máy").set_input_files(scan)
    press(page, "Xem lại bên cạnh bản quét")
    failed(page, "Nhập số của văn bản.")
    page.get_by_label("Số văn bản").fill("1912")
    press(page, "Xem lại bên cạnh bản quét")  # the scan that was sent is not asked for again
    heading(page, "Đọc lại văn bản đã ký")
    expect(page.get_by_role("img", name="Bản quét, trang 2")).to_be_visible()
    press(page, "Phát hành cho 2 doanh nghiệp")
    confirm_password(page)
    sees(page, "1912/QĐ-UBND")
    assert [making.fresh(each).state for each in dossiers] == [
        State.APPROVED,
        State.APPROVED,
        State.FORWARDED,
    ]


def test_a_letter_is_recalled_and_the_next_one_takes_its_place(
    new_page: Callable[..., Page], portal: str
) -> None:
    dossier = made(State.APPROVED)
    old = dossier.decision.letter
    page = enter(new_page(), portal, cast.make_chairman())
    page.goto(f"{portal}/letters/{old.pk}/")
    follow(page, "Thu hồi văn bản này")
    press(page, "Thu hồi văn bản")
    confirm_password(page)
    failed(page, "Chưa ghi lý do.")
    page.get_by_label("Lý do thu hồi").fill("Ghi nhầm số người")
    press(page, "Thu hồi văn bản")
    sees(page, "Ghi nhầm số người")
    assert making.fresh(dossier).state == State.INSPECTED
    making.approve(making.forward(making.fresh(dossier), timezone.now()), timezone.now())
    page.goto(f"{portal}/check/{old.token}/")
    sees(page, "02/QĐ-UBND")
