"""Days and deadlines: local days, days off, the clock of "02 days" and the portal's working-day promises.

A day-counted period leaves out the day it starts on; where its last day is a day off it ends with the next
working day. Saturday and Sunday are days off, and so are `holidays`; a day in `working_days` (a swapped
Saturday) is not, also where it stands in `holidays`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from plan.bounds import require_count, require_instant
from plan.values import NOT_IN_THE_PLAN, Values

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
LAST_SECOND: Final = time(23, 59, 59)
ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 6  # in ISO weeks
WORKING: Final = "working"


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """One day of a deadline, explained.

    `kind`: "accepted" (not counted), "counted", "rolled" (a day off: not counted, or counted but no day to
    end on) or "due". `number` is the day's number in the count, None where it has none.
    """

    on: date
    kind: Literal["accepted", "counted", "rolled", "due"]
    number: int | None
    clause: str


def local_day(instant: datetime) -> date:
    """The day in Vietnam at that instant; ValueError for a naive one."""
    require_instant("instant", instant)
    return instant.astimezone(LOCAL).date()


def end_of(day: date, at: time = LAST_SECOND) -> datetime:
    """The last second still on time on that local day."""
    return datetime.combine(day, at, tzinfo=LOCAL)


def is_off(day: date, holidays: Collection[date], working_days: Collection[date]) -> bool:
    """Whether nobody works on that day."""
    return day not in working_days and (day in holidays or day.isoweekday() >= SATURDAY)


def roll(day: date, holidays: Collection[date], working_days: Collection[date]) -> date:
    """The day itself, or the next one that is no day off."""
    while is_off(day, holidays, working_days):
        day += ONE_DAY
    return day


def clock_lines(
    values: Values,
    *,
    days: int,
    accepted_at: datetime,
    holidays: Collection[date] = frozenset(),
    working_days: Collection[date] = frozenset(),
    clause: str = NOT_IN_THE_PLAN,
) -> tuple[ClockLine, ...]:
    """The `days`-day clock from acceptance to the due day, day by day; the last line is the due day.

    `values` are the rules of a day (`law.at(...)`); whether calendar or working days count is their
    `clock.counting`. `clause` is where the number of days stands; days that only roll the deadline are not
    in the plan.
    """
    require_count("days", days)
    start = local_day(accepted_at)
    skips = values.word("clock.counting").value == WORKING
    walked = list(_walk(start, days, skips, holidays, working_days))
    due, number = walked.pop() if walked else (start, None)
    lines = [ClockLine(on=start, kind="accepted", number=None, clause=clause)]
    for on, nth in walked:
        if nth is None or nth == days:
            lines.append(ClockLine(on=on, kind="rolled", number=nth, clause=NOT_IN_THE_PLAN))
        else:
            lines.append(ClockLine(on=on, kind="counted", number=nth, clause=clause))
    return (*lines, ClockLine(on=due, kind="due", number=number, clause=clause))


def _walk(
    on: date, days: int, skips: bool, holidays: Collection[date], working_days: Collection[date]
) -> Iterator[tuple[date, int | None]]:
    """The days after `on` up to the due day, each with its number, or None where it does not count."""
    number = 0
    while number < days or is_off(on, holidays, working_days):
        on += ONE_DAY
        counts = number < days and not (skips and is_off(on, holidays, working_days))
        number += counts
        yield on, number if counts else None


def due_after(
    values: Values,
    *,
    days: int,
    accepted_at: datetime,
    holidays: Collection[date] = frozenset(),
    working_days: Collection[date] = frozenset(),
) -> datetime:
    """The last second of the `days`-th day after the day of acceptance, rolled off days off (III.1.3.1-c)."""
    lines = clock_lines(
        values, days=days, accepted_at=accepted_at, holidays=holidays, working_days=working_days
    )
    return end_of(lines[-1].on)


def add_working_days(
    values: Values,
    *,
    at: datetime,
    days: int,
    holidays: Collection[date] = frozenset(),
    working_days: Collection[date] = frozenset(),
    ends_at: time | None = None,
) -> datetime:
    """The end of the `days`-th working day after the local day of `at`; the portal's promises count so.

    The day ends when the office closes (`stages.office_closes`) or at `ends_at`. With `days=0` it is the
    day itself, or the next working day.
    """
    require_count("days", days)
    on = local_day(at)
    for _ in range(days):
        on = roll(on + ONE_DAY, holidays, working_days)
    closes = values.time_of_day("stages.office_closes").value if ends_at is None else ends_at
    return end_of(roll(on, holidays, working_days), closes)
