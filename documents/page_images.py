"""Pages of a kept PDF as pictures, so that an officer reads a paper inside the case page."""

from base64 import b64encode
from pathlib import Path

from documents.hostile.render import count, render
from documents.limits import ChildFailed, in_limited_child
from documents.models import StoredFile
from documents.uploads import stored_on_disk

FIRST_PAGES, WIDTH = 4, 900


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


def first_pages(file: StoredFile) -> list[str]:
    """The first pages of a scan in base 64, to be read beside what was typed; none where it cannot be drawn."""
    found: list[str] = []
    if file.media_type != "application/pdf":
        return found
    with stored_on_disk(file) as path:
        for number in range(1, min(FIRST_PAGES, file.pages or 1) + 1):
            try:
                found.append(b64encode(page_png(path, page=number, width=WIDTH)).decode())
            except (PageMissing, ChildFailed):
                break
    return found
