"""The team leader's way, on a tablet: today's visit, what is seen, the signature."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.models import Sheet
from applications.states import State
from inspections import visiting
from inspections.models import Visit
from journal import outbox
from organisations.models import TeamBinding
from tests import cast
from tests.applications import making
from tests.stories.people import confirm_password, enter, failed, follow, heading, press, sees

TABLET = {"width": 820, "height": 1180}


NOTE = "Xem lại phòng cách ly đã có đủ giường chưa"


def record(page: Page, *, remarks: str, verdict: str, hour: str = "09") -> None:
    """What the leader enters on the visit's page, to the signature."""
    page.get_by_label("Giờ đến").fill(f"{hour}:15")
    page.get_by_label("Giờ xong").fill(f"{hour}:50")
    page.get_by_label("Đại diện doanh nghiệp làm việc với tổ").fill("Lê Thị Mỹ Ẩn, Giám đốc")
    for answer in page.get_by_label("Đạt", exact=True).all():
        answer.check()
    page.get_by_label("Nhận xét").fill(remarks)
    page.get_by_label("Đã hướng dẫn doanh nghiệp").fill("Đã hướng dẫn ghi sổ người ra vào")
    page.get_by_label(verdict, exact=True).check()
    press(page, "Lưu và xem phiếu để ký")
    press(page, "Ký phiếu")
    confirm_password(page)
    sees(page, "Phiếu xác nhận đã ký")


def test_a_visit_that_failed_is_repeated_after_the_enterprise_has_mended(
    new_page: Callable[..., Page], portal: str
) -> None:
    earlier = timezone.now() - timedelta(hours=8)
    dossier = making.make_dossier(State.TEAM_ASSIGNED, at=earlier)
    first = making.see(dossier, earlier + timedelta(hours=5), verdict=Sheet.Verdict.FAILED)
    first.findings.filter(pk=first.findings.latest("pk").pk).update(
        in_order=False, remark="Phòng cách ly thiếu giường"
    )
    visiting.sign(visit=first, by=cast.make_team_leader(), at=earlier + timedelta(hours=6))
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)

    officer = enter(new_page(), portal, cast.make_dolisa_officer())
    officer.goto(f"{portal}/dossiers/{dossier.code}/")
    sees(officer, "Chưa đạt yêu cầu")
    follow(officer, "Kiểm tra lại")
    press(officer, "Hẹn kiểm tra lại")
    failed(officer, "Chưa ghi cần kiểm tra lại điều gì.")
    officer.get_by_label("Cần kiểm tra lại điều gì").fill(NOTE)
    officer.locator("[name='visit_on']").fill(f"{timezone.localdate():%d/%m/%Y}")
    officer.locator("[name='visit_hour']").select_option("11:00")
    press(officer, "Hẹn kiểm tra lại")
    sees(officer, "Đã hẹn kiểm tra lại")
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)

    owner = enter(new_page(width=390, height=844), portal, making.owner_of(dossier))
    owner.goto(f"{portal}/dossiers/{dossier.code}/")
    sees(owner, NOTE)

    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=True):  # the team is there
        leader = enter(new_page(**TABLET), portal, cast.make_team_leader())
        leader.goto(f"{portal}/home/")
        follow(leader, "Cơ sở Càng Long")
        sees(leader, NOTE)
        sees(leader, "Phòng cách ly thiếu giường")
        record(leader, remarks="Phòng cách ly nay đủ giường", verdict="Đạt yêu cầu", hour="11")

    assert making.fresh(dossier).state == State.INSPECTED
    verdicts = list(dossier.sheets.order_by("signed_at").values_list("verdict", flat=True))
    assert verdicts == [Sheet.Verdict.FAILED, Sheet.Verdict.PASSED]
    officer.goto(f"{portal}/dossiers/{dossier.code}/")
    expect(officer.get_by_role("main").get_by_role("link", name="Trình Chủ tịch").first).to_be_visible()


def test_a_team_leader_records_the_visit_on_a_tablet_and_signs(
    new_page: Callable[..., Page], portal: str
) -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED, at=timezone.now() - timedelta(hours=5))
    outbox.drain(now=timezone.now, leave=making.NOT_BOUND)
    visit = Visit.objects.get(dossier=dossier)
    page = enter(new_page(**TABLET), portal, cast.make_team_leader())
    page.goto(f"{portal}/home/")
    follow(page, "Cơ sở Càng Long")
    press(page, "Lưu và xem phiếu để ký")
    heading(page, "Ký phiếu xác nhận")
    expect(page.get_by_role("button", name="Ký phiếu")).to_have_attribute("aria-disabled", "true")
    page.goto(f"{portal}/visits/{visit.pk}/")
    record(page, remarks="Lối đi một chiều, phòng cách ly đủ giường", verdict="Đạt yêu cầu")
    assert making.fresh(dossier).state == State.INSPECTED
    assert TeamBinding.objects.filter(site=dossier.site, ended_at=None).exists()
