"""Permits: the only writer of what a site may do, and the one answer to "may it operate on this day?"."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

import plan
from journal.recording import record
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
    until: date | None = None,
) -> Permit:
    """Writes the permit of a decision, inside the decision's transaction; `basis` is unique, so once only."""
    permit = Permit.objects.create(
        site=site,
        phase=phase,
        starts_on=starts_on,
        starts_at_hour=hour,
        cap=cap,
        baseline=baseline,
        mode=mode,
        until=until,
        basis=basis,
        rules_digest=rules_digest,
        written_at=at,
        written_by=by,
    )
    fields = ["phase", "starts_on", "starts_at_hour", "cap", "baseline", "mode"]
    record("permit.written", by=by, at=at, kind="permit", subject_id=permit.pk, fields=fields)
    return permit


def end(permit: Permit, *, by: User, at: datetime) -> None:
    """Ends a permit whose letter is recalled: the day of the recall is no longer covered."""
    last = max(plan.local_day(at), permit.starts_on) - timedelta(days=1)
    Permit.objects.filter(pk=permit.pk).update(until=last)
    record("permit.ended", by=by, at=at, kind="permit", subject_id=permit.pk, fields=["until"])


def in_force(*, on: date) -> Any:
    """Permits in force on a day."""
    return Permit.objects.filter(starts_on__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))
