"""Pages of a kept PDF as pictures, so that an officer reads a paper inside the case page."""

from pathlib import Path

from documents.hostile.render import count, render
from documents.limits import in_limited_child


class PageMissing(Exception):
    """The PDF has no such page."""


def page_count(pdf: Path) -> int:
    """Pages of the PDF. Raises ChildFailed for a file that cannot be opened."""
    return in_limited_child(count, pdf, seconds=20)


def page_png(pdf: Path, *, page: int, width: int) -> bytes:
    """Page `page` (the first is 1) as a PNG `width` pixels wide. Raises PageMissing, ChildFailed."""
    data = in_limited_child(render, pdf, page, width, seconds=30, megabytes=1024)
    if not data:
        raise PageMissing(page)
    return data
