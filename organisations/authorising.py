"""Registering written authorisations to sign, and ending them."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from journal.recording import record
from organisations.models import Agency, Authorisation, User


class AlreadyRegistered(Exception):
    """The paper is registered for this holder and has not been ended."""

    def __init__(self, row: Authorisation) -> None:
        super().__init__(row.pk)
        self.row = row


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
    """The paper of one authorisation; days are held in order by the table. AlreadyRegistered says which row has it."""
    paper = {"holder": holder, "agency": agency, "number": number.strip()}
    try:
        with transaction.atomic():
            row = Authorisation.objects.create(
                **paper, signed_on=signed_on, since=since, until=until, registered_at=at, registered_by=by
            )
    except IntegrityError as error:
        if there := Authorisation.objects.filter(**paper, ended_at__isnull=True).first():
            raise AlreadyRegistered(there) from error
        raise
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
