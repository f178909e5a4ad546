"""Numbers of letters and dossiers: one counter row a register, taken in the transaction that uses it."""

from django.db.models import F

from documents.models import Counter


class BlockUsedUp(Exception):
    """The reserved block of numbers is used up; the Office must enter a new one."""


def take(key: str) -> int:
    """The next number of a register, which no other transaction gets; BlockUsedUp after the last."""
    Counter.objects.bulk_create([Counter(key=key)], ignore_conflicts=True)
    Counter.objects.filter(key=key).update(next=F("next") + 1)
    # The update holds the row until this transaction ends, so what is read is what was taken.
    row = Counter.objects.get(key=key)
    if row.last is not None and row.next - 1 > row.last:
        raise BlockUsedUp(key)
    return row.next - 1
