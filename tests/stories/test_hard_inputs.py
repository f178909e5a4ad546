"""What goes wrong at the keyboard: each time a plain sentence, nothing typed lost, and no page that breaks."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

import plan
from applications.models import Dossier
from applications.states import State
from documents.models import Letter
from inspections.models import Visit
from journal import outbox
from pages.templatetags.ui import vn_date
from tests import cast
from tests.applications import making
from tests.stories import files
from tests.stories.people import choose_files, enter, failed, heading, press, sees, sign_in


@pytest.fixture
def draft(portal: str) -> Dossier:
    return making.draft(at=timezone.now())


@pytest.fixture
def submitted(portal: str) -> Dossier:
    return making.make_dossier(State.SUBMITTED, at=timezone.now() - timedelta(hours=2))


def test_a_day_that_has_not_come_and_a_count_of_letters_are_named_beside_what_was_typed(
    page: Page, portal: str, draft: Dossier
) -> None:
    enter(page, portal, making.owner_of(draft))
    page.goto(f"{portal}/dossiers/{draft.pk}/answers/baseline/")
    page.get_by_label("Số lao động hiện có").fill("ba trăm")
    page.get_by_label("Ngày của bảng lương").fill(vn_date(plan.local_day(timezone.now()) + timedelta(days=1)))
    page.get_by_label("Số lao động của doanh nghiệp trong tỉnh").fill("1.300")
    press(page, "Lưu")
    failed(page, "chưa đến. Nhập ngày đã qua.")
    expect(page.get_by_label("Số lao động hiện có")).to_have_value("ba trăm")
    expect(page.get_by_label("Số lao động của doanh nghiệp trong tỉnh")).to_have_value("1.300")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("Số lao động hiện có")).to_be_focused()


@pytest.mark.parametrize(
    ("slot", "make", "words"),
    [
        ("request_letter", files.huge, "40 MB, tối đa 25 MB"),
        ("request_letter", files.program_named_pdf, "không phải"),
        ("request_letter", files.locked_pdf, "mật khẩu"),
        ("worker_list", files.other_columns, "biểu mẫu"),
    ],
    ids=["40 MB", "a program", "locked", "other columns"],
)
def test_a_file_that_cannot_be_used_says_why_and_how_to_mend_it(
    page: Page, portal: str, draft: Dossier, tmp_path: Path,
    slot: str, make: Callable[[Path], Path], words: str,
) -> None:  # fmt: skip
    enter(page, portal, making.owner_of(draft))
    page.goto(f"{portal}/dossiers/{draft.pk}/papers/{slot}/")
    good = [files.signed_paper(tmp_path, "tot.pdf")] if slot == "request_letter" else []
    choose_files(page, make(tmp_path), *good)
    if make is files.huge:  # said before anything is sent
        sees(page, f"Tệp {words}")
    press(page, "Tải lên")
    failed(page, words)
    if good:
        sees(page, "tot.pdf")
        press(page, "Chỉ dùng 1 tệp này")
        assert draft.papers.get(slot=slot, replaced_at=None).pages == 1


def test_the_second_of_two_officers_is_told_who_was_first(
    new_page: Callable[..., Page], portal: str, submitted: Dossier
) -> None:
    making.mark_all(submitted, timezone.now() - timedelta(hours=1))
    first, second = new_page(), new_page()
    for page, officer in ((first, cast.make_dolisa_officer()), (second, cast.make_dolisa_head())):
        enter(page, portal, officer).goto(f"{portal}/dossiers/{submitted.code}/accept/")
    press(first, "Tiếp nhận")
    sees(first, str(submitted.code))
    press(second, "Tiếp nhận")
    failed(second, "Trang đã cũ: Trần Thị Lan vừa tiếp nhận hồ sơ này lúc")
    assert Letter.objects.filter(kind=Letter.Kind.RECEIPT, dossier_code=submitted.code).count() == 1


def test_a_double_click_submits_once(page: Page, portal: str) -> None:
    dossier = making.fill(making.draft(at=timezone.now()), timezone.now())
    enter(page, portal, making.owner_of(dossier))
    page.goto(f"{portal}/dossiers/{dossier.pk}/check/")
    press(page, "Nộp hồ sơ")
    failed(page, "Chưa xác nhận các giấy tờ")
    page.get_by_label("Các giấy tờ đúng với bản đã ký và đóng dấu").check()
    page.get_by_role("button", name="Nộp hồ sơ").dblclick()
    heading(page, "Đã nộp hồ sơ")
    assert making.fresh(dossier).moves.filter(name="submit").count() == 1


def test_without_script_a_form_sent_twice_still_submits_once(
    new_page: Callable[..., Page], portal: str
) -> None:
    dossier = making.fill(making.draft(at=timezone.now()), timezone.now())
    page = enter(new_page(script=False), portal, making.owner_of(dossier))
    page.goto(f"{portal}/dossiers/{dossier.pk}/check/")
    page.get_by_label("Các giấy tờ đúng với bản đã ký và đóng dấu").check()
    page.get_by_role("button", name="Nộp hồ sơ").dblclick()
    heading(page, "Đã nộp hồ sơ")
    assert making.fresh(dossier).moves.filter(name="submit").count() == 1


def test_words_typed_before_the_sign_in_ran_out_are_there_after_signing_in_again(
    page: Page, portal: str
) -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED, at=timezone.now() - timedelta(hours=5))
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)
    visit = Visit.objects.get(dossier=dossier)
    enter(page, portal, cast.make_team_leader())
    page.goto(f"{portal}/visits/{visit.pk}/")
    page.get_by_label("Nhận xét").fill("Lối đi một chiều, phòng cách ly đủ giường")
    page.get_by_label("Chưa đạt", exact=True).first.check()
    Session.objects.all().delete()
    press(page, "Lưu")
    expect(page).to_have_title(re.compile("Đăng nhập"))
    sign_in(page, cast.make_team_leader())
    expect(page.get_by_label("Nhận xét")).to_have_value("Lối đi một chiều, phòng cách ly đủ giường")
    expect(page.get_by_label("Chưa đạt", exact=True).first).to_be_checked()
    press(page, "Lưu")
    sees(page, "Đã lưu lúc")
    visit.refresh_from_db()
    assert visit.remarks == "Lối đi một chiều, phòng cách ly đủ giường"
