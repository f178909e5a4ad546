"""Numbers of letters and dossiers: one counter row a register, taken in the transaction that uses it.

A register that is kept on paper too (A-20) gives the portal a reserved block; every other number of it is typed
from the paper. The registers that are the portal's own are counted from one.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from documents.models import Counter, Letter
from journal.recording import record
from organisations.models import Agency, User


class BlockUsedUp(Exception):
    """No number is reserved, or the reserved block is used up; the Office must enter a new one."""


def take(key: str, *, reserved_only: bool = False) -> int:
    """The next number of a register, which no other transaction gets; BlockUsedUp after the last.

    With `reserved_only` also where no block is reserved: by itself the portal would run into the paper's numbers.
    """
    Counter.objects.bulk_create([Counter(key=key)], ignore_conflicts=True)
    Counter.objects.filter(key=key).update(next=F("next") + 1)
    # The update holds the row until this transaction ends, so what is read is what was taken.
    row = Counter.objects.get(key=key)
    number = row.next - 1
    if (row.last is None and reserved_only) or (row.last is not None and number > row.last):
        raise BlockUsedUp(key)
    return number


class NumberTaken(Exception):
    """A typed number that the portal gives by itself, or that stands on a paper already."""


def letters_key(agency_code: str, *, year: int, register: str) -> str:
    """The counter of an agency's register of letters in a year."""
    return f"letters:{agency_code}:{year}:{register}"


def is_to_come(key: str, number: int) -> bool:
    """Whether the portal will give this number of its block; holds the register until the transaction ends."""
    Counter.objects.bulk_create([Counter(key=key)], ignore_conflicts=True)
    row = Counter.objects.select_for_update().get(key=key)
    return row.last is not None and row.next <= number <= row.last


class BlockInUse(Exception):
    """A number of the block stands on a letter already: `number`, with its symbol."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@transaction.atomic
def reserve(
    *, agency: Agency, year: int, register: str, first: int, last: int, by: User, at: datetime
) -> None:
    """Gives the portal a block of the paper register.

    ValueError if it runs backwards, BlockInUse if one of its numbers stands on a letter.
    """
    if not 1 <= first <= last:
        raise ValueError(f"a block from {first} to {last}")
    key = letters_key(agency.code, year=year, register=register)
    Counter.objects.bulk_create([Counter(key=key)], ignore_conflicts=True)
    # Locks the register: a letter that is being numbered is committed and seen below, or waits and finds the block.
    Counter.objects.filter(key=key).update(next=first, last=last)
    used = Letter.objects.filter(agency=agency, year=year, number__range=(first, last))
    if (taken := used.order_by("number", "pk").first()) is not None:
        raise BlockInUse(taken.full_number)
    record("numbers.reserved", by=by, at=at, kind="counter", subject_id=key, fields=[str(first), str(last)])


def left(row: Counter | None) -> int:
    """How many reserved numbers a register still has."""
    return 0 if row is None or row.last is None else max(row.last - row.next + 1, 0)
