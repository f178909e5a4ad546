"""A dossier as its enterprise sees it: the task list of a draft, then where it is in every state."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import plan
from applications import filing, later_papers
from applications.counter import brought
from applications.declared import permit_start
from applications.first_duties import first_duties
from applications.models import Decision, Dossier
from applications.moving_visits import last_moved
from applications.promises import Promise, promise
from applications.road import clause_url, clause_words, road
from applications.second_visits import coming_again
from applications.slot_states import paper_states
from applications.states import CLOSED, ENDED, State
from applications.talking import unread
from applications.views.answering import UNTRIED
from applications.views.enterprise_tasks import task_context
from applications.views.signing_tasks import signing_tasks
from documents.models import Letter
from organisations import agency_codes
from organisations.models import Agency, User
from pages import parts
from pages.templatetags.ui import vn_date, vn_number


def tasks(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The dossier's first page for people of its enterprise."""
    now = timezone.now()
    made = _held_at_counter(promise(dossier, at=now), dossier, by=request.user, at=now)
    stages = list(dossier.stages.order_by("opened_at", "pk"))
    context = {
        "dossier": dossier,
        "new_messages": unread(dossier, by=request.user, notes=False)[0] if dossier.code else 0,
        "promise": made,
        "stages": road(dossier, stages=stages, at=now),
        "others": _others(dossier),
        "clock_url": reverse("dossiers:clock", args=[dossier.reference]) if dossier.submitted_at else "",
        "attempt": UNTRIED,
    }
    if dossier.state in filing.EDITABLE:
        context["signing"] = signing_tasks(dossier)
        return render(request, "applications/tasks.html", context | task_context(request, dossier, at=now))
    context |= _whole(request, dossier, made, at=now)
    return render(request, "applications/dossier.html", context)


def _held_at_counter(made: Promise, dossier: Dossier, *, by: User, at: datetime) -> Promise:
    """The promise as the desk reads it that fills in what was brought: it has the dossier itself."""
    filed = brought(dossier, by=by, at=at)
    if filed is None or dossier.state not in filing.EDITABLE:
        return made
    line = _("Đang nhập tại quầy: %(name)s") % {"name": filed.officer.full_name}
    return replace(made, holder_name=filed.agency.name, holder_line=line)


def _others(dossier: Dossier) -> list[parts.Entry]:
    """What else can be done, behind the menu."""
    ref = [dossier.reference]
    entries = [parts.Entry(_("Diễn biến"), reverse("dossiers:timeline", args=ref), "journal-text")]
    if dossier.submitted_at:
        entries += [
            parts.Entry(_("Xác nhận đã nộp"), reverse("dossiers:submitted", args=ref), "check2-square"),
            parts.Entry(_("Cách tính thời hạn"), reverse("dossiers:clock", args=ref), "clock"),
            parts.Entry(_("Trao đổi với cơ quan"), reverse("dossiers:messages", args=ref), "reply"),
            parts.Entry(_("Các lần bổ sung"), reverse("dossiers:supplement", args=ref), "arrow-return-left"),
        ]
    if dossier.code:
        entries.append(parts.Entry(_("Tập hồ sơ"), reverse("dossiers:volume", args=ref), "journal-text"))
    if dossier.state not in CLOSED:
        label = _("Bỏ bản nháp") if dossier.state == State.DRAFT else _("Rút hồ sơ")
        entries.append(parts.Entry(label, reverse("dossiers:withdraw", args=ref), "arrow-counterclockwise"))
    return entries


def _whole(request: HttpRequest, dossier: Dossier, made: Promise, *, at: datetime) -> dict[str, Any]:
    """The page of a dossier that is not being filled in."""
    decision = (
        Decision.objects.filter(dossier=dossier, recalled_at__isnull=True)
        .select_related("permit__site", "letter", "advice")
        .first()
    )
    letters = Letter.objects.visible_to(request.user, on=plan.local_day(at)).filter(
        dossier_code=dossier.code or "-"
    )
    papers = _paper_facts(dossier, at=at)
    return {
        "decision": decision,
        "permit_facts": _permit_facts(decision),
        "duties": _duties(dossier, decision, at=at),
        "reasons": _reasons(dossier, decision),
        "again": coming_again(dossier),
        "moved": last_moved(dossier),
        "letters": list(letters.order_by("-issued_at", "pk")),
        "papers": papers,
        "papers_count": len(papers) - 1,
        "may_renew": dossier.state in ENDED,
        "next": _next(dossier, made, decision),
    }


def _next(dossier: Dossier, made: Promise, decision: Decision | None) -> dict[str, str]:
    """The head of the page: what the state means now, and the one way on."""
    url, label = "", ""
    if decision is not None:
        url, label = reverse("documents:letter", args=[decision.letter_id]), _("Mở văn bản")
    tone = {"info": "info", "wait": "wait", "late": "late", "ok": "ok"}.get(made.tone, "info")
    return {"title": made.public_name, "line": made.next_line, "url": url, "label": label, "tone": tone}


def _permit_facts(decision: Decision | None) -> list[parts.Fact]:
    permit = decision.permit if decision else None
    if decision is None or permit is None:
        return []
    cap = _("Không giới hạn") if permit.cap is None else _("%(n)s người") % {"n": vn_number(permit.cap)}
    facts = [
        parts.Fact(_("Được hoạt động từ"), permit_start(permit)),
        parts.Fact(_("Tối đa"), cap),
        parts.Fact(_("Hình thức"), str(permit.get_mode_display())),
        parts.Fact(
            pgettext("one", "Văn bản"),
            _("%(number)s ngày %(day)s")
            % {"number": decision.letter.full_number, "day": vn_date(decision.letter.dated)},
            link_url=reverse("documents:letter", args=[decision.letter_id]),
        ),
    ]
    conditions = "\n".join(decision.advice.conditions)
    return [*facts, parts.Fact(_("Điều kiện kèm theo"), conditions)] if conditions else facts


def _duties(dossier: Dossier, decision: Decision | None, *, at: datetime) -> list[Any]:
    if decision is None or decision.permit is None:
        return []
    health = Agency.objects.get(code=agency_codes.HEALTH).name
    papers = later_papers.follows([dossier])[dossier.pk]
    return first_duties(
        decision.permit, receiving=dossier.receiving_agency, health=health, papers=papers, at=at
    )


def _reasons(dossier: Dossier, decision: Decision | None) -> list[dict[str, str]]:
    """Structured reasons of a decline or refusal, each with its clause and what to do."""
    rows: list[Any] = []
    if dossier.state == State.REFUSED and decision is not None:
        rows = decision.reasons
    elif dossier.state == State.DECLINED:
        move = dossier.moves.filter(name="decline").order_by("-at", "-pk").first()
        rows = move.reasons if move else []
    return [
        {
            "text": row.get("text", ""),
            "fix": row.get("to_do", ""),
            "clause": clause_words(row.get("clause", "")),
            "clause_url": clause_url(row.get("clause", "")),
        }
        for row in rows
    ]


def _paper_facts(dossier: Dossier, *, at: datetime) -> list[parts.Fact]:
    """The papers as they were filed, each with its page."""
    return [
        parts.Fact(
            state.slot.title,
            state.line or str(state.tag.text),
            icon=state.tag.icon or "check-lg",
            tone=state.tag.tone,
            link_url=reverse("dossiers:paper", args=[dossier.reference, state.code]),
        )
        for state in paper_states(dossier, at=at)
    ]
