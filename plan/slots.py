"""The papers of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from plan.values import Values


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One paper, with its Vietnamese title.

    A `required` one comes with the dossier; another may follow within `due_days_after_start` days of work, or
    is welcome and no more (None).
    """

    code: str
    title: str
    required: bool
    due_days_after_start: int | None
    clause: str


@cache  # values are told apart by digest, day and table; a page asks some dozen times
def slots(values: Values) -> tuple[Slot, ...]:
    """The papers in the order of the plan (III.1.3.3, III.2.3.3); `values` are those of the phase."""
    return tuple(_slot(values, code) for code in values.codes("slots"))


def _slot(values: Values, code: str) -> Slot:
    required, due = values.value(f"slots.{code}.required"), f"slots.{code}.due"
    return Slot(
        code=code,
        title=values.title_of(f"slots.{code}"),
        required=bool(required.value),
        due_days_after_start=values.whole(due).value if values.has(due) else None,
        clause=required.clause,
    )
