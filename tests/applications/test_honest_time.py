"""Usual times from closed stages, and warnings before and after deadlines: the same whatever the sweeps do."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from applications import warning
from applications.models import Dossier, Stage
from applications.states import State
from applications.usual_times import usual_of, usual_times
from notices.models import Message
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def closed_stages(*hours: float, state: str = State.ACCEPTED, ago: timedelta = DAY) -> None:
    """Stages of one dossier that took so long and ended a while ago."""
    dossier = Dossier.objects.first() or making.make_dossier(State.SUBMITTED, at=cast.AT - 40 * DAY)
    for hour in hours:
        end = cast.AT - ago
        Stage.objects.create(
            dossier=dossier, state=state, opened_at=end - hour * HOUR, closed_at=end, due_at=end
        )


@pytest.mark.parametrize("count", [5, 6, 9, 10, 11, 20])
def test_median_and_nine_in_ten_are_the_nearest_ranks(count: int) -> None:
    closed_stages(*range(1, count + 1))
    usual = usual_times(at=cast.AT)[State.ACCEPTED]
    assert usual.count == count
    assert usual.median == -(-count // 2) * HOUR
    assert usual.most == -(-count * 9 // 10) * HOUR


def test_old_stages_and_stopped_time_do_not_count() -> None:
    closed_stages(1, 2, 3, 4, 5)
    closed_stages(500, ago=31 * DAY)
    closed_stages(900, state=State.SUPPLEMENT_REQUESTED)
    assert usual_times(at=cast.AT).keys() == {State.ACCEPTED}
    assert usual_of(State.ACCEPTED, at=cast.AT) == "Thường mất 3 giờ, chín phần mười xong trong 5 giờ."


def test_the_waiting_for_a_supplement_is_not_in_the_time_of_any_stage() -> None:
    dossier = making.make_dossier(State.SUBMITTED, at=cast.AT - 20 * DAY)
    dossier = making.request_supplement(dossier, cast.AT - 20 * DAY + HOUR)
    dossier = making.submit(dossier, cast.AT - 2 * DAY)
    making.accept(dossier, cast.AT - 2 * DAY + 2 * HOUR)
    usual = usual_times(at=cast.AT)[State.SUBMITTED]
    assert (usual.count, usual.median, usual.most) == (2, HOUR, 2 * HOUR)


def test_the_enterprise_reads_it_beside_who_has_the_dossier() -> None:
    closed_stages(1, 2, 3, 4, 5, state=State.SUBMITTED)
    dossier = making.make_dossier(State.SUBMITTED, site=cast.make_site(name="Cơ sở hai", zone=None))
    with time_machine.travel(cast.AT + HOUR, tick=False):
        page = cast.signed_in(making.owner_of(dossier)).get(f"/dossiers/{dossier.code}/")
    assert "Thường mất 3 giờ, chín phần mười xong trong 5 giờ." in page.content.decode()


def test_below_five_it_says_so_and_where_no_time_runs_it_says_nothing() -> None:
    closed_stages(1, 2, 3, 4)
    assert "mới xong 4 hồ sơ" in usual_of(State.ACCEPTED, at=cast.AT)
    assert "mới xong 0 hồ sơ" in usual_of(State.FORWARDED, at=cast.AT)
    assert usual_of(State.DRAFT, at=cast.AT) == ""


def test_the_enterprise_reads_it_under_the_state() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    page = cast.signed_in(making.owner_of(dossier)).get(reverse("dossiers:detail", args=[dossier.code]))
    assert "chưa đủ để nói thường mất bao lâu" in page.content.decode()


# --- warnings ---


def told(kind: str) -> set[tuple[str, str]]:
    """(key, e-mail) of every notice of a kind."""
    rows = Message.objects.filter(key__startswith="stage:", key__endswith=f":{kind}")
    return set(rows.values_list("key", "user__email"))


def sweeps(start: datetime, end: datetime, gap: timedelta) -> None:
    at = start
    while at < end:
        warning.sweep(at=at)
        at += gap
    warning.sweep(at=end)


@pytest.fixture
def waiting() -> Dossier:
    """Handed in on a Monday morning, due on Tuesday at 17:00; nobody has taken it."""
    cast.make_dolisa_head()
    return making.make_dossier(State.SUBMITTED, at=cast.instant("2021-10-11", "08:00"))


def test_the_holder_is_warned_four_hours_before_and_the_head_once_it_is_late(waiting: Dossier) -> None:
    officer, head = cast.make_dolisa_officer(), cast.make_dolisa_head()
    Dossier.objects.filter(pk=waiting.pk).update(handled_by=officer)
    due = waiting.due_at
    assert warning.sweep(at=due - 4 * HOUR - timedelta(minutes=1)) == 0
    assert warning.sweep(at=due - 4 * HOUR) == 1
    (key, email), *_rest = told("soon")
    assert email == officer.email
    line = Message.objects.get(key=key).line
    assert "kiểm tra đủ giấy tờ" in line
    assert "17:00, 12/10/2021" in line
    assert warning.sweep(at=due - HOUR) == 0
    warning.sweep(at=due + timedelta(minutes=1))
    assert {email for _key, email in told("late")} == {officer.email, head.email}


@pytest.mark.parametrize("gap", [timedelta(minutes=5), HOUR, 3 * HOUR, DAY, 9 * DAY])
def test_sweeps_at_any_gap_leave_the_same_notices(waiting: Dossier, gap: timedelta) -> None:
    """Late, closed late, and back in time: who is told depends on the dates, not on when somebody looked."""
    start, end = waiting.due_at - 6 * HOUR, waiting.due_at + 9 * DAY
    sweeps(start, end, gap)
    late = told("late")
    assert {key for key, _email in late} == {f"stage:{waiting.stages.get(state=State.SUBMITTED).pk}:late"}
    Message.objects.all().delete()
    warning.sweep(at=end + HOUR)
    assert told("late") == set()  # the effect is keyed: nobody hears of it again


def test_a_stage_that_was_closed_late_between_two_sweeps_is_told_of_all_the_same(waiting: Dossier) -> None:
    warning.sweep(at=waiting.due_at - 5 * HOUR)
    making.accept(waiting, waiting.due_at + HOUR)
    warning.sweep(at=waiting.due_at + 2 * HOUR)
    assert told("late")


def test_what_is_done_in_time_or_waits_for_the_enterprise_is_never_late(waiting: Dossier) -> None:
    dossier = making.request_supplement(waiting, waiting.due_at - HOUR)
    warning.sweep(at=waiting.due_at + 5 * DAY)
    assert told("late") == set()
    assert dossier.due_at is None


def test_two_sweeps_at_once_tell_once(waiting: Dossier) -> None:
    at = waiting.due_at + HOUR
    first, second = warning.sweep(at=at), warning.sweep(at=at)
    assert first > 0
    assert second == 0


@pytest.mark.parametrize(
    "state", [State.TEAM_PROPOSED, State.TEAM_ASSIGNED, State.INSPECTED, State.FORWARDED]
)
def test_every_stage_has_somebody_to_warn_and_somebody_above(state: str) -> None:
    for make in (cast.make_chairman, cast.make_office_clerk, cast.make_dolisa_head):
        make()
    dossier = making.make_dossier(state, at=cast.instant("2021-10-11", "07:00"))
    stage = dossier.stages.get(closed_at__isnull=True)
    assert warning.holders(stage, at=cast.AT)
    assert warning.heads(stage, at=cast.AT)


def test_usual_time_and_warnings_ask_few_queries(django_assert_max_num_queries: object) -> None:
    closed_stages(*range(1, 40))
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        usual_times(at=cast.AT)
