"""The papers of a dossier: their pages as pictures, the PDF, the originals. All through the dossier's own sight."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.models import Dossier, Paper
from applications.sight import PERSONAL, may_open, works_on
from applications.views.fetching import dossier_or_404
from documents.limits import ChildFailed
from documents.models import StoredFile
from documents.page_cache import WIDTHS, drawn
from documents.page_images import PageMissing
from documents.serving import serve
from journal.recording import record
from organisations.models import User


@require_safe
def paper_file(request: HttpRequest, ref: str, slot: str, version: int) -> HttpResponseBase:
    """The paper as one PDF: shown by the browser, or with ?download as a file."""
    dossier, paper = _paper(request, ref, slot, version)
    if paper.pdf is None:
        raise Http404(_("Giấy tờ này không có bản PDF."))
    note_opening(dossier, slot, by=request.user, at=timezone.now())
    name = f"{dossier.reference}-{slot}-v{version}.pdf"
    return serve(paper.pdf, inline="download" not in request.GET, name=name)


@require_safe
def paper_page(request: HttpRequest, ref: str, slot: str, version: int, page: int) -> HttpResponse:
    """One page as a picture; ?w= chooses among the widths that pages use."""
    dossier, paper = _paper(request, ref, slot, version)
    note_opening(dossier, slot, by=request.user, at=timezone.now())
    if paper.pdf is None or paper.pdf.withdrawn_at is not None:
        raise Http404(_("Tệp đã được rút."))
    answer = picture(paper.pdf, page=page, width=request.GET.get("w", ""))
    if slot in PERSONAL:
        answer["Cache-Control"] = "private, no-store"
    return answer


def picture(file: StoredFile, *, page: int, width: str) -> HttpResponse:
    """The answer with a page of a PDF: private, kept by the reader's browser for an hour."""
    wide = next((each for each in WIDTHS if str(each) == width), WIDTHS[0])
    try:
        content = drawn(file, page=page, width=wide)
    except PageMissing as error:
        raise Http404(_("Không có trang này.")) from error
    except (ChildFailed, FileNotFoundError):
        return HttpResponse(
            _("Trang này chưa vẽ được. Mở tệp PDF để xem."), status=503, content_type="text/plain"
        )
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600, immutable"
    return response


@require_safe
def paper_original(
    request: HttpRequest, ref: str, slot: str, version: int, position: int
) -> HttpResponseBase:
    """An uploaded original as it came, always as an attachment."""
    dossier, paper = _paper(request, ref, slot, version)
    part = get_object_or_404(paper.parts.select_related("file"), position=position)
    note_opening(dossier, slot, by=request.user, at=timezone.now())
    return serve(part.file)


EVIDENCE = {"baseline": "baseline_evidence", "authorisation": "signer_authorisation"}


@require_safe
def evidence_file(request: HttpRequest, ref: str, which: str) -> HttpResponseBase:
    """The file behind an answer: proof of the baseline, or the signer's authorisation."""
    dossier = dossier_or_404(request, ref)
    if not works_on(dossier, by=request.user, at=timezone.now()):
        raise PermissionDenied
    file = getattr(dossier, EVIDENCE[which]) if which in EVIDENCE else None
    if file is None:
        raise Http404(_("Không có tệp này."))
    record(
        "evidence.opened",
        by=request.user,
        at=timezone.now(),
        kind="dossier",
        subject_id=dossier.pk,
        fields=[which],
    )
    return serve(file, inline="download" not in request.GET)


def note_opening(dossier: Dossier, slot: str, *, by: User, at: datetime) -> None:
    """One row of the journal when a paper that names workers is opened."""
    if slot in PERSONAL:
        record("paper.opened", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[slot])


def _paper(request: HttpRequest, ref: str, slot: str, version: int) -> tuple[Dossier, Paper]:
    dossier = dossier_or_404(request, ref)
    if not may_open(dossier, slot, by=request.user, at=timezone.now()):
        raise PermissionDenied
    return dossier, get_object_or_404(dossier.papers.select_related("pdf"), slot=slot, version=version)
