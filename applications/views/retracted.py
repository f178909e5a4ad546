"""Withdrawing a paper sent by mistake: says what goes and what stays, then does it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Dossier
from applications.retracting import files_of, may_retract, retract
from applications.slot_states import paper_states
from applications.views.answering import UNTRIED, attempting
from applications.views.fetching import dossier_or_404

MOST = 500


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ref: str, slot: str, version: int) -> HttpResponse:
    """One version of a paper; a reason is asked from the agency."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    paper = get_object_or_404(dossier.papers.select_related("pdf"), slot=slot, version=version)
    if not may_retract(dossier, by=request.user, at=now):
        raise PermissionDenied
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:MOST]
    attempt = UNTRIED
    if request.method == "POST":
        attempt = attempting(request, lambda: retract(paper=paper, reason=reason, by=request.user, at=now))
        if attempt.done:
            messages.success(request, _("Đã rút giấy tờ tải nhầm. Nội dung tệp bị xóa, dấu vết được giữ."))
            return HttpResponseRedirect(_back(dossier, slot))
    context = {
        "dossier": dossier,
        "paper": paper,
        "title": next(each.slot.title for each in paper_states(dossier, at=now) if each.code == slot),
        "files": [file for file in files_of(paper) if file.withdrawn_at is None],
        "reason": reason,
        "reason_asked": dossier.submitted_at is not None,
        "attempt": attempt,
        "back_url": _back(dossier, slot),
        "most": MOST,
    }
    return render(request, "applications/retract.html", context, status=attempt.status)


def _back(dossier: Dossier, slot: str) -> str:
    """The paper's page for the enterprise; from an office it leads to the case, opened at the paper."""
    return reverse("dossiers:paper", args=[dossier.reference, slot])
