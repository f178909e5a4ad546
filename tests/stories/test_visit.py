"""The team leader's way, on a tablet: today's visit, what is seen, the signature."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from applications.states import State
from inspections.models import Visit
from journal import outbox
from organisations.models import TeamBinding
from tests import cast
from tests.applications import making
from tests.stories.people import confirm_password, enter, follow, heading, press, sees

TABLET = {"width": 820, "height": 1180}


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
    page.get_by_label("Giờ đến").fill("09:15")
    page.get_by_label("Giờ xong").fill("09:50")
    page.get_by_label("Đại diện doanh nghiệp làm việc với tổ").fill("Lê Thị Mỹ Ẩn, Giám đốc")
    for answer in page.get_by_label("Đạt", exact=True).all():
        answer.check()
    page.get_by_label("Nhận xét").fill("Lối đi một chiều, phòng cách ly đủ giường")
    page.get_by_label("Đã hướng dẫn doanh nghiệp").fill("Đã hướng dẫn ghi sổ người ra vào")
    page.get_by_label("Đạt yêu cầu", exact=True).check()
    press(page, "Lưu và xem phiếu để ký")
    press(page, "Ký phiếu")
    confirm_password(page)
    sees(page, "Phiếu xác nhận đã ký")
    assert making.fresh(dossier).state == State.INSPECTED
    assert TeamBinding.objects.filter(site=dossier.site, ended_at=None).exists()
