"""The rules of one phase, on one day of the law."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from plan import fitness_one, fitness_two
from plan.bounds import require_day
from plan.cap import Cap, cap
from plan.clock import due_after
from plan.errors import PlanError
from plan.history import HealthHistory
from plan.months import first_month_ends
from plan.occurrences import Occurrence, occurrences, owed
from plan.samples import Sample
from plan.slots import Slot, papers, slots
from plan.values import Values
from plan.verdict import Verdict, verdict
from plan.visitors import to_visit
from plan.visits import Window, visits

PHASES: Final = (1, 2)
_FITNESS: Final = {1: fitness_one, 2: fitness_two}


@dataclass(frozen=True, kw_only=True)
class Phase:
    """Phase 1 (III.1) or 2 (III.2) by the values of `rules`; every method is pure."""

    rules: Values
    number: int

    @property
    def section(self) -> Values:
        """The values of the phase, read by paths inside its section."""
        return self.rules.under(f"phase_{self.number}")

    def cap(self, *, baseline: int, enterprise_total: int | None = None) -> Cap:
        """The largest number of workers of a site in its first month; no limit in phase 2 (III.1.2)."""
        return cap(self.section, baseline=baseline, enterprise_total=enterprise_total)

    def slots(self) -> tuple[Slot, ...]:
        """The listed papers of a dossier in order (III.1.3.3, III.2.3.3)."""
        return slots(self.section)

    def papers(self) -> tuple[Slot, ...]:
        """The signed plan itself, then the listed papers."""
        return papers(self.section)

    def fitness(self, history: HealthHistory, *, starts_at: datetime) -> Verdict:
        """May this worker begin, or begin again, a stretch of work at that instant (III.1.1, III.2.1)?"""
        return verdict(_FITNESS[self.number].to_begin(self.section, history, starts_at=starts_at))

    def may_continue(self, history: HealthHistory, *, at: datetime) -> Verdict:
        """May this worker go on inside a stretch of work?"""
        return verdict(_FITNESS[self.number].to_continue(self.section, history, at=at))

    def visitor_fitness(
        self,
        samples: Iterable[Sample],
        *,
        visits_at: datetime,
        last_visit_on: date | None = None,
        cleared_on: date | None = None,
    ) -> Verdict:
        """May this supplier's worker come to the site (III.1.1-m, III.1.1-n)?"""
        return verdict(
            to_visit(
                self.section, samples, visits_at=visits_at, last_visit_on=last_visit_on, cleared_on=cleared_on
            )
        )

    def occurrences(
        self,
        *,
        started_on: date,
        until: date,
        holidays: Collection[date] = frozenset(),
        working_days: Collection[date] = frozenset(),
    ) -> tuple[Occurrence, ...]:
        """What the enterprise owes in one uninterrupted stretch, up to `until` (inclusive)."""
        return occurrences(
            self.section, started_on=started_on, until=until, holidays=holidays, working_days=working_days
        )

    def visits(self, *, started_on: date, until: date) -> tuple[Window, ...]:
        """The windows of the team's visits due up to `until` (inclusive) (III.1.3.4, III.2.3.4)."""
        return visits(self.section, started_on=started_on, until=until)

    def team_proposal_due(
        self,
        *,
        accepted_at: datetime,
        holidays: Collection[date] = frozenset(),
        working_days: Collection[date] = frozenset(),
    ) -> datetime:
        """By when a team is proposed (III.1.3.1-c), in phase 2 sent (III.2.3.1-a), after acceptance."""
        days = self.section.whole("procedure.team_within").value
        return due_after(
            self.rules, days=days, accepted_at=accepted_at, holidays=holidays, working_days=working_days
        )

    def first_month_ends(self, *, started_on: date) -> date:
        """The last day of the first month of operation, inclusive."""
        require_day("started_on", started_on)
        return first_month_ends(self.section, started_on)

    def next_sample_due(self, *, last_sample_on: date) -> date:
        """When one worker is to be sampled again (III.1.1-i); PlanError where the phase has no such round."""
        require_day("last_sample_on", last_sample_on)
        for code in owed(self.section, "duties"):
            due = self.section.row(f"duties.{code}.due")
            if due.unit == "days_apart":
                return last_sample_on + timedelta(days=int(str(due.value)))
        table = f"phase_{self.number}.duties"
        raise PlanError("no duty tests every worker again", file=self.rules.file, table=table, key="due")
