"""One verb over many dossiers: what stands in the way of each, then each in a transaction of its own.

Nothing is all or nothing: what can be done is done, and the rest says why not. Taking in hand can be undone for ten
minutes; the others have told people and cannot.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import plan
from applications import deciding, guards, holding, lifecycle, receiving
from applications.actors import Actor, may_act
from applications.models import Advice, BulkAct, Dossier, Sheet
from applications.moments import is_visiting_hour
from applications.states import CLOSED
from applications.unmet import NotAllowed, Refused, Stale, Unmet, visit_unmet
from applications.visit_clashes import NEAR, Clash, mark, planned
from journal.recording import record
from organisations.models import User
from organisations.roles import May
from pages.templatetags.ui import vn_moment, vn_number

OURS = plan.NOT_IN_THE_PLAN
UNDONE_WITHIN = timedelta(minutes=10)
MOST = 50
RELATED = ("site__enterprise", "receiving_agency", "handled_by")
TEAMS = "site__team_bindings__team__members"


@dataclass(frozen=True)
class Item:
    """One dossier of the preview: what will be done with it, or what is unmet; visits that come too near its own."""

    dossier: Dossier
    words: str = ""
    unmet: Sequence[Unmet] = field(default=())
    near: Sequence[Clash] = field(default=())

    @property
    def ready(self) -> bool:
        return not self.unmet


@dataclass(frozen=True)
class Kind:
    """A verb that may be asked over many.

    `near` finds for each the visits that come too near its own, `note` says what was done otherwise than the label.
    """

    label: str | Promise
    done: str | Promise
    check: Callable[..., list[Unmet]]
    words: Callable[..., str]
    act: Callable[..., Any]
    near: Callable[..., list[list[Clash]]] | None = None
    note: Callable[[Dossier], str] = lambda dossier: ""


def chosen(user: User, references: Sequence[str], *, on: Any) -> list[Dossier]:
    """The dossiers picked, in the order of their deadlines; what the person does not see is not among them."""
    # PostgreSQL takes no NUL, not even to compare.
    codes = [each.replace("\0", "") for each in references[:MOST]]
    rows = Dossier.objects.visible_to(user, on=on).filter(code__in=codes)
    return list(rows.select_related(*RELATED).prefetch_related(TEAMS).order_by("due_at", "pk"))


def preview(
    name: str, dossiers: Sequence[Dossier], given: Mapping[str, Any], *, by: User, at: datetime
) -> list[Item]:
    """Each with what stands in its way now, or what its reader is warned of."""
    kind = KINDS[name]
    found = []
    for number, dossier in enumerate(dossiers):
        unmet = kind.check(dossier, given, number, by=by, at=at)
        found.append(Item(dossier, "" if unmet else kind.words(dossier, given, number), tuple(unmet)))
    if kind.near is None:
        return found
    near = kind.near(found, given)
    return [
        replace(item, near=close) if item.ready else item for item, close in zip(found, near, strict=True)
    ]


def warns(name: str) -> bool:
    """Whether the verb may have something to warn of, so that a preview comes before it is done."""
    return KINDS[name].near is not None


def seen(items: Sequence[Item], given: Mapping[str, Any]) -> str:
    """What the preview sends back once its reader has seen its warnings; empty where there are none."""
    near = [clash for item in items for clash in item.near]
    return f"{mark(given['team'], given['visit_at'], near)}+{given['apart']}" if near else ""


def run(
    name: str, dossiers: Sequence[Dossier], given: Mapping[str, Any], *, by: User, at: datetime
) -> BulkAct:
    """Does it with each that is ready, and keeps what came of all."""
    agencies = by.agencies_where(May.RECEIVE, on=at)
    if not agencies:
        raise NotAllowed(name)
    items = []
    for number, dossier in enumerate(dossiers):
        words = _one(name, dossier, given, number, by=by, at=at)
        items.append({
            "pk": str(dossier.pk), "code": dossier.reference, "site": dossier.site.name, "done": words is None,
            "words": KINDS[name].note(dossier) if words is None else words,
        })  # fmt: skip
    with transaction.atomic():
        act = BulkAct.objects.create(name=name, agency_id=agencies[0], items=items, at=at, by=by)
        record(f"bulk.{name}", by=by, at=at, kind="bulk_act", subject_id=act.pk)
    return act


def _one(
    name: str, dossier: Dossier, given: Mapping[str, Any], number: int, *, by: User, at: datetime
) -> str | None:
    """None when it was done; else why not, in one sentence."""
    kind = KINDS[name]
    unmet = kind.check(dossier, given, number, by=by, at=at)
    if unmet:
        return "; ".join(each.detail for each in unmet[:3])
    try:
        kind.act(dossier, given, number, by=by, at=at)
    except NotAllowed:
        return _("Anh/chị không làm được việc này với hồ sơ này.")
    except Stale as stale:
        return _("Hồ sơ vừa chuyển sang bước “%(state)s”.") % {"state": stale.dossier.get_state_display()}
    except Refused as refused:
        return "; ".join(each.detail for each in refused.unmet[:3])
    return None


def may_undo(act: BulkAct, *, by: User, at: datetime) -> bool:
    """Whether the person may take it back now."""
    return (
        act.name == "claim" and act.by_id == by.pk and act.undone_at is None and at < act.at + UNDONE_WITHIN
    )


def undo(act: BulkAct, *, by: User, at: datetime) -> int:
    """Gives back what was taken in hand and is still there, once; how many."""
    if not may_undo(act, by=by, at=at):
        raise NotAllowed("undo")
    if not BulkAct.objects.filter(pk=act.pk, undone_at__isnull=True).update(undone_at=at):
        return 0
    given_back = 0
    for item in act.items:
        if item["done"]:
            try:
                holding.release(dossier=Dossier.objects.get(pk=item["pk"]), by=by, at=at)
                given_back += 1
            except (holding.HeldByOther, NotAllowed):
                continue  # gone on meanwhile: it stays where it is
    return given_back


# --- the verbs ---


def _actor(dossier: Dossier, *, by: User, at: datetime) -> list[Unmet]:
    if may_act(Actor.RECEIVER, dossier, by=by, at=at):
        return []
    return [Unmet("actor", OURS, _("Cơ quan khác tiếp nhận hồ sơ này."))]


def _claim_unmet(dossier: Dossier, given: Any, number: int, *, by: User, at: datetime) -> list[Unmet]:
    wrong = _actor(dossier, by=by, at=at)
    if dossier.state in CLOSED:
        wrong.append(Unmet("state", OURS, _("Hồ sơ đã xong.")))
    elif dossier.handled_by is not None:
        words = _("Đã có %(name)s giữ.") % {"name": dossier.handled_by.full_name}
        if dossier.handled_by_id == by.pk:
            words = _("Anh/chị đang giữ hồ sơ này.")
        wrong.append(Unmet("held", OURS, words))
    return wrong


def _claim(dossier: Dossier, given: Any, number: int, *, by: User, at: datetime) -> None:
    if not receiving.take_in_hand(dossier=dossier, by=by, at=at):
        raise Refused([Unmet("held", OURS, _("Một đồng nghiệp vừa nhận trước."))])


def visit_at(given: Mapping[str, Any], number: int) -> datetime:
    """The visits follow each other, so many hours apart."""
    first: datetime = given["visit_at"]
    return first + timedelta(hours=given["apart"] * number)


def _naming(dossier: Dossier) -> str:
    """The verb that names a team: in phase 2 the agency assigns it by itself (III.2.3.1-a), nobody is asked."""
    return (
        "propose_team" if dossier.phase in lifecycle.rows_named("propose_team")[0].phases else "assign_team"
    )


def _propose_unmet(dossier: Dossier, given: Any, number: int, *, by: User, at: datetime) -> list[Unmet]:
    wrong = _actor(dossier, by=by, at=at)
    if wrong:
        return wrong
    moment = visit_at(given, number)
    team = {"team": given["team"], "visit_at": moment, "basis_field": "team"}
    wrong = lifecycle.unmet(_naming(dossier), dossier, by=by, at=at, **team)
    if not is_visiting_hour(moment):
        words = _("%(moment)s là ngoài giờ kiểm tra. Đổi giờ đầu, cách nhau 24 giờ, hoặc chọn ít hồ sơ hơn.")
        wrong.append(Unmet("hour", OURS, words % {"moment": vn_moment(moment)}, "visit_hour"))
    return wrong + visit_unmet(moment, at=at, anchor="visit_on")


def _propose_near(items: Sequence[Item], given: Mapping[str, Any]) -> list[list[Clash]]:
    """Visits of the team that are planned already, and those that this list itself puts too near."""
    moments = [visit_at(given, number) for number in range(len(items))]
    there = planned(given["team"], since=moments[0] - NEAR, until=moments[-1] + NEAR)
    own = [
        Clash(item.dossier.reference, item.dossier.site.enterprise.name, moment, proposed=True)
        for item, moment in zip(items, moments, strict=True)
        if item.ready
    ]
    return [
        [
            other
            for other in (*there, *own)
            if other.code != item.dossier.reference and abs(other.at - moment) < NEAR
        ]
        for item, moment in zip(items, moments, strict=True)
    ]


def _propose_words(dossier: Dossier, given: Any, number: int) -> str:
    visit = f"{given['team'].name}, {vn_moment(visit_at(given, number))}"
    return ". ".join(filter(None, [visit, _assigned_words(dossier)]))


def _assigned_words(dossier: Dossier) -> str:
    if _naming(dossier) == "propose_team":
        return ""
    return _("Giai đoạn 2: cơ quan tiếp nhận tự phân công tổ, không trình đề xuất (III.2.3.1-a)")


def _propose(dossier: Dossier, given: Any, number: int, *, by: User, at: datetime) -> None:
    verbs = {"propose_team": receiving.propose_team, "assign_team": deciding.assign_team}
    verbs[_naming(dossier)](
        dossier=dossier,
        team=given["team"],
        visit_at=visit_at(given, number),
        note=given["note"],
        by=by,
        at=at,
    )


def _forward_unmet(dossier: Dossier, given: Any, number: int, *, by: User, at: datetime) -> list[Unmet]:
    """Only what the team found in order goes together; the rest is advised one by one."""
    wrong = _actor(dossier, by=by, at=at)
    if wrong:
        return wrong
    if lifecycle.row_for("forward", dossier) is None:
        return lifecycle.unmet("forward", dossier, by=by, at=at)
    wrong = [each for each in guards.advice_given(dossier, by=by, at=at) if each.code != "advice"]
    sheet = dossier.sheets.first()
    if sheet is not None and sheet.verdict != Sheet.Verdict.PASSED:
        wrong.append(Unmet("sheet", "III.1.3.1-d", _("Tổ kiểm tra ghi chưa đạt: trình riêng, kèm lý do.")))
    if dossier.moves.order_by("-at", "-pk").values_list("name", flat=True).first() == "send_back":
        wrong.append(Unmet("question", OURS, _("Chủ tịch đã hỏi lại: trả lời trong ý kiến riêng.")))
    if not dossier.mode:
        wrong.append(Unmet("mode", "III.1.3.3-b", _("Hồ sơ chưa có hình thức sản xuất.")))
    return wrong


def cap_of(dossier: Dossier) -> int | None:
    """As many as the enterprise listed, within what the law gives."""
    return min(filter(None, [dossier.listed_workers, dossier.cap]), default=None)


def _forward_words(dossier: Dossier, given: Any, number: int) -> str:
    cap = cap_of(dossier)
    people = _("tối đa %(n)s người") % {"n": vn_number(cap)} if cap else _("không giới hạn số người")
    return f"{people}, {dossier.get_mode_display()}"


def _forward(dossier: Dossier, given: Any, number: int, *, by: User, at: datetime) -> None:
    receiving.forward(
        dossier=dossier, verdict=Advice.Verdict.APPROVE, number=given["number"], starts_on=given["starts_on"],
        hour=given["hour"], cap=cap_of(dossier), mode=dossier.mode, conditions=given["conditions"], reasons=(),
        note="", by=by, at=at,
    )  # fmt: skip


KINDS: dict[str, Kind] = {
    "claim": Kind(
        gettext_lazy("Nhận xử lý"), gettext_lazy("Đã nhận xử lý"), _claim_unmet, lambda *given: _("Về tay anh/chị"),
        _claim,
    ),
    "propose": Kind(
        gettext_lazy("Đề xuất tổ"), gettext_lazy("Đã đề xuất tổ kiểm tra"), _propose_unmet, _propose_words, _propose,
        _propose_near, _assigned_words,
    ),
    "forward": Kind(
        gettext_lazy("Trình Chủ tịch"), gettext_lazy("Đã trình Chủ tịch"), _forward_unmet, _forward_words, _forward
    ),
}  # fmt: skip
