"""Doors to letters: the list, one letter, its PDF. A letter is reached through the site that it is about."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan
from documents.issuing import printed
from documents.models import Letter
from documents.reading import is_addressee, note_reading, readings, status_of
from documents.serving import serve
from organisations.roles import May

PER_PAGE = 25


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters in the person's field of sight, newest first."""
    today = plan.local_day(timezone.now())
    rows = Letter.objects.visible_to(request.user, on=today).order_by("-issued_at", "pk")
    kind = request.GET.get("kind", "")
    if kind in Letter.Kind.values:
        rows = rows.filter(kind=kind)
    page = Paginator(
        rows.only("number", "symbol", "kind", "abstract", "dated", "dossier_code", "pdf_id"), PER_PAGE
    )
    context = {
        "page": page.get_page(request.GET.get("page")),
        "kinds": Letter.Kind.choices,
        "kind": kind,
        "base_query": f"kind={kind}&" if kind in Letter.Kind.values else "",
        "may_record": request.user.may(May.RECORD_SIGNATURES, on=today),
    }
    return render(request, "documents/letters.html", context)


@require_safe
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One letter: what it is, who has read it, the PDF once it is made."""
    now = timezone.now()
    found = get_object_or_404(
        Letter.objects.visible_to(request.user, on=plan.local_day(now)).select_related(
            "pdf", "agency", "replaced_by", "recalled_by", "recorded_by"
        ),
        pk=pk,
    )
    context = {
        "letter": found,
        "status": status_of(found, on=plan.local_day(now)),
        "printed_token": printed(found.token),
        "readings": readings(found),
        "is_addressee": is_addressee(found, user=request.user),
        "may_recall": request.user.may(May.RECALL, on=plan.local_day(now))
        and found.recalled_at is None
        and found.kind in {Letter.Kind.DECISION, Letter.Kind.REFUSAL},
    }
    return render(request, "documents/letter.html", context)


@require_safe
def letter_pdf(request: HttpRequest, pk: UUID) -> HttpResponse | FileResponse:
    """The PDF; opening it as the addressee keeps the read receipt (a journal row and its mark)."""
    now = timezone.now()
    found = get_object_or_404(
        Letter.objects.visible_to(request.user, on=plan.local_day(now)).select_related("pdf"), pk=pk
    )
    if found.pdf is None:
        return render(request, "documents/letter_waiting.html", {"letter": found}, status=202)
    note_reading(found, by=request.user, at=now)
    return serve(found.pdf, inline="download" not in request.GET)
