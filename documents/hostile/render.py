"""Drawing a page, inside the child."""

import io
from pathlib import Path

import pypdfium2

_WIDEST = 4_000
_MOST_PIXELS = 40_000_000


def count(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def render(path: Path, page_number: int, width: int) -> bytes:
    """PNG of the page, empty when there is no such page. A page as long as a street is drawn smaller."""
    with pypdfium2.PdfDocument(path) as pdf:
        if not 1 <= page_number <= len(pdf):
            return b""
        page = pdf[page_number - 1]
        page_width, page_height = page.get_size()
        scale = min(width, _WIDEST) / page_width
        scale *= min(1, (_MOST_PIXELS / (page_width * page_height * scale * scale)) ** 0.5)
        picture = page.render(scale=scale).to_pil()
        written = io.BytesIO()
        picture.save(written, "PNG")
        return written.getvalue()
