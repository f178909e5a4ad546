"""What an enterprise owes, period by period, from the rule and the dates alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import product, takewhile
from typing import Final

from plan.bounds import require_day
from plan.clock import ONE_DAY, end_of, local_day, roll
from plan.months import first_month_ends
from plan.recurrence import due_days
from plan.values import Values

FIRST: Final = "first"
LATER: Final = "later"
Days = Collection[date]


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One period of one duty.

    `owner` is "ENT" or an agency, `recipient` "DOH", "RA" (the site's receiving agency) or "CHAIR".
    `period` is the ISO date of the due day before any roll, with "/1", "/2" for the draws of one window. It
    may be fulfilled from `opens_on`; `due_at` and `report_due_at` are the last seconds still on time.
    `share` is the part of the workforce to test, None where nobody is tested.
    """

    rule: str
    owner: str
    period: str
    opens_on: date
    due_at: datetime
    report_due_at: datetime
    recipient: str
    share: Fraction | None
    clause: str


def occurrences(
    values: Values,
    *,
    started_on: date,
    until: date,
    holidays: Days = frozenset(),
    working_days: Days = frozenset(),
) -> tuple[Occurrence, ...]:
    """Everything due in one uninterrupted stretch, by (`due_at`, `rule`, `period`, `owner`) (III.1.1, III.2.1).

    `values` are those of the phase; `until` is inclusive and compared with the local day of `due_at` after
    any roll.
    """
    require_day("started_on", started_on)
    require_day("until", until)
    found = [
        occurrence
        for code in owed(values, "duties")
        for opens_on, due in _windows(values, code, started_on, until)
        for occurrence in _of_window(
            values.under(f"duties.{code}"), code, opens_on, due, holidays, working_days
        )
        if local_day(occurrence.due_at) <= until
    ]
    return in_order(found)


def owed(values: Values, tables: str) -> tuple[str, ...]:
    """The codes of the duties or tasks that somebody owes, in the order of the file."""
    return tuple(code for code in values.codes(tables) if values.has(f"{tables}.{code}.owners"))


def in_order(found: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """By (`due_at`, `rule`, `period`, `owner`)."""
    return tuple(sorted(found, key=lambda each: (each.due_at, each.rule, each.period, each.owner)))


def _windows(values: Values, code: str, started_on: date, until: date) -> Iterator[tuple[date, date]]:
    """The periods of a duty as (first day, due day before any roll)."""
    duty, month_ends = values.under(f"duties.{code}"), first_month_ends(values, started_on)
    months = duty.word("months").value if duty.has("months") else None
    opens = month_ends + ONE_DAY if months == LATER else started_on
    last = min(until, month_ends) if months == FIRST else until
    gap = duty.whole("first_due_after").value if duty.has("first_due_after") else 0
    earliest = max(opens, started_on + timedelta(days=gap))
    due = (day for day in due_days(duty.row("due"), start=started_on) if day >= earliest)
    for day in takewhile(lambda day: day <= last, due):
        yield _opening(duty, day, opens, started_on), day
        opens = day + ONE_DAY


def _opening(duty: Values, due: date, opens: date, started_on: date) -> date:
    """The first day of a period: after the one before, unless the duty opens on a day of the month of its own."""
    if duty.has("opens"):
        return max(due.replace(day=duty.whole("opens").value), started_on)
    return opens


def _of_window(
    duty: Values, code: str, opens_on: date, due: date, holidays: Days, working_days: Days
) -> Iterator[Occurrence]:
    owners = duty.words("owners")
    day = roll(due, holidays, working_days) if duty.has("rolls") and duty.value("rolls").value else due
    report_after = duty.whole("report_after").value if duty.has("report_after") else 0
    for owner, period in product(owners.value, _periods(duty, due)):
        yield Occurrence(
            rule=code,
            owner=owner,
            period=period,
            opens_on=opens_on,
            due_at=end_of(day),
            report_due_at=end_of(day + timedelta(days=report_after)),
            recipient=duty.word("recipient").value,
            share=duty.share_of("share").value if duty.has("share") else None,
            clause=owners.clause,
        )


def _periods(duty: Values, due: date) -> tuple[str, ...]:
    if not duty.has("draws"):
        return (due.isoformat(),)
    return tuple(f"{due.isoformat()}/{nth}" for nth in range(1, duty.whole("draws").value + 1))
