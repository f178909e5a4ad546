"""A paper whose every page carries its code: counted first, then laid out again with one code a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from documents import page_codes, pdf
from documents.fonts import faces
from documents.letterforms.paper import Paper
from documents.letterforms.signs import printable


@dataclass(frozen=True)
class PrintedCode:
    """The code of one page and the two lines beside it."""

    code: page_codes.PageCode
    first_line: str
    second_line: str

    @property
    def drawing(self) -> SafeString:
        """Segno draws from fourteen capitals and digits; nothing a person typed gets into the SVG."""
        return mark_safe(page_codes.drawing(self.code.text))


class PagesChanged(Exception):
    """The paper took another number of pages once its codes stood on it."""


def html(paper: Paper, codes: Sequence[PrintedCode] = ()) -> str:
    """The paper's page, as `letterforms.html` gives it, with a running element a code."""
    return printable(
        render_to_string("letters/coded.html", {"paper": paper, "faces": faces(), "codes": codes})
    )


def page_count(paper: Paper) -> int:
    """How many pages the paper takes."""
    return pages_of(pdf.render(html(paper)))


def render(paper: Paper, codes: Sequence[PrintedCode]) -> bytes:
    """The PDF with its codes. Raises PagesChanged if a page is left without one, or a code without a page."""
    content = pdf.render(html(paper, codes))
    pages = pages_of(content)
    if pages != len(codes):
        raise PagesChanged(f"{len(codes)} codes, {pages} pages")
    return content


def pages_of(content: bytes) -> int:
    """Pages of a PDF of our own making."""
    with pikepdf.open(BytesIO(content)) as made:
        return len(made.pages)
