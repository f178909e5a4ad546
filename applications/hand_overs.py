"""Every hand-over of a dossier, from its moves, stages and changes of agency: what the control slip prints."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

import plan
from applications.models import AgencyMove, Dossier, Move, Sheet, Stage
from applications.moving_visits import NAME as MOVE_VISIT
from applications.moving_visits import moved_of
from applications.states import State
from documents.letterforms import HandOver
from organisations.models import Agency

OFFICE = "Văn phòng UBND tỉnh"
# Who has the dossier in a state; the receiving agency in all others.
# A decision that is recalled comes back from where it was made.
CHAIR_SIDE = (State.TEAM_PROPOSED, State.FORWARDED, State.APPROVED, State.REFUSED)
FIRM_SIDE = (State.DRAFT, State.SUPPLEMENT_REQUESTED)
NOTES = {
    "submit": "Nộp hồ sơ", "request_supplement": "Yêu cầu bổ sung", "decline": "Từ chối tiếp nhận",
    "propose_team": "Đề xuất tổ kiểm tra", "assign_team": "Phân công tổ", "conclude_visit": "Có phiếu xác nhận",
    "reinspect": "Kiểm tra lại", "forward": "Trình Chủ tịch", "send_back": "Trả lại để làm rõ",
    "approve": "Đồng ý", "refuse": "Không đồng ý", "withdraw": "Doanh nghiệp rút",
    "record_approval": "Đồng ý, văn bản ký trên giấy", "record_refusal": "Không đồng ý, văn bản ký trên giấy",
    "recall": "Thu hồi văn bản", "move_visit": "Đổi lịch, giao tổ khác",
}  # fmt: skip


def hand_overs(dossier: Dossier) -> tuple[HandOver, ...]:
    """In the order of time; moves inside one office are no hand-over.

    Of an expired case file nobody knows whether a visit that was moved passed to another team: no row says so.
    """
    moves = list(dossier.moves.select_related("by").order_by("at", "pk"))
    changes = list(dossier.agency_moves.select_related("from_agency", "to_agency").order_by("at", "pk"))
    stages = list(dossier.stages.order_by("opened_at", "pk"))
    sheets = list(dossier.sheets.select_related("team").order_by("signed_at", "pk"))
    found: list[tuple[datetime, HandOver]] = []
    for move, following in pairwise([*moves, None]):
        if move is None:
            continue
        agency = _agency(dossier, changes, before=move.at)
        giver = _office(dossier, move.from_state, agency, _team(dossier, moves, sheets, at=move.at))
        taker = _office(dossier, move.to_state, agency, _team(dossier, moves, sheets, at=move.at, after=True))
        if move.to_state in (State.APPROVED, State.REFUSED, State.DECLINED):
            taker = dossier.site.enterprise.name
        if giver != taker and (move.name != MOVE_VISIT or moved_of(move)):
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


def _team(
    dossier: Dossier, moves: Iterable[Move], sheets: Iterable[Sheet], *, at: datetime, after: bool = False
) -> str:
    """The team before that instant, or after: the next thing that says of it which it was, else the present one."""
    moved = [(move.at, moved_of(move)) for move in moves if move.name == MOVE_VISIT]
    named = [(when, each.was.team_name if each is not None else "") for when, each in moved]
    told = [row for row in named if row[0] > at or (row[0] == at and not after)]
    told += [(sheet.signed_at, sheet.team.name) for sheet in sheets if sheet.signed_at >= at]
    return min(told, key=lambda row: row[0])[1] if told else dossier.team.name if dossier.team else ""


def _office(dossier: Dossier, state: str, agency: Agency, team: str) -> str:
    if state in FIRM_SIDE:
        return dossier.site.enterprise.name
    if state in CHAIR_SIDE:
        return OFFICE
    if state == State.TEAM_ASSIGNED and team:
        return team
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
