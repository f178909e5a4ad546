"""One dated value of a plan file, and the checks on a list of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from plan.units import UNITS, read_value

CLAUSE: Final = r"^[0-9IVX]+(\.[0-9]+)*(-[a-z]+)*$"


class Row(BaseModel):
    """`{from, to?, value, unit, clause}`; every key but `to` is required, no other is known."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    since: date = Field(alias="from")
    to: date | None = None
    value: Any
    unit: str
    clause: Annotated[str, Field(pattern=rf"^not in the plan$|{CLAUSE}")]

    @field_validator("unit")
    @classmethod
    def _known(cls, unit: str) -> str:
        if unit not in UNITS:
            raise ValueError(f"unknown unit {unit!r}")
        return unit

    @model_validator(mode="after")
    def _sound(self) -> Row:
        if self.to is not None and self.to < self.since:
            raise ValueError("`to` lies before `from`")
        read_value(self.unit, self.value)
        return self


Rows = tuple[Row, ...]


def per(*units: str) -> AfterValidator:
    """Rows that carry one of `units` and never hold two on one day; they come back in the order of their days."""

    def check(rows: Rows) -> Rows:
        if not rows:
            raise ValueError("needs at least one dated value")
        for row in rows:
            if row.unit not in units:
                raise ValueError(f"unknown unit {row.unit!r} here; known: {', '.join(units)}")
        ordered = tuple(sorted(rows, key=lambda row: row.since))
        for index, row in enumerate(ordered):
            _refuse_overlap(row, ordered[:index])
        return ordered

    return AfterValidator(check)


def _refuse_overlap(row: Row, before: Sequence[Row]) -> None:
    for earlier in before:
        if row.since <= (earlier.to or earlier.since):
            raise ValueError(f"the value from {row.since} overlaps the one from {earlier.since}")
