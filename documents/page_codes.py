"""The code on every printed page of a signing pack: fourteen signs that say where the page belongs.

Eight signs name the print, then one the paper, two the page, two how many pages the paper has, one the version
of the print. Sixteen signs are the most that a code of version 1 with correction Q holds; its modules are then
large enough for a worn copier at 150 dpi.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

import segno

LENGTH: Final = 14
MOST_PAGES: Final = 99
COVER: Final = "0"
_SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_QUIET_ZONE: Final = 4


@dataclass(frozen=True)
class PageCode:
    """Where one printed page belongs. `page` 0 of 0 is a separator: it announces the paper behind it."""

    pack: str
    slot: str
    page: int
    pages: int
    version: int

    @property
    def text(self) -> str:
        """The fourteen signs."""
        return f"{self.pack}{self.slot}{self.page:02d}{self.pages:02d}{version_sign(self.version)}"


def version_sign(version: int) -> str:
    """The one sign that a version leaves in the code; it comes round after 36 prints."""
    return _SIGNS[version % len(_SIGNS)]


def code(*, pack: str, slot: str, page: int, pages: int, version: int) -> PageCode:
    """A code that fits. Raises ValueError for what does not."""
    found = PageCode(pack, slot, page, pages, version)
    if len(pack) != 8 or len(slot) != 1 or not 0 <= page <= pages <= MOST_PAGES:
        raise ValueError(f"no page code holds {found}")
    if not set(found.text) <= set(_SIGNS):
        raise ValueError(f"a page code has capitals and digits only: {found.text}")
    return found


def read(text: str) -> PageCode | None:
    """The code that these signs are, or None: another code may stand on the same sheet."""
    if len(text) != LENGTH or not set(text) <= set(_SIGNS) or not text[9:13].isdigit():
        return None
    page, pages = int(text[9:11]), int(text[11:13])
    if page > pages or (page == 0) != (pages == 0):
        return None
    return PageCode(text[:8], text[8], page, pages, _SIGNS.index(text[13]))


@lru_cache(maxsize=512)
def drawing(text: str) -> str:
    """The code as an SVG of 29 modules a side: 21 dark and light ones in a quiet zone of four."""
    made = segno.make(text, version=1, error="q", mode="alphanumeric", boost_error=False, micro=False)
    out = BytesIO()
    made.save(out, kind="svg", omitsize=True, xmldecl=False, svgns=True, border=_QUIET_ZONE, title=None)
    return out.getvalue().decode().strip()
