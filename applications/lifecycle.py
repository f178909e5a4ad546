"""The lifecycle: one table, one function. Nothing else assigns `Dossier.state`.

`perform` locks the row, asks who may and what is unmet, moves the state by compare-and-swap, and writes the
log, the stage's clock, the audit event and the outbox row, all in one transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

import plan
from applications import guards, office_guards, stages, waiting_scans
from applications.actors import Actor, may_act
from applications.models import Dossier, Move, Stage
from applications.states import OPEN, State
from applications.unmet import NotAllowed, Refused, Stale, Unmet
from journal.recording import announce, record
from organisations.models import User

Guard = Callable[..., list[Unmet]]


@dataclass(frozen=True)
class Transition:
    """One row of the table. `phases` narrows it; `note_required` asks for words."""

    name: str
    sources: tuple[State, ...]
    target: State
    actor: Actor
    event: str
    clause: str
    guard: Guard = guards.nothing
    phases: tuple[int, ...] = (1, 2)
    note_required: bool = False
    changes: Mapping[str, Any] = field(default_factory=dict)


OURS = plan.NOT_IN_THE_PLAN

# fmt: off
ROWS = (
    Transition("submit", (State.DRAFT, State.SUPPLEMENT_REQUESTED), State.SUBMITTED, Actor.SUBMITTER,
               "dossier.submitted", "III.1.3.1-b", guards.submission),
    Transition("request_supplement", (State.SUBMITTED, State.ACCEPTED, State.INSPECTED),
               State.SUPPLEMENT_REQUESTED, Actor.RECEIVER, "dossier.supplement_requested", "III.1.3.1-b",
               note_required=True),
    Transition("decline", (State.SUBMITTED, State.SUPPLEMENT_REQUESTED), State.DECLINED, Actor.RECEIVER,
               "dossier.declined", "III.1.3.1-b", guards.reasons_given),
    Transition("accept", (State.SUBMITTED,), State.ACCEPTED, Actor.RECEIVER,
               "dossier.accepted", "III.1.3.1-b", guards.papers_in_order),
    Transition("propose_team", (State.ACCEPTED,), State.TEAM_PROPOSED, Actor.RECEIVER,
               "dossier.team_proposed", "III.1.3.1-c", guards.team_named, phases=(1,)),
    Transition("assign_team", (State.TEAM_PROPOSED,), State.TEAM_ASSIGNED, Actor.CHAIR_SIDE,
               "dossier.team_assigned", "III.1.3.1-c", guards.team_named, phases=(1,)),
    Transition("assign_team", (State.ACCEPTED,), State.TEAM_ASSIGNED, Actor.RECEIVER,
               "dossier.team_assigned", "III.2.3.1-a", guards.team_named, phases=(2,)),
    Transition("conclude_visit", (State.TEAM_ASSIGNED,), State.INSPECTED, Actor.TEAM_LEADER,
               "dossier.inspected", "III.1.3.1-d", guards.sheet_signed),
    Transition("reinspect", (State.INSPECTED,), State.TEAM_ASSIGNED, Actor.RECEIVER,
               "dossier.team_assigned", "III.1.3.4-a", guards.team_named, note_required=True),
    Transition("forward", (State.INSPECTED,), State.FORWARDED, Actor.RECEIVER,
               "dossier.forwarded", "III.1.3.1-f", guards.advice_given),
    Transition("send_back", (State.FORWARDED,), State.INSPECTED, Actor.SENDER_BACK,
               "dossier.sent_back", OURS, note_required=True),
    Transition("approve", (State.FORWARDED,), State.APPROVED, Actor.DECIDER,
               "dossier.approved", "III.1.3.1-f", guards.approval),
    Transition("refuse", (State.FORWARDED,), State.REFUSED, Actor.REFUSER,
               "dossier.refused", "III.1.3.1-g", guards.refusal),
    Transition("record_approval", (State.FORWARDED,), State.APPROVED, Actor.RECORDER,
               "dossier.approved", "III.1.3.1-f", office_guards.paper_approval),
    Transition("record_refusal", (State.FORWARDED,), State.REFUSED, Actor.RECORDER,
               "dossier.refused", "III.1.3.1-g", office_guards.paper_refusal),
    Transition("recall", (State.APPROVED, State.REFUSED), State.INSPECTED, Actor.RECALLER,
               "dossier.recalled", OURS, office_guards.recall, note_required=True),
    Transition("withdraw", OPEN, State.WITHDRAWN, Actor.SUBMITTER, "dossier.withdrawn", OURS),
)
# fmt: on


def rows_named(name: str) -> list[Transition]:
    """The rows of a transition; KeyError for an unknown name."""
    found = [row for row in ROWS if row.name == name]
    if not found:
        raise KeyError(name)
    return found


def row_for(name: str, dossier: Dossier) -> Transition | None:
    """The row that fits the dossier's phase and state, or None."""
    return next(
        (r for r in rows_named(name) if dossier.phase in r.phases and dossier.state in r.sources), None
    )


def unmet(name: str, dossier: Dossier, *, by: User, at: datetime, **given: Any) -> list[Unmet]:
    """What stands in the way of a transition now: the list that locks the button. Empty when nothing does."""
    row = row_for(name, dossier)
    if row is None:
        return [Unmet("state", row_clause(name), stages.wrong_state(dossier))]
    return row.guard(dossier, by=by, at=at, **given)


def row_clause(name: str) -> str:
    """The clause of a transition."""
    return rows_named(name)[0].clause


def held(dossier_id: UUID) -> Dossier:
    """The dossier, locked until the caller's transaction ends: a verb that reads before it moves takes it first."""
    rows = Dossier.objects.select_for_update(of=("self",))
    return rows.select_related("site__enterprise", "receiving_agency").get(pk=dossier_id)


@transaction.atomic
def perform(
    dossier_id: UUID,
    name: str,
    *,
    by: User,
    at: datetime,
    note: str = "",
    reasons: Sequence[Mapping[str, str]] = (),
    changes: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | None = None,
) -> Dossier:
    """Moves one dossier, or raises NotAllowed, Stale (somebody was first) or Refused (what is unmet).

    `changes` are columns written with the move; `given` are facts for the guard that are not yet rows.
    """
    dossier = held(dossier_id)
    row = _row_of(name, dossier, by=by, at=at)
    missing = row.guard(dossier, by=by, at=at, reasons=reasons, **(given or {}))
    if row.note_required and not note.strip():
        missing.append(guards.words_missing(row.clause))
    if missing:
        raise Refused(missing)
    _move(dossier, row, by=by, at=at, note=note, reasons=reasons, changes=changes or {})
    return Dossier.objects.get(pk=dossier_id)


def _row_of(name: str, dossier: Dossier, *, by: User, at: datetime) -> Transition:
    """The row that this person may take from this state: who may not is told so before what the state is."""
    mine = [
        r for r in rows_named(name) if dossier.phase in r.phases and may_act(r.actor, dossier, by=by, at=at)
    ]
    if not mine:
        raise NotAllowed(name)
    row = next((r for r in mine if dossier.state in r.sources), None)
    if row is None:
        raise Stale(dossier)
    return row


def _move(
    dossier: Dossier, row: Transition, *, by: User, at: datetime, note: str,
    reasons: Sequence[Mapping[str, str]], changes: Mapping[str, Any],
) -> None:  # fmt: skip
    clock = stages.clock_of(row.target, dossier, at=at)
    columns = {
        "state": row.target,
        "state_since": at,
        "due_at": clock.due_at,
        "due_clause": clock.clause,
        **stages.columns_of(row.target, at=at, due_at=clock.due_at),
        **changes,
    }
    # The compare-and-swap is the guarantee on both databases; the lock above is a courtesy.
    won = Dossier.objects.filter(pk=dossier.pk, state=dossier.state, version=dossier.version).update(
        version=F("version") + 1, **columns
    )
    if won != 1:
        raise Stale(dossier)
    _turn_stage(dossier, row.target, clock, at=at)
    if dossier.state in (State.FORWARDED, State.TEAM_ASSIGNED):
        waiting_scans.clear(dossier, by=by, at=at)
    log(dossier, row.name, row.target, by=by, at=at, note=note, reasons=reasons)
    record(
        f"dossier.{row.name}", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=["state", *changes]
    )
    announce(row.event, dossier.pk, at=at)


def log(
    dossier: Dossier, name: str, target: str, *, by: User, at: datetime, note: str,
    reasons: Sequence[Mapping[str, str]],
) -> Move:  # fmt: skip
    """A row of the log; that of a visit that is moved (applications/moving_visits.py) leads to the same state."""
    move: Move = Move.objects.create(
        dossier=dossier, name=name, from_state=dossier.state, to_state=target, at=at, by=by,
        by_name=by.full_name, by_post=by.post_title(on=at), note=note.strip(), reasons=[dict(r) for r in reasons],
    )  # fmt: skip
    return move


def _turn_stage(dossier: Dossier, target: State, clock: stages.Clock, *, at: datetime) -> None:
    """Closes the stage that ran and opens the one that begins, if the dossier goes on."""
    Stage.objects.filter(dossier=dossier, closed_at__isnull=True).update(closed_at=at)
    if target in OPEN:
        Stage.objects.create(
            dossier=dossier, state=target, opened_at=at, due_at=clock.due_at, clause=clock.clause
        )
