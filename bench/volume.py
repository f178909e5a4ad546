"""The bound volume of 12 scanned papers and 200 pages: time and memory of the child, against joining alone."""

import os
import random
import statistics
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

import pikepdf  # noqa: E402

from bench.figures import Figure, figure, hand_over, peak_of, seconds  # noqa: E402
from documents import binding, pdf  # noqa: E402
from documents.fonts import faces  # noqa: E402
from documents.hostile.bind import Line, bind  # noqa: E402
from documents.letterforms import html  # noqa: E402
from documents.limits import in_limited_child  # noqa: E402
from tests.applications import copier  # noqa: E402
from tests.documents.letters import samples  # noqa: E402

PART, PAPERS, PAGES, ROUNDS, MOST = "volume", 12, 200, 3, 10.0
MOST_MEGABYTES, MOST_SECONDS = 300, 5.0


def papers(folder: Path) -> list[Path]:
    """Twelve scans, two hundred pages between them, as copiers mail them."""
    content = pdf.render(html(samples.DECISION))
    dice = random.Random(12)
    sheets = [copier.Sheet(content, index % 2) for index in range(PAGES)]
    found = []
    for number in range(PAPERS):
        own = sheets[number::PAPERS]
        path = folder / f"{number}.pdf"
        path.write_bytes(copier.scan(own, [copier.Wear(quality=60) for _ in own], dice))
        found.append(path)
    return found


def joined(paths: list[Path], target: Path) -> None:
    """The papers after one another, and nothing more."""
    with pikepdf.new() as whole:
        sources = [pikepdf.open(path) for path in paths]
        for source in sources:
            whole.pages.extend(source.pages)
        whole.save(target)
        for source in sources:
            source.close()


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = papers(folder)
        alone = [seconds(lambda: joined(paths, folder / "joined.pdf")) for _ in range(ROUNDS)]
        parts, books = [binding.Sheets(path) for path in paths], [(folder / "tap.pdf", 1, PAGES)]
        start = "01-210928-0007 · bản 1 · tr. "
        whole = [
            seconds(lambda: binding.bound(parts, start=start, total=PAGES, books=books))
            for _ in range(ROUNDS)
        ]
        size = (folder / "tap.pdf").stat().st_size // 1_000_000
        line = Line(start, PAGES, faces()[0].path)
        peak = in_limited_child(peak_of, bind, parts, line, books, seconds=240, megabytes=binding.MEGABYTES)
    base = statistics.median(alone)
    words = f"{PAPERS} papers, {PAGES} pages, {size} MB"
    return [
        figure(PART, f"{words}: joined", alone),
        figure(
            PART,
            f"{words}: bound ({peak} MB at most)",
            whole,
            base=base,
            most=MOST,
            fails=peak > MOST_MEGABYTES,
        ),
        figure(PART, f"the same, to {MOST_SECONDS:.0f} s", whole, base=MOST_SECONDS, most=1.0),
    ]


if __name__ == "__main__":
    hand_over(figures())
    sys.exit(0)
