"""A dossier as officials see it: the papers, what to look for, the deadline, and what may be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

import plan
from applications import case_facts, desk_more, guards, later_papers, library, queue, receiving, review
from applications.actors import Actor, may_act
from applications.acts import acts_of
from applications.cross_checks import SIGNED, beside, compared
from applications.forms.desk import ReturnForm
from applications.models import Dossier, LibraryText, Paper
from applications.opinions import may_read as may_read_opinions
from applications.plan_words import plan_answered
from applications.promises import Promise, promises
from applications.review import SlotRow
from applications.sight import may_open, reads_letters, works_on
from applications.states import CLOSED, State
from applications.supplement_rows import answered
from applications.talking import may_note, unread
from applications.ticking import points
from applications.views.answering import REFUSED, UNTRIED, Attempt, attempting
from applications.views.desk_papers import note_opening
from applications.views.desk_queue import KEPT, LONGEST
from applications.views.fetching import dossier_or_404
from applications.visit_clashes import gone_by
from applications.worker_rows import FirstRows, first_rows
from documents.models import Letter
from organisations.querysets import surely_sees
from pages import parts

PAGES_SHOWN = 40
DUE_FOR = {
    State.SUBMITTED: gettext_lazy("Trả lời doanh nghiệp"),
    State.SUPPLEMENT_REQUESTED: gettext_lazy("Trả lời doanh nghiệp"),
    State.ACCEPTED: gettext_lazy("Đề xuất tổ kiểm tra"),
    State.TEAM_PROPOSED: gettext_lazy("Phân công tổ"),
    State.TEAM_ASSIGNED: gettext_lazy("Kiểm tra tại cơ sở"),
    State.INSPECTED: gettext_lazy("Trình Chủ tịch"),
    State.FORWARDED: gettext_lazy("Quyết định"),
}


def case(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The case: its papers, or with ?tab= what was declared, or how the visit and the advice went."""
    if request.GET.get("tab") in TABS:
        return _facts_tab(request, dossier, request.GET["tab"])
    form = ReturnForm() if "return" in request.GET else None
    return show(request, dossier, at=timezone.now(), form=form)


@require_POST
def mark(request: HttpRequest, ref: str) -> HttpResponse:
    """Marks one paper in order, or returned with words; then on to the next that nobody has read."""
    now, back = timezone.now(), Back.of(request.POST.get("back", ""))
    dossier = dossier_or_404(request, ref)
    if not may_act(Actor.RECEIVER, dossier, by=request.user, at=now):
        raise PermissionDenied
    paper = dossier.papers.select_related("dossier").filter(pk=_number(request.POST.get("paper"))).first()
    verdict = request.POST.get("verdict", "")
    if paper is not None and request.POST.get("step") == "edit":  # a text of the library was put in
        texts = _texts(dossier, at=now)
        form = ReturnForm(initial=library.with_return(request.POST, texts))
        return show(request, dossier, at=now, form=form, paper=paper, back=back)
    if paper is None or verdict not in {Paper.Verdict.IN_ORDER, Paper.Verdict.RETURNED}:
        return redirect(back.case_url(dossier))
    form = ReturnForm(request.POST) if verdict == Paper.Verdict.RETURNED else None
    attempt = Attempt(status=REFUSED)
    if form is None or form.is_valid():
        words = form.cleaned_data if form is not None else {}
        attempt = attempting(
            request,
            lambda: receiving.mark_paper(paper=paper, verdict=verdict, by=request.user, at=now, **words),
            form=form,
        )
    if not attempt.done:
        return show(request, dossier, at=now, form=form, paper=paper, attempt=attempt, back=back)
    rows = review.rows_of_slots(dossier, at=now)
    here = _current(rows, None, paper)
    following = review.next_unseen(rows, after=here.number) or here
    return redirect(back.case_url(dossier, paper=following.key))


@require_POST
def claim(request: HttpRequest, ref: str) -> HttpResponse:
    """The officer takes the dossier; the second of two is told who was first."""
    dossier = dossier_or_404(request, ref)
    back = Back.of(request.POST.get("back", ""))
    attempt = attempting(
        request, lambda: receiving.take_in_hand(dossier=dossier, by=request.user, at=timezone.now())
    )
    if attempt.value:
        messages.success(request, _("Anh/chị đang giữ hồ sơ %(code)s.") % {"code": dossier.reference})
    else:
        dossier.refresh_from_db(fields=["handled_by"])
        if dossier.handled_by is None:  # given back between the two looks
            words = _("Hồ sơ %(code)s vừa được trả lại. Bấm nhận thêm một lần.")
            messages.warning(request, words % {"code": dossier.reference})
        elif dossier.handled_by_id != request.user.pk:
            name = dossier.handled_by.full_name
            words = _("Hồ sơ %(code)s đã có %(name)s giữ.") % {"code": dossier.reference, "name": name}
            messages.warning(request, words)
    return redirect(back.case_url(dossier))


def _texts(dossier: Dossier, *, at: datetime) -> list[LibraryText]:
    """Reasons that the agency has worded, for a paper that goes back."""
    return library.in_force(dossier.receiving_agency_id, library.Kind.REASON, on=plan.local_day(at))


@dataclass(frozen=True)
class Back:
    """The way back to the list, with its filters and position, carried through the pages of a case."""

    query: str
    label: str

    @classmethod
    def of(cls, text: str) -> "Back":
        asked = QueryDict(text[:600])
        kept = {name: value for name in KEPT if (value := asked.get(name, "")[:LONGEST])}
        labels = {group.name: group.label for group in queue.GROUPS if group.name}
        label = str(labels.get(kept.get("group", ""), ""))
        whole = _("Hồ sơ")
        return cls(urlencode(kept), f"{whole}, {label[:1].lower()}{label[1:]}" if label else whole)

    @property
    def list_url(self) -> str:
        """The list as it was left."""
        return reverse("dossiers:list") + (f"?{self.query}" if self.query else "")

    @property
    def tail(self) -> str:
        """What the links inside the case carry on."""
        return f"&back={quote(self.query, safe='')}" if self.query else ""

    def case_url(self, dossier: Dossier, *, paper: str = "") -> str:
        """The case, at one of its papers (review.SlotRow.key)."""
        query = f"paper={paper}{self.tail}" if paper else self.tail[1:]
        return reverse("dossiers:detail", args=[dossier.reference]) + (f"?{query}" if query else "")


def show(
    request: HttpRequest, dossier: Dossier, *, at: datetime, form: ReturnForm | None = None,
    paper: Paper | None = None, attempt: Attempt = UNTRIED, back: Back | None = None,
) -> HttpResponse:  # fmt: skip
    """The papers of a case; also what a refused or late marking comes back to, with what was typed."""
    back = back or Back.of(request.GET.get("back", ""))
    rows = review.rows_of_slots(dossier, at=at)
    current = _current(rows, request.GET.get("paper"), paper)
    around = _frame(request, dossier, rows, back, at=at)
    new = around["answered"]["new"] if around["answered"] else set()
    reads = around["receives"] and receiving.may_mark(dossier, current.code)
    markable = current.paper is not None and reads
    context = around | {
        "tab": "papers",
        "strip": _strip(review.strip(rows, current, new=new), tail=back.tail),
        "is_new": current.code in new,
        "current": current,
        "why": _why(current),
        "form": form,
        "texts": _texts(dossier, at=at) if form is not None else [],
        "attempt": attempt,
        "markable": markable,
        "bring_url": _bring_url(request, dossier, current, at=at) if around["receives"] else "",
        "may_retract": current.paper is not None and around["receives"],
        "points": points(current.paper) if markable and current.paper else (),
        **_pages(request, dossier, current, around["address"], at=at),
        **_neighbours(rows, current, markable=markable),
        **_checks(dossier, current, at=at),
    }
    return render(request, "applications/desk/case.html", context, status=attempt.status)


def _bring_url(request: HttpRequest, dossier: Dossier, row: SlotRow, *, at: datetime) -> str:
    """Where the desk takes in a paper that follows, of a firm that filed at the counter."""
    awaited = later_papers.is_awaited(dossier, row.code)
    if not awaited or not later_papers.may_bring(dossier, row.code, by=request.user, at=at):
        return ""
    return reverse("dossiers:paper", args=[dossier.reference, row.code])


def _strip(rows: list[dict[str, Any]], *, tail: str) -> list[dict[str, Any]]:
    """The signs over a paper with their words and links made: a template is slower at it, fourteen times a page."""
    paper = _("giấy tờ")
    return [
        row
        | {
            "href": f"?paper={row['key']}{tail}",
            "label": f"{paper} {row['number']}, {row['title']}: {row['words']}"
            if row["number"]
            else f"{row['title']}: {row['words']}",
        }
        for row in rows
    ]


def _pages(
    request: HttpRequest, dossier: Dossier, row: SlotRow, address: str, *, at: datetime
) -> dict[str, Any]:  # fmt: skip
    """What is seen of a paper: its pages as pictures, or the head of the worker list."""
    if row.paper is None:
        return {"open": False, "pages": (), "workers": None}
    open_ = may_open(dossier, row.code, by=request.user, at=at)
    return {
        "open": open_,
        "paper_url": f"{address}papers/{row.code}/v{row.paper.version}",
        "pages": range(1, min(row.paper.pages, PAGES_SHOWN) + 1) if open_ else (),
        "workers": _workers(request, dossier, row, at=at) if open_ else None,
    }


def _neighbours(rows: Sequence[SlotRow], current: SlotRow, *, markable: bool) -> dict[str, Any]:
    """Where one goes on from a paper: before, after, and the next that nobody has read."""
    following = review.next_unseen(rows, after=current.number) if markable else None
    return {
        "following": following if following and following.number != current.number else None,
        "before": rows[current.number - 1] if current.number else None,
        "after": rows[current.number + 1] if current.number + 1 < len(rows) else None,
    }


def _checks(dossier: Dossier, current: SlotRow, *, at: datetime) -> dict[str, Any]:
    """What the machine has compared: in this paper, and in the rest of the dossier."""
    signer = None
    if current.code in SIGNED:  # who is registered to sign is looked up where there is a signature
        signer = dossier.site.representative_on(dossier.signed_on or plan.local_day(at))
    found = compared(dossier, signer=signer)
    shown = [check for check in found if check.about != "signer" or current.code in SIGNED]
    here, others = beside(current.code, shown)
    return {"checks": here, "other_checks": others}


def _frame(
    request: HttpRequest, dossier: Dossier, rows: Sequence[SlotRow], back: Back, *, at: datetime
) -> dict[str, Any]:
    """What stands around each tab: head, deadline, buttons, applicant, holder."""
    held = promises([dossier], at=at)[dossier.pk]  # how long it usually takes is the enterprise's question
    receives = may_act(Actor.RECEIVER, dossier, by=request.user, at=at)
    reads = receives or reads_letters(dossier, by=request.user, at=at)
    works = reads or works_on(dossier, by=request.user, at=at)
    letters = case_facts.letters(dossier, inside=reads)
    # Each round of asking left its slip: where there is none, nothing can have been answered.
    asked = receives and any(letter["kind"] == Letter.Kind.SUPPLEMENT for letter in letters)
    return {
        "dossier": dossier,
        "address": reverse("dossiers:detail", args=[dossier.reference]),
        "site_url": _site_url(request, dossier, at=at),
        "back": back,
        "crumbs": [parts.Entry(back.label, back.list_url)],
        "promise": held,
        "due_for": DUE_FOR.get(State(dossier.state), _("Kết quả")),
        "used": _used(dossier, at=at),
        "acts": acts_of(dossier, rows, by=request.user, at=at, tail=back.tail),
        "claimable": receives and dossier.handled_by_id is None and dossier.state not in CLOSED,
        "holder": held.holder,
        "applicant": _applicant(dossier),
        "letters": letters,
        "question": question_of(dossier, held),
        "gone": gone_by(dossier, at=at),
        "receives": receives,
        "mine": dossier.handled_by_id == request.user.pk,
        "answered": answered(dossier, rows, by=request.user, at=at) if asked else None,
        "works": works,
        "reads_letters": reads,
        "more": desk_more.of_case(dossier, at=at) if receives else [],
        **_talk(request, dossier, works=works, at=at),
    }


def _site_url(request: HttpRequest, dossier: Dossier, *, at: datetime) -> str:
    """The page of the site, for who surely sees it; a dossier may be seen beside its site."""
    seen = surely_sees(request.user, dossier.site, on=plan.local_day(at))
    return reverse("site", args=[dossier.site_id]) if seen else ""


def _talk(request: HttpRequest, dossier: Dossier, *, works: bool, at: datetime) -> dict[str, Any]:
    """Which of messages, notes and opinions the person is led to, and what is new in them."""
    notes = may_note(dossier, by=request.user, at=at)
    told = unread(dossier, by=request.user, notes=notes) if works else (0, 0)
    return {
        "new_messages": told[0],
        "new_notes": told[1],
        "notes": notes,
        "asked_about": works or may_read_opinions(dossier, by=request.user, at=at),
    }


TABS = frozenset({"answers", "visit"})


def _facts_tab(request: HttpRequest, dossier: Dossier, tab: str) -> HttpResponse:
    now = timezone.now()
    context = _frame(request, dossier, (), Back.of(request.GET.get("back", "")), at=now)
    context["tab"] = tab
    if tab == "answers":
        groups = case_facts.declared(dossier, opens=context["works"], on=plan.local_day(now))
        payroll = context["receives"] and guards.is_there(dossier.baseline_evidence)
        context["retract_url"] = (
            reverse("dossiers:retract_payroll", args=[dossier.reference]) if payroll else ""
        )
        context |= {"groups": groups, "plan": plan_answered(dossier)}
    else:
        context["retract_url"] = ""
        context["groups"] = case_facts.outcome(
            dossier, inside=context["works"], reads=context["reads_letters"]
        )
    return render(request, "applications/desk/facts.html", context)


def _current(rows: list[SlotRow], asked: str | None, paper: Paper | None) -> SlotRow:
    """The paper asked for by number or slot, else the first that nobody has read, else the first."""
    if paper is not None:
        return next(row for row in rows if row.code == paper.slot)
    return (
        next((row for row in rows if asked and asked in (str(row.number), row.code)), None)
        or review.next_unseen(rows)
        or rows[0]
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _workers(request: HttpRequest, dossier: Dossier, row: SlotRow, *, at: datetime) -> FirstRows | None:
    """The head of the worker list; a paper that names people leaves a row in the journal when it is opened."""
    note_opening(dossier, row.code, by=request.user, at=at)
    if row.code != "worker_list" or row.paper is None:
        return None
    return first_rows(row.paper, on=plan.local_day(row.paper.uploaded_at))


def _why(row: SlotRow) -> parts.Why:
    return parts.Why(
        row.clause,
        reverse("plan_clause", args=[row.clause]),
        reading=str(row.what),
        title=_("Căn cứ %(clause)s") % {"clause": row.clause},
    )


def _used(dossier: Dossier, *, at: datetime) -> int | None:
    """The share of the stage's time that is gone, in percent; None where no time runs."""
    if dossier.due_at is None or dossier.due_at <= dossier.state_since:
        return None
    gone = (at - dossier.state_since) / (dossier.due_at - dossier.state_since)
    return round(100 * min(max(gone, 0), 1))


def _applicant(dossier: Dossier) -> parts.Holder:
    signer = ", ".join(filter(None, [dossier.signer_name, dossier.signer_title]))
    return parts.Holder(
        _("Doanh nghiệp"),
        dossier.contact_name or dossier.site.enterprise.name,
        line=_("Người liên hệ của hồ sơ") if dossier.contact_name else "",
        phone=dossier.contact_phone or dossier.site.enterprise.phone,
        usual=_("Người ký: %(signer)s") % {"signer": signer} if signer else "",
    )


def question_of(dossier: Dossier, held: Promise) -> Any:
    """The Chairman's question, while it waits for an answer; the promise says whether there is one."""
    if dossier.state != State.INSPECTED or held.public_name == str(dossier.look.public):
        return None
    last = dossier.moves.order_by("-at", "-pk").first()
    return last if last is not None and last.name == "send_back" else None
