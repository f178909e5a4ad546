"""Measures coverage at little cost: a pytest plugin, on where MEASURE names the folder for its data.

coverage.py has Python call it at every line of every library, which on Python 3.11 makes the tests half as long again.
SlipCover marks our own modules only and takes each mark out once it was passed. What it saw is written as coverage.py's
data, whose report and floors stay (scripts/test.py).
"""

import os
from pathlib import Path

import coverage
import pytest
from coverage.parser import PythonParser
from slipcover.importer import FileMatcher, ImportManager
from slipcover.slipcover import Slipcover

ROOT = Path(__file__).resolve().parent.parent
UNMEASURED = {"tests", "bench", "scripts"}
ROOMS = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in UNMEASURED]


class Measure:
    """What one process of the run sees of our own modules."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen = Slipcover(branch=True)
        self.imports = ImportManager(self.seen, FileMatcher(sources=ROOMS, omit=["*/migrations/*"]))
        self.imports.__enter__()

    def pytest_sessionfinish(self) -> None:
        """Writes what ran, and every module's name, so that one that nothing imports counts as unseen."""
        data = coverage.CoverageData(str(self.folder / f"data.{os.getpid()}"))
        for name, file in self.seen.get_coverage()["files"].items():
            path = str(ROOT / name)
            data.add_arcs({path: arcs_of(path, file["executed_lines"], file["executed_branches"])})
        data.touch_files([str(path) for room in ROOMS for path in room.rglob("*.py")])
        data.write()


def arcs_of(path: str, lines: list[int], branches: list[list[int]]) -> set[tuple[int, int]]:
    """What ran as coverage.py says it: arcs from line to line; a function's end is minus the line of its `def`."""
    parser = PythonParser(filename=path)
    parser.parse_source()
    ends = {start: end for start, end in parser.arcs() if end < 0}
    ran = {(start, end or ends.get(start, -1)) for start, end in branches}
    return ran | {(-1, line) for line in lines}


def pytest_configure(config: pytest.Config) -> None:
    """In each process that runs tests, not in the one that deals them out."""
    deals = getattr(config.option, "numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ
    if measure is not None and not deals:
        config.pluginmanager.register(measure, "measure")


measure = Measure(Path(os.environ["MEASURE"])) if "MEASURE" in os.environ else None
