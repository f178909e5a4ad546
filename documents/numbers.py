"""Numbers of letters and dossiers: one counter row a register, taken in the transaction that uses it.

A register of letters is the paper register's for the year (A-20): either the portal counts on by itself, or the
Office reserves it a block, or the clerk types the number that the paper register gave.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from documents.models import Counter, Letter
from journal.recording import record
from organisations.models import Agency, User


class BlockUsedUp(Exception):
    """The reserved block of numbers is used up; the Office must enter a new one."""


def take(key: str, *, elsewhere: Callable[[], Collection[int]] = tuple) -> int:
    """The next number of a register, which no other transaction gets; BlockUsedUp after the last.

    `elsewhere` is asked while the register is held: numbers on papers that are no letters, which are passed over.
    """
    Counter.objects.bulk_create([Counter(key=key)], ignore_conflicts=True)
    Counter.objects.filter(key=key).update(next=F("next") + 1)
    # The update holds the row until this transaction ends, so what is read is what was taken.
    row = Counter.objects.get(key=key)
    number, used = row.next - 1, elsewhere()
    while number in used:
        number += 1
    if row.last is not None and number > row.last:
        raise BlockUsedUp(key)
    if number != row.next - 1:
        Counter.objects.filter(key=key).update(next=number + 1)
    return number


class NumberTaken(Exception):
    """A typed number that the portal gives by itself, or that stands on a paper already."""


def letters_key(agency_code: str, *, year: int, register: str) -> str:
    """The counter of an agency's register of letters in a year."""
    return f"letters:{agency_code}:{year}:{register}"


def take_typed(key: str, number: int) -> None:
    """Uses a number from the paper register; NumberTaken inside the portal's own block.

    Where the portal counts without a block, it counts on from there.
    """
    if is_to_come(key, number):
        raise NumberTaken(key)
    Counter.objects.filter(key=key, last=None, next__lte=number).update(next=number + 1)


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


def left(row: Counter) -> int | None:
    """How many numbers a block still has; None where the portal counts without one."""
    return None if row.last is None else max(row.last - row.next + 1, 0)
