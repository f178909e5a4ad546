"""The Chairman's case page: the whole case on one page beside the letter as it will look."""

import fcntl
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

import plan
from applications import deciding, decision_letters, lifecycle
from applications.briefings import briefing_of
from applications.models import Advice, Briefing, Dossier
from applications.opinion_rows import rows_of
from applications.queue import due_of
from applications.states import State
from applications.views.answering import Attempt, attempting, unmet_parts
from applications.views.chair import fits, may_ask
from applications.views.fetching import dossier_or_404
from dashboards.case_facts import Past, evidence, past_of, road
from dashboards.views import session
from dashboards.views.decisions import waiting
from dashboards.views.office import number_link, number_locks
from documents import letterforms, page_cache, pdf
from documents.issuing import freeze, preview
from documents.letterforms import Paper
from documents.page_images import PageMissing, page_png
from documents.serving import PDF, policy
from organisations.models.permit import Mode
from organisations.reauthentication import required
from organisations.roles import May
from pages.parts import Tag, Unmet

APPROVALS = [("quyet_dinh", gettext_lazy("Quyết định")), ("cong_van", gettext_lazy("Công văn"))]
WIDTH = 1080
MOST_PAGES = 20


class KindForm(forms.Form):
    """The form of the letter, and the advice that the page showed."""

    def __init__(self, *args: Any, dossier: Dossier, kinds: Any = APPROVALS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A voided advice is a valid choice here: the verb answers that the page is old, and says by whom.
        self.fields["advice"] = forms.ModelChoiceField(
            queryset=dossier.advices.order_by("-at", "-pk"), widget=forms.HiddenInput
        )
        self.fields["kind"] = forms.ChoiceField(
            label=gettext_lazy("Loại văn bản"),
            choices=kinds,
            widget=forms.Select(attrs={"class": "form-select"}),
        )


def advice_of(dossier: Dossier) -> Advice | None:
    """The advice in force."""
    found: Advice | None = dossier.advices.filter(voided_at__isnull=True).select_related("by").first()
    return found


def shown_kind(request: HttpRequest) -> str:
    """The kind of letter that the page shows: a decision, unless the address asks for a dispatch."""
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    return asked if asked in dict(APPROVALS) else APPROVALS[0][0]


@required
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Read the case, see the letter, consent. Sending back and refusing have pages of their own."""
    dossier = dossier_or_404(request, ref, related=("site__enterprise", "receiving_agency"))
    may_ask(request, dossier, "send_back")
    now = timezone.now()
    past = past_of(dossier)
    # A note brings the advice that it is about, so that either costs one query.
    note = briefing_of(dossier) if past.briefed else None
    advice = note.advice if note else advice_of(dossier)
    kind = shown_kind(request)
    # What is signed is the kind that stands beside the case, chosen there by its links: the page hides the field.
    form = KindForm(request.POST or None, dossier=dossier, initial={"advice": advice, "kind": kind})
    attempt = fits(request, dossier, "approve")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        attempt = attempting(
            request,
            lambda: deciding.approve(
                dossier=dossier, advice=data["advice"], kind=data["kind"], by=request.user, at=now
            ),
            link=number_link(request),
        )
        if attempt.done:
            session.note_done(request, dossier.reference)
            return redirect("decided", ref=dossier.reference)
    return render(
        request,
        "dashboards/decide.html",
        _context(request, dossier, advice, form, attempt, now) | _case(dossier, advice, past, note, at=now),
        status=attempt.status,
    )


def _context(
    request: HttpRequest, dossier: Dossier, advice: Advice | None, form: KindForm, attempt: Attempt, now: datetime
) -> dict[str, Any]:  # fmt: skip
    day = plan.local_day(now)
    locks: tuple[Unmet, ...] = ()
    if advice is not None:
        found = lifecycle.unmet("approve", dossier, by=request.user, at=now, advice=advice)
        locks = unmet_parts(found) + number_locks(request, at=now)
    return {
        "dossier": dossier,
        "address": reverse("dossiers:detail", args=[dossier.reference]),  # the case's pages stand under it
        "advice": advice,
        "advice_mode": str(Mode(advice.mode).label).split(":")[0] if advice and advice.mode else "",
        "form": form,
        "attempt": attempt,
        "unmet": locks,
        "may_decide": request.user.may(May.DECIDE, on=day),
        "may_record": request.user.may(May.RECORD_SIGNATURES, on=day),
        "session": session.place(request, dossier.reference),
        "kind": shown_kind(request),
        "kinds": APPROVALS,
        "pages": (1, 2) if advice and advice.verdict == Advice.Verdict.APPROVE else (),
        "following": _following(request, dossier),
    }


def _case(
    dossier: Dossier, advice: Advice | None, past: Past, note: Briefing | None, *, at: datetime
) -> dict[str, Any]:
    """The case on one page: state and clock, what holds, the road so far, what the Office and others say."""
    return {
        "tag": Tag(str(State(dossier.state).label), dossier.look.tone, dossier.look.icon),
        "deadline": due_of(dossier.state, dossier.due_at, since=dossier.state_since, at=at),
        "evidence": evidence(dossier, advice, past, on=plan.local_day(at)),
        "road": road(dossier, past),
        "briefing": note,
        "opinions": rows_of(dossier, at=at) if past.asked else [],
    }


def _following(request: HttpRequest, dossier: Dossier) -> dict[str, str] | None:
    """The next that waits for the same."""
    others = waiting(request).filter(state=dossier.state).exclude(pk=dossier.pk)
    found: dict[str, str] | None = others.values("code", "site__name").first()
    return found


@require_safe
def decided(request: HttpRequest, ref: str) -> HttpResponse:
    """What was decided: number, permit, letter; works for ever."""
    dossier = dossier_or_404(request, ref)
    decision = dossier.decision
    if decision is None:
        raise Http404(_("Hồ sơ này chưa có quyết định."))
    context = {
        "dossier": dossier,
        "decision": decision,
        "letter": decision.letter,
        "permit": decision.permit,
        "following": waiting(request).filter(state="forwarded").first(),
        "session": session.running(request),
    }
    return render(request, "dashboards/decided.html", context)


@require_safe
def letter_preview(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """The letter as it will look, as PDF: the same composer and the same door as the issued one."""
    return pdf_answer(_preview_file(request, ref, kind))


def pdf_answer(path: Path) -> HttpResponse:
    """A kept preview, shown by the browser's own reader."""
    return HttpResponse(
        path.read_bytes(),
        content_type="application/pdf",
        headers={
            "Content-Disposition": "inline; filename=preview.pdf",
            "Content-Security-Policy": policy(PDF),
        },
    )


@require_safe
def letter_preview_page(request: HttpRequest, ref: str, kind: str, page: int) -> HttpResponse:
    """One page of the preview as a picture; 204 past the last page, so that the page need not count."""
    path = _preview_file(request, ref, kind)
    if page > MOST_PAGES:
        return HttpResponse(status=204)
    picture = picture_of(path, page)
    return HttpResponse(picture, content_type="image/png") if picture else HttpResponse(status=204)


def picture_of(path: Path, page: int) -> bytes:
    """One page of a kept preview as PNG, itself kept beside it; nothing past the last page."""
    kept = path.with_name(f"{path.stem}-{page}.png")
    if not kept.exists():
        try:
            page_cache.put(kept, page_png(path, page=page, width=WIDTH))
        except PageMissing:
            return b""
    return kept.read_bytes()


def _preview_file(request: HttpRequest, ref: str, kind: str) -> Path:
    """The preview of the consent that the agency proposes."""
    dossier = dossier_or_404(request, ref)
    if not request.user.may("send_back", on=plan.local_day(timezone.now())):
        raise PermissionDenied
    if kind not in {"quyet_dinh", "cong_van"}:
        raise Http404(kind)
    advice = get_object_or_404(
        dossier.advices.filter(voided_at__isnull=True, verdict=Advice.Verdict.APPROVE).select_related("by")
    )
    at = timezone.now()
    signer = decision_letters.presumed_signer(request.user, dossier=dossier, at=at)
    composed = decision_letters.approval(
        dossier,
        advice=advice,
        kind=kind,
        by=signer,
        at=at,
        token="",
        printed_token="",
        number=None,
        dated=None,
    )
    return preview_file(composed)


def preview_file(composed: Paper) -> Path:
    """The cached PDF of a letter without number, date and code, by the digest of all that it prints."""
    paper = preview(composed)
    digest = hashlib.sha256(
        json.dumps(freeze(paper), ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
    folder = Path(settings.VAR) / "previews"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest}.pdf"
    with path.with_suffix(".lock").open("w") as lock:
        # A page asks for both its pictures at once: one request lays the letter out, the other waits.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            page_cache.put(path, pdf.render(letterforms.html(paper)))
    return path
