"""Agencies: which one receives a site's papers, and what they owe on fixed days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, pairwise, takewhile

from plan.bounds import require_day
from plan.clock import ONE_DAY, end_of
from plan.months import add_months
from plan.occurrences import Occurrence, in_order, owed
from plan.recurrence import due_days
from plan.values import CitedValue, Values


def receiving_agency(values: Values, *, in_zone: bool) -> str:
    """The agency of a site in an industrial park or economic zone, or of a site elsewhere (III.1.1-l)."""
    return values.word("routing.in_zone" if in_zone else "routing.elsewhere").value


def task_occurrences(values: Values, *, since: date, until: date) -> tuple[Occurrence, ...]:
    """The agencies' tasks due from `since` to `until`, both inclusive, one for each owner (V).

    A due day on which the task's values do not hold is not listed; a period opens the day after the one
    before is due, however early that is. A single date opens on the first day of its value.
    """
    require_day("since", since)
    require_day("until", until)
    return in_order(
        occurrence
        for code in owed(values, "agencies.tasks")
        for occurrence in _of_task(values.under(f"agencies.tasks.{code}"), code, since, until)
    )


def _of_task(task: Values, code: str, since: date, until: date) -> Iterator[Occurrence]:
    owners, due = task.words("owners"), task.row("due")
    for opens_on, day in _windows(due, since, until):
        if due.holds(day) and task.row("owners").holds(day):
            for owner in owners.value:
                yield Occurrence(
                    rule=code,
                    owner=owner,
                    period=day.isoformat(),
                    opens_on=opens_on,
                    due_at=end_of(day),
                    report_due_at=end_of(day),
                    recipient=task.word("recipient").value,
                    share=None,
                    clause=owners.clause,
                )


def _windows(due: CitedValue, since: date, until: date) -> Iterator[tuple[date, date]]:
    """(first day, due day) of every period due between the two days; one earlier period tells when the first opens."""
    a_month_before = add_months(since.replace(day=1), -1)
    days = takewhile(lambda day: day <= until, due_days(due, start=a_month_before))
    for previous, day in pairwise(chain((None,), days)):
        if day is not None and day >= since:
            yield (previous + ONE_DAY if previous else due.since), day
