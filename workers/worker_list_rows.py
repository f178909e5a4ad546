"""One row after another: the cells parsed, doubles within the file found, doubts noted."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from workers.identity_numbers import citizen_facts, is_known_province
from workers.worker_list_cells import (
    BadCell,
    parse_birth_date,
    parse_identity_cell,
    parse_name,
    parse_phone_cell,
    parse_sex,
    parse_text,
)
from workers.worker_list_columns import COLUMNS, letters_of
from workers.worker_list_results import ListedWorker, Problem
from workers.worker_sheet import Cell

_YOUNGEST = 15


class RowReader:
    """Reads the rows of one list, whose keys stand in the given columns of the sheet (0 is A)."""

    def __init__(self, columns: dict[str, int], *, on: date) -> None:
        self.rows: list[ListedWorker] = []
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._columns, self._on = columns, on
        self._identities: dict[str, int] = {}
        self._codes: dict[str, int] = {}

    def read(self, number: int, cells: Iterable[Cell]) -> None:
        """One row: it becomes a worker, or its problems are kept."""
        raw = {column.key: cell for column, cell in zip(COLUMNS, cells, strict=True)}
        values: dict[str, Any] = {}
        before = len(self.problems)
        for column in COLUMNS:
            self._try(number, column.key, partial(parse_text, raw[column.key], column), values)
        for key, parse in self._parsers(raw, values).items():
            if values.get(key):
                self._try(number, key, parse, values)
        self._find_doubles(number, values)
        if len(self.problems) == before:
            worker = ListedWorker(row=number, **values)
            self.rows.append(worker)
            self._doubt(worker)

    def _parsers(self, raw: dict[str, Cell], values: dict[str, Any]) -> dict[str, Callable[[], Any]]:
        """How each typed column is read from its text; the others stay text."""
        return {
            "full_name": lambda: parse_name(values["full_name"]),
            "birth_date": lambda: parse_birth_date(raw["birth_date"], values["birth_date"], on=self._on),
            "identity": lambda: parse_identity_cell(
                raw["identity"], values["identity"], values.get("nationality", "")
            ),
            "phone": lambda: parse_phone_cell(values["phone"]),
            "relative_phone": lambda: parse_phone_cell(values["relative_phone"]),
            "sex": lambda: parse_sex(values["sex"]),
        }

    def _try(self, number: int, key: str, parse: Callable[[], Any], values: dict[str, Any]) -> None:
        try:
            values[key] = parse()
        except BadCell as bad:
            values.pop(key, None)
            self.problems.append(self._problem(number, key, bad.code, **bad.facts))

    def _find_doubles(self, number: int, values: dict[str, Any]) -> None:
        """The first of two rows is kept; the later one says where the first is."""
        identity = values.get("identity")
        if identity:
            first = self._identities.setdefault(identity.number, number)
            if first != number:
                self.problems.append(self._problem(number, "identity", "identity.repeated", row=first))
        code = values.get("worker_code")
        if code:
            first = self._codes.setdefault(code.casefold(), number)
            if first != number:
                self.problems.append(self._problem(number, "worker_code", "worker_code.repeated", row=first))

    def _doubt(self, worker: ListedWorker) -> None:
        """What two cells say of each other. The numbers have no check digit, so this refuses nothing."""
        facts = citizen_facts(worker.identity)
        if facts and facts.birth_year != worker.birth_date.year:
            self._warn(worker.row, "identity", "identity.birth_year", year=facts.birth_year)
        if facts and worker.sex and facts.sex != worker.sex:
            self._warn(worker.row, "identity", "identity.sex", sex=facts.sex)
        if facts and not is_known_province(facts.province):
            self._warn(worker.row, "identity", "identity.province")
        if _age(worker.birth_date, self._on) < _YOUNGEST:
            self._warn(worker.row, "birth_date", "birth.young")
        if worker.phone == worker.relative_phone:
            self._warn(worker.row, "relative_phone", "phone.same")

    def _warn(self, number: int, key: str, code: str, **facts: str | int) -> None:
        self.warnings.append(self._problem(number, key, code, **facts))

    def _problem(self, number: int, key: str, code: str, **facts: str | int) -> Problem:
        return Problem(number, letters_of(self._columns[key]), key, code, facts)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
