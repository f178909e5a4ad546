"""Every hand-over of a dossier, from its moves, stages and changes of agency: what the control slip prints."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

import plan
from applications.models import AgencyMove, Dossier, Move, Stage
from applications.states import State
from documents.letterforms import HandOver
from organisations.models import Agency

OFFICE = "Văn phòng UBND tỉnh"
# Who has the dossier in a state; the receiving agency in all others.
CHAIR_SIDE = (State.TEAM_PROPOSED, State.FORWARDED)
FIRM_SIDE = (State.DRAFT, State.SUPPLEMENT_REQUESTED)
NOTES = {
    "submit": "Nộp hồ sơ", "request_supplement": "Yêu cầu bổ sung", "decline": "Từ chối tiếp nhận",
    "propose_team": "Đề xuất tổ kiểm tra", "assign_team": "Phân công tổ", "conclude_visit": "Có phiếu xác nhận",
    "reinspect": "Kiểm tra lại", "forward": "Trình Chủ tịch", "send_back": "Trả lại để làm rõ",
    "approve": "Đồng ý", "refuse": "Không đồng ý", "withdraw": "Doanh nghiệp rút",
}  # fmt: skip


def hand_overs(dossier: Dossier) -> tuple[HandOver, ...]:
    """In the order of time; moves inside one office are no hand-over."""
    moves = list(dossier.moves.select_related("by").order_by("at", "pk"))
    changes = list(dossier.agency_moves.select_related("from_agency", "to_agency").order_by("at", "pk"))
    stages = list(dossier.stages.order_by("opened_at", "pk"))
    found: list[tuple[datetime, HandOver]] = []
    for move, following in pairwise([*moves, None]):
        if move is None:
            continue
        giver = _office(dossier, move.from_state, _agency(dossier, changes, before=move.at))
        taker = _office(dossier, move.to_state, _agency(dossier, changes, before=move.at))
        if move.to_state in (State.APPROVED, State.REFUSED, State.DECLINED):
            taker = dossier.site.enterprise.name
        if giver != taker:
            found.append((move.at, _of_move(move, following, giver, taker, stages)))
    found += [(change.at, _of_change(change)) for change in changes]
    return tuple(row for _at, row in sorted(found, key=lambda pair: pair[0]))


def _of_move(move: Move, following: Move | None, giver: str, taker: str, stages: Iterable[Stage]) -> HandOver:
    return HandOver(
        giver=giver, taker=taker, given_at=move.at, taken_at=move.at, giver_name=short_name(move.by_name),
        # Who acted next; the portal itself took it in the same instant.
        taker_name=short_name(following.by_name) if following is not None else "",
        result=_result(move, stages), note=NOTES.get(move.name, ""),
    )  # fmt: skip


def _of_change(change: AgencyMove) -> HandOver:
    return HandOver(
        giver=change.from_agency.short_name, taker=change.to_agency.short_name, given_at=change.at,
        taken_at=change.at, giver_name=short_name(change.by_name), taker_name="", result="",
        note="Chuyển đúng cơ quan, thời hạn giữ nguyên",
    )  # fmt: skip


def _agency(dossier: Dossier, changes: Iterable[AgencyMove], *, before: datetime) -> Agency:
    """The receiving agency at that instant."""
    for change in changes:
        if change.at > before:
            return change.from_agency
    return dossier.receiving_agency


def _office(dossier: Dossier, state: str, agency: Agency) -> str:
    if state in FIRM_SIDE:
        return dossier.site.enterprise.name
    if state in CHAIR_SIDE:
        return OFFICE
    if state == State.TEAM_ASSIGNED and dossier.team is not None:
        return dossier.team.name
    return agency.short_name


def _result(move: Move, stages: Iterable[Stage]) -> str:
    """How the stage that the move closed stood to its date; empty where no time ran."""
    for stage in stages:
        if stage.closed_at == move.at and stage.state == move.from_state and stage.due_at is not None:
            if move.at > stage.due_at:
                return "late"
            return "on_time" if plan.local_day(move.at) == plan.local_day(stage.due_at) else "early"
    return ""


def short_name(name: str) -> str:
    """ "Lê Hoài Phương" as "L.H. Phương"; a narrow column holds no more."""
    *before, last = name.split() or [""]
    return f"{''.join(f'{part[0]}.' for part in before)} {last}".strip()


def words_of(result: str) -> str:
    """The result in words, for the book."""
    return {"early": _("Trước hạn"), "on_time": _("Đúng hạn"), "late": _("Quá hạn")}.get(result, "")
