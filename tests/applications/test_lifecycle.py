"""The table and the one function: who moves what from where to where, what a move writes, what a refusal leaves.

Every role x transition x state x phase is tried; what must come of it is worked out here from the table and
from who is who in the cast, not by asking the code.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from applications import lifecycle
from applications.actors import Actor, may_act
from applications.lifecycle import ROWS
from applications.models import Advice, Dossier, Move, Sheet, Stage
from applications.states import CLOSED, LOOKS, OPEN, State
from applications.unmet import NotAllowed, Refused, Stale
from documents.models import Counter, Letter
from inspections import visiting
from journal.models import AuditEvent, OutboxRow
from organisations.models import Permit, Post, User
from organisations.roles import Role
from restart_portal.events import EVENTS
from tests import cast
from tests.applications import making
from tests.applications.making import HOUR, REASONS

pytestmark = pytest.mark.django_db

NAMES = tuple(dict.fromkeys(row.name for row in ROWS))
LATER = cast.AT + 9 * HOUR
OFFICERS = {"dolisa_officer", "dolisa_head"}
CHAIR = {"chairman", "vice_chairman"}

# Who of the cast is which party of a dossier that DOLISA received.
PARTIES = {
    Actor.SUBMITTER: {"owner"},
    Actor.RECEIVER: OFFICERS,
    Actor.CHAIR_SIDE: CHAIR | {"office_clerk"},
    Actor.SENDER_BACK: CHAIR | {"office_clerk"},
    Actor.DECIDER: CHAIR,
    Actor.REFUSER: CHAIR,  # nobody of the cast holds an authorisation: tests/applications/test_office.py
    Actor.RECORDER: {"office_clerk"},
    Actor.RECALLER: CHAIR | {"office_clerk"},
    Actor.TEAM_LEADER: {"team_leader"},
}

# The table as it was agreed, written a second time by hand.
AGREED = [
    ("submit", "draft supplement_requested", "submitted", Actor.SUBMITTER, "12"),
    (
        "request_supplement",
        "submitted accepted inspected",
        "supplement_requested",
        Actor.RECEIVER,
        "12",
    ),
    ("decline", "submitted supplement_requested", "declined", Actor.RECEIVER, "12"),
    ("accept", "submitted", "accepted", Actor.RECEIVER, "12"),
    ("propose_team", "accepted", "team_proposed", Actor.RECEIVER, "1"),
    ("assign_team", "team_proposed", "team_assigned", Actor.CHAIR_SIDE, "1"),
    ("assign_team", "accepted", "team_assigned", Actor.RECEIVER, "2"),
    ("conclude_visit", "team_assigned", "inspected", Actor.TEAM_LEADER, "12"),
    ("reinspect", "inspected", "team_assigned", Actor.RECEIVER, "12"),
    ("forward", "inspected", "forwarded", Actor.RECEIVER, "12"),
    ("send_back", "forwarded", "inspected", Actor.SENDER_BACK, "12"),
    ("approve", "forwarded", "approved", Actor.DECIDER, "12"),
    ("refuse", "forwarded", "refused", Actor.REFUSER, "12"),
    ("record_approval", "forwarded", "approved", Actor.RECORDER, "12"),
    ("record_refusal", "forwarded", "refused", Actor.RECORDER, "12"),
    ("recall", "approved refused", "inspected", Actor.RECALLER, "12"),
    (
        "withdraw",
        "draft submitted supplement_requested accepted team_proposed team_assigned inspected forwarded",
        "withdrawn",
        Actor.SUBMITTER,
        "12",
    ),
]


def people() -> dict[str, User]:
    """Everybody: the officials, the enterprise's two people, and another enterprise's."""
    cast.make_team()
    return {
        **{name: make() for name, make in cast.OFFICIALS.items()},
        "owner": cast.make_person(),
        "colleague": cast.make_colleague(),
        "stranger": cast.make_other_enterprise().claimed_by,
        "nobody": cast.make_person("khach@khach.example", "Khách"),
    }


def state_and_phase() -> Iterator[tuple[State, int]]:
    for state in State:
        yield state, 1
        if state != State.TEAM_PROPOSED:
            yield state, 2


def ready(state: State, phase: int) -> Dossier:
    """A dossier in a state, with all that its guards may ask for."""
    dossier = making.make_dossier(state, phase=phase)
    if state == State.SUBMITTED:
        making.mark_all(dossier)
    if state == State.SUPPLEMENT_REQUESTED:
        dossier = making.mend(dossier)
    if state == State.TEAM_ASSIGNED:
        letter = Letter.objects.get(dossier_code=dossier.code, kind=Letter.Kind.RECEIPT)
        Sheet.objects.create(
            dossier=dossier,
            team=dossier.team,
            visited_at=LATER,
            verdict="passed",
            remarks="Đủ",
            guidance="Rõ",
            letter=letter,
            signed_at=LATER,
            signed_by=cast.make_team_leader(),
        )
    if state == State.INSPECTED:
        day = LATER.date() + timedelta(days=3)
        Advice.objects.create(
            dossier=dossier,
            verdict="approve",
            number="1",
            starts_on=day,
            cap=dossier.cap and 10,
            mode=dossier.mode,
            by=cast.make_dolisa_officer(),
            at=LATER,
        )
    return making.fresh(dossier)


def expected(name: str, dossier: Dossier, role: str) -> type[Exception] | State:
    """What the agreed table says: the new state, or the answer. A dossier without a team has no leader."""
    state, phase = dossier.state, dossier.phase
    parties = PARTIES if dossier.team else {**PARTIES, Actor.TEAM_LEADER: set()}
    rows = [row for row in AGREED if row[0] == name and str(phase) in row[4] and role in parties[row[3]]]
    if not rows:
        return NotAllowed
    fitting = [row for row in rows if state in row[1].split()]
    return State(fitting[0][2]) if fitting else Stale


def written(dossier: Dossier) -> dict[str, Any]:
    """Everything that a move writes, and the dossier's own row."""
    return {
        "row": Dossier.objects.filter(pk=dossier.pk).values().get(),
        "moves": list(dossier.moves.values_list("pk", flat=True)),
        "stages": list(dossier.stages.values_list("pk", "closed_at")),
        "events": list(AuditEvent.objects.values_list("pk", flat=True)),
        "outbox": list(OutboxRow.objects.values_list("pk", flat=True)),
        "letters": Letter.objects.count(),
        "counters": list(Counter.objects.values_list("key", "next")),
        "permits": Permit.objects.count(),
        "advices": list(dossier.advices.values_list("pk", "voided_at")),
    }


def perform(dossier: Dossier, name: str, by: User) -> Dossier:
    given = {"team": cast.make_team()} if "team" in name or name == "reinspect" else {}
    if name.startswith("record_"):
        given = {"signer": cast.make_chairman(), "dated": LATER.date()}
    return lifecycle.perform(dossier.pk, name, by=by, at=LATER, note="Có lời", reasons=REASONS, given=given)


# --- the table ---


def test_the_table_is_the_one_that_was_agreed() -> None:
    found = [
        (row.name, " ".join(row.sources), str(row.target), row.actor, "".join(map(str, row.phases)))
        for row in ROWS
    ]
    assert found == AGREED


def test_every_row_cites_its_clause_and_announces_an_event_that_has_an_answer() -> None:
    assert all(row.clause == "not in the plan" or row.clause.startswith("III.") for row in ROWS)
    assert {row.event for row in ROWS} <= set(EVENTS)


def test_no_state_is_without_a_way_in_a_look_and_a_place_among_open_and_closed() -> None:
    assert {row.target for row in ROWS} | {State.DRAFT} == set(State)
    assert set(OPEN) | set(CLOSED) == set(State)
    assert not set(OPEN) & set(CLOSED)
    assert set(LOOKS) == set(State)
    assert [row.name for row in ROWS if set(row.sources) & set(CLOSED)] == ["recall"]


def test_an_unknown_transition_is_a_mistake_of_the_programmer() -> None:
    dossier = making.draft()
    for ask in (
        lambda: lifecycle.perform(dossier.pk, "abolish", by=cast.make_person(), at=LATER),
        lambda: lifecycle.row_clause("abolish"),
    ):
        with pytest.raises(KeyError):
            ask()


def test_a_dossier_that_does_not_exist_is_not_moved() -> None:
    with pytest.raises(ObjectDoesNotExist):
        lifecycle.perform(cast.make_site().pk, "submit", by=cast.make_person(), at=LATER)


# --- every role, transition, state and phase ---


@pytest.mark.parametrize(("state", "phase"), list(state_and_phase()))
def test_every_role_moves_exactly_what_the_table_gives_it(state: State, phase: int) -> None:
    everybody = people()
    dossier = ready(state, phase)
    before = written(dossier)
    moves = []
    for role, user in everybody.items():
        for name in NAMES:
            outcome = expected(name, dossier, role)
            if isinstance(outcome, State):
                moves.append((role, name, outcome))
                continue
            with pytest.raises(outcome):
                perform(dossier, name, user)
    assert written(dossier) == before, "a refused move wrote something"
    for role, name, target in moves:
        with transaction.atomic():
            moved = perform(dossier, name, everybody[role])
            assert_one_of_each(dossier, moved, name, target, everybody[role], before)
            transaction.set_rollback(True)
    offered = {
        (role, name) for role, user in everybody.items() for name in offered_to(user, making.fresh(dossier))
    }
    assert offered == {(role, name) for role, name, _target in moves}


def offered_to(user: User, dossier: Dossier) -> list[str]:
    """Names of the table's transitions that a person could ask for in the state, met or not."""
    rows = (lifecycle.row_for(name, dossier) for name in dict.fromkeys(row.name for row in ROWS))
    return [row.name for row in rows if row is not None and may_act(row.actor, dossier, by=user, at=LATER)]


def assert_one_of_each(
    dossier: Dossier, moved: Dossier, name: str, target: State, by: User, before: dict[str, Any]
) -> None:
    """A move writes one log row, one audit event, one announcement, and turns one clock."""
    row = next(
        row for row in ROWS if (row.name, row.target) == (name, target) and dossier.phase in row.phases
    )
    assert (moved.state, moved.version, moved.state_since) == (target, dossier.version + 1, LATER)
    (move,) = Move.objects.exclude(pk__in=before["moves"])
    assert (move.name, move.from_state, move.to_state, move.by_id, move.at) == (
        name,
        dossier.state,
        target,
        by.pk,
        LATER,
    )
    assert (move.by_name, move.by_post) == (by.full_name, by.post_title(on=LATER))
    (event,) = AuditEvent.objects.exclude(pk__in=before["events"])
    assert (event.verb, event.subject_id, event.actor_id) == (f"dossier.{name}", str(dossier.pk), by.pk)
    (bell,) = OutboxRow.objects.exclude(pk__in=before["outbox"])
    assert (bell.event, bell.subject_id) == (row.event, str(dossier.pk))
    running = list(Stage.objects.filter(dossier=dossier, closed_at__isnull=True))
    assert [(stage.state, stage.opened_at, stage.due_at) for stage in running] == (
        [(target, LATER, moved.due_at)] if target in OPEN else []
    )
    assert moved.due_at is None or moved.due_at > LATER


def test_a_post_that_has_ended_or_not_begun_moves_nothing() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    for title, days in {
        "cựu Chủ tịch": {"until": date(2021, 10, 13)},
        "Chủ tịch mới": {"since": date(2021, 10, 16)},
    }.items():
        user = cast.make_official(
            f"{len(title)}@tra-vinh.example", title, Role.CHAIRMAN, "PPC", "Chủ tịch", **days
        )
        with pytest.raises(NotAllowed):
            making.approve(dossier, LATER, by=user)


def test_the_leader_of_another_team_or_of_yesterday_does_not_sign() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    visit = making.see(dossier, LATER)
    team = cast.make_team(2)
    team.members.all().delete()
    other = cast.make_official("to-2@tra-vinh.example", "Sơn Minh", Role.TEAM, "DOH", "Tổ trưởng")
    team.members.create(user=other, is_leader=True, since=cast.SINCE)
    with pytest.raises(NotAllowed):
        visiting.sign(visit=visit, by=other, at=LATER)
    dossier.team.members.filter(is_leader=True).update(until=date(2021, 10, 13))
    with pytest.raises(NotAllowed):
        visiting.sign(visit=visit, by=cast.make_team_leader(), at=LATER)


def test_a_person_without_a_post_leads_no_team_though_listed() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    visit = making.see(dossier, LATER)
    Post.objects.filter(user=cast.make_team_leader()).update(until=date(2021, 10, 1))
    with pytest.raises(NotAllowed):
        visiting.sign(visit=visit, by=User.objects.get(pk=cast.make_team_leader().pk), at=LATER)


def test_whoever_left_the_enterprise_can_no_longer_submit_or_withdraw() -> None:
    dossier = making.make_dossier(State.DRAFT)
    owner = making.owner_of(dossier)
    owner.memberships.update(ended_at=cast.AT)
    for verb in (making.submit, making.withdraw):
        with pytest.raises(NotAllowed):
            verb(dossier)


# --- stale pages and notes ---


def test_a_page_that_shows_an_earlier_state_changes_nothing() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    making.accept(dossier)
    before = written(dossier)
    with pytest.raises(Stale) as answer:
        making.decline(dossier)
    assert answer.value.dossier.state == State.ACCEPTED
    assert "accepted" in str(answer.value)
    assert written(dossier) == before


def test_a_move_that_slips_in_between_reading_and_writing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compare-and-swap itself: the row read is no longer the row there is."""
    dossier = making.make_dossier(State.SUBMITTED)
    read = lifecycle.held(dossier.pk)
    making.mark_all(dossier)
    making.accept(dossier)
    before = written(dossier)
    monkeypatch.setattr(lifecycle, "held", lambda pk: read)
    with pytest.raises(Stale):
        lifecycle.perform(dossier.pk, "decline", by=cast.make_dolisa_officer(), at=LATER, reasons=REASONS)
    assert written(dossier) == before


@pytest.mark.parametrize(
    ("state", "name"),
    [(State.SUBMITTED, "request_supplement"), (State.INSPECTED, "reinspect"), (State.FORWARDED, "send_back")],
)
def test_a_move_that_needs_words_is_refused_without_them(state: State, name: str) -> None:
    dossier = making.make_dossier(state)
    user = cast.make_chairman() if name == "send_back" else cast.make_dolisa_officer()
    before = written(dossier)
    with pytest.raises(Refused) as answer:
        lifecycle.perform(dossier.pk, name, by=user, at=LATER, note="  \n")
    assert [each.code for each in answer.value.unmet] == ["note"]
    assert "note" in str(answer.value)
    assert written(dossier) == before


def test_the_locked_button_and_the_refusal_give_the_same_reasons() -> None:
    dossier = making.draft()
    owner = making.owner_of(dossier)
    shown = lifecycle.unmet("submit", dossier, by=owner, at=LATER)
    with pytest.raises(Refused) as answer:
        making.submit(dossier, LATER)
    assert shown == answer.value.unmet
    assert shown


def test_a_button_that_does_not_fit_the_state_says_where_the_dossier_is() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    (reason,) = lifecycle.unmet("accept", dossier, by=cast.make_dolisa_officer(), at=LATER)
    assert (reason.code, reason.clause) == ("state", "III.1.3.1-b")
    assert str(State.ACCEPTED.label) in reason.detail
