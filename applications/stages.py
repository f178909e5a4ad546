"""The promise, stage by stage: who holds a dossier, until when, by which clause."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from applications.models import CounterFiling, Dossier
from applications.states import State
from organisations.models import Holiday
from organisations.plan_in_force import rules_at
from plan.clock import LOCAL


@dataclass(frozen=True)
class Clock:
    """When a stage falls due and by which clause; `due_at` None where no time runs."""

    due_at: datetime | None
    clause: str


# Stages whose time is a promise of ours: the path of its number of working days, and from which instant.
WORKING_DAYS = {
    State.SUBMITTED: "stages.completeness_working_days",
    State.TEAM_PROPOSED: "stages.team_assignment_working_days",
    State.TEAM_ASSIGNED: "stages.visit_working_days",
    State.INSPECTED: "stages.advice_working_days",
    State.FORWARDED: "stages.decision_working_days",
}


def clock_of(state: str, dossier: Dossier, *, at: datetime) -> Clock:
    """The clock of the stage that begins at `at`.

    The decision is due a number of working days after the visit, not after the file arrives (A-20).
    """
    rules = rules_at(at)
    if state == State.ACCEPTED:
        holidays, working = Holiday.days()
        due = rules.phase(dossier.phase).team_proposal_due(
            accepted_at=counted_from(dossier, at=at), holidays=holidays, working_days=working
        )
        return Clock(due, "III.1.3.1-c" if dossier.phase == 1 else "III.2.3.1-a")
    if state in WORKING_DAYS:
        value = rules.value(WORKING_DAYS[State(state)])
        start = dossier.visited_at or at if state == State.FORWARDED else at
        holidays, working = Holiday.days()
        due = rules.add_working_days(at=start, days=value.value, holidays=holidays, working_days=working)
        # A file that arrives late leaves the Chairman no less than the next working day.
        floor = rules.add_working_days(at=at, days=1, holidays=holidays, working_days=working)
        return Clock(max(due, floor) if state == State.FORWARDED else due, value.clause)
    return Clock(None, "")


def received_on_paper(dossier: Dossier, *, at: datetime) -> date | None:
    """The day from which an acceptance at that instant counts, where the papers were received before the portal.

    The enterprise was told its date then. What was asked for since starts the clock anew (A-19).
    """
    filed = CounterFiling.objects.filter(dossier=dossier.pk, received_on__isnull=False).first()
    asked = dossier.stages.filter(state=State.SUPPLEMENT_REQUESTED, opened_at__lt=at)
    return filed.received_on if filed is not None and not asked.exists() else None


def counted_from(dossier: Dossier, *, at: datetime) -> datetime:
    """The beginning of the clock that an acceptance at that instant starts."""
    day = received_on_paper(dossier, at=at)
    return datetime.combine(day, time.min, tzinfo=LOCAL) if day else at


def columns_of(state: str, *, at: datetime, due_at: datetime | None) -> dict[str, Any]:
    """Columns that a stage sets beside its state."""
    if state == State.ACCEPTED:
        return {"accepted_at": at, "proposal_due_at": due_at}
    if state == State.SUPPLEMENT_REQUESTED:
        return {"proposal_due_at": None}  # the next acceptance starts its clock at zero
    if state in {State.APPROVED, State.REFUSED, State.DECLINED}:
        return {"decided_at": at}
    return {}


def wrong_state(dossier: Dossier) -> str:
    """Words for a transition that does not fit the present state."""
    return _("Hồ sơ đang ở bước “%(state)s”, nên việc này chưa làm được hoặc đã làm xong.") % {
        "state": State(dossier.state).label
    }
