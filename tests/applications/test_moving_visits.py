"""A visit that was agreed is moved: who may, when not, who is told, and what stays as it was."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from applications import (
    hand_overs,
    moving_visits,
    public_log,
    receiving,
    second_visits,
    telling_aside,
    telling_visits,
)
from applications.models import Dossier, Move
from applications.moving_visits import appointment_of, last_moved, move_visit
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale
from inspections import visiting
from inspections.models import Visit
from journal import outbox
from journal.models import AuditEvent
from notices.models import Message
from organisations.models import Team, TeamBinding, User
from plan.clock import LOCAL
from restart_portal import expiring
from tests import cast
from tests.applications import making
from tests.applications.making import HOUR, NOT_BOUND
from tests.applications.test_races import MANY, kinds, race

pytestmark = pytest.mark.django_db
AT = cast.AT + 5 * HOUR
NEW = datetime(2021, 10, 20, 9, 30, tzinfo=LOCAL)


def other_team() -> Team:
    """A team whose leader leads no other."""
    team = cast.make_team(2)
    team.members.all().delete()
    leader = cast.make_official("to-2@tra-vinh.example", "Sơn Minh", cast.Role.TEAM, "DOH", "Tổ trưởng")
    team.members.create(user=leader, is_leader=True, since=cast.SINCE)
    return team


def leader_of(team: Team) -> User:
    return team.members.get(is_leader=True).user


def moved(dossier: Dossier, **changes: Any) -> Move:
    """Moved by an officer of the agency, from what stands now."""
    now = appointment_of(making.fresh(dossier))
    given = {
        "shown": now.mark if now else "", "team": dossier.team, "visit_at": NEW, "reason": "Xe của tổ hỏng",
        "by": making.officer_of(dossier), "at": AT,
    }  # fmt: skip
    return move_visit(dossier=dossier, **given | changes)


def drain() -> None:
    while outbox.drain(now=lambda: AT, leave=NOT_BOUND):
        pass


def titles(user: User) -> list[str]:
    return list(Message.objects.filter(user=user).order_by("pk").values_list("title", flat=True))


@pytest.mark.parametrize("phase", [1, 2])
def test_day_hour_and_team_change_while_state_and_clock_stay(phase: int) -> None:
    before = making.make_dossier(State.TEAM_ASSIGNED, phase=phase)
    stages = list(before.stages.values())
    moved(before, team=other_team())
    after = making.fresh(before)
    assert (after.team.number, after.visit_planned_at) == (2, NEW)
    for name in ("state", "state_since", "due_at", "due_clause"):
        assert getattr(after, name) == getattr(before, name)
    assert list(after.stages.values()) == stages
    assert after.version == before.version + 1
    assert not TeamBinding.objects.exists()


def test_the_journal_names_what_changed_and_the_log_keeps_both_appointments_and_the_reason() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    was = appointment_of(dossier)
    moved(dossier)
    row = AuditEvent.objects.get(verb="dossier.move_visit")
    assert (row.subject_id, row.fields) == (str(dossier.pk), ["visit_planned_at"])
    told = last_moved(making.fresh(dossier))
    assert told is not None
    assert (told.was, told.now.at, told.reason) == (was, NEW, "Xe của tổ hỏng")
    assert not told.is_other_team


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"visit_at": AT - timedelta(days=1)}, "đã qua"),
        ({"visit_at": AT}, "phải sau lúc này"),
        ({"reason": "  "}, "Chưa ghi lý do"),
        ({"visit_at": None}, "vẫn như đang hẹn"),
    ],
)
def test_a_day_gone_by_no_reason_or_nothing_new_is_refused_in_words(changes: Any, words: str) -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    Dossier.objects.filter(pk=dossier.pk).update(visit_planned_at=NEW + HOUR)
    changes = {name: value or NEW + HOUR for name, value in changes.items()}
    with pytest.raises(Refused) as refused:
        moved(dossier, **changes)
    assert words in refused.value.unmet[0].detail
    assert making.fresh(dossier).visit_planned_at == NEW + HOUR


def test_a_team_without_a_leader_is_refused() -> None:
    empty = cast.make_team(3)
    empty.members.all().delete()
    with pytest.raises(Refused, match="leader"):
        moved(making.make_dossier(State.TEAM_ASSIGNED), team=empty)


def test_the_site_of_another_team_passes_on_by_a_document_alone_as_when_a_team_is_assigned() -> None:
    dossier, team = making.make_dossier(State.TEAM_ASSIGNED), other_team()
    cast.bind_team(dossier.site)
    Dossier.objects.filter(pk=dossier.pk).update(team=cast.make_team(3))
    dossier = making.fresh(dossier)
    with pytest.raises(Refused) as refused:
        moved(dossier, team=team)
    assert [(each.clause, each.anchor) for each in refused.value.unmet] == [("III.1.3.4-e", "basis")]
    moved(dossier, team=team, basis="Công văn 88/UBND-KGVX")
    binding = TeamBinding.objects.get(site=dossier.site, ended_at__isnull=True)
    assert (binding.team, binding.basis) == (team, "Công văn 88/UBND-KGVX")


@pytest.mark.parametrize("state", sorted(set(State) - {State.TEAM_ASSIGNED}))
def test_no_visit_is_moved_before_it_is_agreed_or_after_its_sheet_is_signed(state: str) -> None:
    dossier = making.make_dossier(state)
    with pytest.raises(Stale):
        moved(dossier, team=cast.make_team())
    assert not Move.objects.filter(name=moving_visits.NAME).exists()


@pytest.mark.parametrize("name", sorted(set(cast.OFFICIALS) - {"dolisa_officer", "dolisa_head"}))
def test_nobody_but_the_receiving_agency_moves_a_visit(name: str) -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    with pytest.raises(NotAllowed):
        moved(dossier, by=cast.OFFICIALS[name]())


def test_a_page_that_shows_an_earlier_appointment_moves_nothing() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    shown = appointment_of(dossier).mark
    moved(dossier)
    with pytest.raises(Stale):
        moved(dossier, shown=shown, visit_at=NEW + HOUR)
    assert making.fresh(dossier).visit_planned_at == NEW


def test_enterprise_and_team_hear_of_it_once() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    drain()
    moved(dossier)
    drain()
    outbox.OutboxRow.objects.update(done_at=None, claimed_until=None)
    outbox.Effect.objects.all().delete()
    drain()
    for user in (making.owner_of(dossier), cast.make_team_leader(), cast.make_team_member()):
        assert titles(user).count("Đổi lịch kiểm tra") == 1
    assert "Cơ quan tiếp nhận đổi tổ kiểm tra" not in titles(cast.make_chairman())
    message = Message.objects.get(user=making.owner_of(dossier), title="Đổi lịch kiểm tra")
    assert "20/10" in message.line
    assert "Tổ kiểm tra số 1" in message.line


def test_of_another_team_the_old_one_the_new_one_and_who_assigned_hear() -> None:
    dossier, team = making.make_dossier(State.TEAM_ASSIGNED), other_team()
    chairman = cast.make_chairman()
    drain()
    moved(dossier, team=team)
    drain()
    assert titles(leader_of(team))[-1] == "Đổi lịch kiểm tra"
    assert titles(cast.make_team_leader())[-1] == "Cuộc kiểm tra giao tổ khác"
    assert titles(chairman)[-1] == "Cơ quan tiếp nhận đổi tổ kiểm tra"
    assert all(len(each.line) < 130 for each in Message.objects.filter(key__startswith="visit_moved"))


def test_tomorrows_visit_is_told_again_when_it_moved_and_to_a_new_team_of_the_same_hour() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    moved(dossier)
    eve = NEW - timedelta(days=1)
    owner, leader = making.owner_of(dossier), cast.make_team_leader()

    def told(user: User) -> int:
        return titles(user).count("Ngày mai có cuộc kiểm tra")

    for _ in range(2):
        telling_visits.sweep(at=eve)
    assert (told(owner), told(leader)) == (1, 1)
    team = other_team()
    moved(dossier, team=team, at=eve)
    telling_visits.sweep(at=eve + HOUR)
    assert (told(owner), told(leader), told(leader_of(team))) == (1, 1, 1)
    moved(making.fresh(dossier), visit_at=NEW + timedelta(days=1), at=eve)
    telling_visits.sweep(at=NEW)
    assert (told(owner), told(leader), told(leader_of(team))) == (2, 1, 2)


def test_the_open_visit_goes_with_it_and_keeps_what_was_typed() -> None:
    dossier, team = making.make_dossier(State.TEAM_ASSIGNED), other_team()
    visit = making.see(dossier, AT)
    moved(dossier, team=team)
    drain()
    after = Visit.objects.get(dossier=dossier)
    assert (after.pk, after.team, after.planned_at) == (visit.pk, team, NEW)
    assert (after.remarks, after.started_at) == (visit.remarks, visit.started_at)
    assert after.findings.count() == visit.findings.count()


@pytest.mark.parametrize(("day", "early"), [(21, True), (15, False)])
def test_that_the_team_came_early_is_said_of_the_new_day_or_no_more(day: int, early: bool) -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    Dossier.objects.filter(pk=dossier.pk).update(visit_planned_at=NEW)
    visit = making.see(dossier, datetime(2021, 10, 15, 8, 0, tzinfo=LOCAL))
    Visit.objects.filter(pk=visit.pk).update(remarks="Kiểm tra sớm hơn lịch hẹn 09:30, 20/10/2021. Đủ phòng")
    moved(dossier, visit_at=datetime(2021, 10, day, 16, 0, tzinfo=LOCAL))
    drain()
    said = f"Kiểm tra sớm hơn lịch hẹn 16:00, {day}/10/2021. " if early else ""
    assert Visit.objects.get(pk=visit.pk).remarks == f"{said}Đủ phòng"


def test_a_sheet_signed_before_the_news_came_names_the_team_that_signs() -> None:
    dossier, team = making.make_dossier(State.TEAM_ASSIGNED), other_team()
    visit = making.see(dossier, AT - HOUR / 2)
    moved(dossier, team=team)
    signed = visiting.sign(visit=visit, by=leader_of(team), at=AT + HOUR)
    assert signed.team == team
    assert signed.sheet.letter.data["fields"]["team"] == team.name
    assert TeamBinding.objects.get(site=dossier.site).team == team


def test_a_team_that_comes_again_is_still_told_why() -> None:
    dossier = making.make_dossier(State.INSPECTED)
    note = "Xem lại lối đi"
    receiving.reinspect(dossier=dossier, visit_at=NEW, note=note, by=making.officer_of(dossier), at=AT)
    moved(making.fresh(dossier), visit_at=NEW + HOUR)
    assert second_visits.coming_again(making.fresh(dossier)).note == note


def test_the_log_says_it_to_everybody_with_the_reason() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    moved(dossier, team=other_team())
    for inside in (True, False):
        newest = public_log.events_of(making.fresh(dossier), inside=inside)[0]
        assert newest.title == "Lịch kiểm tra đổi sang 09:30, 20/10/2021, Tổ kiểm tra số 2"
        assert "lý do: Xe của tổ hỏng" in newest.line
        assert newest.tone == "wait"
        assigned = public_log.events_of(making.fresh(dossier), inside=inside)[1]
        assert assigned.line.endswith("Tổ kiểm tra số 1")
    rows = public_log.public_rows([making.fresh(dossier)], inside=False)
    assert [row[2].line for row in rows if row[2].title == "Đã phân công tổ kiểm tra"] == [assigned.line]


def test_the_slip_hands_it_from_team_to_team() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    moved(dossier)  # the same team: no hand-over
    moved(making.fresh(dossier), team=other_team(), at=AT + HOUR)
    rows = hand_overs.hand_overs(making.fresh(dossier))
    one, two = "Tổ kiểm tra số 1", "Tổ kiểm tra số 2"
    assert [(row.giver, row.taker) for row in rows[-2:]] == [(hand_overs.OFFICE, one), (one, two)]
    assert rows[-1].note == "Đổi lịch, giao tổ khác"


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_move_it_at_once_one_does() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    shown, team = appointment_of(dossier).mark, dossier.team
    people = [cast.make_dolisa_officer(), cast.make_dolisa_head()]
    outcomes = race(
        lambda n: move_visit(
            dossier=dossier, shown=shown, team=team, visit_at=NEW + n * HOUR, reason="Xe hỏng",
            by=User.objects.get(pk=people[n % 2].pk), at=AT,
        )
    )  # fmt: skip
    assert kinds(outcomes) == {"done": 1, "Stale": MANY - 1}
    assert Move.objects.filter(dossier=dossier, name=moving_visits.NAME).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_appointment_that_was_shown_each_would_undo_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: what stands is taken for what the page showed, so that nobody is told to look again."""
    dossier, officer = making.make_dossier(State.TEAM_ASSIGNED), cast.make_dolisa_officer()
    shown, team = appointment_of(dossier), dossier.team
    monkeypatch.setattr(moving_visits, "appointment_of", lambda dossier: shown)
    outcomes = race(
        lambda n: move_visit(
            dossier=dossier, shown=shown.mark, team=team, visit_at=NEW + n * HOUR, reason="Xe hỏng",
            by=User.objects.get(pk=officer.pk), at=AT,
        )
    )  # fmt: skip
    assert kinds(outcomes) == {"done": MANY}
    assert Move.objects.filter(dossier=dossier, name=moving_visits.NAME).count() == MANY


@pytest.mark.django_db(transaction=True)
def test_moving_and_signing_at_once_leave_a_sheet_of_the_team_that_signed() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    visit, leader = making.see(dossier, AT - HOUR / 2), cast.make_team_leader()
    shown, team, officer = appointment_of(dossier).mark, other_team(), making.officer_of(dossier)

    def act(number: int) -> object:
        if number % 2:
            return visiting.sign(visit=visit, by=User.objects.get(pk=leader.pk), at=AT)
        by = User.objects.get(pk=officer.pk)
        return move_visit(dossier=dossier, shown=shown, team=team, visit_at=NEW, reason="Bận", by=by, at=AT)

    assert set(kinds(race(act))) <= {"done", "Stale", "NotAllowed"}
    after = making.fresh(dossier)
    assert after.team.number == (1 if after.state == State.INSPECTED else 2)


def test_pages_of_an_expired_case_say_that_the_visit_was_moved_and_name_no_team() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    moved(dossier, team=other_team())
    dossier = making.withdraw(making.fresh(dossier), AT + HOUR)
    later = AT + timedelta(days=3700)
    with time_machine.travel(later, tick=False):
        assert expiring.expire(at=later)["dossiers"] == 1
        for user in (making.owner_of(dossier), making.officer_of(dossier)):
            client = cast.signed_in(user, authenticated_at=later.timestamp())
            for address in (
                reverse("dossiers:timeline", args=[dossier.code]), f"/sites/{dossier.site_id}/history/",
            ):  # fmt: skip
                page = client.get(address)
                assert page.status_code == 200
                assert "Đổi lịch kiểm tra" in page.content.decode()
                assert "Tổ kiểm tra số" not in page.content.decode()
        slip = client.get(reverse("dossiers:control", args=[dossier.code])).content.decode()
    assert "Tổ kiểm tra số 1" not in slip
    assert "Đổi lịch, giao tổ khác" not in slip
    move = dossier.moves.get(name="move_visit")
    telling_aside.visit_moved(str(move.pk), at=later)
    assert not Message.objects.filter(key=f"visit_moved:{move.pk}").exists()
