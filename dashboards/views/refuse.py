"""The Chairman's refusal: reasons, then every reason read back beside the letter, then consent."""

from base64 import b64encode
from datetime import datetime
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import plan
from applications import deciding, decision_letters, lifecycle
from applications.models import Advice, Dossier
from applications.promises import promise
from applications.reason_forms import reasons_formset, reasons_of
from applications.views.answering import REFUSED, STALE, Attempt, attempting, unmet_parts
from applications.views.chair import fits, may_ask
from applications.views.desk_checked import EDIT, SEND, given_reasons, reason_facts, typed
from applications.views.fetching import dossier_or_404
from dashboards.views.decide import KindForm, advice_of, pdf_answer, picture_of, preview_file
from dashboards.views.office import number_link, number_locks
from dashboards.views.session import note_done
from organisations.reauthentication import ask, recently
from pages.parts import Fact

KINDS = [("thong_bao", gettext_lazy("Thông báo")), ("cong_van", gettext_lazy("Công văn"))]
FULL = "full"
MOST_PAGES = 3


def refuse(request: HttpRequest, ref: str) -> HttpResponse:
    """Structured reasons, started from what the agency advised; read back; signed by who just confirmed."""
    dossier = dossier_or_404(request, ref)
    may_ask(request, dossier, "refuse")
    step = request.POST.get("step")
    if step == SEND and not recently(request):
        return ask(request)
    now = timezone.now()
    advice = advice_of(dossier)
    form, formset = _forms(request, dossier, advice, at=now)
    reasons = given_reasons(request, formset)
    ready = request.method == "POST" and form.is_valid() and reasons is not None
    attempt = fits(request, dossier, "refuse")
    if ready and (step == SEND or not reasons):
        attempt = _signed(request, dossier, form, reasons or [], at=now)
        if attempt.done:
            note_done(request, dossier.reference)
            return redirect("decided", ref=dossier.reference)
    if ready and step != EDIT and attempt.status != REFUSED:
        return _read_back(request, dossier, form, formset, attempt, at=now)
    context = {
        "dossier": dossier, "advice": advice, "form": form, "formset": formset, "attempt": attempt,
        "promise": promise(dossier, at=now), "locks": _locks(request, dossier, attempt, at=now),
    }  # fmt: skip
    return render(request, "dashboards/refuse.html", context, status=attempt.status)


def _forms(
    request: HttpRequest, dossier: Dossier, advice: Advice | None, *, at: datetime
) -> tuple[KindForm, BaseFormSet]:
    """The kind of letter and the reasons; what the agency advised stands there at first."""
    data = request.POST or None
    form = KindForm(data, dossier=dossier, kinds=KINDS, initial={"advice": advice, "kind": "thong_bao"})
    formset = reasons_formset(
        data, phase=dossier.phase, on=plan.local_day(at), agency_id=dossier.receiving_agency_id,
        initial=advice.reasons if advice and request.method != "POST" else None,
    )  # fmt: skip
    return form, formset


def _signed(
    request: HttpRequest, dossier: Dossier, form: KindForm, reasons: list[dict[str, str]], *, at: datetime
) -> Attempt:
    data = form.cleaned_data
    return attempting(
        request,
        lambda: deciding.refuse(
            dossier=dossier, advice=data["advice"], reasons=reasons, kind=data["kind"], by=request.user, at=at
        ),
        link=lambda unmet: f"#{unmet.anchor}" if unmet.anchor else number_link(request)(unmet),
    )


def _locks(request: HttpRequest, dossier: Dossier, attempt: Attempt, *, at: datetime) -> tuple[Any, ...]:
    """What no reason could mend: why this person may not sign this refusal."""
    if attempt.status == STALE:
        return ()
    unmet = lifecycle.unmet("refuse", dossier, by=request.user, at=at)
    return unmet_parts(each for each in unmet if each.code != "reasons") + number_locks(request, at=at)


def _read_back(
    request: HttpRequest, dossier: Dossier, form: KindForm, formset: BaseFormSet, attempt: Attempt, *, at: datetime
) -> HttpResponse:  # fmt: skip
    """Every reason beside the letter as it will look; nothing is kept but the drawn pages of the preview."""
    data = form.cleaned_data
    composed = decision_letters.refusal(
        dossier, advice=data["advice"], reasons=reasons_of(formset), kind=data["kind"], by=request.user, at=at,
        token="", printed_token="", number=None, dated=None,
    )  # fmt: skip
    path = preview_file(composed)
    if request.POST.get("step") == FULL:
        return pdf_answer(path)
    pictures = [picture for number in range(1, MOST_PAGES + 1) if (picture := picture_of(path, number))]
    kind = Fact(_("Loại văn bản"), str(dict(KINDS)[data["kind"]]), change_to="id_kind")
    context = {
        "dossier": dossier, "attempt": attempt, "promise": promise(dossier, at=at), "typed": typed(request),
        "facts": [*reason_facts(formset), kind], "locks": _locks(request, dossier, attempt, at=at),
        "pictures": [b64encode(picture).decode() for picture in pictures],
    }  # fmt: skip
    return render(request, "dashboards/refuse_check.html", context, status=attempt.status)
