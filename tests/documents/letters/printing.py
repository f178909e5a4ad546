"""Prints a paper once a run, whatever the number of tests that measure it.

In this process and not in the door's child, which test_pdf.py looks after: it keeps what it has set up for a page.
"""

import warnings
from functools import cache

from documents import fonts, pdf
from documents.letterforms import Paper, html
from tests.documents.letters.measure import Printed


def outcome(page: str) -> tuple[str, bytes]:
    """What the door's child would answer: ("", the PDF), or the reason and the detail."""
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves its colour profile open; in the door's child that dies with it.
        warnings.simplefilter("ignore", ResourceWarning)
        return pdf.lay_out(page, "", str(fonts.folder()))


def laid_out(page: str) -> bytes:
    reason, made = outcome(page)
    assert reason == "", made
    return made


@cache
def printed(paper: Paper) -> Printed:
    return Printed(paper, laid_out(html(paper)))


def printed_with(paper: Paper, css: str = "", swap: tuple[str, str] = ("", "")) -> Printed:
    """The paper spoiled on purpose: with more CSS, or one text of its HTML put for another."""
    page = html(paper)
    spoiled = page.replace("</style>", f"{css}</style>")
    if swap[0]:
        spoiled = spoiled.replace(*swap)
    assert spoiled != page
    return Printed(paper, laid_out(spoiled))
