"""What reading a worker list gives: typed rows, and problems that name their cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workers.identity_numbers import IdentityNumber
from workers.worker_list_columns import BY_KEY
from workers.worker_list_words import PROBLEMS, WARNINGS, WHERE, WHOLE, WITHOUT_SUGGESTION


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
    """One cell that is wrong, or in a warning doubtful. `suggestion` is a value that is likely meant.

    `key` is the column's, `column` its title.
    """

    row: int
    letters: str
    key: str
    code: str
    facts: Mapping[str, str | int]

    @property
    def column(self) -> str:
        return BY_KEY[self.key].title

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
        if not self.suggestion:
            fix = WITHOUT_SUGGESTION.get(self.code, fix)
        return str(reason), str(fix)


@dataclass(frozen=True)
class WorkerList:
    """The list as read. `count` rows were read, and each is in `rows` or has a problem, never both.

    `fault` is the code of why the list as a whole cannot be used (a column missing or doubled, nobody in it), else
    empty; `message` says it in a plain sentence. `columns_missing` holds the titles of the form. Warnings refuse
    nothing.
    """

    rows: tuple[ListedWorker, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    columns_missing: tuple[str, ...] = ()
    count: int = 0
    fault: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    form_version: int = 0

    @property
    def message(self) -> str:
        return str(WHOLE[self.fault]) % self.facts if self.fault else ""

    @property
    def bad_rows(self) -> tuple[int, ...]:
        return tuple(sorted({problem.row for problem in self.problems}))

    @property
    def is_usable(self) -> bool:
        """Readable as a whole and without a single bad row."""
        return not self.fault and not self.problems
