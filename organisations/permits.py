"""Permits: the only writer of what a site may do, and the one answer to "may it operate on this day?"."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from organisations.models import Permit, Site, User


def write(
    *,
    site: Site,
    phase: int,
    starts_on: date,
    hour: int,
    cap: int | None,
    baseline: int,
    mode: str,
    basis: str,
    rules_digest: str,
    by: User,
    at: datetime,
) -> Permit:
    """Writes the permit of a decision, inside the decision's transaction; `basis` is unique, so once only."""
    return Permit.objects.create(
        site=site,
        phase=phase,
        starts_on=starts_on,
        starts_at_hour=hour,
        cap=cap,
        baseline=baseline,
        mode=mode,
        basis=basis,
        rules_digest=rules_digest,
        written_at=at,
        written_by=by,
    )


def in_force(*, on: date) -> Any:
    """Permits in force on a day."""
    return Permit.objects.filter(starts_on__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))
