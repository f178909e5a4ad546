"""COVID tests as facts: one sample and its result, and what a row of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from plan.bounds import require_instant, require_literal
from plan.clock import local_day

# The order in which results of the same instant count: the most worrying last.
RESULTS: Final = ("pending", "negative", "indeterminate", "positive")
METHODS: Final = ("rapid", "pcr")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A test: when the sample was taken (aware), its result and its method. ValueError for anything unknown."""

    taken_at: datetime
    result: Literal["negative", "positive", "pending", "indeterminate"]
    method: Literal["rapid", "pcr"]

    def __post_init__(self) -> None:
        require_instant("taken_at", self.taken_at)
        require_literal("result", self.result, RESULTS)
        require_literal("method", self.method, METHODS)


def known_samples(samples: Iterable[Sample], *, at: datetime) -> tuple[Sample, ...]:
    """The samples with a result that were taken by then, oldest first; a pending one is no sample."""
    known = (each for each in samples if each.result != "pending" and each.taken_at <= at)
    return tuple(sorted(known, key=lambda each: (each.taken_at, RESULTS.index(each.result))))


def latest_negative(samples: Sequence[Sample]) -> Sample | None:
    """The newest negative of ordered samples."""
    return next((each for each in reversed(samples) if each.result == "negative"), None)


def spaced_negatives(samples: Sequence[Sample], *, number: int, days_apart: int) -> bool:
    """Whether the latest negative and `number - 1` others stand at least `days_apart` days apart, no positive between.

    `samples` are ordered, oldest first; days are local days.
    """
    found = 0
    later = None
    for each in reversed(samples):
        if each.result == "positive" and found:
            return False
        day = local_day(each.taken_at)
        if each.result == "negative" and (later is None or (later - day).days >= days_apart):
            found, later = found + 1, day
            if found == number:
                return True
    return False
