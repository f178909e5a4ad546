"""How long a stage usually takes: the median and nine in ten of those closed in the last thirty days.

Only time that ran is counted: while the enterprise is asked, the dossier stands in a stage of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Stage
from applications.stages import WORKING_DAYS
from applications.states import State
from pages.deadline_words import duration

SINCE = timedelta(days=30)
ENOUGH = 5
TIMED = (*WORKING_DAYS, State.ACCEPTED)


@dataclass(frozen=True)
class Usual:
    """Half of the closed stages took at most `median`, nine in ten at most `most`."""

    count: int
    median: timedelta
    most: timedelta


def usual_times(*, at: datetime, states: tuple[str, ...] = TIMED) -> dict[str, Usual]:
    """By state, of the whole province: one query, at most two rows a state (nearest rank)."""
    span = ExpressionWrapper(F("closed_at") - F("opened_at"), output_field=DurationField())
    closed = Stage.objects.filter(state__in=states, closed_at__gt=at - SINCE, closed_at__lte=at)
    ranked = closed.annotate(
        span=span,
        rank=Window(RowNumber(), partition_by="state", order_by=["span", "pk"]),
        count=Window(Count("pk"), partition_by="state"),
    )
    # The nearest rank is the smallest that is not below the share: whole numbers on both databases.
    at_rank = Q(rank=(F("count") * 5 + 9) / 10) | Q(rank=(F("count") * 9 + 9) / 10)
    rows = ranked.filter(at_rank).order_by("state", "rank").values_list("state", "rank", "count", "span")
    return _by_state(rows)


def _by_state(rows: Any) -> dict[str, Usual]:
    found: dict[str, list[tuple[int, timedelta]]] = {}
    for state, _rank, count, span in rows:
        found.setdefault(state, []).append((count, span))
    return {state: Usual(pairs[0][0], pairs[0][1], pairs[-1][1]) for state, pairs in found.items()}


def usual_words(state: str, times: Mapping[str, Usual]) -> str:
    """What the enterprise reads under the state; empty where no time runs."""
    if state not in TIMED:
        return ""
    usual = times.get(state)
    if usual is None or usual.count < ENOUGH:
        count = usual.count if usual else 0
        return ngettext(
            "30 ngày qua mới xong %(n)d hồ sơ ở bước này, chưa đủ để nói thường mất bao lâu.",
            "30 ngày qua mới xong %(n)d hồ sơ ở bước này, chưa đủ để nói thường mất bao lâu.",
            count,
        ) % {"n": count}
    return _("Thường mất %(median)s, chín phần mười xong trong %(most)s.") % {
        "median": _span(usual.median), "most": _span(usual.most),
    }  # fmt: skip


def _span(span: timedelta) -> str:
    return duration(span) or _("chưa đến 1 phút")


def usual_of(state: str, *, at: datetime) -> str:
    """The words for one state, asked for only where time runs."""
    return usual_words(state, usual_times(at=at, states=(state,))) if state in TIMED else ""
