"""A team that comes once more: what it is to look at, and the sheet that was signed before."""

from dataclasses import dataclass

from applications import moving_visits
from applications.models import Dossier, Sheet
from applications.states import State


@dataclass(frozen=True)
class Again:
    """The agency's words, and the last confirmation sheet."""

    note: str
    sheet: Sheet | None


def coming_again(dossier: Dossier) -> Again | None:
    """Why the visit that is awaited repeats one; None for a first visit, or where none is awaited."""
    if dossier.state != State.TEAM_ASSIGNED:
        return None
    move = dossier.moves.exclude(name=moving_visits.NAME).order_by("-at", "-pk").first()
    if move is None or move.name != "reinspect":
        return None
    return Again(move.note, dossier.sheets.select_related("letter").order_by("-signed_at", "-pk").first())
