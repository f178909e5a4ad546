"""One part of the questionnaire on a page: read from the row or from what was posted, given back as values.

Whatever was typed is kept: what is understood as values, the rest word for word under its field's name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms

from applications.forms.plan_parts import PartShape, RowShape
from pages.templatetags.ui import vn_phone, vn_time

LONGEST_KEPT = 2000
_ROW = re.compile(r"([a-z]+)-(\d{1,3})-[a-z_]+")


@dataclass(frozen=True)
class RowSet:
    """Rows of one kind as the page lays them out."""

    name: str
    shape: RowShape
    forms: tuple[forms.Form, ...]

    @property
    def is_full(self) -> bool:
        return len(self.forms) >= self.shape.most


@dataclass(frozen=True)
class Entry:
    """A place on the page: one field, fields side by side, rows, or a heading."""

    fields: tuple[forms.BoundField, ...] = ()
    rows: RowSet | None = None
    heading: Any = ""


class PartPage:
    """The forms of one part over texts by field name; `counts` says how many rows of each kind to show."""

    def __init__(
        self, shape: PartShape, data: Mapping[str, Any], *, counts: Mapping[str, int] | None = None
    ) -> None:
        self.shape = shape
        self.form = shape.form(data)
        self.rows = {
            name: RowSet(
                name, row, tuple(row.form(data, prefix=f"{name}-{i}") for i in range(_count(name, row, data, counts)))
            )
            for name, row in shape.rows.items()
        }  # fmt: skip
        for each in self.all_forms():
            each.full_clean()

    def all_forms(self) -> Iterator[forms.Form]:
        """The plain fields, then every row."""
        yield self.form
        for rows in self.rows.values():
            yield from rows.forms

    @property
    def entries(self) -> list[Entry]:
        """What the page shows, in order."""
        found = []
        for each in self.shape.order:
            if isinstance(each, tuple):
                found.append(Entry(tuple(self.form[name] for name in each)))
            elif each.startswith("@"):
                found.append(Entry(rows=self.rows[each[1:]]))
            elif each.startswith("#"):
                found.append(Entry(heading=self.shape.headings[each[1:]]))
            else:
                found.append(Entry((self.form[each],)))
        return found

    @property
    def bad_fields(self) -> list[forms.BoundField]:
        """Fields whose text was not understood."""
        return [bound for each in self.all_forms() for bound in each if bound.errors]

    def columns(self) -> dict[str, Any]:
        """What the dossier itself holds; nothing chosen changes nothing."""
        given = {name: self.form.cleaned_data.get(name) for name in self.shape.columns}
        return {name: value for name, value in given.items() if value}

    def values(self) -> dict[str, Any]:
        """The part's values as far as they were understood; empty rows are left out."""
        found = {
            name: _plain(value)
            for name, value in self.form.cleaned_data.items()
            if name not in self.shape.columns
        }
        return found | {name: [_values(each) for each in self._filled(name)] for name in self.rows}

    def unread(self) -> dict[str, str]:
        """What was typed and not understood, under the name its field will have when it is shown again."""
        found = {bound.html_name: _typed(bound) for bound in self.form if bound.errors}
        for name in self.rows:
            for place, row in enumerate(self._filled(name)):
                for bound in row:
                    if bound.errors:
                        found[f"{name}-{place}-{bound.name}"] = _typed(bound)
        return found

    def _filled(self, name: str) -> list[forms.Form]:
        return [row for row in self.rows[name].forms if any(bound.value() for bound in row)]


def _typed(bound: forms.BoundField) -> str:
    """The text as it was typed, but for a sign that no database keeps."""
    return str(bound.value()).replace("\0", "")[:LONGEST_KEPT]


def _values(row: forms.Form) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.cleaned_data.items()}


def _plain(value: Any) -> Any:
    """Nothing chosen is None for a choice; the schema turns None of a text into its own empty value."""
    return value.strip() if isinstance(value, str) else value


def _count(name: str, row: RowShape, data: Mapping[str, Any], counts: Mapping[str, int] | None) -> int:
    """As many rows as there are texts for, as asked for, and as are shown at least."""
    found = [int(match[2]) + 1 for key in data if (match := _ROW.fullmatch(key)) and match[1] == name]
    wanted = max([row.shown, (counts or {}).get(name, 0), *found])
    return min(wanted, row.most)


def texts_of(
    shape: PartShape, values: Mapping[str, Any], unread: Mapping[str, str], columns: Mapping[str, Any]
) -> dict[str, str]:
    """The texts of a part as a browser would post them, from the typed values and what was not understood."""
    found = {name: _text(value) for name, value in {**values, **columns}.items() if name not in shape.rows}
    for name in shape.rows:
        for place, row in enumerate(values.get(name, ())):
            found |= {f"{name}-{place}-{key}": _text(value) for key, value in row.items()}
    return {name: text for name, text in {**found, **unread}.items() if text}


def without_row(data: Mapping[str, Any], name: str, place: int) -> dict[str, Any]:
    """The texts without one row; the rows behind it move up."""
    kept = {}
    for key in data:
        match = _ROW.fullmatch(key)
        if match is None or match[1] != name:
            kept[key] = data[key]
        elif int(match[2]) != place:
            moved = int(match[2]) - (int(match[2]) > place)
            kept[f"{name}-{moved}-{key.rsplit('-', 1)[1]}"] = data[key]
    return kept


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, time):
        return vn_time(value)
    if isinstance(value, str) and value.startswith("+"):
        return str(vn_phone(value))
    return "" if value is None else str(value)
