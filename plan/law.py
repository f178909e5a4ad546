"""A plan as law: what it is, and its rules on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time

from plan.agencies import receiving_agency, task_occurrences
from plan.bounds import require_day
from plan.clock import add_working_days, due_after
from plan.errors import PlanError
from plan.occurrences import Occurrence
from plan.phase import PHASES, Phase
from plan.province import Province
from plan.values import CitedValue, Values


@dataclass(frozen=True, kw_only=True)
class Law:
    """One province's plan over time.

    `title`, `number` ("" for a draft), `status` ("draft" or "issued") and `source` are the document's own;
    `digest` is the SHA-256 of the data file's bytes, and two laws are equal when their digests are.
    """

    file: str = field(compare=False)
    title: str = field(compare=False)
    number: str = field(compare=False)
    status: str = field(compare=False)
    source: str = field(compare=False)
    digest: str
    rows: tuple[CitedValue, ...] = field(compare=False, repr=False)
    titles: tuple[tuple[str, str], ...] = field(compare=False, repr=False)
    of_province: Province | None = field(compare=False, default=None)
    clauses: tuple[tuple[str, str], ...] = field(compare=False, repr=False, default=())

    @property
    def province(self) -> Province:
        """Whose plan it is; PlanError where the file does not say."""
        if self.of_province is None:
            raise PlanError("names no province", file=self.file, table="plan.province")
        return self.of_province

    def clause_title(self, clause: str) -> str:
        """Short words for a clause; "" where the file has none."""
        return dict(self.clauses).get(clause, "")

    def at(self, on: date) -> Rules:
        """The rules by the values in force on that local day; PlanError before the first value."""
        require_day("on", on)
        if not any(row.since <= on for row in self.rows):
            raise PlanError(f"no value in force on {on}", file=self.file)
        return Rules(
            file=self.file,
            digest=self.digest,
            on=on,
            in_force={row.path: row for row in self.rows if row.holds(on)},
            titles=dict(self.titles),
        )

    def all_values(self) -> tuple[CitedValue, ...]:
        """Every value of every date, in the order of the file."""
        return self.rows


@dataclass(frozen=True, kw_only=True)
class Rules(Values):
    """The law on one day: single values by path, and the rules that belong to no phase."""

    def phase(self, number: int) -> Phase:
        """Phase 1 or 2; ValueError for another number, PlanError where the plan has no such phase."""
        if number not in PHASES:
            raise ValueError(f"phase must be one of {PHASES}, not {number!r}")
        if not self.codes(f"phase_{number}"):
            raise PlanError("no such phase", file=self.file, table=f"phase_{number}")
        return Phase(rules=self, number=number)

    def values(self) -> tuple[CitedValue, ...]:
        """Every value in force, in the order of the file."""
        return tuple(self.in_force.values())

    def sections(self) -> tuple[str, ...]:
        """The sections that have a value in force, in the order of the file."""
        return tuple(dict.fromkeys(path.split(".")[0] for path in self.in_force))

    def receiving_agency(self, *, in_zone: bool) -> str:
        """Who receives a site's papers: "EZB" in a park or zone, else "DOLISA" (III.1.1-l)."""
        return receiving_agency(self, in_zone=in_zone)

    def due_after(
        self,
        *,
        days: int,
        accepted_at: datetime,
        holidays: Collection[date] = frozenset(),
        working_days: Collection[date] = frozenset(),
    ) -> datetime:
        """The last second of the `days`-th day after acceptance, rolled off days off; see `plan.clock`."""
        return due_after(
            self, days=days, accepted_at=accepted_at, holidays=holidays, working_days=working_days
        )

    def add_working_days(
        self,
        *,
        at: datetime,
        days: int,
        holidays: Collection[date] = frozenset(),
        working_days: Collection[date] = frozenset(),
        ends_at: time | None = None,
    ) -> datetime:
        """When the office closes on the `days`-th working day after `at`; see `plan.clock`."""
        return add_working_days(
            self, at=at, days=days, holidays=holidays, working_days=working_days, ends_at=ends_at
        )

    def agency_occurrences(self, *, since: date, until: date) -> tuple[Occurrence, ...]:
        """What agencies owe with a due day from `since` to `until`, both inclusive (V)."""
        return task_occurrences(self, since=since, until=until)
