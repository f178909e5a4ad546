"""Why a list was not taken, to be kept and shown again: places and codes, never what stands in a cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workers.worker_list_results import Problem, WorkerList

# Facts of a problem that are the form's own title or numbers of letters, digits or rows; others may say what stood
# in the cell.
HARMLESS = frozenset({"column", "digits", "length", "most", "row"})
MOST = 10_000


@dataclass(frozen=True)
class Faults:
    """`message` speaks of the list as a whole, else `bad` of `count` rows have `total` cells that are wrong.

    `problems` are these cells, the first of them where they are very many.
    """

    message: str
    bad: int
    count: int
    total: int
    problems: tuple[Problem, ...]


def faults_of(people: WorkerList) -> Faults:
    """What is wrong with a list that was just read."""
    return Faults(
        people.message, len(people.bad_rows), people.count, len(people.problems), people.problems[:MOST]
    )


def to_keep(people: WorkerList) -> dict[str, Any]:
    """The same as plain data."""
    problems = [
        [each.row, each.letters, each.key, each.code, {k: v for k, v in each.facts.items() if k in HARMLESS}]
        for each in people.problems[:MOST]
    ]
    return {
        "fault": people.fault, "facts": dict(people.facts), "bad": len(people.bad_rows), "count": people.count,
        "total": len(people.problems), "problems": problems,
    }  # fmt: skip


def kept(data: Mapping[str, Any]) -> Faults:
    """What `to_keep` gave, in words again."""
    whole = WorkerList(fault=data["fault"], facts=data["facts"])
    problems = tuple(Problem(*given) for given in data["problems"])
    return Faults(whole.message, data["bad"], data["count"], data["total"], problems)
