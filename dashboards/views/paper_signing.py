"""A decision that was signed on paper: type in what stands on it, read it back beside the scan, issue."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import plan
from applications import lifecycle, paper_signing, uploading, waiting_scans
from applications.decision_letters import SYMBOLS
from applications.models import Advice, Decision, Dossier, PaperSignature
from applications.promises import promise
from applications.reason_forms import reasons_formset, reasons_of
from applications.views.answering import STALE, UNTRIED, Attempt, attempting, unmet_parts
from applications.views.chair import fits, may_ask
from applications.views.fetching import dossier_or_404
from dashboards.forms.office import KINDS, PaperSignatureForm, SignedPaperForm
from dashboards.views.decide import advice_of
from documents.checking import PAPERS, Refused
from documents.models import StoredFile
from documents.page_images import first_pages
from documents.storing import or_gone
from organisations.reauthentication import ask, recently
from pages.parts import Fact, Unmet
from pages.templatetags.ui import vn_date

ISSUE = "issue"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The form, or, once something is kept, what was kept beside the scan; `?edit` opens the form again.

    What was typed for an advice that is void by now (the case went back in between) is typed anew.
    """
    dossier = dossier_or_404(request, ref)
    may_ask(request, dossier, "record_approval")
    kept = (
        PaperSignature.objects.filter(dossier=dossier)
        .select_related("signer", "scan", "advice", "by")
        .first()
    )
    if request.POST.get("step") == ISSUE:
        return _issue(request, dossier, kept)
    if kept is not None and kept.advice.voided_at is not None:
        kept = None
    if kept is not None and request.method != "POST" and "edit" not in request.GET:
        if len(paper_signing.of_scan(kept.scan_id)) > 1:  # of a paper with an annex, which goes out whole
            return redirect("annex_paper_kept", kept.scan_id)
        return _read_back(request, dossier, kept, UNTRIED)
    return _form(request, dossier, kept)


def _verdict(request: HttpRequest, kept: PaperSignature | None, advice: Advice | None) -> str:
    """What was signed: as asked, as kept, or as the agency advised."""
    asked = request.POST.get("verdict") or request.GET.get("verdict", "")
    if asked in Decision.Verdict.values:
        return asked
    if kept is not None:
        return str(kept.verdict)
    refused = advice is not None and advice.verdict == Advice.Verdict.REFUSE
    return str(Decision.Verdict.REFUSED if refused else Decision.Verdict.APPROVED)


def _form(request: HttpRequest, dossier: Dossier, kept: PaperSignature | None) -> HttpResponse:
    now = timezone.now()
    today, advice = plan.local_day(now), advice_of(dossier)
    verdict = _verdict(request, kept, advice)
    given = request.POST if request.method == "POST" else None  # an empty one is wrong in every field
    form = PaperSignatureForm(
        given, request.FILES or None, dossier=dossier, verdict=verdict, today=today,
        initial=_initial(kept, advice),
    )  # fmt: skip
    formset = None
    if verdict == Decision.Verdict.REFUSED:
        first = kept.reasons if kept else advice.reasons if advice else None
        formset = reasons_formset(given, phase=dossier.phase, on=today, initial=first)
    attempt = fits(request, dossier, "record_approval")
    if request.method == "POST":
        attempt = _keep(request, dossier, kept, form, formset, verdict, at=now)
        if attempt.done:
            return HttpResponseRedirect(reverse("paper_signature", args=[dossier.reference]))
    context = {
        "dossier": dossier, "form": form, "formset": formset, "verdict": verdict, "attempt": attempt,
        "kept": _scan_of(request, dossier, kept), "promise": promise(dossier, at=now),
        "max_bytes": settings.MAX_FILE_BYTES, "verdicts": Decision.Verdict.choices,
    }  # fmt: skip
    wrong = bool(form.errors) or (formset is not None and formset.total_error_count() > 0)
    status = attempt.status if attempt.status != 200 else 422 if request.method == "POST" and wrong else 200
    return render(request, "dashboards/paper_signature.html", context, status=status)


def _initial(kept: PaperSignature | None, advice: Advice | None) -> dict[str, Any]:
    if kept is None:
        return {"advice": advice}
    names = ("advice", "kind", "signer", "number", "dated")
    return {name: getattr(kept, name) for name in names}


def _keep(
    request: HttpRequest, dossier: Dossier, kept: PaperSignature | None, form: PaperSignatureForm,
    formset: BaseFormSet | None, verdict: str, *, at: datetime,
) -> Attempt:  # fmt: skip
    """Keeps a good scan with good answers; a good scan beside answers still wrong waits for them."""
    right = form.is_valid() and (formset is None or formset.is_valid())
    sent = scan_sent(request, form, at=at)
    scan = sent or _scan_of(request, dossier, kept)
    if scan is None and "scan" not in request.FILES:
        form.add_error("scan", _("Chưa có bản quét. Chọn tệp quét văn bản đã ký, đóng dấu."))
    with or_gone([sent] if sent else []):
        attempt = UNTRIED
        if right and not form.errors and scan is not None:
            attempt = _kept(request, dossier, form, formset, verdict, scan, at=at)
        if sent and not attempt.done:
            attempting(
                request, lambda: paper_signing.wait(dossier=dossier, scan=sent, by=request.user, at=at)
            )
    return attempt


def _kept(
    request: HttpRequest, dossier: Dossier, form: PaperSignatureForm, formset: BaseFormSet | None, verdict: str,
    scan: StoredFile, *, at: datetime,
) -> Attempt:  # fmt: skip
    data = {name: form.cleaned_data[name] for name in ("advice", "kind", "signer", "number", "dated")}
    reasons = reasons_of(formset) if formset is not None else []
    return attempting(
        request,
        lambda: paper_signing.keep(
            dossier=dossier, verdict=verdict, reasons=reasons, scan=scan, by=request.user, at=at, **data
        ),
        form=form,
    )


def scan_sent(request: HttpRequest, form: SignedPaperForm, *, at: datetime) -> StoredFile | None:
    """The scan that came now, not yet saved; what is wrong with it is said at its field."""
    if "scan" not in request.FILES:
        return None
    try:
        return uploading.hold_file(request.FILES["scan"], accept=PAPERS, by=request.user, at=at)
    except Refused as refusal:
        form.add_error("scan", refusal.message)
        return None


def _scan_of(request: HttpRequest, dossier: Dossier, kept: PaperSignature | None) -> StoredFile | None:
    """The scan that this person sent with answers still wrong, else the one that is kept."""
    found = waiting_scans.latest(dossier, by=request.user)
    return found or (kept.scan if kept else None)


def _read_back(
    request: HttpRequest, dossier: Dossier, kept: PaperSignature, attempt: Attempt
) -> HttpResponse:
    now = timezone.now()
    given = {"signer": kept.signer, "dated": kept.dated, "reasons": kept.reasons}
    name = paper_signing.MOVES[Decision.Verdict(kept.verdict)]
    locks = lifecycle.unmet(name, dossier, by=request.user, at=now, **given) if not attempt.stale else []
    kinds = dict(KINDS[Decision.Verdict(kept.verdict)])
    context = {
        "dossier": dossier, "kept": kept, "attempt": attempt, "promise": promise(dossier, at=now),
        "pictures": first_pages(kept.scan), "locks": unmet_parts(locks),
        "facts": [
            Fact(_("Kết quả"), str(Decision.Verdict(kept.verdict).label)),
            Fact(_("Loại văn bản"), str(kinds.get(kept.kind, ""))),
            Fact(_("Số văn bản"), f"{kept.number:02d}/{SYMBOLS[kept.kind]}"),
            Fact(_("Ngày ký"), vn_date(kept.dated)),
            Fact(_("Người ký"), kept.signer.full_name),
            *[Fact(reason["clause"], reason["text"]) for reason in kept.reasons],
        ],
    }  # fmt: skip
    return render(request, "dashboards/paper_signature_check.html", context, status=attempt.status)


def _issue(request: HttpRequest, dossier: Dossier, kept: PaperSignature | None) -> HttpResponse:
    if not recently(request):
        return ask(request)
    if kept is None:
        attempt = fits(request, dossier, "record_approval")
        if attempt.status == 200:
            return HttpResponseRedirect(reverse("paper_signature", args=[dossier.reference]))
        return redirect("decided", ref=dossier.reference)
    if request.POST.get("kept") != str(kept.pk):
        words = _("%(name)s vừa ghi lại văn bản này. Đọc lại bên cạnh bản quét rồi phát hành.")
        overtaken = Unmet(words % {"name": kept.by.full_name}, "", "")
        return _read_back(request, dossier, kept, Attempt(status=STALE, unmet=(overtaken,)))
    now = timezone.now()
    attempt = attempting(request, lambda: paper_signing.issue(signature=kept, by=request.user, at=now))
    if attempt.done:
        return redirect("decided", ref=dossier.reference)
    return _read_back(request, dossier, kept, attempt)
