"""Many papers bound into one volume, its sheets numbered; read in a child, since the papers are strangers'."""

from collections.abc import Sequence
from pathlib import Path

from documents.fonts import faces
from documents.hostile.bind import Line, Sheets, bind
from documents.limits import in_limited_child

__all__ = ["Sheets", "bound"]

MEGABYTES = 1024


def bound(
    parts: Sequence[Sheets], *, start: str, total: int, books: Sequence[tuple[Path, int, int]]
) -> list[int]:
    """Writes each book (target, first and last page of the volume) with "`start`n/`total`" on every sheet but the
    cover; gives the pages of each. Raises ChildFailed.
    """
    line = Line(start, total, faces()[0].path)
    return in_limited_child(bind, list(parts), line, list(books), seconds=240, megabytes=MEGABYTES)
