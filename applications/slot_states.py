"""How each paper of a dossier stands: the rows of the task list, of the check page and of the papers page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import plan
from applications import guards, later_papers, supplements
from applications.filing import EDITABLE
from applications.models import Dossier, Paper, RefusedList
from applications.packing.slots import PLAN
from organisations.plan_in_force import rules_at
from pages import parts
from pages.templatetags.ui import vn_date, vn_moment, vn_number
from workers.worker_list_faults import kept

# Where the page of the worker list says why a list was not taken.
FAULTS = "#list-problems"


@dataclass(frozen=True)
class SlotState:
    """One slot: its number in the plan's order, its law, its present paper, and how it shows.

    The signed plan itself, which is none of the listed papers, has the number 0.
    """

    number: int
    slot: Any
    paper: Paper | None
    waiting: int
    tag: parts.Tag
    line: str
    # The place on the slot's page where it says what is wrong; empty where nothing is.
    anchor: str = ""

    @property
    def code(self) -> str:
        """The slot's code, as in addresses."""
        return str(self.slot.code)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here before submitting."""
        return self.tag.tone in {"ok", "calm"} and self.tag.icon != "circle"


def law_day(dossier: Dossier, *, at: datetime) -> datetime:
    """The instant whose rules hold: of the submission, and of now for what is about to be submitted (again).

    `guards.submission` and `filing.submit` judge a submission by its own day; the pages before it do the same.
    """
    return dossier.submitted_at if dossier.submitted_at and dossier.state not in EDITABLE else at


def slots_of(dossier: Dossier, *, at: datetime) -> tuple[Any, ...]:
    """The signed plan and the slots of the dossier's phase, by the law of its day."""
    return tuple(rules_at(law_day(dossier, at=at)).phase(dossier.phase).papers())


def paper_states(dossier: Dossier, *, at: datetime) -> list[SlotState]:
    """The signed plan, then all slots; three queries."""
    papers = guards.current_papers(dossier)
    waiting: dict[str, int] = {}
    for slot in dossier.uploads.order_by("pk").values_list("slot", flat=True):
        waiting[slot] = waiting.get(slot, 0) + 1
    cap = cap_of(dossier, at=at)
    limit = cap.limit if cap else None
    states = [
        _state(dossier, number, slot, papers.get(slot.code), waiting.get(slot.code, 0), limit)
        for number, slot in enumerate(slots_of(dossier, at=at))
    ]
    refused = RefusedList.objects.filter(dossier=dossier).first() if dossier.state in EDITABLE else None
    if refused is None:
        return states
    return [_refused(each, refused) if each.code == "worker_list" else each for each in states]


def _refused(state: SlotState, refused: RefusedList) -> SlotState:
    """The list's slot while a list that was sent was not taken; the one in use before stays what it is."""
    faults = kept(refused.faults)
    rows = _("%(bad)s trên %(count)s dòng cần sửa. Xem từng ô rồi tải lại.")
    why = faults.message or rows % {"bad": vn_number(faults.bad), "count": vn_number(faults.count)}
    words = _("Bản gửi lúc %(at)s chưa nhận được: %(why)s") % {"at": vn_moment(refused.at), "why": why}
    if state.paper is not None:
        return replace(state, line=f"{state.line} · {words}", anchor=FAULTS)
    return replace(
        state, tag=parts.Tag(_("Cần sửa"), "wait", "exclamation-circle"), line=words, anchor=FAULTS
    )


def cap_of(dossier: Dossier, *, at: datetime) -> plan.Cap | None:
    """The cap by the law of the dossier's day; None without a baseline."""
    return guards.cap_by(rules_at(law_day(dossier, at=at)).phase(dossier.phase), dossier)


def _state(
    dossier: Dossier, number: int, slot: Any, paper: Paper | None, waiting: int, limit: int | None
) -> SlotState:
    tag, line = _look(dossier, slot, paper, waiting, limit)
    return SlotState(number, slot, paper, waiting, tag, line)


def _look(
    dossier: Dossier, slot: Any, paper: Paper | None, waiting: int, limit: int | None
) -> tuple[parts.Tag, str]:
    if waiting:
        words = ngettext("%(n)d tệp đang chờ", "%(n)d tệp đang chờ", waiting) % {"n": waiting}
        return parts.Tag(_("Đang làm"), "info", "pencil"), words
    if guards.excused(dossier, slot.code) and paper is None:
        return parts.Tag(_("Xong"), "ok", "check-circle"), excuse(dossier, slot.code)
    if paper is None and not slot.required:
        return parts.Tag(_("Nộp sau được"), "calm", "clock"), later_line(dossier, slot)
    if paper is None and guards.goes_without(dossier, slot.code) and not _is_asked_for(dossier, slot.code):
        return parts.Tag(_("Không đòi"), "calm", "dash"), _plan_line(dossier)
    if paper is None:
        return parts.Tag(_("Chưa bắt đầu"), "calm", "circle"), _plan_line(
            dossier
        ) if slot.code == PLAN else ""
    if paper.verdict == Paper.Verdict.RETURNED:
        return parts.Tag(_("Trả lại"), "late", "arrow-return-left"), paper.reason
    if paper.verdict == Paper.Verdict.IN_ORDER:
        return parts.Tag(_("Đạt"), "ok", "check-circle-fill"), paper_line(dossier, paper)
    if limit is not None and (paper.rows or 0) > limit:
        values = {"n": vn_number(paper.rows), "cap": vn_number(limit)}
        return parts.Tag(_("Cần sửa"), "wait", "exclamation-circle"), _(
            "%(n)s người, tối đa %(cap)s"
        ) % values
    short = slot.code == "vaccination_slips" and _slips_short(dossier)
    if short:
        return parts.Tag(_("Đang làm"), "info", "pencil"), short
    return parts.Tag(_("Xong"), "ok", "check-circle"), paper_line(dossier, paper)


def _is_asked_for(dossier: Dossier, slot: str) -> bool:
    supplement = supplements.open_of(dossier)
    return supplement is not None and any(item["about"] == slot for item in supplement.items)


def _plan_line(dossier: Dossier) -> str:
    """What is said of a signed plan that is not there; a dossier from before it was asked for has none."""
    if dossier.state in EDITABLE and dossier.submitted_at is None:
        return _("Bắt buộc: in, ký, đóng dấu cùng bộ giấy tờ; đứng đầu tập hồ sơ")
    return _("Chưa có bản ký")


def excuse(dossier: Dossier, slot: str) -> str:
    """Why a slot may stay empty, in the enterprise's answer."""
    if slot == "caterer_information":
        return _("Bếp của cơ sở, không có đơn vị bên ngoài")
    return _("Không có: %(reason)s") % {"reason": dossier.certificate_reason}


def later_line(dossier: Dossier, slot: Any) -> str:
    """Until when a paper may follow: a date as soon as a permit says when the site starts."""
    if slot.due_days_after_start is None:
        return _("Không bắt buộc")
    if (due := later_papers.last_day(dossier, slot.code)) is None:
        return _("Nộp sau, trong %(days)s ngày từ ngày bắt đầu") % {"days": slot.due_days_after_start}
    return _("Nộp sau, chậm nhất %(day)s") % {"day": vn_date(due)}


def paper_line(dossier: Dossier, paper: Paper) -> str:
    """What a filed paper holds: "3 trang", or the people of the list, or the slips."""
    if paper.rows is not None:
        rows = vn_number(paper.rows)
        return _("%(n)s người, đọc được cả %(n)s dòng") % {"n": rows}
    pages = ngettext("%(n)d trang", "%(n)d trang", paper.pages) % {"n": paper.pages}
    if paper.slot == "vaccination_slips" and dossier.slips_count is not None:
        return _("%(slips)s phiếu, %(pages)s") % {"slips": vn_number(dossier.slips_count), "pages": pages}
    return pages


def _slips_short(dossier: Dossier) -> str:
    """What is missing beside the slips: their number, or the reason why there are fewer than workers."""
    if dossier.slips_count is None:
        return _("Chưa ghi số phiếu")
    listed = dossier.listed_workers or 0
    if dossier.slips_count < listed and not dossier.slips_missing_reason.strip():
        return _("Thiếu %(n)s phiếu, chưa ghi lý do") % {"n": vn_number(listed - dossier.slips_count)}
    return ""
