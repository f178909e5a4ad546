"""A plan file as parsed, to be changed in one place and written again."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

import plan
from tests.plan.provinces import written

FILE = Path(plan.__file__).parent / "data" / "tra_vinh_2021.toml"
WHOLE: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
OPTIONAL = {
    "months", "first_due_after", "opens", "draws", "draws_apart", "share", "report_after", "rolls", "to",
}  # fmt: skip


def toml(value: Any) -> str:
    """Any parsed TOML as text again."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml(each)}' for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, date | time):
        return value.isoformat()
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def loaded(folder: Path, content: dict[str, Any]) -> plan.Law:
    return written(folder, "\n".join(f"{key} = {toml(each)}" for key, each in content.items()))


def refused(folder: Path, content: dict[str, Any]) -> plan.PlanError:
    with pytest.raises(plan.PlanError) as caught:
        loaded(folder, content)
    assert caught.value.file == "province.toml"
    for part in (caught.value.file, caught.value.table, caught.value.key):
        assert part in str(caught.value)
    return caught.value


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    content = deepcopy(WHOLE)
    change(content)
    return content


def tables(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of a parsed file with its dotted path; tables in a list go by their code."""
    for key, held in node.items():
        here = f"{path}.{key}" if path else key
        if isinstance(held, dict):
            yield here, held
            yield from tables(held, here)
        elif isinstance(held, list) and "code" in held[0]:
            for each in held:
                yield f"{here}.{each['code']}", each


def series(content: dict[str, Any]) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Every list of dated values as (table, key, rows)."""
    for path, table in tables(content):
        for key, held in table.items():
            if isinstance(held, list) and "from" in held[0]:
                yield path, key, held


def rows_at(content: dict[str, Any], table: str, key: str) -> list[dict[str, Any]]:
    return next(rows for path, each, rows in series(content) if (path, each) == (table, key))
