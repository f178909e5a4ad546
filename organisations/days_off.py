"""The table of holidays: seeded from a library, corrected by hand when the year's decision comes."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from journal.recording import record
from organisations.models import Holiday, User


class DayTaken(Exception):
    """The table already says something about this day."""


@transaction.atomic
def add_day(*, on: date, name: str, kind: str, by: User, at: datetime) -> Holiday:
    """Adds a day off, or a weekend day that is worked; DayTaken if the day is listed."""
    try:
        with transaction.atomic():
            row = Holiday.objects.create(on=on, name=name.strip(), kind=kind)
    except IntegrityError as error:
        raise DayTaken(on) from error
    record("holiday.added", by=by, at=at, kind="holiday", subject_id=on.isoformat(), fields=["name", "kind"])
    return row


@transaction.atomic
def change_day(*, row: Holiday, name: str, kind: str, by: User, at: datetime) -> None:
    """Corrects the name or kind of a day; the day itself is removed and added anew."""
    Holiday.objects.filter(pk=row.pk).update(name=name.strip(), kind=kind)
    record(
        "holiday.changed",
        by=by,
        at=at,
        kind="holiday",
        subject_id=row.on.isoformat(),
        fields=["name", "kind"],
    )


@transaction.atomic
def remove_day(*, row: Holiday, by: User, at: datetime) -> None:
    """Takes a day out of the table. Deadlines already given keep the day they were given."""
    Holiday.objects.filter(pk=row.pk).delete()
    record("holiday.removed", by=by, at=at, kind="holiday", subject_id=row.on.isoformat())
