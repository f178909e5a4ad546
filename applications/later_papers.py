"""Papers that may follow the dossier (III.1.3.3-k): which, while what, until which day, and where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse

import plan
from applications.actors import brought_to, may_prepare
from applications.models import Decision, Dossier, Paper
from applications.states import State
from organisations.models import Holiday, User
from organisations.plan_in_force import rules_at, rules_on

# With the officials, and after consent. Where a dossier is filled in, every slot is open.
WHILE = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.TEAM_PROPOSED,
    State.TEAM_ASSIGNED,
    State.INSPECTED,
    State.FORWARDED,
    State.APPROVED,
)
# No row of free days is as long: so far beyond its seven days a rolled last day is looked for.
LONGEST_ROLL = timedelta(days=31)


def codes(dossier: Dossier) -> list[str]:
    """The slots that may be filled some days after the start, by the law of the submission."""
    if dossier.submitted_at is None:
        return []
    slots = rules_at(dossier.submitted_at).phase(dossier.phase).slots()
    return [slot.code for slot in slots if slot.due_days_after_start is not None]


def may_follow(dossier: Dossier, slot: str) -> bool:
    """Whether this paper may come, and be judged, as the dossier stands; its content must not have expired."""
    return dossier.state in WHILE and dossier.expired_at is None and slot in codes(dossier)


def is_awaited(dossier: Dossier, slot: str) -> bool:
    """Whether it may come now: nothing is in its place, or what is there was returned."""
    if not may_follow(dossier, slot):
        return False
    present = dossier.papers.filter(slot=slot, replaced_at__isnull=True)
    return not present.exclude(verdict=Paper.Verdict.RETURNED).exists()


def may_bring(dossier: Dossier, slot: str, *, by: User, at: datetime) -> bool:
    """Who may put a paper: who prepares the dossier, and of one that may follow the desk it was brought to."""
    return may_prepare(dossier, by=by, at=at) or (
        may_follow(dossier, slot) and brought_to(dossier, by=by, at=at)
    )


def last_day(dossier: Dossier, slot: str) -> date | None:
    """The last day by the plan's own duty, rolled off free days (A-23); None while there is no permit."""
    if dossier.state != State.APPROVED:
        return None
    decisions = Decision.objects.filter(dossier=dossier, recalled_at__isnull=True, permit__isnull=False)
    decision = decisions.select_related("permit").first()
    if decision is None or decision.permit is None:
        return None
    started_on = decision.permit.starts_on
    phase = rules_on(started_on).phase(dossier.phase)
    days = next((each.due_days_after_start for each in phase.slots() if each.code == slot), None)
    if days is None:
        return None
    holidays, working = Holiday.days()
    until = started_on + timedelta(days=days) + LONGEST_ROLL
    found = phase.occurrences(started_on=started_on, until=until, holidays=holidays, working_days=working)
    return next((plan.local_day(each.due_at) for each in found if each.rule == slot), None)


@dataclass(frozen=True)
class Follow:
    """A paper that is owed after the start: its page, and whether it is there (and was not returned)."""

    url: str
    is_there: bool


def follows(dossiers: Iterable[Dossier]) -> dict[UUID, dict[str, Follow]]:
    """Of each dossier the papers that may follow, by slot, which is also the code of the duty: one query."""
    wanted = {dossier: codes(dossier) for dossier in dossiers}
    slots = {slot for each in wanted.values() for slot in each}
    rows = Paper.objects.filter(dossier__in=wanted, slot__in=slots, replaced_at__isnull=True)
    there = set(rows.exclude(verdict=Paper.Verdict.RETURNED).values_list("dossier", "slot"))
    return {
        dossier.pk: {
            slot: Follow(
                reverse("dossiers:paper", args=[dossier.reference, slot]), (dossier.pk, slot) in there
            )
            for slot in each
        }
        for dossier, each in wanted.items()
    }
