"""How often the heavy tests repeat: a small number in every run, the full one under SOAK=1 (`make soak`).

    for seed in range(count("random edits of the journal", quick=200, soak=1000)): ...

The numbers used are printed at the end of the run.
"""

import os
from pathlib import Path

SOAK = os.environ.get("SOAK", "") not in {"", "0"}


def count(what: str, *, quick: int, soak: int) -> int:
    """The number of repetitions of this run, noted for its report."""
    used = soak if SOAK else quick
    note(f"{what}: {used:,}" + ("" if SOAK else f" (soak: {soak:,})"))
    return used


def note(line: str) -> None:
    """A line for the end of the run: what was found while repeating."""
    with Path(os.environ["TEST_VAR_ROOT"], "counts").open("a") as notes:
        notes.write(line + "\n")


def used() -> list[str]:
    """What this run counted, one line each."""
    notes = Path(os.environ["TEST_VAR_ROOT"], "counts")
    return sorted(set(notes.read_text().splitlines())) if notes.exists() else []
