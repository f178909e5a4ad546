"""A signed pack comes back: 60 worn pages read and sorted against drawing them alone; and filed, from the upload on."""

import os
import random
import statistics
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

import pypdfium2  # noqa: E402
from django.core.management import call_command  # noqa: E402

from applications.scanning import sorting  # noqa: E402
from applications.scanning.reading import SLICE  # noqa: E402
from bench.figures import Figure, figure, hand_over, seconds  # noqa: E402
from documents import page_codes, pdf, scanned  # noqa: E402
from documents.letterforms import coded, html  # noqa: E402
from organisations import reference  # noqa: E402
from tests.applications import copier, plan_samples, signing  # noqa: E402
from tests.cast import AT  # noqa: E402
from tests.documents.letters import samples  # noqa: E402

PART, PAGES, ROUNDS = "scans", 60, 2
PACK, SIGNS = "ABCDEFGH", "AEFGHJKLNP"
MOST, MOST_SECONDS = 6.0, 20.0


def sheets() -> list[copier.Sheet]:
    """Sixty printed pages: ten papers, each with its codes."""
    paper = samples.DECISION
    pages = coded.page_count(paper)
    found: list[copier.Sheet] = []
    for sign in SIGNS:
        codes = [
            coded.PrintedCode(
                page_codes.code(pack=PACK, slot=sign, page=page, pages=pages, version=1), "Hồ sơ", "bản 1"
            )
            for page in range(1, pages + 1)
        ]
        content = coded.render(paper, codes)
        found += [copier.Sheet(content, index, sign, index + 1) for index in range(pages)]
    return (found * PAGES)[:PAGES]


def drawn(path: Path) -> None:
    """Every page as a grey picture of the same size, and nothing more."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            page.render(scale=2_339 / max(page.get_size()), grayscale=True).to_pil()


def read(path: Path) -> int:
    """How many pages give their code, read in slices as the worker reads them."""
    seen = []
    for first in range(1, PAGES + 1, SLICE):
        for page in scanned.read(path, first=first, count=min(SLICE, PAGES - first + 1)):
            seen.append(
                sorting.Seen(page.number, 1, tuple(text for text, _turn in page.codes), page.is_blank)
            )
    sorting.sort(seen, {})
    return sum(bool(page.codes) for page in seen)


def filed(dice: random.Random) -> tuple[float, int, int, int]:
    """Seconds from the upload of a signed pack, filled up to sixty pages with uncoded ones, to its filed papers."""
    call_command("migrate", verbosity=0)
    reference.load(at=AT)
    dossier = plan_samples.answered_draft(AT)
    printed = signing.printed(dossier)
    pack = signing.sheets_of(printed)
    other = copier.Sheet(pdf.render(html(samples.DECISION)), 0)
    stack = [*pack, *[other] * (PAGES - len(pack))]
    sent = copier.scan(stack, [copier.worn(dice) for _ in stack], dice)
    spent = seconds(lambda: signing.read(dossier, sent))
    return spent, len(pack), dossier.papers.count(), sum(bool(row["pages"]) for row in printed.printed)


def figures() -> list[Figure]:
    dice = random.Random(60)
    printed = sheets()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(copier.scan(printed, [copier.worn(dice) for _ in printed], dice))
        alone = [seconds(lambda: drawn(path)) for _ in range(ROUNDS)]
        whole = [seconds(lambda: read(path)) for _ in range(ROUNDS)]
        known = read(path)
    spent, coded_pages, papers, printed_papers = filed(dice)
    words = f"{PAGES} pages sent, {coded_pages} of them coded, {papers} papers filed, to {MOST_SECONDS:.0f} s"
    base = statistics.median(alone)
    return [
        figure(PART, f"{PAGES} pages: pypdfium2 draws them", alone),
        figure(PART, f"{PAGES} pages: read and sorted ({known} codes)", whole, base=base, most=MOST),
        figure(PART, words, [spent], base=MOST_SECONDS, most=1.0, fails=papers != printed_papers),
    ]


if __name__ == "__main__":
    hand_over(figures())
    sys.exit(0)
