"""Letters: the PDF door (child process, limits, refusing fetcher) against WeasyPrint alone on the same HTML."""

import os
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from weasyprint import HTML  # noqa: E402

from bench.figures import Figure, figure, hand_over, seconds  # noqa: E402
from documents import page_images, pdf  # noqa: E402
from documents.hostile.render import render as drawn  # noqa: E402
from documents.letterforms import html  # noqa: E402
from tests.documents.letters import samples  # noqa: E402

# A child begins where WeasyPrint alone was in its first round: it parses the C types that the page needs.
MOST, ROUNDS, WIDTH = 2.0, 5, 1080
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


def preview(kept: Path, page: str) -> list[Figure]:
    """The letter's first page as a picture, asked by a thread as in the web worker, against the bare work."""

    def alone() -> None:
        kept.write_bytes(HTML(string=page).write_pdf(pdf_variant="pdf/a-2u", pdf_tags=True))
        drawn(kept, 1, WIDTH)

    def asked() -> None:
        kept.write_bytes(pdf.render(page))
        page_images.page_png(kept, page=1, width=WIDTH)

    with ThreadPoolExecutor(1) as thread:
        times = [(seconds(alone), thread.submit(seconds, asked).result()) for _ in range(ROUNDS)]
    bare, through = zip(*times, strict=True)
    return [
        figure(PART, "preview: WeasyPrint and pypdfium2 alone", bare),
        figure(
            PART, "preview: asked by a thread of the web", through, base=statistics.median(bare), most=MOST
        ),
    ]


def figures() -> list[Figure]:
    """Every kind of paper; the decision is the one that the limit is for."""
    decision = html(samples.DECISION)
    pdf.render(decision)  # from here on the process that forks is there
    with tempfile.TemporaryDirectory() as folder:
        seen = preview(Path(folder) / "preview.pdf", decision)
    found = [each for name, paper in samples.PLAIN.items() for each in compare(name, html(paper), ROUNDS)]
    filling = [seconds(lambda: html(samples.DECISION)) for _ in range(ROUNDS)]
    return [*found, *seen, figure(PART, "HTML of a decision", filling)]


if __name__ == "__main__":
    hand_over(figures())
    sys.exit(0)
