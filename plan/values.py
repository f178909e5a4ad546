"""Values with citations, and the ones in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from typing import Final, Generic, TypeVar

from plan.errors import PlanError
from plan.units import Value

NOT_IN_THE_PLAN: Final = "not in the plan"

V_co = TypeVar("V_co", covariant=True)
V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Cited(Generic[V_co]):
    """A value and the point of the plan it stands in (or "not in the plan")."""

    value: V_co
    clause: str


@dataclass(frozen=True, kw_only=True)
class CitedValue:
    """One row of the plan file: its dotted path, value, unit and clause, and the days it holds.

    `until` is the last day (inclusive) by `to` or by the next row; None where no end is known.
    """

    path: str
    value: Value
    unit: str
    clause: str
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        """Whether the value is in force on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, kw_only=True)
class Values:
    """The values in force on one day, read by dotted path; `under` narrows to a table."""

    file: str
    digest: str
    on: date
    table: str = ""
    in_force: Mapping[str, CitedValue] = field(compare=False, repr=False)
    titles: Mapping[str, str] = field(compare=False, repr=False)

    def under(self, table: str) -> Values:
        """The same values, read from inside one table: `under("phase_1.cap").share_of("share")`."""
        return Values(
            file=self.file,
            digest=self.digest,
            on=self.on,
            table=self._path(table),
            in_force=self.in_force,
            titles=self.titles,
        )

    def has(self, path: str) -> bool:
        """Whether a value with this path is in force."""
        return self._path(path) in self.in_force

    def row(self, path: str) -> CitedValue:
        """The row in force with its unit and days; PlanError where there is none."""
        full = self._path(path)
        if full not in self.in_force:
            table, _, key = full.rpartition(".")
            raise PlanError(f"no value in force on {self.on}", file=self.file, table=table, key=key)
        return self.in_force[full]

    def value(self, path: str) -> Cited[Value]:
        """Any single value by its path in the data, e.g. "reminders.offsets"; PlanError where there is none."""
        row = self.row(path)
        return Cited(value=row.value, clause=row.clause)

    def whole(self, path: str) -> Cited[int]:
        """A whole number: days, hours, workers, ..."""
        return self._of(int, path)

    def share_of(self, path: str) -> Cited[Fraction]:
        """A share from 0 to 1."""
        return self._of(Fraction, path)

    def word(self, path: str) -> Cited[str]:
        """One of the words its unit allows."""
        return self._of(str, path)

    def words(self, path: str) -> Cited[tuple[str, ...]]:
        """A list of words."""
        cited = self._of(tuple, path)
        return Cited(value=tuple(str(each) for each in cited.value), clause=cited.clause)

    def time_of_day(self, path: str) -> Cited[time]:
        """A local time of day."""
        return self._of(time, path)

    def codes(self, tables: str) -> tuple[str, ...]:
        """The codes of a list of tables that have a value in force, in the order of the file."""
        start = self._path(tables) + "."
        found = (path.removeprefix(start).split(".")[0] for path in self.in_force if path.startswith(start))
        return tuple(dict.fromkeys(found))

    def title_of(self, table: str) -> str:
        """The Vietnamese title of a duty, slot or task, e.g. "phase_1.slots.request_letter"."""
        full = self._path(table)
        if full not in self.titles:
            raise PlanError("no such table", file=self.file, table=full)
        return self.titles[full]

    def _path(self, path: str) -> str:
        return f"{self.table}.{path}" if self.table else path

    def _of(self, kind: type[V], path: str) -> Cited[V]:
        row = self.row(path)
        if not isinstance(row.value, kind):
            table, _, key = row.path.rpartition(".")
            raise PlanError(f"holds no {kind.__name__}", file=self.file, table=table, key=key)
        return Cited(value=row.value, clause=row.clause)
