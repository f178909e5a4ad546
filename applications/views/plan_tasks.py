"""The plan's questionnaire and the drafted papers as rows of the task list."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import drafting, plan_answers
from applications.forms.plan_parts import SHAPES
from applications.models import Dossier
from applications.plan_open import open_items
from applications.plan_rows import open_row
from applications.plan_words import titles
from pages import parts

ICONS = {
    "work": "calendar-check",
    "lodging": "building",
    "isolation": "signpost",
    "meals": "people",
    "testing": "clipboard-check",
    "team": "shield-lock",
}


def plan_tasks(dossier: Dossier, *, at: datetime) -> list[parts.Task]:
    """One row a part with what is open in it, then the check and the drafted papers; one query."""
    row = open_row(dossier)
    answers = plan_answers.read(row.answers if row else {})
    open_by_part: dict[str, int] = {}
    for item in open_items(dossier, answers, row.unread if row else {}, at=at):
        open_by_part[item.part] = open_by_part.get(item.part, 0) + 1
    tasks = [
        _task(dossier, part, open_by_part.get(part, 0), begun=row is not None and part in row.unread)
        for part in SHAPES
    ]
    return [*tasks, _drafts_task(dossier, sum(open_by_part.values()), begun=row is not None)]


def plan_step(tasks: list[parts.Task], filed: set[str]) -> parts.Task | None:
    """The row to go on with, until one of the drafted papers has come back signed."""
    if filed & set(drafting.WORDINGS):
        return None
    return next((task for task in tasks if task.tag is None or task.tag.tone != "ok"), tasks[-1])


def step_words(task: parts.Task, tasks: list[parts.Task]) -> dict[str, str]:
    """The same as the one thing to do now."""
    if task is tasks[-1]:
        line = _("Cổng đã soạn xong từ câu trả lời. Đọc lại, in, ký, đóng dấu.")
        return {"title": _("In và ký giấy tờ đã soạn"), "line": line, "url": task.url, "label": _("Xem giấy tờ"),
                "tone": "info"}  # fmt: skip
    line = _("Trả lời sáu phần ngắn; cổng soạn sẵn các giấy tờ để in và ký.")
    return {"title": _("Phương án: %(part)s") % {"part": task.label}, "line": line, "url": task.url,
            "label": _("Trả lời"), "tone": "info"}  # fmt: skip


def _task(dossier: Dossier, part: str, count: int, *, begun: bool) -> parts.Task:
    title, lead = titles()[part]
    hint = lead
    if not count:
        tag = parts.Tag(_("Xong"), "ok", "check-circle")
    elif begun:
        tag = parts.Tag(_("Đang làm"), "info", "pencil")
        hint = ngettext("Còn %(n)d chỗ", "Còn %(n)d chỗ", count) % {"n": count}
    else:
        tag = parts.Tag(_("Chưa bắt đầu"), "calm", "circle")
    url = reverse("dossiers:plan_part", args=[dossier.reference, part])
    return parts.Task(title, url, hint=hint, icon=ICONS[part], tag=tag)


def _drafts_task(dossier: Dossier, count: int, *, begun: bool) -> parts.Task:
    """Where the answers lead: papers to read, print and sign."""
    name = "drafts" if begun else "plan"
    hint = _("Phương án, công văn, cam kết, các quy định và kế hoạch: soạn sẵn để in, ký.")
    tag = parts.Tag(_("Sẵn sàng in"), "ok", "check-circle") if begun and not count else None
    url = reverse(f"dossiers:{name}", args=[dossier.reference])
    return parts.Task(_("Soạn giấy tờ"), url, hint=hint, icon="journal-text", tag=tag)
