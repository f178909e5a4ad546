"""The papers to sign, printed with their codes; and the separators for papers from elsewhere."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import plan
from applications import drafting, filing
from applications.models import Dossier, SigningPack
from applications.packing import printing
from applications.views.answering import UNTRIED, Attempt, attempting
from applications.views.fetching import own_dossier_or_404
from applications.views.links import gap_groups
from documents.serving import serve

Kind = SigningPack.Kind


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """What would be printed, the prints there are; a POST asks for a print. A print that is being made is polled."""
    dossier = own_dossier_or_404(request, ref)
    attempt = UNTRIED
    if request.method == "POST":
        kind = request.POST.get("kind", Kind.PAPERS)
        if kind not in Kind.values:
            raise Http404(kind)
        attempt = attempting(
            request,
            lambda: printing.ask(dossier=dossier, kind=kind, by=request.user, at=timezone.now()),
        )
        if attempt.done:
            return HttpResponseRedirect(reverse("dossiers:pack", args=[dossier.reference]))
    context = _context(dossier, attempt)
    template = (
        "applications/pack_prints.html" if request.headers.get("HX-Request") else "applications/pack.html"
    )
    return render(request, template, context, status=attempt.status)


def _context(dossier: Dossier, attempt: Attempt) -> dict[str, Any]:
    on = plan.local_day(timezone.now())
    digests = printing.text_digests(dossier, on=on)
    drafts = drafting.drafts(dossier, on=on)
    gaps = drafting.gaps_of(drafts)
    prints = list(dossier.packs.select_related("made_by", "file").order_by("kind", "-version", "pk"))
    return {
        "dossier": dossier,
        "attempt": attempt,
        "drafts": drafts,
        "gaps": gaps,
        "blanks": gap_groups(dossier, gaps),
        "is_open": dossier.state in filing.EDITABLE,
        "papers": _newest(prints, Kind.PAPERS),
        "papers_stand": _stands(_newest(prints, Kind.PAPERS), digests),
        "separators": _newest(prints, Kind.SEPARATORS),
        "older": [each for each in prints if each.kind == Kind.PAPERS][1:],
        "is_waiting": any(each.rendered_at is None for each in prints),
        "poll_url": reverse("dossiers:pack", args=[dossier.reference]),
    }


def _newest(prints: list[SigningPack], kind: str) -> SigningPack | None:
    return next((each for each in prints if each.kind == kind), None)


def _stands(pack: SigningPack | None, digests: dict[str, str]) -> bool:
    """Whether every paper of a print still says what was printed."""
    if pack is None:
        return False
    if pack.rendered_at is None:
        return True
    return {slot: row.digest for slot, row in printing.printed_in(pack).items()} == digests


@require_safe
def pdf(request: HttpRequest, ref: str, kind: str, version: int) -> HttpResponseBase:
    """One print as PDF."""
    dossier = own_dossier_or_404(request, ref)
    pack = get_object_or_404(dossier.packs.select_related("file"), kind=kind, version=version)
    if pack.file is None:
        raise Http404(_("Bản in đang được làm."))
    return serve(pack.file, inline="download" not in request.GET)
