"""The questionnaire of the plan: six short pages, kept at every press and every change, and one to check."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import answering_plan, filing, keeping, plan_answers
from applications.forms.plan_page import PartPage, texts_of, without_row
from applications.forms.plan_parts import SHAPES
from applications.models import Dossier
from applications.plan_open import Open, longest_interval, open_items
from applications.plan_rows import open_row
from applications.plan_words import part_facts, titles, why_asked
from applications.road import cap_why, clause_url, clause_words
from applications.slot_states import cap_of
from applications.views import autosave
from applications.views.answering import STALE, UNTRIED, Attempt, attempting
from applications.views.fetching import own_dossier_or_404
from applications.views.links import posted_only
from pages import parts

_DROP = re.compile(r"drop-([a-z]+)-(\d{1,3})")


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, ref: str, part: str) -> HttpResponse:
    """One part. A POST keeps what is typed, whatever its button asks for besides."""
    dossier = own_dossier_or_404(request, ref)
    if part not in SHAPES:
        raise Http404(part)
    if request.method == "POST":
        return _post(request, dossier, part)
    return _page(request, dossier, part, _stored_page(dossier, part, _counts(request, part)), UNTRIED)


def _stored_page(dossier: Dossier, part: str, counts: dict[str, int]) -> PartPage:
    shape, row = SHAPES[part], open_row(dossier)
    values = getattr(plan_answers.read(row.answers if row else {}), part).model_dump()
    unread = row.unread.get(part, {}) if row else {}
    columns = {name: getattr(dossier, name) for name in shape.columns}
    return PartPage(shape, texts_of(shape, values, unread, columns), counts=counts)


def _counts(request: HttpRequest, part: str) -> dict[str, int]:
    """How many rows the address asks to show."""
    given = {name: request.GET.get(name, "") for name in SHAPES[part].rows}
    return {name: int(text) for name, text in given.items() if text.isdecimal() and len(text) < 4}


def _post(request: HttpRequest, dossier: Dossier, part: str) -> HttpResponse:
    asked = request.POST.get("do", "next")
    data: dict[str, Any] = dict(request.POST.items())
    if dropped := _DROP.fullmatch(asked):
        data = without_row(data, dropped[1], int(dropped[2]))
    page = PartPage(SHAPES[part], data)
    now = timezone.now()
    given = {
        "dossier": dossier, "form": f"plan-{part}", "turn": autosave.turn_of(request), "texts": {},
        "by": request.user, "at": now,
        "save": lambda: answering_plan.keep_part(
            dossier=dossier, part=part, values=page.values(), unread=page.unread(), columns=page.columns(),
            by=request.user, at=now,
        ),
    }  # fmt: skip
    if autosave.is_marked(request):
        overtaken, attempt = autosave.saving(request, lambda: keeping.keep(**given))
        return _state_fragment(request, dossier, part, attempt, overtaken)
    attempt = attempting(request, lambda: keeping.settle(**given))
    if not attempt.done:
        dossier.refresh_from_db()
        return _page(request, dossier, part, page, attempt)
    if asked.startswith(("add-", "drop-")):
        return HttpResponseRedirect(_with_rows(dossier, part, page, asked))
    if page.bad_fields:
        return _page(request, dossier, part, page, attempt)
    words = _("Đã lưu “%(part)s”.") % {"part": titles()[part][0]}
    messages.success(request, words, extra_tags=f"plan-{part}-{dossier.pk}")
    return HttpResponseRedirect(_after(dossier, part, asked, request.GET.get("back", "")))


def _with_rows(dossier: Dossier, part: str, page: PartPage, asked: str) -> str:
    """The same page with one row more, at that row, or where one was taken away."""
    verb, name = asked.split("-")[:2]
    rows = page.rows.get(name)
    if rows is None:
        raise Http404(asked)
    counts = {each: len(found.forms) for each, found in page.rows.items()}
    if verb == "add":
        counts[name] += 1
    last = min(counts[name], rows.shape.most) - 1
    place = last if verb == "add" else min(int(asked.split("-")[2]), last)
    return f"{_url(dossier, part)}?{urlencode(counts)}#row-{name}-{place}"


def _after(dossier: Dossier, part: str, asked: str, back: str) -> str:
    """On to the next part, back to the check page, or to the task list."""
    if back == "check":
        return reverse("dossiers:plan", args=[dossier.reference])
    if asked == "later":
        return reverse("dossiers:detail", args=[dossier.reference])
    names = list(SHAPES)
    place = names.index(part) + 1
    if place < len(names):
        return _url(dossier, names[place])
    return reverse("dossiers:plan", args=[dossier.reference])


def _url(dossier: Dossier, part: str) -> str:
    return reverse("dossiers:plan_part", args=[dossier.reference, part])


def _page(
    request: HttpRequest, dossier: Dossier, part: str, page: PartPage, attempt: Attempt
) -> HttpResponse:
    now = timezone.now()
    title, lead = titles()[part]
    names = list(SHAPES)
    context = {
        "dossier": dossier,
        "part": part,
        "title": title,
        "lead": lead,
        "number": names.index(part) + 1,
        "count": len(names),
        "page": page,
        "attempt": attempt,
        "typing": keeping.typing_of(dossier, f"plan-{part}"),
        "is_open": dossier.state in filing.EDITABLE,
        "back": request.GET.get("back", ""),
        "interval": longest_interval(dossier, at=now) if part == "testing" else None,
        "why": _why(part),
        **_state_context(dossier, part, at=now),
    }
    status = attempt.status if attempt.status != 200 else 422 if request.method == "POST" else 200
    return render(request, "applications/plan_part.html", context, status=status)


def _why(part: str) -> dict[str, str]:
    text, clause = why_asked()[part]
    return {"text": text, "clause": clause_words(clause), "clause_url": clause_url(clause)}


def _state_fragment(
    request: HttpRequest, dossier: Dossier, part: str, attempt: Attempt, overtaken: str
) -> HttpResponse:
    """What an automatic save answers: when it was kept and what is open, or who was first."""
    dossier.refresh_from_db()
    if overtaken:
        attempt = Attempt(status=STALE, stale=overtaken)
    context = {"attempt": attempt, **_state_context(dossier, part, at=timezone.now())}
    return render(request, "applications/plan_state.html", context, status=attempt.status)


def _state_context(dossier: Dossier, part: str, *, at: datetime) -> dict[str, Any]:
    row = open_row(dossier)
    answers = plan_answers.read(row.answers if row else {})
    items = [
        each for each in open_items(dossier, answers, row.unread if row else {}, at=at) if each.part == part
    ]
    cap = cap_of(dossier, at=at) if part == "work" else None
    total = dossier.enterprise_total or dossier.baseline or 0
    return {
        "saved_at": row.saved_at if row else None,
        "open_items": items,
        "people": answers.people if part == "work" else None,
        "cap": cap,
        "cap_why": cap
        and cap_why(cap, phase=dossier.phase, baseline=dossier.baseline or 0, total=total, at=at),
        "beds": answers.beds if part == "lodging" else None,
    }


@require_safe
def overview(request: HttpRequest, ref: str) -> HttpResponse:
    """All answers on one page, each with its way back, and what is still open."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    row = open_row(dossier)
    answers = plan_answers.read(row.answers if row else {})
    context = {
        "dossier": dossier,
        "is_open": dossier.state in filing.EDITABLE,
        "sections": _sections(dossier, answers),
        "unmet": _linked(dossier, open_items(dossier, answers, row.unread if row else {}, at=now)),
        "saved_at": row.saved_at if row else None,
        "saved_by": row.saved_by.full_name if row else "",
    }
    return render(request, "applications/plan_check.html", context)


def _sections(dossier: Dossier, answers: plan_answers.Answers) -> list[dict[str, Any]]:
    return [
        {
            "title": titles()[name][0],
            "url": f"{_url(dossier, name)}?back=check",
            "facts": part_facts(dossier, answers, name),
        }
        for name in SHAPES
    ]


def _linked(dossier: Dossier, items: list[Open]) -> list[parts.Unmet]:
    return [
        parts.Unmet(each.words, "", f"{_url(dossier, each.part)}?back=check#{each.anchor}") for each in items
    ]


@posted_only("plan")
def newest_forms(request: HttpRequest, ref: str) -> HttpResponse:
    """Moves a draft on to the agencies' newest set of forms."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    attempt = attempting(
        request, lambda: answering_plan.move_to_newest_forms(dossier=dossier, by=request.user, at=now)
    )
    if attempt.stale:
        messages.error(request, attempt.stale)
    elif attempt.value:
        messages.success(request, _("Hồ sơ đã chuyển sang bộ biểu mẫu mới. In lại các giấy tờ chưa ký."))
    return HttpResponseRedirect(reverse("dossiers:drafts", args=[dossier.reference]))
