"""A supplement and its answer; a dossier from hand to hand while an officer is away; two officers at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from applications.models import Dossier
from applications.states import State
from documents.models import Letter
from journal import outbox
from organisations.models import User
from tests import cast
from tests.applications import making
from tests.applications.desk import second_officer
from tests.stories.files import signed_paper
from tests.stories.people import choose_files, enter, follow, heading, press, sees


@pytest.fixture
def submitted(portal: str) -> Dossier:
    """A dossier handed in two hours ago."""
    return making.make_dossier(State.SUBMITTED, at=timezone.now() - timedelta(hours=2))


def test_a_supplement_is_asked_once_answered_and_shown_to_who_asked(
    page: Page, portal: str, submitted: Dossier, tmp_path: Path
) -> None:
    officer, owner = cast.make_dolisa_officer(), making.owner_of(submitted)
    enter(page, portal, officer)
    page.goto(f"{portal}/dossiers/{submitted.code}/?paper=1")
    follow(page, "Trả lại, ghi lý do")
    page.get_by_label("Lý do trả lại").fill("Công văn thiếu ngày ký")
    page.get_by_label("Cách sửa").fill("Ghi ngày ký rồi quét lại")
    press(page, "Trả lại")
    for _ in range(12):
        press(page, "Đạt")
        page.wait_for_load_state()
    follow(page, "Yêu cầu bổ sung")
    sees(page, "Công văn thiếu ngày ký")
    page.get_by_label("Về", exact=True).first.select_option("other")
    page.get_by_label("Thiếu, sai ở đâu").first.fill("Chưa rõ số ca")
    page.get_by_label("Cần làm gì").first.fill("Ghi số ca")
    press(page, "Xem phiếu trước khi gửi")
    heading(page, "Xem lại phiếu yêu cầu bổ sung")
    expect(page.get_by_role("img", name="Phiếu yêu cầu bổ sung, bản xem trước")).to_be_visible()
    press(page, "Gửi yêu cầu bổ sung")
    heading(page, "Đã yêu cầu bổ sung")
    assert Letter.objects.filter(kind=Letter.Kind.SUPPLEMENT, dossier_code=submitted.code).count() == 1
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)

    enter(page, portal, owner)
    page.goto(f"{portal}/inbox/")
    press(page, "Cần bổ sung giấy tờ")
    heading(page, "Cần bổ sung 2 điểm")
    sees(page, "chờ doanh nghiệp bổ sung")
    page.get_by_label("Nội dung khác").fill("Hai ca mỗi ngày")
    press(page, "Lưu câu trả lời")
    follow(page, "Công văn đề nghị")
    choose_files(page, signed_paper(tmp_path))
    press(page, "Dùng bản mới")
    sees(page, "Đã nhận “Công văn đề nghị”")
    page.goto(f"{portal}/dossiers/{submitted.code}/check/")
    page.get_by_role("checkbox").check()
    press(page, "Nộp hồ sơ")
    heading(page, "Đã nộp hồ sơ")
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)

    enter(page, portal, officer)
    page.goto(f"{portal}/dossiers/{submitted.code}/")
    sees(page, "Anh/chị đã hỏi; phần mới được tô sáng")
    sees(page, "Hai ca mỗi ngày")
    sees(page, "Mới bổ sung")
    press(page, "Đạt")
    follow(page, "Tiếp nhận")
    press(page, "Tiếp nhận")
    assert making.fresh(submitted).state == State.ACCEPTED


def hold(page: Page, portal: str, officer: User, dossier: Dossier) -> None:
    enter(page, portal, officer)
    page.goto(f"{portal}/dossiers/{dossier.code}/")
    press(page, "Nhận xử lý")
    sees(page, "Anh/chị đang giữ hồ sơ")


def test_an_officer_goes_away_and_a_colleague_carries_on(page: Page, portal: str, submitted: Dossier) -> None:
    lan, colleague = cast.make_dolisa_officer(), second_officer()
    hold(page, portal, lan, submitted)
    page.goto(f"{portal}/cover/")
    page.get_by_label("Người thay").select_option(label=colleague.full_name)
    until = timezone.localtime() + timedelta(days=2)
    page.get_by_label("Đến hết ngày").fill(f"{until:%d/%m/%Y}")
    press(page, "Đặt người thay")
    sees(page, f"{colleague.full_name} thay anh/chị")
    making.withdraw(making.make_dossier(State.SUBMITTED, site=cast.make_site(name="Xưởng hai", zone=None),
                                        at=timezone.now()), timezone.now())  # fmt: skip
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)

    enter(page, portal, colleague)
    page.goto(f"{portal}/inbox/")
    sees(page, "Doanh nghiệp đã rút hồ sơ")
    page.goto(f"{portal}/dossiers/?scope=mine")
    follow(page, "Cơ sở Càng Long")
    follow(page, "Nhận thay đồng nghiệp")
    press(page, "Nhận thay")
    sees(page, "Ghi vì sao nhận thay")
    page.get_by_label("Vì sao nhận thay").fill("Lan đi công tác")
    press(page, "Nhận thay")
    sees(page, "Anh/chị đang giữ hồ sơ")
    assert making.fresh(submitted).handled_by == colleague

    page.goto(f"{portal}/dossiers/hand-over/")
    page.get_by_label("Chuyển cho").select_option(label=lan.full_name)
    press(page, "Chuyển các hồ sơ đã chọn")
    sees(page, "Đã chuyển 1 hồ sơ")
    assert making.fresh(submitted).handled_by == lan


def test_two_officers_on_one_dossier_see_each_other_and_lose_nothing(
    page: Page, portal: str, submitted: Dossier, browser: Browser
) -> None:
    lan, colleague = cast.make_dolisa_officer(), second_officer()
    other = browser.new_context().new_page()
    hold(page, portal, lan, submitted)
    expect_beat = page.expect_response(lambda answer: answer.url.endswith("/here/"))
    with expect_beat:
        page.goto(f"{portal}/dossiers/{submitted.code}/")
    enter(other, portal, colleague)
    other.goto(f"{portal}/dossiers/{submitted.code}/")
    sees(other, f"{lan.full_name} đang xem")
    other.goto(f"{portal}/dossiers/{submitted.code}/holding/")
    page.goto(f"{portal}/dossiers/{submitted.code}/holding/")
    press(page, "Trả lại hàng chờ")
    other.get_by_label("Vì sao nhận thay").fill("Hết hạn hôm nay")
    press(other, "Nhận thay")
    sees(other, "hồ sơ vừa được trả lại hàng chờ")
    assert making.fresh(submitted).handled_by is None
    other.context.close()
