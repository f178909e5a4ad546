"""Months of operation: they run from the start, not from the first of the calendar month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from plan.values import Values


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_from(day: date) -> Iterator[date]:
    """The first of the day's month, and of every month after it."""
    first = day.replace(day=1)
    while True:
        yield first
        first = add_months(first, 1)


def first_month_ends(values: Values, started_on: date) -> date:
    """The last day of the first month, inclusive: the corresponding day of the next month (III.1.2-a, III.2.3.4-b).

    14/10 ends 14/11; 31/10 ends 30/11. `values` are those of the phase.
    """
    return add_months(started_on, values.whole("first_month.length").value)
