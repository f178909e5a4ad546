"""Reads a plan file, strictly: what is not understood is refused with its file, table and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from plan.errors import PlanError
from plan.law import Law
from plan.province import Province
from plan.rows import Row
from plan.schema import Entry, PlanFile, Section
from plan.units import read_value
from plan.values import CitedValue

FOLDER: Final = Path(__file__).parent / "data"


def load(name: str, *, folder: Path | str = FOLDER) -> Law:
    """The plan `<folder>/<name>.toml` as law; without `folder` one of the plans this package carries.

    Raises PlanError (naming file, table and key) for an unknown name and for a file that is not wholly
    understood: unknown keys or units, missing clauses, two values for one day, an incomplete section.
    """
    path = Path(folder) / f"{name}.toml"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        raise PlanError("no such plan", file=f"{name}.toml")
    return _read(path.name, path.read_bytes())


@lru_cache(maxsize=8)
def _read(file: str, content: bytes) -> Law:
    try:
        raw = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlanError(f"is no TOML: {error}", file=file) from error
    try:
        parsed = PlanFile.model_validate(raw)
    except ValidationError as error:
        raise _refusal(error, raw, file) from error
    return Law(
        file=file,
        title=parsed.plan.title,
        number=parsed.plan.number,
        status=parsed.plan.status,
        source=parsed.plan.source,
        digest=sha256(content).hexdigest(),
        rows=tuple(row for path, rows in _series(parsed, raw, "") for row in _cited(path, rows)),
        titles=tuple((path, entry.title) for path, entry in _entries(parsed, raw, "") if path),
        of_province=Province(**parsed.plan.province.model_dump()) if parsed.plan.province else None,
        clauses=tuple((each.clause, each.title) for each in parsed.plan.clauses),
    )


def _series(section: Section, raw: Mapping[str, Any], table: str) -> Iterator[tuple[str, Sequence[Row]]]:
    """Every list of dated values below a table with its dotted path, in the order of the file."""
    for path, held, inside in _tables(section, raw, table):
        if isinstance(held, Section):
            yield from _series(held, inside, path)
        elif isinstance(held, tuple) and all(isinstance(each, Row) for each in held):
            yield path, held


def _entries(section: Section, raw: Mapping[str, Any], table: str) -> Iterator[tuple[str, Entry]]:
    """Every duty, slot and task below a table with its dotted path."""
    for path, held, inside in _tables(section, raw, table):
        if isinstance(held, Entry):
            yield path, held
        elif isinstance(held, Section):
            yield from _entries(held, inside, path)


def _tables(section: Section, raw: Mapping[str, Any], table: str) -> Iterator[tuple[str, object, Any]]:
    """What a table holds, as (path, parsed, raw); a table in a list goes by its code."""
    for key, inside in raw.items():
        held, path = getattr(section, key), f"{table}.{key}" if table else key
        if isinstance(held, tuple) and held and isinstance(held[0], Entry):
            yield from ((f"{path}.{each.code}", each, inside[place]) for place, each in enumerate(held))
        else:
            yield path, held, inside


def _cited(path: str, rows: Sequence[Row]) -> Iterator[CitedValue]:
    ends: list[date | None] = [following.since - timedelta(days=1) for following in rows[1:]]
    for row, end in zip(rows, [*ends, None], strict=True):
        yield CitedValue(
            path=path,
            value=read_value(row.unit, row.value),
            unit=row.unit,
            clause=row.clause,
            since=row.since,
            until=row.to or end,
        )


def _refusal(error: ValidationError, raw: Mapping[str, Any], file: str) -> PlanError:
    """The first thing wrong, in the words of the file; the number of further ones in brackets."""
    first, *more = error.errors(include_url=False, include_input=False)
    table, key = _place(first["loc"], raw)
    others = f" (and {len(more)} more)" if more else ""
    return PlanError(f"{first['msg']}{others}", file=file, table=table, key=key)


def _place(location: Sequence[int | str], raw: Any) -> tuple[str, str]:
    """Table and key of a place in the file: tables in a list by their code, rows by the key that lists them."""
    names: list[str] = []
    key_at: int | None = None
    for step in location:
        raw = raw[step] if isinstance(step, int) else raw.get(step, {})
        if isinstance(step, str):
            names.append(step)
        elif isinstance(raw, dict) and "code" in raw:
            names.append(str(raw["code"]))
        else:
            key_at = len(names) - 1
    if key_at is None:
        key_at = len(names) - (0 if isinstance(raw, dict) and raw else 1)
    return ".".join(names[:key_at]), ".".join(names[key_at:])
