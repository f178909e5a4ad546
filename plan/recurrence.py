"""When something falls due, by the unit of its value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Final

from plan.clock import ONE_DAY
from plan.months import months_from
from plan.units import WEEKDAYS
from plan.values import CitedValue

A_WEEK: Final = timedelta(weeks=1)


def due_days(due: CitedValue, *, start: date) -> Iterator[date]:
    """The due days from `start` on, in order; without end where the unit recurs."""
    return RECURRENCES[due.unit](due.value, start)


def _weekday(value: object, start: date) -> Iterator[date]:
    day = start + timedelta(days=(WEEKDAYS.index(str(value)) - start.weekday()) % len(WEEKDAYS))
    while True:
        yield day
        day += A_WEEK


def _before_weekday(value: object, start: date) -> Iterator[date]:
    return (day - ONE_DAY for day in _weekday(value, start + ONE_DAY))


def _day_of_month(value: object, start: date) -> Iterator[date]:
    in_months = (first + timedelta(days=_whole(value) - 1) for first in months_from(start))
    return (day for day in in_months if day >= start)


def _before_day_of_month(value: object, start: date) -> Iterator[date]:
    return (day - ONE_DAY for day in _day_of_month(value, start + ONE_DAY))


def _days_apart(value: object, start: date) -> Iterator[date]:
    return (start + timedelta(days=_whole(value) * nth) for nth in count(1))


def _days_after_start(value: object, start: date) -> Iterator[date]:
    yield start + timedelta(days=_whole(value))


def _before_date(value: object, start: date) -> Iterator[date]:
    if isinstance(value, date) and value > start:
        yield value - ONE_DAY


def _whole(value: object) -> int:
    return int(str(value))


RECURRENCES: Final[Mapping[str, Callable[[object, date], Iterator[date]]]] = {
    "weekday": _weekday,
    "before_weekday": _before_weekday,
    "day_of_month": _day_of_month,
    "before_day_of_month": _before_day_of_month,
    "days_apart": _days_apart,
    "days_after_start": _days_after_start,
    "before_date": _before_date,
}
