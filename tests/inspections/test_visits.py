"""The team records a visit and its leader signs the sheet."""

import time
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from applications.models import Dossier, Sheet
from applications.states import State
from documents.models import Letter
from inspections import visiting
from inspections.models import Visit
from journal.models import AuditEvent
from organisations.models import TeamBinding
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=20)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def visit() -> Visit:
    """The visit of a dossier whose team has been assigned, opened by the handler of the event."""
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    visiting.open_for(str(dossier.pk), at=LATER)
    return Visit.objects.select_related("dossier__team").get(dossier=dossier)


def leader():
    return cast.signed_in(cast.make_team_leader(), authenticated_at=time.time())


def page_of(visit: Visit, name: str = "visit") -> str:
    return reverse(f"visits:{name}", args=[visit.pk])


def filled(visit: Visit, **changes: str) -> dict[str, str]:
    """A whole form."""
    day = f"{LATER:%d/%m/%Y}"
    data = {
        "visited_on": day, "started_at": "08:00", "ended_at": "10:30", "firm_person": "Lê Thị Mỹ Ẩn, Giám đốc",
        "remarks": "Đủ phòng cách ly", "guidance": "Đã hướng dẫn lịch xét nghiệm", "verdict": "passed",
    }  # fmt: skip
    for code, _title, _clause in visiting.items(visit.dossier, at=LATER):
        data |= {f"item-{code}": "yes", f"remark-{code}": ""}
    return data | changes


def test_the_visit_is_opened_once_however_often_the_event_comes(visit: Visit) -> None:
    visiting.open_for(str(visit.dossier_id), at=LATER)
    assert Visit.objects.count() == 1


def test_home_and_schedule_show_the_visit_to_its_team_alone(visit: Visit) -> None:
    for name in ("home", "visits:list"):
        assert visit.dossier.site.name in leader().get(reverse(name)).content.decode()
    assert cast.signed_in(cast.make_zone_officer()).get(page_of(visit)).status_code == 404
    assert cast.signed_in(making.owner_of(visit.dossier)).get(reverse("visits:list")).status_code == 403


def test_saving_asks_for_nothing_and_signing_lists_what_is_missing(visit: Visit) -> None:
    client = leader()
    assert client.post(page_of(visit), {"remarks": "Đang xem xưởng"}).status_code == 302
    page = client.get(page_of(visit, "sign")).content.decode()
    assert "Chưa ghi giờ đến và giờ xong" in page
    assert "Chưa đánh giá" in page
    answer = client.post(page_of(visit, "sign"))
    assert answer.status_code == 422
    assert not Sheet.objects.exists()


def test_an_item_not_in_order_needs_words(visit: Visit) -> None:
    client = leader()
    client.post(page_of(visit), filled(visit, **{"item-isolation_plan": "no"}))
    assert "ghi thấy gì" in client.get(page_of(visit, "sign")).content.decode()


def test_the_leader_signs_once_the_sheet_enters_the_dossier_and_the_team_is_bound(visit: Visit) -> None:
    client = leader()
    client.post(page_of(visit), filled(visit))
    assert client.post(page_of(visit, "sign")).status_code == 302
    sheet = Sheet.objects.get()
    assert (sheet.verdict, sheet.team) == ("passed", visit.dossier.team)
    assert sheet.letter.kind == Letter.Kind.SHEET
    assert making.fresh(visit.dossier).state == State.INSPECTED
    assert TeamBinding.objects.get(site=visit.site_id, ended_at__isnull=True).team == visit.dossier.team
    again = client.post(page_of(visit, "sign"))
    assert again.status_code == 409
    assert Sheet.objects.count() == 1
    changed = client.post(page_of(visit), filled(visit, remarks="Sửa sau khi ký"))
    assert changed.status_code == 409
    assert Visit.objects.get(pk=visit.pk).remarks == "Đủ phòng cách ly"


def test_the_sheet_is_vietnamese_even_if_the_leader_reads_the_portal_in_english(visit: Visit) -> None:
    client = leader()
    client.cookies["django_language"] = "en"
    client.post(page_of(visit), filled(visit))
    client.post(page_of(visit, "sign"))
    fields = Letter.objects.get(kind=Letter.Kind.SHEET).data["fields"]
    assert fields["conclusion"].startswith("Đạt yêu cầu")
    assert fields["mode"].startswith("Ba tại chỗ")


def test_a_member_records_but_only_the_leader_signs(visit: Visit) -> None:
    member = cast.signed_in(cast.make_team_member(), authenticated_at=time.time())
    assert member.post(page_of(visit), filled(visit)).status_code == 302
    assert member.get(page_of(visit, "sign")).status_code == 403
    assert member.post(page_of(visit, "sign")).status_code == 403


def test_signing_asks_who_is_there_when_the_password_is_old(visit: Visit) -> None:
    client = cast.signed_in(cast.make_team_leader(), authenticated_at=time.time() - 301)
    client.post(page_of(visit), filled(visit))
    assert "reauthenticate" in client.post(page_of(visit, "sign"))["Location"]
    assert not Sheet.objects.exists()


def test_an_end_in_the_future_or_before_the_start_is_refused_in_words(visit: Visit) -> None:
    client = leader()
    client.post(page_of(visit), filled(visit, ended_at="23:50"))
    assert "nằm sau lúc này" in client.get(page_of(visit, "sign")).content.decode()
    client.post(page_of(visit), filled(visit, started_at="11:00"))
    assert "Giờ đến nằm sau giờ xong" in client.get(page_of(visit, "sign")).content.decode()


def test_words_that_are_no_time_come_back_with_the_rest_of_the_form(visit: Visit) -> None:
    answer = leader().post(page_of(visit), filled(visit, started_at="sáng sớm"))
    assert answer.status_code == 200
    assert "Đã hướng dẫn lịch xét nghiệm" in answer.content.decode()


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999"])
def test_a_day_of_another_age_is_said_not_reckoned_with(visit: Visit, day: str) -> None:
    answer = leader().post(page_of(visit), filled(visit, visited_on=day))
    assert answer.status_code == 200
    assert "Kiểm tra lại năm" in answer.content.decode()


def agree_on(visit: Visit, planned_at: datetime) -> None:
    """The visit's day, as the dossier has it."""
    Dossier.objects.filter(pk=visit.dossier_id).update(visit_planned_at=planned_at)
    visiting.open_for(str(visit.dossier_id), at=LATER)


EARLY = "Kiểm tra sớm hơn lịch hẹn 09:00, 16/10/2021."


def test_a_visit_before_its_day_is_asked_about_and_kept_with_words(visit: Visit) -> None:
    agree_on(visit, cast.instant("2021-10-16", "09:00"))
    client = leader()
    assert (
        client.post(page_of(visit), {"remarks": "Đang đi"}).status_code == 302
    )  # no hours yet: nothing is asked
    asked = client.post(page_of(visit), filled(visit)).content.decode()
    assert "Hẹn là ngày 16/10/2021; ghi nhận sớm hơn?" in asked
    assert "Đã hướng dẫn lịch xét nghiệm" in asked
    assert Visit.objects.get(pk=visit.pk).started_at is None
    for _ in range(2):
        assert client.post(page_of(visit), filled(visit, early="on")).status_code == 302
        assert Visit.objects.get(pk=visit.pk).remarks == f"{EARLY} Đủ phòng cách ly"
    shown = client.get(page_of(visit))
    assert shown.context["form"].initial["early"] is True
    assert shown.context["form"].initial["remarks"] == "Đủ phòng cách ly"
    client.post(page_of(visit, "sign"))
    assert Sheet.objects.get().remarks.startswith(EARLY)


def test_a_visit_on_its_day_or_later_is_not_asked_about(visit: Visit) -> None:
    for planned in ("2021-10-15", "2021-10-14"):
        agree_on(visit, cast.instant(planned, "16:00"))
        assert leader().post(page_of(visit), filled(visit)).status_code == 302
    assert Visit.objects.get(pk=visit.pk).remarks == "Đủ phòng cách ly"


@pytest.mark.parametrize(("day", "hour"), [("15/10/2021", "23:10"), ("16/10/2021", "08:00")])
def test_a_visit_that_begins_in_the_future_is_not_recorded(visit: Visit, day: str, hour: str) -> None:
    answer = leader().post(page_of(visit), filled(visit, visited_on=day, started_at=hour, ended_at=""))
    assert "nằm sau lúc này" in answer.content.decode()
    assert Visit.objects.get(pk=visit.pk).saved_at is None


@pytest.mark.parametrize(("typed", "hour"), [("8h", 8), ("8h30", 8), ("8.00", 8), ("08:00", 8)])
def test_hours_are_read_as_people_write_them(visit: Visit, typed: str, hour: int) -> None:
    leader().post(page_of(visit), filled(visit, started_at=typed))
    saved = Visit.objects.get(pk=visit.pk)
    assert saved.started_at is not None
    assert saved.started_at.astimezone(cast.HANOI).hour == hour


def test_opening_a_visit_leaves_one_row_in_the_journal(visit: Visit) -> None:
    visiting.open_for(str(visit.dossier_id), at=LATER)
    row = AuditEvent.objects.get(verb="visit.opened")
    assert (row.subject_id, row.fields) == (str(visit.pk), ["planned_at", "team"])
