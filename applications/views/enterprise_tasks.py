"""The task list of a draft: what is done, what is next, what keeps it from being submitted."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import guards, lifecycle
from applications.actors import Actor, may_act
from applications.handing import preparer
from applications.models import CounterFiling, Dossier
from applications.slot_states import SlotState, cap_of, paper_states
from applications.supplement_rows import rows_of
from applications.supplements import open_of
from applications.views.answering import unmet_parts
from applications.views.enterprise_papers import paper_tasks
from applications.views.links import mend_links
from applications.views.plan_tasks import plan_step, plan_tasks, step_words
from organisations.models import Membership, Representative
from pages import parts
from pages.templatetags.ui import vn_date, vn_number


def _tag(done: bool, begun: bool) -> parts.Tag:
    if done:
        return parts.Tag(_("Xong"), "ok", "check-circle")
    return (
        parts.Tag(_("Đang làm"), "info", "pencil")
        if begun
        else parts.Tag(_("Chưa bắt đầu"), "calm", "circle")
    )


def _all(*values: Any) -> tuple[bool, bool]:
    return all(values), any(values)


def answer_tasks(dossier: Dossier, *, at: datetime) -> list[tuple[str, parts.Task]]:
    """The three parts of answers as (part, task)."""
    authorised = dossier.signer_capacity == Representative.Capacity.AUTHORISED
    rows = [
        ("production", _("Chọn hình thức sản xuất, ngày bắt đầu"), "building", _production_line(dossier),
         _all(dossier.mode, dossier.requested_start_on)),
        ("baseline", _("Ghi số lao động hiện có"), "people", _baseline_line(dossier, at=at),
         _all(dossier.baseline, dossier.baseline_as_of, guards.is_there(dossier.baseline_evidence),
              dossier.enterprise_total)),
        ("signer", _("Ghi người ký và liên hệ"), "pen", _signer_line(dossier),
         _all(dossier.signed_on, dossier.signer_name and dossier.signer_title and dossier.signer_capacity,
              dossier.contact_name and dossier.contact_phone,
              not authorised or guards.is_there(dossier.signer_authorisation))),
    ]  # fmt: skip
    return [
        (
            part,
            parts.Task(
                label, reverse("dossiers:answers", args=[dossier.reference, part]), hint=line, icon=icon,
                tag=_tag(done, begun and bool(line)),
            ),
        )
        for part, label, icon, line, (done, begun) in rows
    ]  # fmt: skip


def _production_line(dossier: Dossier) -> str:
    words = [str(dossier.get_mode_display()) if dossier.mode else ""]
    if dossier.requested_start_on:
        words.append(_("từ %(day)s") % {"day": vn_date(dossier.requested_start_on)})
    return ", ".join(filter(None, words))


def _baseline_line(dossier: Dossier, *, at: datetime) -> str:
    cap = cap_of(dossier, at=at)
    if cap is None:
        return ""
    if cap.limit is None:
        return _("%(n)s người, không giới hạn") % {"n": vn_number(dossier.baseline)}
    values = {"n": vn_number(dossier.baseline), "cap": vn_number(cap.limit)}
    return _("%(n)s người, tháng đầu tối đa %(cap)s") % values


def _signer_line(dossier: Dossier) -> str:
    words = [dossier.signer_name]
    if dossier.signed_on:
        words.append(_("ký ngày %(day)s") % {"day": vn_date(dossier.signed_on)})
    return ", ".join(filter(None, words))


def task_context(request: HttpRequest, dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    """What the task list shows: the next thing, groups of tasks, and the submission, open or locked."""
    states = paper_states(dossier, at=at)
    answers = answer_tasks(dossier, at=at)
    unmet = lifecycle.unmet("submit", dossier, by=request.user, at=at)
    plan_rows = plan_tasks(dossier, at=at)
    next_part, step, next_slot = _first_open(answers, plan_rows, states)
    return {
        "answers": [
            _marked(task, part == next_part and not next_slot and step is None) for part, task in answers
        ],
        "plan_tasks": [_marked(task, task is step) for task in plan_rows],
        "papers": paper_tasks(dossier, states, next_code=next_slot),
        "papers_done": sum(1 for state in states if state.tag.tone == "ok"),
        "papers_count": len(states) - 1,
        "all_count": len(states),
        "unmet": unmet_parts(unmet, link=mend_links(dossier)),
        "next": step_words(step, plan_rows)
        if step is not None
        else _next(dossier, answers, states, next_part, next_slot, ready=not unmet),
        "may_submit": may_act(Actor.SUBMITTER, dossier, by=request.user, at=at),
        "submitters": submitters(dossier),
        "asked": asked_of(dossier, at=at),
        "preparer": preparer(dossier),
        "counter": CounterFiling.objects.filter(dossier=dossier).select_related("officer").first(),
    }


def _first_open(
    answers: list[tuple[str, parts.Task]], plan_rows: list[parts.Task], states: list[SlotState]
) -> tuple[str, parts.Task | None, str]:
    """What comes next: a part of the answers, a step of the plan, or a paper; one that came back goes first."""
    part = next((part for part, task in answers if task.tag and task.tag.tone != "ok"), "")
    returned = next((state for state in states if state.tag.tone == "late"), None)
    if returned is not None:
        return part, None, _code(returned)
    step = None
    if part in ("", "signer"):
        step = plan_step(plan_rows, {state.code for state in states if state.paper is not None})
    if part or step is not None:
        return part, step, ""
    return part, None, _code(next((state for state in states if not state.is_done), None))


def asked_of(dossier: Dossier, *, at: datetime) -> dict[str, Any] | None:
    """The supplement that waits, with its items."""
    supplement = open_of(dossier)
    if supplement is None:
        return None
    return {"supplement": supplement, "items": rows_of(dossier, supplement, at=at)}


def _code(state: SlotState | None) -> str:
    return state.code if state else ""


def _marked(task: parts.Task, is_next: bool) -> parts.Task:
    return parts.Task(task.label, task.url, task.hint, task.icon, task.tag, is_next)


def _next(
    dossier: Dossier, answers: list[tuple[str, parts.Task]], states: list[SlotState], part: str, slot: str, *,
    ready: bool,
) -> dict[str, str]:  # fmt: skip
    """The one thing to do now: its words, address and tone."""
    if slot:
        state = next(each for each in states if each.code == slot)
        left = sum(1 for each in states if not each.is_done)
        line = ngettext("Còn %(n)d giấy tờ.", "Còn %(n)d giấy tờ.", left) % {"n": left}
        url = reverse("dossiers:paper", args=[dossier.reference, slot]) + state.anchor
        if state.tag.tone in ("late", "wait"):
            return {"title": _("Sửa: %(paper)s") % {"paper": state.slot.title}, "line": state.line, "url": url,
                    "label": _("Sửa giấy tờ"), "tone": state.tag.tone}  # fmt: skip
        return {"title": _("Tải lên: %(paper)s") % {"paper": state.slot.title}, "line": line, "url": url,
                "label": _("Tải giấy tờ lên"), "tone": "info"}  # fmt: skip
    if part:
        task = next(task for key, task in answers if key == part)
        return {"title": task.label, "line": _("Trả lời được ngay, không cần giấy tờ."), "url": task.url,
                "label": _("Trả lời"), "tone": "info"}  # fmt: skip
    url = reverse("dossiers:check", args=[dossier.reference])
    if ready:
        return {"title": _("Kiểm tra rồi nộp hồ sơ"), "line": _("Đủ giấy tờ bắt buộc. Đọc lại một lượt rồi nộp."),
                "url": url, "label": _("Kiểm tra trước khi nộp"), "tone": "ok"}  # fmt: skip
    return {"title": _("Xem điều còn thiếu"), "line": _("Giấy tờ đã đủ, còn vài điều cần sửa trước khi nộp."),
            "url": url, "label": _("Kiểm tra trước khi nộp"), "tone": "wait"}  # fmt: skip


def submitters(dossier: Dossier) -> str:
    """Names of those who may submit for the enterprise."""
    rows = Membership.objects.filter(
        enterprise=dossier.site.enterprise_id, level=Membership.Level.SUBMIT, ended_at__isnull=True
    )
    return ", ".join(row.user.full_name for row in rows.select_related("user").order_by("pk"))
