"""The first rows of a worker list as the case shows them: numbers and telephones masked."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from applications.models import Paper, PaperPart
from documents.checking import Refused
from documents.uploads import stored_on_disk
from workers import worker_list

SHOWN = 8
KEPT_DIGITS = 3


@dataclass(frozen=True)
class MaskedRow:
    """One worker without what would tell them apart from a namesake."""

    row: int
    name: str
    born: int
    identity: str
    address: str
    phone: str


@dataclass(frozen=True)
class FirstRows:
    """Some rows, how many there are, and the sentence shown instead when the list cannot be read."""

    rows: tuple[MaskedRow, ...] = ()
    count: int = 0
    fault: str = ""


def masked(text: str) -> str:
    """All but the last three letters hidden, and how many there are as well."""
    return f"•••{text[-KEPT_DIGITS:]}"


def first_rows(paper: Paper, *, on: date) -> FirstRows:
    """The head of the list in a paper, read from its workbook in a limited child."""
    return _read(paper.pk, paper.verdict_at, on)


# Kept in the memory of the process and nowhere else: an officer turns the pages of one dossier to and fro. A list
# that is withdrawn is marked at that moment, so that its rows are read again, and not found.
@lru_cache(maxsize=64)
def _read(paper: int, marked_at: datetime | None, on: date) -> FirstRows:
    part = PaperPart.objects.filter(paper=paper).select_related("file").order_by("position", "pk").first()
    if part is None or part.file.withdrawn_at is not None:
        return FirstRows(fault="–")
    file = part.file
    try:
        with stored_on_disk(file) as path:
            found = worker_list.read(path, name=file.name, on=on)
    except Refused as refused:
        return FirstRows(fault=refused.message)
    except FileNotFoundError:
        return FirstRows(fault="–")
    rows = tuple(
        MaskedRow(
            each.row, each.full_name, each.birth_date.year, masked(each.identity.number), each.current_address,
            masked(each.phone),
        )
        for each in found.rows[:SHOWN]
    )  # fmt: skip
    return FirstRows(rows, found.count, found.message)


def forget() -> None:
    """Makes the process read each list anew: for measuring what a first look costs."""
    _read.cache_clear()
