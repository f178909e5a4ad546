"""From a paper to its HTML: one template a kind, the same one for the preview and for the issued letter."""

from __future__ import annotations

from django.template.loader import render_to_string

from documents.fonts import faces
from documents.letterforms.paper import Paper
from documents.letterforms.signs import printable


def html(paper: Paper) -> str:
    """The whole page, ready for `documents.pdf.render`."""
    return _rendered("letters/page.html", paper)


def fragment(paper: Paper) -> str:
    """The paper's body alone, without style or foot, to be shown inside one of our own pages."""
    return _rendered(paper.template, paper)


def _rendered(template: str, paper: Paper) -> str:
    return printable(render_to_string(template, {"paper": paper, "faces": faces()}))
