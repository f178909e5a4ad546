"""May a worker of a caterer or supplier come to the site (III.1.1-m, III.1.1-n)?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from plan.bounds import require_optional_day
from plan.clock import local_day
from plan.history import by_then
from plan.positives import unmet_positive
from plan.samples import Sample, known_samples, latest_negative
from plan.values import Values
from plan.verdict import Unmet


def to_visit(
    values: Values,
    samples: Iterable[Sample],
    *,
    visits_at: datetime,
    last_visit_on: date | None = None,
    cleared_on: date | None = None,
) -> Iterator[Unmet]:
    """Everything unmet for a visit: a recent negative where the phase asks for one, and no open positive.

    Who came within the last week is tested once a week; a first visit, or one after longer, needs a test of
    the day before or of the day itself. `values` are those of the phase.
    """
    require_optional_day("last_visit_on", last_visit_on)
    require_optional_day("cleared_on", cleared_on)
    day = local_day(visits_at)
    known = known_samples(samples, at=visits_at)
    if values.has("visitors.first_test"):
        yield from _visitor_test(values.under("visitors"), known, day, by_then(last_visit_on, day))
    yield from unmet_positive(known, by_then(cleared_on, day))


def _visitor_test(
    values: Values, known: tuple[Sample, ...], day: date, last_visit_on: date | None
) -> Iterator[Unmet]:
    regular = values.whole("regular_test")
    came_lately = last_visit_on is not None and (day - last_visit_on).days <= regular.value
    age = regular if came_lately else values.whole("first_test")
    latest = latest_negative(known)
    if latest is None or (day - local_day(latest.taken_at)).days > age.value:
        detail = f"Cần kết quả âm tính lấy mẫu không quá {age.value} ngày trước khi đến"
        yield Unmet(code="visitor_test", clause=age.clause, detail=detail)
