"""The bound volume, for everybody who sees the dossier: its versions, its parts with their digests, the PDF."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.models import Dossier, Volume
from applications.views.fetching import dossier_or_404
from documents.issuing import printed
from documents.serving import serve
from journal.recording import record


@require_safe
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """All versions, the newest first and open."""
    dossier = dossier_or_404(request, ref)
    volumes = list(dossier.volumes.prefetch_related("books__file").order_by("-version", "-pk"))
    context: dict[str, Any] = {
        "dossier": dossier,
        "volumes": [_shown(dossier, volume) for volume in volumes],
        "is_submitted": dossier.code is not None,
    }
    return render(request, "applications/volume.html", context)


def _shown(dossier: Dossier, volume: Volume) -> dict[str, Any]:
    base = reverse("dossiers:volume_pdf", args=[dossier.reference])
    return {
        "volume": volume,
        "token": printed(volume.token),
        "books": [
            {
                "number": book.number,
                "pages": book.pages,
                "url": f"{base}?v={volume.version}&tap={book.number}",
            }
            for book in volume.books.all()
            if book.file.withdrawn_at is None
        ],
    }


@require_safe
def pdf(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One book of a version: the newest and the first, unless ?v= and ?tap= say otherwise. A journal row each time."""
    dossier = dossier_or_404(request, ref)
    version, number = request.GET.get("v", ""), request.GET.get("tap", "1")
    volumes = dossier.volumes.order_by("-version", "-pk")
    if version:
        volumes = volumes.filter(version=int(version)) if _is_number(version) else volumes.none()
    volume = volumes.first()
    if volume is None:
        raise Http404(_("Tập hồ sơ chưa được đóng. Thử lại sau ít phút."))
    books = volume.books.select_related("file").filter(number=int(number) if _is_number(number) else 0)
    book = books.first()
    if book is None:
        raise Http404(_("Không có tập này."))
    record(
        "volume.opened",
        by=request.user,
        at=timezone.now(),
        kind="dossier",
        subject_id=dossier.pk,
        fields=[f"v{volume.version}"],
    )
    return serve(book.file, inline="download" not in request.GET)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6
