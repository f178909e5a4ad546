"""The inspection team's visits to a site at work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

from plan.bounds import require_day
from plan.clock import ONE_DAY
from plan.months import first_month_ends
from plan.recurrence import due_days
from plan.values import Values


@dataclass(frozen=True, kw_only=True)
class Window:
    """One visit falls between these two days, both inclusive."""

    opens_on: date
    due_on: date
    clause: str


def visits(values: Values, *, started_on: date, until: date) -> tuple[Window, ...]:
    """The windows due up to `until` (inclusive), in order (III.1.3.4, III.2.3.4).

    First whole blocks inside the first month (its tail owes none), then one visit a month; in phase 2 a
    fixed number of them, after which only the Chairman directs visits. `values` are those of the phase.
    """
    require_day("started_on", started_on)
    require_day("until", until)
    ends = first_month_ends(values, started_on)
    return (*_blocks(values, started_on, min(ends, until)), *_monthly(values, ends + ONE_DAY, until))


def _blocks(values: Values, opens_on: date, last: date) -> Iterator[Window]:
    block = values.whole("visits.block")
    length = timedelta(weeks=block.value)
    while opens_on + length - ONE_DAY <= last:
        yield Window(opens_on=opens_on, due_on=opens_on + length - ONE_DAY, clause=block.clause)
        opens_on += length


def _monthly(values: Values, opens_on: date, until: date) -> Iterator[Window]:
    monthly = values.row("visits.monthly")
    number = values.whole("visits.monthly_visits").value if values.has("visits.monthly_visits") else None
    days = islice(due_days(monthly, start=opens_on), number)
    for due_on in takewhile(lambda day: day <= until, days):
        yield Window(opens_on=opens_on, due_on=due_on, clause=monthly.clause)
        opens_on = due_on + ONE_DAY
