"""What the plan asks after the start, in the words of letters: each number comes from the values in force."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import plan

WEEKDAYS = {
    "monday": "thứ Hai", "tuesday": "thứ Ba", "wednesday": "thứ Tư", "thursday": "thứ Năm", "friday": "thứ Sáu",
    "saturday": "thứ Bảy", "sunday": "Chủ nhật",
}  # fmt: skip
FEW = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def duties(
    phase: plan.Phase, *, started_on: date, until: date, recipients: Mapping[str, str]
) -> tuple[str, ...]:
    """Each duty with an occurrence from the start until that day: what, how often, to whom, first due day."""
    first: dict[str, plan.Occurrence] = {}
    for occurrence in phase.occurrences(started_on=started_on, until=until):
        first.setdefault(occurrence.rule, occurrence)
    return tuple(_duty(phase, each, recipients) for each in first.values())


def _duty(phase: plan.Phase, occurrence: plan.Occurrence, recipients: Mapping[str, str]) -> str:
    table = f"phase_{phase.number}.duties.{occurrence.rule}"
    duty = phase.rules.under(table)
    due = duty.row("due")
    once = due.unit == "days_after_start"
    words = [
        phase.rules.title_of(table),
        *(_how_much(occurrence.share, duty.whole("draws").value if duty.has("draws") else 1)),
        how_often(due.unit, due.value),
        f"{'gửi' if occurrence.share is None else 'báo kết quả cho'} {recipients[occurrence.recipient]}",
        f"{'chậm nhất' if once else 'lần đầu chậm nhất'} ngày {plan.local_day(occurrence.due_at):%d/%m/%Y}",
    ]
    return f"{words[0]}: {', '.join(filter(None, words[1:]))} ({occurrence.clause})"


def _how_much(share: Fraction | None, draws: int) -> tuple[str, ...]:
    of = () if share is None else ("toàn bộ" if share == 1 else f"{share} số người",)
    return of if draws == 1 else (*of, f"{_few(draws)} lần mỗi kỳ")


def how_often(unit: str, value: Any) -> str:
    """The recurrence that a unit carries: ("before_weekday", "friday") is "hằng tuần, trước thứ Sáu"."""
    if unit in ("weekday", "before_weekday"):
        return f"hằng tuần, {'vào' if unit == 'weekday' else 'trước'} {WEEKDAYS[value]}"
    if unit in ("day_of_month", "before_day_of_month"):
        return f"hằng tháng, {'vào' if unit == 'day_of_month' else 'trước'} ngày {value:02d}"
    if unit == "days_apart":
        return f"{value:02d} ngày một lần"
    return f"nếu chưa nộp thì nộp trong {value:02d} ngày từ ngày bắt đầu"


def visits(phase: plan.Phase, *, started_on: date) -> str:
    """How often the team comes, from the plan's own windows for this start."""
    values = phase.rules.under(f"phase_{phase.number}")
    months = values.whole("first_month.length").value
    count = len(phase.visits(started_on=started_on, until=phase.first_month_ends(started_on=started_on)))
    weeks = values.whole("visits.block").value
    block = "mỗi tuần" if weeks == 1 else f"{_few(weeks)} tuần"
    later = f"mỗi tháng một lần, trước ngày {values.whole('visits.monthly').value:02d}"
    if values.has("visits.monthly_visits"):
        later = f"{later}, trong {_few(values.whole('visits.monthly_visits').value)} tháng"
    month = "tháng đầu" if months == 1 else f"{_few(months)} tháng đầu"
    return f"{count:02d} lần trong {month} ({block} một lần), sau đó {later}"


def _few(number: int) -> str:
    """A small number as letters write it."""
    return FEW[number] if number < len(FEW) else f"{number}"
