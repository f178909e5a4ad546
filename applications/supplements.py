"""Reads over supplements: what still waits for the enterprise, and what has come since it was asked."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from applications.models import Dossier, Paper, Supplement
from applications.states import State
from applications.unmet import Unmet

CLAUSE = "III.1.3.1-b"


def open_of(dossier: Dossier) -> Supplement | None:
    """The round that waits for the enterprise."""
    if dossier.state != State.SUPPLEMENT_REQUESTED:
        return None
    rows = dossier.supplements.filter(answered_at__isnull=True).select_related("asked_by", "letter")
    found: Supplement | None = rows.first()
    return found


def is_met(item: Mapping[str, Any], papers: Mapping[str, Paper]) -> bool:
    """Whether an item has its answer: a newer version of the paper, or words."""
    if item["kind"] == "paper":
        paper = papers.get(item["about"])
        return paper is not None and paper.version > item["version"]
    return bool(item["answer"].strip())


def unanswered(dossier: Dossier, papers: Mapping[str, Paper]) -> list[Unmet]:
    """Items that still wait, for the guard of handing in again; returned papers have a line of their own."""
    asked = open_of(dossier)
    if asked is None:
        return []
    return [
        Unmet(
            "supplement",
            item["clause"] or CLAUSE,
            _("Chưa bổ sung “%(thing)s”: %(what)s") % {"thing": item["thing"], "what": item["to_do"]},
            f"papers/{item['about']}" if item["kind"] == "paper" else "supplement",
        )
        for item in asked.items
        if not is_met(item, papers) and not (item["kind"] == "paper" and item["version"])
    ]


def last_answered(dossier: Dossier) -> Supplement | None:
    """The round whose answer is what is new, while the desk checks the papers again."""
    if dossier.state != State.SUBMITTED:
        return None
    rows = dossier.supplements.filter(answered_at__isnull=False).select_related("asked_by", "answered_by")
    found: Supplement | None = rows.first()
    return found
