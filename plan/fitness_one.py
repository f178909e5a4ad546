"""May a worker begin, or go on with, a stretch of work in phase 1 (III.1.1)?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from plan.clock import local_day
from plan.history import HealthHistory
from plan.positives import unmet_positive
from plan.samples import latest_negative, spaced_negatives
from plan.values import Values
from plan.verdict import Unmet


def to_begin(values: Values, history: HealthHistory, *, starts_at: datetime) -> Iterator[Unmet]:
    """Everything unmet for a stretch that begins at `starts_at`; in an unbroken stretch only a positive bars."""
    facts, day = history.known(at=starts_at), local_day(starts_at)
    unbroken = facts.working_since is not None and facts.working_since < day and not _came_back(facts)
    if not unbroken:
        fitness = values.under("fitness")
        yield from _confirmations(fitness, facts)
        yield from _vaccination(fitness, facts, day)
        yield from _negative_test(fitness, facts, starts_at)
        if facts.mode == "three_on_site":
            yield from _lodging(fitness.under("three_on_site"), facts, day)
            yield from _isolation(fitness.under("three_on_site"), facts, day)
    yield from unmet_positive(facts.samples, facts.cleared_on)


def to_continue(values: Values, history: HealthHistory, *, at: datetime) -> Iterator[Unmet]:
    """Everything unmet inside a stretch: a positive bars, and so does a return that is not sat out."""
    facts = history.known(at=at)
    if _came_back(facts):
        yield from _isolation(values.under("fitness.three_on_site"), facts, local_day(at))
    yield from unmet_positive(facts.samples, facts.cleared_on)


def _came_back(facts: HealthHistory) -> bool:
    """Whether a worker of a three-on-site enterprise left it in this stretch, which ends the stretch."""
    if facts.mode != "three_on_site" or facts.returned_on is None:
        return False
    return facts.working_since is None or facts.returned_on >= facts.working_since


def _confirmations(values: Values, facts: HealthHistory) -> Iterator[Unmet]:
    required = values.words("confirmations")
    for each in required.value:
        if each not in facts.confirmations:
            yield Unmet(code=f"{each}_confirmation", clause=required.clause, detail=MISSING[each])


MISSING = {
    "health": "Chưa có xác nhận của cơ quan y tế về việc tiêm vắc xin",
    "locality": "Chưa có xác nhận của chính quyền nơi cư trú về việc tiêm vắc xin",
}


def _vaccination(values: Values, facts: HealthHistory, day: date) -> Iterator[Unmet]:
    age, number = values.whole("dose_age"), values.whole("doses").value
    days = sorted(dose.on for dose in facts.doses)
    if len(days) < number:
        yield Unmet(code="vaccination", clause=age.clause, detail=f"Chưa tiêm đủ {number} mũi vắc xin")
    elif (day - days[number - 1]).days < age.value:
        detail = f"Mũi tiêm ngày {days[number - 1]:%d/%m/%Y} chưa đủ {age.value} ngày"
        yield Unmet(code="vaccination", clause=age.clause, detail=detail)


def _negative_test(values: Values, facts: HealthHistory, starts_at: datetime) -> Iterator[Unmet]:
    age, latest = values.whole("test_age"), latest_negative(facts.samples)
    if latest is None or _to_the_second(latest.taken_at, starts_at) > timedelta(hours=age.value):
        detail = f"Không có kết quả âm tính lấy mẫu trong {age.value} giờ trước khi làm việc"
        yield Unmet(code="negative_test", clause=age.clause, detail=detail)


def _to_the_second(earlier: datetime, later: datetime) -> timedelta:
    return later.replace(microsecond=0) - earlier.replace(microsecond=0)


def _lodging(values: Values, facts: HealthHistory, day: date) -> Iterator[Unmet]:
    before = values.whole("lodged_before")
    if facts.lodged_on is None or (day - facts.lodged_on).days < before.value:
        detail = f"Chưa vào nơi ở tập trung ít nhất {before.value} ngày trước khi làm việc"
        yield Unmet(code="lodging", clause=before.clause, detail=detail)


def _isolation(values: Values, facts: HealthHistory, day: date) -> Iterator[Unmet]:
    """After a return: the full days between it and the work, and the two tests in that time."""
    if facts.returned_on is None:
        return
    full_days = values.whole("isolation")
    if (day - facts.returned_on).days <= full_days.value:
        detail = f"Chưa cách ly đủ {full_days.value} ngày kể từ ngày quay lại {facts.returned_on:%d/%m/%Y}"
        yield Unmet(code="isolation", clause=full_days.clause, detail=detail)
    number, apart, last = (
        values.whole("tests"),
        values.whole("tests_apart").value,
        values.whole("last_test").value,
    )
    samples = tuple(each for each in facts.samples if local_day(each.taken_at) >= facts.returned_on)
    latest = latest_negative(samples)
    recent = latest is not None and (day - local_day(latest.taken_at)).days <= last
    if not recent or not spaced_negatives(samples, number=number.value, days_apart=apart):
        detail = (
            f"Cần {number.value} lần âm tính từ ngày quay lại, cách nhau {apart} ngày, "
            f"lần cuối trước khi làm việc không quá {last} ngày"
        )
        yield Unmet(code="isolation_tests", clause=number.clause, detail=detail)
