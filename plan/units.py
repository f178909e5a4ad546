"""The units a value of the law may carry, and what a value in each of them looks like.

Units carry the kind of recurrence (`weekday`, `before_day_of_month`, `days_apart`, ...), so that the code
of the rules needs no number of the plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Final

Value = int | str | date | time | Fraction | tuple[int, ...] | tuple[str, ...] | None
Reader = Callable[[object], Value]

AGENCIES: Final = (
    "DOLISA", "EZB", "DOH", "DPI", "POL", "DOF", "DIC", "DCST", "DOT", "PPC", "CHAIR", "UNION", "DIST",
)  # fmt: skip
ENTERPRISE: Final = "ENT"
RECIPIENTS: Final = ("DOH", "RA", "CHAIR")
CONFIRMATIONS: Final = ("health", "locality")
COUNTINGS: Final = ("calendar", "working")
MONTHS_OF_OPERATION: Final = ("first", "later")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST_DAY_OF_EVERY_MONTH: Final = 28  # the days after it are missing in some month


def _count(least: int, most: int | None = None) -> Reader:
    def read(raw: object) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or raw < least or (most and raw > most):
            raise ValueError(f"must be a whole number from {least}" + (f" to {most}" if most else ""))
        return raw

    return read


def _word(allowed: Collection[str] = ()) -> Reader:
    def read(raw: object) -> str:
        if not isinstance(raw, str) or not re.fullmatch(r"\w+", raw) or (allowed and raw not in allowed):
            raise ValueError(f"must be one of {', '.join(allowed)}" if allowed else "must be one word")
        return raw

    return read


def _words(allowed: Collection[str] = ()) -> Reader:
    read_one = _word(allowed)

    def read(raw: object) -> tuple[str, ...]:
        if not isinstance(raw, list) or not raw or len(set(map(str, raw))) != len(raw):
            raise ValueError("must be a list of different words")
        return tuple(str(read_one(each)) for each in raw)

    return read


def _share(raw: object) -> Fraction:
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9]+(/[1-9][0-9]*)?", raw) or Fraction(raw) > 1:
        raise ValueError('must be a share from "0" to "1", written "1/3"')
    return Fraction(raw)


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("must be true or false")
    return raw


def _day(raw: object) -> date:
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise ValueError("must be a date")
    return raw


def _time(raw: object) -> time:
    if not isinstance(raw, time):
        raise ValueError("must be a time of day")
    return raw


def _offsets(raw: object) -> tuple[int, ...]:
    if not isinstance(raw, list) or not all(type(each) is int for each in raw) or raw != sorted(set(raw)):
        raise ValueError("must be a list of days before (negative) or after the due day, in order")
    return tuple(raw)


def _days_or_none(raw: object) -> int | None:
    return None if raw == "none" else int(str(_count(0)(raw)))


UNITS: Final[Mapping[str, Reader]] = {
    # lengths of time and ages
    "days": _count(0),
    "full_days": _count(0),  # days that lie wholly between two days
    "working_days": _count(0),
    "days_or_none": _days_or_none,
    "hours": _count(0),
    "minutes": _count(0),
    "weeks": _count(1),
    "months": _count(1),
    # numbers of things
    "workers": _count(0),
    "doses": _count(1),
    "tests": _count(1),
    "draws": _count(1),
    "visits": _count(1),
    "volumes": _count(1),
    "month_of_operation": _count(1),
    # when something falls due
    "weekday": _word(WEEKDAYS),
    "before_weekday": _word(WEEKDAYS),
    "day_of_month": _count(1, LAST_DAY_OF_EVERY_MONTH),
    "before_day_of_month": _count(1, LAST_DAY_OF_EVERY_MONTH),
    "days_apart": _count(1),
    "days_after_start": _count(0),
    "days_after_due": _count(0),
    "date": _day,
    "before_date": _day,
    "time": _time,
    "day_offsets": _offsets,
    # which part, who, how
    "share": _share,
    "flag": _flag,
    "agency": _word(AGENCIES),
    "owners": _words((ENTERPRISE, *AGENCIES)),
    "recipient": _word(RECIPIENTS),
    "confirmations": _words(CONFIRMATIONS),
    "counting": _word(COUNTINGS),
    "months_of_operation": _word(MONTHS_OF_OPERATION),
    "document": _word(),
    "fields": _words(),
}


def read_value(unit: str, raw: object) -> Value:
    """The value as the rules use it: lists as tuples, shares as `Fraction`; ValueError where it does not fit.

    `unit` is one of `UNITS`.
    """
    return UNITS[unit](raw)
