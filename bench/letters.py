"""Letters: the PDF door (child process, limits, refusing fetcher) against WeasyPrint alone on the same HTML."""

import os
import statistics
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from weasyprint import HTML  # noqa: E402

from bench.figures import Figure, figure, hand_over, seconds  # noqa: E402
from documents import pdf  # noqa: E402
from documents.letterforms import html  # noqa: E402
from tests.documents.letters import samples  # noqa: E402

MOST, ROUNDS = 1.5, 5
PART = "letters"


def compare(name: str, page: str, rounds: int) -> list[Figure]:
    """WeasyPrint alone and the door, taken in turns."""
    through, alone = [], []
    for _ in range(rounds):
        alone.append(seconds(lambda: HTML(string=page).write_pdf(pdf_variant="pdf/a-2u", pdf_tags=True)))
        through.append(seconds(lambda: pdf.render(page)))
    base = statistics.median(alone)
    return [
        figure(PART, f"{name}: WeasyPrint alone", alone),
        figure(PART, f"{name}: through the door", through, base=base, most=MOST),
    ]


def figures() -> list[Figure]:
    """Every kind of paper; the decision is the one that the limit is for."""
    found = [each for name, paper in samples.PLAIN.items() for each in compare(name, html(paper), ROUNDS)]
    filling = [seconds(lambda: html(samples.DECISION)) for _ in range(ROUNDS)]
    return [*found, figure(PART, "HTML of a decision", filling)]


if __name__ == "__main__":
    hand_over(figures())
    sys.exit(0)
