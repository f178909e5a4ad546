"""What reading a worker list gives: typed rows, and problems that name their cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workers.identity_numbers import IdentityNumber
from workers.worker_list_words import PROBLEMS, WARNINGS, WHERE


@dataclass(frozen=True)
class ListedWorker:
    """One good row. `row` is the sheet's own number; phones are E.164; what was left out is empty."""

    row: int
    full_name: str
    birth_date: date
    identity: IdentityNumber
    permanent_address: str
    current_address: str
    phone: str
    relative_phone: str
    worker_code: str = ""
    sex: str = ""
    nationality: str = ""
    section: str = ""
    shift: str = ""


@dataclass(frozen=True)
class Problem:
    """One cell that is wrong, or in a warning doubtful. `suggestion` is a value that is likely meant."""

    row: int
    letters: str
    column: str
    code: str
    facts: Mapping[str, str | int]

    @property
    def cell(self) -> str:
        return f"{self.letters}{self.row}"

    @property
    def where(self) -> str:
        return WHERE % {"letters": self.letters, "row": self.row}

    @property
    def reason(self) -> str:
        return self._words()[0] % self.facts

    @property
    def fix(self) -> str:
        return self._words()[1] % self.facts

    @property
    def suggestion(self) -> str:
        return str(self.facts.get("suggestion", ""))

    @property
    def sentence(self) -> str:
        """Column C row 128: what is wrong. How to put it right."""
        return f"{self.where}: {self.reason} {self.fix}"

    def _words(self) -> tuple[str, str]:
        reason, fix = PROBLEMS.get(self.code) or WARNINGS[self.code]
        return str(reason), str(fix)


@dataclass(frozen=True)
class WorkerList:
    """The list as read. `count` rows were read, and each is in `rows` or has a problem, never both.

    `message` is a plain sentence when the list as a whole cannot be used (a column missing or doubled, nobody
    in it), else empty. `columns_missing` holds the titles of the form. Warnings refuse nothing.
    """

    rows: tuple[ListedWorker, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    columns_missing: tuple[str, ...] = ()
    count: int = 0
    message: str = ""
    sheet: str = ""
    form_version: int = 0

    @property
    def bad_rows(self) -> tuple[int, ...]:
        return tuple(sorted({problem.row for problem in self.problems}))

    @property
    def is_usable(self) -> bool:
        """Readable as a whole and without a single bad row."""
        return not self.message and not self.problems
