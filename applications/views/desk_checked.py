"""Doors whose answers are checked before they are sent: decline, and forward with advice to the Chairman.

Three steps on one address: the form, the answers read back, the sending. What was typed travels in hidden
fields, so that nothing is kept on the server before the verb and nothing is lost by going back.
"""

from datetime import date, datetime, time
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

import plan
from applications import library, receiving
from applications.cross_checks import cap_words
from applications.forms.desk import ConsentForm, RefusalForm
from applications.models import Advice, Dossier, Sheet
from applications.opinion_rows import rows_of
from applications.reason_forms import reasons_formset, reasons_of
from applications.review import rows_of_slots
from applications.views.answering import REFUSED, Attempt, attempting
from applications.views.chair import fits
from applications.views.desk_acts import common, opened, settle
from applications.views.desk_case import question_of
from organisations.models.permit import Mode
from pages.parts import Fact
from pages.templatetags.ui import vn_moment, vn_number
from plan.clock import LOCAL

SEND, EDIT = "send", "edit"
FIRST_HOUR = 6


def decline(request: HttpRequest, ref: str) -> HttpResponse:
    """Structured reasons, read back, then form 03."""
    dossier, finished = opened(request, ref, "decline")
    if finished:
        return finished
    now = timezone.now()
    formset = _reasons(request, dossier, initial=_returned(dossier, at=now))
    reasons = given_reasons(request, formset)
    attempt = fits(request, dossier, "decline")
    if reasons is not None and (request.POST.get("step") == SEND or not reasons):
        attempt = attempting(
            request,
            lambda: receiving.decline(dossier=dossier, reasons=reasons, by=request.user, at=now),
            link=lambda unmet: f"#{unmet.anchor}",
        )
        if (answer := settle(request, dossier, "decline", attempt)) is not None:
            return answer
    context = common(dossier, attempt, at=now) | {
        "formset": formset,
        "facts": reason_facts(formset) if reasons else [],
    }
    return _page(request, "decline", context, ready=bool(reasons))


def forward(request: HttpRequest, ref: str) -> HttpResponse:
    """Advice to the Chairman: consent with its terms, or refusal with reasons; ?verdict= chooses."""
    dossier, finished = opened(request, ref, "forward")
    if finished:
        return finished
    asked = request.POST.get("verdict") or request.GET.get("verdict")
    sheet = dossier.sheets.select_related("team", "signed_by").first()
    if (asked or _likely(sheet)) == Advice.Verdict.REFUSE:
        return _forward_refusal(request, dossier, sheet)
    return _forward_consent(request, dossier, sheet)


def _forward_consent(request: HttpRequest, dossier: Dossier, sheet: Sheet | None) -> HttpResponse:
    now = timezone.now()
    today = plan.local_day(now)
    texts = library.in_force(dossier.receiving_agency_id, library.Kind.CONDITION, on=today)
    data = library.with_condition(request.POST, texts) if request.method == "POST" else None
    form = ConsentForm(data, dossier=dossier, today=today, initial=_proposed(dossier, today=today))
    ready = request.method == "POST" and form.is_valid()
    attempt = fits(request, dossier, "forward")
    if ready and request.POST.get("step") == SEND:
        attempt = attempting(
            request,
            lambda: receiving.forward(dossier=dossier, by=request.user, at=now, **form.advice()),
            form=form,
        )
        if (answer := settle(request, dossier, "forward", attempt)) is not None:
            return answer
    facts = _consent_facts(dossier, form.cleaned_data) if ready else []
    context = common(dossier, attempt, at=now) | {
        "verdict": Advice.Verdict.APPROVE.value, "form": form, "formset": None, "facts": facts, "sheet": sheet,
        "cap_words": cap_words(dossier), "texts": texts,
    }  # fmt: skip
    return _page(request, "forward", context, ready=ready and not form.errors)


def _forward_refusal(request: HttpRequest, dossier: Dossier, sheet: Sheet | None) -> HttpResponse:
    now = timezone.now()
    form = RefusalForm(request.POST or None)
    formset = _reasons(request, dossier, initial=_found_wrong(dossier, sheet))
    reasons = given_reasons(request, formset)
    ready = request.method == "POST" and form.is_valid() and reasons is not None
    attempt = fits(request, dossier, "forward")
    if ready and (request.POST.get("step") == SEND or not reasons):
        advice = form.advice(reasons or ())
        attempt = attempting(
            request,
            lambda: receiving.forward(dossier=dossier, by=request.user, at=now, **advice),
            form=form,
            link=lambda unmet: f"#{unmet.anchor}",
        )
        if (answer := settle(request, dossier, "forward", attempt)) is not None:
            return answer
    facts = _refusal_facts(form.cleaned_data, reason_facts(formset)) if ready and reasons else []
    context = common(dossier, attempt, at=now) | {
        "verdict": Advice.Verdict.REFUSE.value, "form": form, "formset": formset, "facts": facts, "sheet": sheet,
    }  # fmt: skip
    return _page(request, "forward", context, ready=ready and bool(reasons) and not form.errors)


def _page(request: HttpRequest, name: str, context: dict[str, Any], *, ready: bool) -> HttpResponse:
    """The form, or what was typed read back with the button that sends it."""
    attempt: Attempt = context["attempt"]
    read_back = ready and request.POST.get("step") != EDIT and attempt.status != REFUSED
    page = f"applications/desk/{name}{'_check' if read_back else ''}.html"
    if name == "forward":
        dossier = context["dossier"]
        context = context | {
            "opinions": rows_of(dossier, at=timezone.now()),
            "question": question_of(dossier, context["promise"]),
        }
    return render(request, page, context | {"typed": typed(request)}, status=attempt.status)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, for the hidden fields of the page that reads it back."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "step"}
    ]


def _reasons(request: HttpRequest, dossier: Dossier, *, initial: list[dict[str, str]]) -> BaseFormSet:
    day = plan.local_day(timezone.now())
    return reasons_formset(
        request.POST or None, phase=dossier.phase, on=day, initial=None if request.POST else initial,
        agency_id=dossier.receiving_agency_id,
    )  # fmt: skip


def given_reasons(request: HttpRequest, formset: BaseFormSet) -> list[dict[str, str]] | None:
    """The reasons of a posted page; None where there is none, or a row is half filled."""
    if request.method != "POST" or not formset.is_valid():
        return None
    return reasons_of(formset)


def _returned(dossier: Dossier, *, at: datetime) -> list[dict[str, str]]:
    """The papers that were sent back, as reasons to begin with."""
    return [
        {"clause": row.clause, "text": f"{row.title}: {row.paper.reason}"[:500], "to_do": row.paper.fix}
        for row in rows_of_slots(dossier, at=at)
        if row.status == "returned" and row.paper is not None
    ]


def _found_wrong(dossier: Dossier, sheet: Sheet | None) -> list[dict[str, str]]:
    """The reasons of the last advice, else the team's remarks where it did not pass."""
    last = dossier.advices.filter(verdict=Advice.Verdict.REFUSE).first()
    if last is not None:
        return list(last.reasons)
    if sheet is not None and sheet.verdict == Sheet.Verdict.FAILED:
        return [{"clause": "", "text": sheet.remarks[:500], "to_do": sheet.guidance[:500]}]
    return []


def _likely(sheet: Sheet | None) -> str:
    """The advice that the signed sheet speaks for; the officer chooses freely."""
    failed = sheet is not None and sheet.verdict == Sheet.Verdict.FAILED
    return Advice.Verdict.REFUSE if failed else Advice.Verdict.APPROVE


def _proposed(dossier: Dossier, *, today: date) -> dict[str, Any]:
    """What the form starts with: the last advice to consent, else what the enterprise asked for."""
    last = dossier.advices.filter(verdict=Advice.Verdict.APPROVE).first()
    if last is not None:
        start = last.starts_on if last.starts_on and last.starts_on > today else None
        return {
            "starts_on": start, "hour": last.hour, "cap": last.cap, "mode": last.mode, "note": last.note,
            "conditions": "\n".join(last.conditions),
        }  # fmt: skip
    start = dossier.requested_start_on
    return {
        "starts_on": start if start and start > today else None,
        "hour": FIRST_HOUR,
        "cap": min(filter(None, [dossier.listed_workers, dossier.cap]), default=None),
        "mode": dossier.mode,
    }


def reason_facts(formset: BaseFormSet) -> list[Fact]:
    """The filled rows of a valid formset, read back; each can be changed in its own row."""
    return [
        Fact(
            form.clause_words(),
            "\n".join(filter(None, [form.cleaned_data["text"], _to_do(form.cleaned_data.get("to_do", ""))])),
            change_to=form["text"].id_for_label,
        )
        for form in formset
        if form.cleaned_data.get("text")
    ]


def _to_do(words: str) -> str:
    return _("Cần làm: %(what)s") % {"what": words} if words else ""


def _consent_facts(dossier: Dossier, data: dict[str, Any]) -> list[Fact]:
    start = datetime.combine(data["starts_on"], time(data["hour"]), tzinfo=LOCAL)
    cap = _("%(cap)s người, mức tối đa %(most)s (%(why)s)") % {
        "cap": vn_number(data["cap"]), "most": vn_number(dossier.cap), "why": cap_words(dossier),
    }  # fmt: skip
    return [
        Fact(_("Ý kiến"), str(Advice.Verdict.APPROVE.label)),
        Fact(_("Số tờ trình"), data["number"], change_to="id_number"),
        Fact(_("Bắt đầu"), vn_moment(start), change_to="id_starts_on"),
        Fact(
            _("Số người tối đa"),
            cap if dossier.cap is not None else vn_number(data["cap"]),
            change_to="id_cap",
        ),
        Fact(_("Hình thức sản xuất"), str(Mode(data["mode"]).label), change_to="id_mode"),
        Fact(_("Điều kiện thêm"), data["conditions"] or _("Không"), change_to="id_conditions"),
        Fact(_("Ghi thêm cho Chủ tịch"), data["note"] or _("Không"), change_to="id_note"),
    ]


def _refusal_facts(data: dict[str, Any], reasons: list[Fact]) -> list[Fact]:
    return [
        Fact(_("Ý kiến"), str(Advice.Verdict.REFUSE.label)),
        Fact(_("Số tờ trình"), data["number"], change_to="id_number"),
        *reasons,
        Fact(_("Ghi thêm cho Chủ tịch"), data["note"] or _("Không"), change_to="id_note"),
    ]
