"""How many workers a site may use in its first month."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from plan.bounds import require_count
from plan.values import NOT_IN_THE_PLAN, Values


@dataclass(frozen=True, kw_only=True)
class Cap:
    """The largest number of persons on the approved list; `limit` is None where the plan sets none."""

    limit: int | None
    clause: str


def cap(values: Values, *, baseline: int, enterprise_total: int | None = None) -> Cap:
    """The cap of one site (III.1.2).

    `baseline` counts the workers under contract at the site, `enterprise_total` those of the whole
    enterprise in the province (by default the baseline): it alone decides whether the share of small
    enterprises applies. Rounded down, never below the minimum. ValueError for numbers below one. `values`
    are those of the phase.
    """
    require_count("baseline", baseline, least=1)
    total = baseline if enterprise_total is None else enterprise_total
    require_count("enterprise_total", total, least=1)
    if not values.has("cap.share"):
        return Cap(limit=None, clause=NOT_IN_THE_PLAN)
    small = total < values.whole("cap.small_below").value
    share = values.share_of("cap.small_share" if small else "cap.share")
    return Cap(
        limit=max(values.whole("cap.minimum").value, floor(baseline * share.value)), clause=share.clause
    )
