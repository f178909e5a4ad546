"""Letters: the PDF door (child process, limits, refusing fetcher) against WeasyPrint alone on the same HTML.

python -m bench.letters [rounds]
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "restart_portal.settings")
django.setup()

from weasyprint import HTML  # noqa: E402

from documents import pdf  # noqa: E402
from documents.letterforms import html  # noqa: E402
from tests.documents.letters import samples  # noqa: E402

MOST = 1.5


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(page: str, rounds: int) -> tuple[float, float]:
    """Median seconds through the door and of WeasyPrint alone, taken in turns."""
    through, alone = [], []
    for _ in range(rounds):
        alone.append(seconds(lambda: HTML(string=page).write_pdf(pdf_variant="pdf/a-2u", pdf_tags=True)))
        through.append(seconds(lambda: pdf.render(page)))
    return statistics.median(through), statistics.median(alone)


def main(rounds: int = 7) -> int:
    worst = 0.0
    for name, paper in samples.PLAIN.items():
        page = html(paper)
        through, alone = compare(page, rounds)
        worst = max(worst, through / alone)
        print(f"{name:18} {through:.3f} s, WeasyPrint alone {alone:.3f} s, ratio {through / alone:.2f}")
    filling = statistics.median(seconds(lambda: html(samples.DECISION)) for _ in range(rounds))
    print(f"HTML of a decision {filling * 1000:.0f} ms; worst ratio {worst:.2f}, at most {MOST}")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
