"""The receiving agency's way: queue, case, marks, acceptance or refusal at the desk, a team to propose."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.models import Dossier
from applications.states import State
from documents.models import Letter
from tests import cast
from tests.applications import making
from tests.stories.people import enter, follow, heading, press, sees


@pytest.fixture
def submitted(portal: str) -> Dossier:
    """A dossier handed in two hours ago."""
    return making.make_dossier(State.SUBMITTED, at=timezone.now() - timedelta(hours=2))


def mark_every_paper(page: Page) -> None:
    """Looks at the plan and one paper after another and finds each in order."""
    for _ in range(13):
        press(page, "Đạt")
        page.wait_for_load_state()


def test_an_officer_finds_the_dossier_reads_it_and_accepts(
    page: Page, portal: str, submitted: Dossier
) -> None:
    enter(page, portal, cast.make_dolisa_officer())
    page.goto(f"{portal}/home/")
    heading(page, "Hôm nay")
    page.get_by_role("navigation", name="Nhóm hồ sơ").get_by_role("link", name="Mới nộp").click()
    heading(page, "Hồ sơ")
    page.get_by_label("Tìm trong danh sách").fill("cang long")
    page.get_by_label("Tìm trong danh sách").press("Enter")
    follow(page, "Cơ sở Càng Long")
    expect(page.get_by_role("button", name="Tiếp nhận")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("img", name="Phương án sản xuất, bản đã ký, trang 1")).to_be_visible()
    mark_every_paper(page)
    follow(page, "Tiếp nhận")
    heading(page, "Tiếp nhận hồ sơ")
    press(page, "Tiếp nhận")
    sees(page, str(submitted.code))
    assert making.fresh(submitted).state == State.ACCEPTED
    follow(page, "Đề xuất tổ kiểm tra")
    heading(page, "Đề xuất tổ kiểm tra")


def test_an_officer_declines_with_reasons_that_reach_the_enterprise(
    page: Page, portal: str, submitted: Dossier
) -> None:
    enter(page, portal, cast.make_dolisa_officer())
    page.goto(f"{portal}/dossiers/{submitted.code}/")
    follow(page, "Trả lại, ghi lý do")
    page.get_by_label("Lý do trả lại").fill("Phương án thiếu chữ ký")
    page.get_by_label("Cách sửa").fill("Ký, đóng dấu rồi quét lại")
    press(page, "Trả lại")
    follow(page, "Từ chối tiếp nhận")
    expect(page.get_by_label("Thấy gì").first).to_have_value(re.compile("Phương án thiếu chữ ký"))
    press(page, "Xem lại trước khi từ chối")
    heading(page, "Xem lại phiếu từ chối")
    sees(page, "Phương án thiếu chữ ký")
    press(page, "Từ chối tiếp nhận")
    assert making.fresh(submitted).state == State.DECLINED
    assert Letter.objects.filter(kind=Letter.Kind.DECLINE, dossier_code=submitted.code).exists()
    enter(page, portal, making.owner_of(submitted))
    page.goto(f"{portal}/dossiers/{submitted.code}/")
    sees(page, "Phương án thiếu chữ ký")

    press(page, "Lập hồ sơ mới")
    heading(page, "Cơ sở Càng Long")
    again = Dossier.objects.get(site=submitted.site, state=State.DRAFT)
    assert again.baseline == submitted.baseline
    kept = set(again.papers.values_list("slot", flat=True))
    assert kept == set(submitted.papers.values_list("slot", flat=True)) - {"plan"}


def test_an_officer_proposes_the_team_and_the_office_assigns_it(page: Page, portal: str) -> None:
    team = cast.make_team()
    dossier = making.make_dossier(State.ACCEPTED, at=timezone.now() - timedelta(hours=3))
    enter(page, portal, cast.make_dolisa_officer())
    page.goto(f"{portal}/dossiers/{dossier.code}/propose-team/")
    page.get_by_label(re.compile(team.name)).check()
    page.get_by_label("Giờ bắt đầu").select_option("08:30")
    press(page, "Trình đề xuất")
    sees(page, str(dossier.code))
    assert making.fresh(dossier).state == State.TEAM_PROPOSED
    enter(page, portal, cast.make_office_clerk())
    page.goto(f"{portal}/decisions/")
    follow(page, "Cơ sở Càng Long")
    heading(page, "Phân công tổ kiểm tra")
    press(page, "Phân công")
    sees(page, f"Đã phân công {team.name}.")
    assert making.fresh(dossier).state == State.TEAM_ASSIGNED
    assert making.fresh(dossier).team == team
