"""The items of a supplement as pages show them: what is wrong, how to mend it, whether it has been answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Dossier, Paper, Supplement
from applications.review import SlotRow, rows_of_slots
from applications.road import clause_url
from applications.supplements import is_met, last_answered
from organisations.models import User
from pages import parts


@dataclass(frozen=True)
class Row:
    """One item. `mend_url` is where the enterprise mends it, `case_url` where the desk reads what came."""

    number: int
    thing: str
    clause: str
    clause_url: str
    fault: str
    to_do: str
    answer: str
    tag: parts.Tag
    mend_url: str
    case_url: str
    is_paper: bool
    version: int


def rows_of(
    dossier: Dossier, supplement: Supplement, *, slots: Sequence[SlotRow] = (), at: datetime
) -> list[Row]:
    """The items of one round with how each stands now; a page that has read the slots hands them over."""
    slots = slots or rows_of_slots(dossier, at=at)
    papers = {row.code: row.paper for row in slots if row.paper is not None}
    keys = {row.code: row.key for row in slots}
    return [
        _row(dossier, supplement, number, item, papers, keys)
        for number, item in enumerate(supplement.items, start=1)
    ]


def _row(
    dossier: Dossier, supplement: Supplement, number: int, item: dict[str, object], papers: dict[str, Paper],
    keys: dict[str, str],
) -> Row:  # fmt: skip
    about, paper = str(item["about"]), papers.get(str(item["about"]))
    is_paper = item["kind"] == "paper"
    case = reverse("dossiers:detail", args=[dossier.reference])
    return Row(
        number=number,
        thing=str(item["thing"]),
        clause=str(item["clause"]),
        clause_url=clause_url(str(item["clause"])),
        fault=str(item["fault"]),
        to_do=str(item["to_do"]),
        answer=str(item["answer"]),
        tag=_tag(supplement, is_met(item, papers)),
        mend_url=_mend(dossier, str(item["kind"]), about),
        case_url=f"{case}?paper={keys[about]}" if is_paper and about in keys else "",
        is_paper=is_paper,
        version=paper.version if paper is not None and is_paper else 0,
    )


def _tag(supplement: Supplement, met: bool) -> parts.Tag:
    if met:
        return parts.Tag(_("Đã bổ sung"), "ok", "check-circle")
    if supplement.answered_at is not None:
        return parts.Tag(_("Chưa bổ sung"), "late", "exclamation-circle")
    return parts.Tag(_("Cần bổ sung"), "wait", "exclamation-circle")


def _mend(dossier: Dossier, kind: str, about: str) -> str:
    if kind == "paper":
        return reverse("dossiers:paper", args=[dossier.reference, about])
    if kind == "part":
        return reverse("dossiers:answers", args=[dossier.reference, about])
    return ""


def answered(dossier: Dossier, slots: Sequence[SlotRow], *, by: User, at: datetime) -> dict[str, Any] | None:
    """What came with the last answer, while the desk checks the papers again; `mine` for who asked.

    `new` are the slots whose paper came with it, asked for or not: until then the desk had seen them all.
    """
    supplement = last_answered(dossier)
    if supplement is None:
        return None
    return {
        "supplement": supplement,
        "items": rows_of(dossier, supplement, slots=slots, at=at),
        "new": {row.code for row in slots if row.paper and row.paper.uploaded_at > supplement.asked_at},
        "mine": supplement.asked_by_id == by.pk,
    }
