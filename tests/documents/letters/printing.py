"""Prints a paper once a run, whatever the number of tests that measure it."""

from functools import cache

from documents import pdf
from documents.letterforms import Paper, html
from tests.documents.letters.measure import Printed


@cache
def printed(paper: Paper) -> Printed:
    return Printed(paper, pdf.render(html(paper)))


def printed_with(paper: Paper, css: str = "", swap: tuple[str, str] = ("", "")) -> Printed:
    """The paper spoiled on purpose: with more CSS, or one text of its HTML put for another."""
    page = html(paper)
    spoiled = page.replace("</style>", f"{css}</style>")
    if swap[0]:
        spoiled = spoiled.replace(*swap)
    assert spoiled != page
    return Printed(paper, pdf.render(spoiled))
