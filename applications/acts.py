"""What a person may do with a dossier now: the buttons of its page, locked ones with their reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from applications import lifecycle
from applications.actors import may_act
from applications.models import Dossier
from applications.review import SlotRow
from applications.unmet import Unmet
from organisations.models import User
from pages import parts

REASONS_SHOWN = 3


@dataclass(frozen=True)
class Door:
    """Where a transition is asked for, and what its button says."""

    label: str | Promise
    url_name: str
    css: str = ""
    by_dossier: bool = True


DOORS: dict[str, Door] = {
    "accept": Door(gettext_lazy("Tiếp nhận"), "dossiers:accept", "btn-primary"),
    "propose_team": Door(gettext_lazy("Đề xuất tổ kiểm tra"), "dossiers:propose_team", "btn-primary"),
    "assign_team": Door(gettext_lazy("Phân công tổ kiểm tra"), "dossiers:assign_team", "btn-primary"),
    "conclude_visit": Door(
        gettext_lazy("Ghi kết quả kiểm tra"), "visits:list", "btn-primary", by_dossier=False
    ),
    "forward": Door(gettext_lazy("Trình Chủ tịch"), "dossiers:forward", "btn-primary"),
    "approve": Door(gettext_lazy("Xem và quyết định"), "decide", "btn-primary"),
    "reinspect": Door(gettext_lazy("Kiểm tra lại"), "dossiers:reinspect"),
    "request_supplement": Door(gettext_lazy("Yêu cầu bổ sung"), "dossiers:supplement"),
    "decline": Door(gettext_lazy("Từ chối tiếp nhận"), "dossiers:decline", "btn-late"),
}
# The one guard that can be asked before the page of its verb is filled in; the others ask for what is typed there.
ASKED_BEFORE = frozenset({"accept"})


@dataclass(frozen=True)
class Act:
    """A button: open, or locked by what is unmet."""

    name: str
    label: str
    url: str
    css: str
    unmet: Sequence[parts.Unmet] = field(default=())


def acts_of(
    dossier: Dossier, rows: Sequence[SlotRow], *, by: User, at: datetime, tail: str = ""
) -> list[Act]:
    """The transitions that this person could ask for in this state, the next one first."""
    found = []
    for name, door in DOORS.items():
        row = lifecycle.row_for(name, dossier)
        if row is None or not may_act(row.actor, dossier, by=by, at=at):
            continue
        url = reverse(door.url_name, args=[dossier.reference] if door.by_dossier else [])
        found.append(
            Act(name, str(door.label), url, door.css, _locks(name, dossier, rows, by=by, at=at, tail=tail))
        )
    return found


def _locks(
    name: str, dossier: Dossier, rows: Sequence[SlotRow], *, by: User, at: datetime, tail: str
) -> list[parts.Unmet]:
    """The reasons under a locked button, a few of them, each with its way out."""
    if name not in ASKED_BEFORE:
        return []
    read = {"papers": {row.code: row.paper for row in rows if row.paper}} if rows else {}
    unmet = lifecycle.unmet(name, dossier, by=by, at=at, **read)
    shown = [_linked(each, rows, dossier, tail=tail) for each in unmet[:REASONS_SHOWN]]
    if rest := len(unmet) - len(shown):
        words = ngettext("và %(n)d giấy tờ nữa", "và %(n)d giấy tờ nữa", rest)
        shown.append(parts.Unmet(words % {"n": rest}, ""))
    return shown


def _linked(unmet: Unmet, rows: Sequence[SlotRow], dossier: Dossier, *, tail: str) -> parts.Unmet:
    if unmet.anchor == "claim":
        return parts.Unmet(unmet.detail, "", reverse("enterprise", args=[dossier.site.enterprise_id]))
    thing, _colon, what = unmet.detail.partition(": ")
    key = next((row.key for row in rows if row.code == unmet.anchor), "")
    return parts.Unmet(thing, what, f"?paper={key}{tail}" if key else "")
