"""Withdrawing what was sent by mistake: says what goes and what stays, then does it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import later_papers
from applications.models import Dossier, EntryFile
from applications.retracting import (
    files_of,
    gone_words,
    may_retract,
    may_retract_files,
    retract,
    retract_file,
)
from applications.slot_states import paper_states
from applications.states import OPEN
from applications.views.answering import UNTRIED, attempting
from applications.views.fetching import dossier_or_404
from documents.models import StoredFile

MOST = 300  # what the journal keeps of a reason


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ref: str, slot: str, version: int) -> HttpResponse:
    """One version of a paper; a reason is asked from the agency."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    paper = get_object_or_404(dossier.papers.select_related("pdf"), slot=slot, version=version)
    if not may_retract(dossier, by=request.user, at=now):
        raise PermissionDenied
    title = next(each.slot.title for each in paper_states(dossier, at=now) if each.code == slot)
    shown = {
        "heading": _("Rút giấy tờ tải nhầm?"),
        "title": title,
        "lead": _("%(title)s, bản %(n)s") % {"title": title, "n": version},
        "effect": _effect(dossier, slot),
        "gone": _("Bản này đã được rút, không còn tệp nào."),
        "key": paper.pk,
        "done": _("Đã rút giấy tờ tải nhầm. Nội dung tệp bị xóa, dấu vết được giữ."),
        # The paper's page for the enterprise; from an office it leads to the case, opened at the paper.
        "back_url": reverse("dossiers:paper", args=[dossier.reference, slot]),
    }
    return _page(
        request, dossier, files_of(paper), shown,
        lambda reason: retract(paper=paper, reason=reason, by=request.user, at=now),
    )  # fmt: skip


def _effect(dossier: Dossier, slot: str) -> str:
    """What becomes of the paper."""
    if dossier.submitted_at is None:
        return _("Giấy tờ trở về “Chưa có”; tải bản đúng lên lúc nào cũng được.")
    if dossier.state in OPEN or later_papers.may_follow(dossier, slot):
        return _("Giấy tờ được trả lại cho doanh nghiệp cùng lý do, để tải bản đúng.")
    return _("Doanh nghiệp được báo cùng lý do; kết quả của hồ sơ giữ nguyên.")


@require_http_methods(["GET", "HEAD", "POST"])
def message_file(request: HttpRequest, ref: str, entry: int, position: int) -> HttpResponse:
    """A file of a message."""
    dossier, now = _of_agency(request, ref)
    rows = EntryFile.objects.select_related("file")
    row = get_object_or_404(rows, dossier=dossier, entry__pk=entry, position=position)
    back = reverse("dossiers:messages", args=[dossier.reference])
    return _one_file(request, dossier, row.file, "message", _("Trao đổi"), back, at=now)


@require_http_methods(["GET", "HEAD", "POST"])
def payroll(request: HttpRequest, ref: str) -> HttpResponse:
    """The payroll behind the number of workers; a renewed dossier shares it, and is asked for another too."""
    dossier, now = _of_agency(request, ref)
    if (file := dossier.baseline_evidence) is None:
        raise Http404(_("Không có tệp này."))
    back = f"{reverse('dossiers:detail', args=[dossier.reference])}?tab=answers"
    return _one_file(request, dossier, file, "baseline_evidence", _("Thông tin đã khai"), back, at=now)


def _of_agency(request: HttpRequest, ref: str) -> tuple[Dossier, datetime]:
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not may_retract_files(dossier, by=request.user, at=now):
        raise PermissionDenied
    return dossier, now


def _one_file(
    request: HttpRequest,
    dossier: Dossier,
    file: StoredFile,
    what: str,
    title: str,
    back: str,
    *,
    at: datetime,
) -> HttpResponse:
    shown = {
        "heading": _("Rút tệp gửi nhầm?"),
        "title": title,
        "lead": file.name,
        "effect": _("Doanh nghiệp được báo cùng lý do; lý do đứng ở chỗ của tệp."),
        "gone": gone_words(file),
        "key": file.pk,
        "done": _("Đã rút tệp gửi nhầm. Nội dung tệp bị xóa, dấu vết được giữ."),
        "back_url": back,
    }

    def verb(reason: str) -> None:
        retract_file(dossier=dossier, file=file, what=what, reason=reason, by=request.user, at=at)

    return _page(request, dossier, [file], shown, verb)


def _page(
    request: HttpRequest, dossier: Dossier, files: Sequence[StoredFile], shown: dict[str, Any],
    verb: Callable[[str], None],
) -> HttpResponse:  # fmt: skip
    """Asks, and withdraws; a reason that was typed stands there again."""
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:MOST]
    attempt = UNTRIED
    if request.method == "POST":
        attempt = attempting(request, lambda: verb(reason))
        if attempt.done:
            messages.success(request, shown["done"])
            return HttpResponseRedirect(shown["back_url"])
    context = shown | {
        "dossier": dossier,
        "files": [file for file in files if file.withdrawn_at is None],
        "reason": reason,
        "reason_asked": dossier.submitted_at is not None,
        "attempt": attempt,
        "most": MOST,
    }
    return render(request, "applications/retract.html", context, status=attempt.status)
