"""A scanned stack: what its pages say, and pages cut out of it. A stranger's file is opened in a child only."""

from collections.abc import Sequence
from pathlib import Path

from documents.hostile.codes import PageRead, read_pages
from documents.hostile.cut import cut
from documents.limits import in_limited_child

__all__ = ["PageRead", "cut_out", "read"]

Turned = tuple[int, int]


def read(pdf: Path, *, first: int, count: int) -> list[PageRead]:
    """What `count` pages say, beginning with `first`. Raises ChildFailed."""
    return in_limited_child(read_pages, pdf, first, count, seconds=20 + 6 * count, megabytes=1024)


def cut_out(pdf: Path, jobs: Sequence[tuple[Path, Sequence[Turned]]]) -> list[int]:
    """Writes a PDF a job from pairs of page number and turn; gives the pages of each. Raises ChildFailed."""
    plain = [(target, list(pages)) for target, pages in jobs]
    return in_limited_child(cut, pdf, plain, seconds=120, megabytes=1024)
