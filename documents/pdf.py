"""The one door from HTML to PDF: tagged PDF/A-2u, our own typeface, nothing fetched, in a limited child.

A letter that lost its typeface or a rule still looks like a letter, so every refusal of the fetcher and every
warning of WeasyPrint ends the rendering. The same HTML and time give the same bytes.
"""

from __future__ import annotations

import logging
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.fonts import folder
from documents.limits import ChildFailed, in_limited_child

SECONDS: Final = 60.0
MEGABYTES: Final = 768

# Wanted by both steps of WeasyPrint; the second one writes what they ask for.
_ARCHIVAL: Final = {"pdf_variant": "pdf/a-2u", "pdf_tags": True}
_WEASYPRINT: Final = logging.getLogger("weasyprint")


class RenderError(Exception):
    """No PDF came out. `reason` is fetch, warning, memory, time, killed or error; `detail` is for the log."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def render(
    html: str, *, at: datetime | None = None, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> bytes:
    """The bytes of the PDF of `html`; `at` is written into it as its creation time.

    Raises RenderError, and never harms the process that calls: the page is laid out in a child that may live
    `seconds` and grow by `megabytes`.
    """
    created = at.isoformat(timespec="seconds") if at else ""
    normal = unicodedata.normalize("NFC", html)
    try:
        reason, answer = in_limited_child(
            lay_out, normal, created, str(folder()), seconds=seconds, megabytes=megabytes
        )
    except ChildFailed as failed:
        raise RenderError(failed.reason, failed.detail) from failed
    if reason:
        raise RenderError(reason, answer.decode("utf-8", "replace"))
    return answer


def lay_out(html: str, created: str, fonts: str) -> tuple[str, bytes]:
    """The child's work: ("", bytes of the PDF), or the reason and the detail of a refusal."""
    watch, fetcher = _Watch(), FontsOnly(Path(fonts))
    _WEASYPRINT.addHandler(watch)
    try:
        document = HTML(string=html, url_fetcher=fetcher).render(**_ARCHIVAL)
        document.metadata.created = created or None
        pdf = document.write_pdf(**_ARCHIVAL)
    except (FatalURLFetchingError, WarningGiven) as ended:
        # Inside an SVG the renderer turns even a fatal refusal into a warning.
        return ("fetch", fetcher.refused.encode()) if fetcher.refused else ("warning", str(ended).encode())
    finally:
        _WEASYPRINT.removeHandler(watch)
    return "", pdf


class FontsOnly(URLFetcher):
    """Hands out the letters' own fonts and refuses everything else for good."""

    def __init__(self, fonts: Path) -> None:
        super().__init__()
        self._fonts = fonts.resolve()
        self.refused = ""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        path = self._allowed(url)
        if path is None:
            self.refused = url[:200]
            raise FatalURLFetchingError(f"a letter may not fetch {self.refused}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    def _allowed(self, url: str) -> Path | None:
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc:
            return None
        path = Path(url2pathname(parts.path)).resolve()
        return path if path.parent == self._fonts and path.suffix == ".ttf" and path.is_file() else None


class WarningGiven(BaseException):
    """WeasyPrint warned; it catches Exception in many places, so this is none."""


class _Watch(logging.Handler):
    """Turns a warning of WeasyPrint into the end of the rendering."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        raise WarningGiven(record.getMessage()[:500])
