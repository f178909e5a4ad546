"""Registering written authorisations to sign, and ending them."""

from datetime import date, datetime

from django.db import transaction

from journal.recording import record
from organisations.models import Agency, Authorisation, User


@transaction.atomic
def register(
    *,
    holder: User,
    agency: Agency,
    number: str,
    signed_on: date,
    since: date,
    until: date,
    by: User,
    at: datetime,
) -> Authorisation:
    """The paper of one authorisation; days are held in order by the table."""
    row = Authorisation.objects.create(
        holder=holder, agency=agency, number=number.strip(), signed_on=signed_on, since=since, until=until,
        registered_at=at, registered_by=by,
    )  # fmt: skip
    fields = ["holder", "agency", "number", "since", "until"]
    record("authorisation.registered", by=by, at=at, kind="authorisation", subject_id=row.pk, fields=fields)
    return row


@transaction.atomic
def end(row: Authorisation, *, by: User, at: datetime) -> bool:
    """Ends it from this moment; False when it had ended."""
    won = Authorisation.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at, ended_by=by)
    if won:
        record(
            "authorisation.ended", by=by, at=at, kind="authorisation", subject_id=row.pk, fields=["ended_at"]
        )
    return bool(won)
