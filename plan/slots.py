"""The papers of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from plan.values import Values

# The code and title of the plan itself, the signed text that its attachments are bound behind.
PLAN_PAPER: Final = "plan"
_TITLE: Final = "Phương án sản xuất, bản đã ký"


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


@cache
def papers(values: Values) -> tuple[Slot, ...]:
    """The signed plan, which heads the volume and is none of the listed papers, then the slots.

    So `enumerate` gives each slot its number in the plan, from 1, and the plan itself 0. Its clause is the one that
    asks for the volume (III.1.3.3-b, III.2.3.3-a).
    """
    clause = values.value("procedure.volumes").clause
    head = Slot(code=PLAN_PAPER, title=_TITLE, required=True, due_days_after_start=None, clause=clause)
    return (head, *slots(values))


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
