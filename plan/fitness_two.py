"""May a worker begin, or go on with, a stretch of work in phase 2 (III.2.1)?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from plan.clock import local_day
from plan.history import HealthHistory
from plan.positives import unmet_positive
from plan.samples import latest_negative, spaced_negatives
from plan.values import Values
from plan.verdict import Unmet


def to_begin(values: Values, history: HealthHistory, *, starts_at: datetime) -> Iterator[Unmet]:
    """Everything unmet for a stretch that begins at `starts_at`; in an unbroken stretch only a positive bars."""
    facts, day = history.known(at=starts_at), local_day(starts_at)
    if facts.working_since is None or facts.working_since >= day:
        yield from _risk_control(values.under("fitness"), facts, day)
        yield from _tests(values.under(f"fitness.{'recruit' if facts.recruit else 'entering'}"), facts, day)
        if facts.recruit:
            yield from _declaration(values.under("fitness.recruit"), facts)
    yield from unmet_positive(facts.samples, facts.cleared_on)


def to_continue(_values: Values, history: HealthHistory, *, at: datetime) -> Iterator[Unmet]:
    """Inside a stretch only a positive bars."""
    facts = history.known(at=at)
    yield from unmet_positive(facts.samples, facts.cleared_on)


def _risk_control(values: Values, facts: HealthHistory, day: date) -> Iterator[Unmet]:
    within = values.whole("risk_controlled_within")
    if facts.risk_controlled_on is None or (day - facts.risk_controlled_on).days > within.value:
        detail = f"Chưa có xác nhận đã kiểm soát nguy cơ trong {within.value} ngày trước khi làm việc"
        yield Unmet(code="risk_control", clause=within.clause, detail=detail)


def _tests(values: Values, facts: HealthHistory, day: date) -> Iterator[Unmet]:
    number, apart = values.whole("tests"), values.whole("tests_apart").value
    if not spaced_negatives(facts.samples, number=number.value, days_apart=apart):
        detail = f"Chưa có {number.value} lần âm tính cách nhau {apart} ngày"
        yield Unmet(code="two_tests", clause=number.clause, detail=detail)
    last, latest = values.whole("last_test"), latest_negative(facts.samples)
    if latest is None or (day - local_day(latest.taken_at)).days > last.value:
        detail = f"Lần âm tính gần nhất phải không quá {last.value} ngày trước khi làm việc"
        yield Unmet(code="last_test", clause=last.clause, detail=detail)


def _declaration(values: Values, facts: HealthHistory) -> Iterator[Unmet]:
    declaration = values.value("declaration")
    if declaration.value and not facts.health_declared:
        yield Unmet(code="health_declaration", clause=declaration.clause, detail="Chưa khai báo y tế")
