"""The case on one page: what holds and what needs a look, each with its source; and the road so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

import plan
from applications.briefings import notes_on
from applications.declared import permit_terms
from applications.models import Advice, Dossier, Move, Opinion, Paper, PaperPermit, Sheet
from applications.packing.slots import PLAN
from applications.states import State
from inspections.models import Finding
from organisations.plan_in_force import rules_on
from pages.parts import Evidence, Stage, Why
from pages.templatetags.ui import vn_number

SHEET = (
    "pk", "verdict", "remarks", "visited_at", "letter", "team__name", "signed_by__full_name", "has_failed",
)  # fmt: skip
LOST = frozenset({State.REFUSED, State.DECLINED, State.WITHDRAWN})


@dataclass(frozen=True)
class Past:
    """What came before: the dossier's moves in their order, of each `name`, `at` and `note`; how many other dossiers
    of the site came to nothing; the newest permit that it was given on paper; whether an agency was asked, and whether
    the Office has written on the advice in force."""

    moves: Sequence[Mapping[str, Any]]
    lost: int = 0
    permit: Mapping[str, Any] | None = None
    asked: bool = False
    briefed: bool = False


def past_of(dossier: Dossier) -> Past:
    """All of it in one query: the site's few moves, with the permit beside each."""
    terms = {name: f"permit__{name}" for name in ("phase", "starts_on", "until")}
    entered = PaperPermit.objects.filter(permit__site=dossier.site_id).order_by("-signed_on", "-pk")
    newest = Subquery(entered.values(all=JSONObject(pk="pk", number="number", **terms))[:1])
    asked = Exists(Opinion.objects.filter(dossier=dossier.pk).order_by())
    briefed = Exists(notes_on(dossier).order_by())
    rows = Move.objects.filter(dossier__site=dossier.site_id).order_by("at", "pk")
    columns = ("dossier", "dossier__state", "name", "at", "note")
    found = list(rows.values(*columns, permit=newest, asked=asked, briefed=briefed))
    others = {row["dossier"] for row in found if row["dossier__state"] in LOST} - {dossier.pk}
    return Past(
        [row for row in found if row["dossier"] == dossier.pk],
        len(others),
        found[0]["permit"] if found else None,
        any(row["asked"] for row in found),
        any(row["briefed"] for row in found),
    )


def evidence(dossier: Dossier, advice: Advice | None, past: Past, *, on: date) -> list[Evidence]:
    """Lines for who decides: papers, number of workers, visit, history."""
    return [
        _papers(dossier),
        _workers(dossier, advice),
        *_visit(dossier),
        *_slips(dossier),
        _history(past),
        *_on_paper(dossier, past.permit, on=on),
    ]


def _papers(dossier: Dossier) -> Evidence:
    current = dossier.papers.filter(replaced_at__isnull=True).order_by("slot")
    papers = dict(current.values_list("slot", "verdict"))
    rules = rules_on(plan.local_day(dossier.submitted_at)).phase(dossier.phase)
    slots = rules.slots()
    signed_plan = papers.pop(PLAN, None)
    in_order = sum(verdict == Paper.Verdict.IN_ORDER for verdict in papers.values())
    absent = [slot for slot in slots if slot.code not in papers]
    later = ", ".join(slot.title for slot in absent if not slot.required)
    excused = ", ".join(slot.title for slot in absent if slot.required)  # handing in asks for a reason
    title = _("%(n)s trên %(all)s giấy tờ đạt") % {"n": in_order, "all": len(slots)}
    lines = [
        *([_("Nộp sau: %(papers)s") % {"papers": later}] if later else []),
        *([_("Không cần, có lý do: %(papers)s") % {"papers": excused}] if excused else []),
    ]
    line = "; ".join([_plan_words(signed_plan), *(lines or [_("Không thiếu giấy tờ nào")])])
    holds = in_order == len(papers) and signed_plan == Paper.Verdict.IN_ORDER
    tone = "ok" if holds else "wait"
    return Evidence(title, line, tone, reverse("dossiers:detail", args=[dossier.reference]), _("Xem"))


def _plan_words(verdict: str | None) -> str:
    """How the signed plan stands, which is none of the listed papers; None where it was never handed in."""
    if verdict is None:
        return _("Chưa có phương án đã ký")
    return _("Phương án đã ký: đạt") if verdict == Paper.Verdict.IN_ORDER else _("Phương án đã ký: chưa đạt")


def _workers(dossier: Dossier, advice: Advice | None) -> Evidence:
    count, cap = dossier.listed_workers or 0, dossier.cap
    title = _("%(n)s người trong danh sách, tối đa %(cap)s") % {
        "n": count,
        "cap": cap if cap is not None else "–",
    }
    line = _("%(baseline)s lao động hiện có, tính đến %(day)s") % {
        "baseline": vn_number(dossier.baseline or 0),
        "day": f"{dossier.baseline_as_of:%d/%m/%Y}" if dossier.baseline_as_of else "–",
    }
    why = Why(
        clause=dossier.cap_clause,
        clause_url=reverse("plan_clause", args=[dossier.cap_clause]),
        value=_("tối đa %(cap)s người trên %(baseline)s") % {"cap": cap, "baseline": dossier.baseline},
        on=plan.local_day(dossier.submitted_at),
    ) if cap is not None else None  # fmt: skip
    within = cap is None or (count <= cap and (advice is None or advice.cap is None or advice.cap <= cap))
    return Evidence(title, line, "ok" if within else "late", why=why)


def _visit(dossier: Dossier) -> list[Evidence]:
    has_failed = Exists(Finding.objects.filter(visit__sheet=OuterRef("pk"), in_order=False))
    sheet = dossier.sheets.annotate(has_failed=has_failed).values(*SHEET).first()
    if sheet is None:
        return [Evidence(_("Chưa có phiếu xác nhận kiểm tra"), tone="late")]
    verdict = Sheet.Verdict(sheet["verdict"])
    tone = "ok" if verdict == Sheet.Verdict.PASSED else "late"
    title = _("Kiểm tra tại cơ sở: %(verdict)s") % {"verdict": str(verdict.label).lower()}
    day = plan.local_day(sheet["visited_at"])
    line = f"{sheet['team__name']}, {sheet['signed_by__full_name']}, {day:%d/%m/%Y}"
    url = reverse("documents:letter", args=[sheet["letter"]])
    remarks = Evidence(_("Nhận xét của tổ"), sheet["remarks"], "ok" if tone == "ok" else "wait")
    failed = _failed(dossier, sheet["pk"], on=day) if sheet["has_failed"] else []
    return [Evidence(title, line, tone, url, _("Phiếu xác nhận")), *failed, remarks]


def _failed(dossier: Dossier, sheet: int, *, on: date) -> list[Evidence]:
    """What the team found not to be in order, item by item."""
    titles = {slot.code: slot.title for slot in rules_on(on).phase(dossier.phase).papers()}
    return [
        Evidence(_("Chưa đạt: %(item)s") % {"item": titles.get(row.item, row.item)}, row.remark, "late")
        for row in Finding.objects.filter(visit__sheet=sheet, in_order=False).order_by("pk")
    ]


def _slips(dossier: Dossier) -> list[Evidence]:
    count, slips = dossier.listed_workers or 0, dossier.slips_count or 0
    if not count:
        return []
    if slips >= count:
        return [Evidence(_("Đủ phiếu tiêm chủng: %(n)s") % {"n": slips})]
    title = _("%(n)s phiếu tiêm chủng cho %(count)s người") % {"n": slips, "count": count}
    return [Evidence(title, dossier.slips_missing_reason, "wait")]


def _history(past: Past) -> Evidence:
    back = [move for move in past.moves if move["name"] == "send_back"]
    if back:
        line = _("Câu hỏi lần trước: %(question)s") % {"question": back[-1]["note"]}
        return Evidence(_("Đã trả lại để làm rõ %(n)s lần") % {"n": len(back)}, line, "wait")
    if past.lost:
        words = _("%(n)s hồ sơ trước không được chấp nhận hoặc đã rút")
        return Evidence(words % {"n": past.lost}, tone="wait")
    return Evidence(_("Không có hồ sơ nào trước đó bị từ chối"))


def _on_paper(dossier: Dossier, permit: Mapping[str, Any] | None, *, on: date) -> list[Evidence]:
    """The site's permit from before the portal; a look is needed while one of the same phase goes on."""
    if permit is None:
        return []
    since, until = (permit[name] and date.fromisoformat(permit[name]) for name in ("starts_on", "until"))
    goes_on = permit["phase"] == dossier.phase and (until is None or until >= on)
    title = _("Đã có văn bản đồng ý số %(number)s, nhập từ giấy") % {"number": permit["number"]}
    line = permit_terms(permit["phase"], since, until, on=on)
    url = reverse("dossiers:paper_permit_one", args=[permit["pk"]])
    return [Evidence(title, line, "wait" if goes_on else "ok", url, _("Xem"))]


STEPS = (
    ("submit", gettext_lazy("Nộp")),
    ("accept", pgettext_lazy("event", "Tiếp nhận")),
    ("assign_team", pgettext_lazy("event", "Phân công tổ")),
    ("conclude_visit", pgettext_lazy("event", "Kiểm tra")),
    ("forward", gettext_lazy("Trình")),
)


def road(dossier: Dossier, past: Past) -> list[Stage]:
    """The steps taken, each with its day, and the one that is open."""
    days = {move["name"]: plan.local_day(move["at"]) for move in past.moves}
    steps = [
        Stage(str(label), f"{days[name]:%d/%m}" if name in days else "", "done" if name in days else "")
        for name, label in STEPS
    ]
    due = f"{plan.local_day(dossier.due_at):%d/%m}" if dossier.due_at else ""
    last = Stage(_("Quyết định"), _("hạn %(day)s") % {"day": due} if due else "", "now", "info", "pen")
    return [*steps, last]
