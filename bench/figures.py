"""A measured thing, and the table of all of them."""

import json
import resource
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter

MOST_QUERIES = 12


@dataclass(frozen=True)
class Figure:
    """Seconds of one thing (median and extremes) and, where a limit stands, the ratio that it is held to."""

    part: str
    name: str
    seconds: float
    low: float = 0.0
    high: float = 0.0
    ratio: float | None = None
    most: float | None = None
    queries: tuple[int, ...] = ()
    note: str = ""
    fails: bool = False

    @property
    def over(self) -> str:
        """What is over its limit, in a word or two; empty when nothing is."""
        found = ["DOES NOT ANSWER"] if self.fails else []
        if self.ratio is not None and self.most is not None and self.ratio > self.most:
            found.append(f"OVER {self.most:.1f} x")
        if self.queries and max(self.queries) > MOST_QUERIES:
            found.append(f"OVER {MOST_QUERIES} queries")
        if len(set(self.queries)) > 1:
            found.append("GROWS")
        return ", ".join(found)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def peak_of(work: Callable[..., object], *args: object) -> int:
    """Megabytes that a process has held at most once the work is done: to be called in a child of its own."""
    work(*args)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def figure(
    part: str, name: str, times: Sequence[float], *, base: float | None = None, **more: object
) -> Figure:
    """The median of some times, and its ratio to the median of what it is compared with."""
    middle = statistics.median(times)
    ratio = middle / base if base else None
    return Figure(part, name, middle, min(times), max(times), ratio, **more)  # type: ignore[arg-type]


def hand_over(figures: Iterable[Figure]) -> None:
    """From a child process to the table: a line of JSON a figure."""
    for each in figures:
        print(json.dumps(asdict(each)), flush=True)


def taken_over(text: str) -> list[Figure]:
    """The figures that a child has printed."""
    rows = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [Figure(**{**row, "queries": tuple(row["queries"])}) for row in rows]


def table(figures: Iterable[Figure]) -> str:
    """One line a figure, under a heading a part."""
    lines: list[str] = []
    part = ""
    for each in figures:
        if each.part != part:
            part = each.part
            lines += ["", f"{part:48}{'median':>10}{'min':>10}{'max':>10}{'ratio':>8}{'limit':>7}  queries"]
        lines.append(_line(each))
    return "\n".join(lines)


def _line(each: Figure) -> str:
    ratio = f"{each.ratio:.2f}" if each.ratio is not None else ""
    most = f"{each.most:.1f}" if each.most is not None else ""
    queries = " -> ".join(map(str, each.queries))
    times = "".join(f"{_time(t):>10}" if t else f"{'':>10}" for t in (each.seconds, each.low, each.high))
    end = "  ".join(filter(None, (queries, each.note, each.over)))
    return f"  {each.name:46}{times}{ratio:>8}{most:>7}  {end}".rstrip()


def _time(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"
