"""A positive or undecided test bars everybody, in every phase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plan.clock import local_day
from plan.samples import Sample
from plan.values import NOT_IN_THE_PLAN
from plan.verdict import Unmet


def unmet_positive(samples: Sequence[Sample], cleared_on: date | None) -> Iterator[Unmet]:
    """`positive_result`, where a positive was sampled after the case was closed or the latest result is indeterminate.

    `samples` are known and ordered; `cleared_on` is the day the last case was closed, None where none was.
    """
    open_days = [
        day
        for day in (local_day(each.taken_at) for each in samples if each.result == "positive")
        if cleared_on is None or day > cleared_on
    ]
    if open_days:
        yield _unmet(f"Có kết quả dương tính, lấy mẫu ngày {open_days[-1]:%d/%m/%Y}, ca chưa khép lại")
    elif samples and samples[-1].result == "indeterminate":
        yield _unmet(
            f"Kết quả gần nhất, lấy mẫu ngày {local_day(samples[-1].taken_at):%d/%m/%Y}, chưa xác định"
        )


def _unmet(detail: str) -> Unmet:
    return Unmet(code="positive_result", clause=NOT_IN_THE_PLAN, detail=detail)
