"""Signed pages come back: send them, watch them being read, say where the uncertain ones go."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from applications import filing
from applications.models import Dossier, Scan
from applications.scanning import confirming, result, taking
from applications.views import desk_papers
from applications.views.answering import UNTRIED, Attempt, attempting
from applications.views.enterprise_papers import PAPER_ACCEPT
from applications.views.fetching import own_dossier_or_404
from applications.views.links import posted_only


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The one place for signed pages; a POST brings files."""
    dossier = own_dossier_or_404(request, ref)
    if request.method != "POST":
        return _page(request, dossier, UNTRIED, [])
    sent = request.FILES.getlist("files")
    if not sent:
        return _page(request, dossier, UNTRIED, [_("Chưa chọn tệp nào. Chọn tệp rồi bấm lại.")])
    attempt = attempting(
        request, lambda: taking.take(dossier=dossier, sent=sent, by=request.user, at=timezone.now())
    )
    if not attempt.done:
        return _page(request, dossier, attempt, [])
    taken: taking.Taken = attempt.value
    errors = [each.message for each in taken.refused]
    if errors:
        return _page(request, dossier, UNTRIED, errors, is_kept=taken.scan is not None)
    return HttpResponseRedirect(_here(dossier))


def _here(dossier: Dossier) -> str:
    return reverse("dossiers:scan", args=[dossier.reference])


@require_safe
def progress(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the reading has come; once it is done, the page is asked to load itself anew."""
    dossier = own_dossier_or_404(request, ref)
    scan = taking.open_scan(dossier)
    if scan is None or scan.state != Scan.State.READING:
        response = HttpResponse(status=200)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "applications/scan_job.html", _job(dossier, scan))


def _job(dossier: Dossier, scan: Scan) -> dict[str, Any]:
    read, total = scan.sheets.count(), scan.pages or 0
    line = _("Đang mở tệp. Có thể đóng trang này; đọc xong hồ sơ tự có kết quả.")
    if total:
        line = _("Trang %(n)s trên %(total)s. Có thể đóng trang này; đọc xong hồ sơ tự có kết quả.")
        line %= {"n": min(read + 1, total), "total": total}
    return {
        "percent": 5 + (90 * read // total if total else 0),
        "line": line,
        "poll_url": reverse("dossiers:scan_progress", args=[dossier.reference]),
    }


@posted_only("scan")
def file_pages(request: HttpRequest, ref: str) -> HttpResponse:
    """Files what the person has said of the pages that are left."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    scan = taking.open_scan(dossier)
    if scan is None:
        messages.info(request, _("Bản quét này đã kết thúc, không còn trang nào chờ xếp."))
        return HttpResponseRedirect(_here(dossier))
    choices = {
        int(name.removeprefix("page-")): value
        for name, value in request.POST.items()
        if name.startswith("page-") and name.removeprefix("page-").isdecimal() and len(name) < 12
    }
    attempt = attempting(
        request,
        lambda: confirming.confirm(
            scan=scan, choices=choices, stamp=request.POST.get("stamp", ""), by=request.user, at=now
        ),
        link=lambda unmet: f"#id_{unmet.anchor}",
    )
    if not attempt.done:
        return _page(request, dossier, attempt, [], choices=choices)
    count = len(attempt.value.papers)
    words = ngettext("Đã xếp %(n)d giấy tờ vào hồ sơ.", "Đã xếp %(n)d giấy tờ vào hồ sơ.", count)
    messages.success(request, words % {"n": count})
    return HttpResponseRedirect(_here(dossier))


@posted_only("scan")
def drop(request: HttpRequest, ref: str) -> HttpResponse:
    """Ends the open scan: pages without a place are left out. A second click changes nothing."""
    dossier = own_dossier_or_404(request, ref)
    scan = taking.open_scan(dossier)
    if scan is not None:
        attempting(request, lambda: taking.drop(scan=scan, by=request.user, at=timezone.now()))
    return HttpResponseRedirect(_here(dossier))


@require_safe
def picture(request: HttpRequest, ref: str, page: int) -> HttpResponse:
    """One page of the open scan as a picture."""
    dossier = own_dossier_or_404(request, ref)
    scan = taking.open_scan(dossier)
    if scan is None or scan.whole is None:
        raise Http404(_("Không có bản quét nào đang mở."))
    get_object_or_404(scan.sheets, number=page)
    answer = desk_papers.picture(scan.whole, page=page, width=request.GET.get("w", ""))
    answer["Cache-Control"] = "private, no-store"  # the next scan has the same address, and other pages
    return answer


def _page(
    request: HttpRequest, dossier: Dossier, attempt: Attempt, errors: list[str], *,
    is_kept: bool = False, choices: dict[int, str] | None = None,
) -> HttpResponse:  # fmt: skip
    now = timezone.now()
    scan = taking.open_scan(dossier)
    is_reading = scan is not None and scan.state == Scan.State.READING
    context = {
        "dossier": dossier,
        "attempt": attempt,
        "errors": errors,
        "is_kept": is_kept,
        "is_open": dossier.state in filing.EDITABLE,
        "scan": scan,
        "is_reading": is_reading,
        "max_bytes": settings.MAX_FILE_BYTES,
        "accept": PAPER_ACCEPT,
        **(_job(dossier, scan) if scan is not None and is_reading else {}),
        **_result(dossier, scan, choices or {}, is_reading=is_reading, at=now),
    }
    status = attempt.status if attempt.status != 200 else 422 if errors else 200
    return render(request, "applications/scan.html", context, status=status)


def _result(
    dossier: Dossier, scan: Scan | None, choices: dict[int, str], *, is_reading: bool, at: datetime
) -> dict[str, Any]:
    if scan is not None:
        return {"result": None if is_reading else result.of(scan, choices=choices, at=at), "last": None}
    last = dossier.scans.order_by("-sent_at", "pk").first()
    return {"result": None, "last": result.of(last, choices={}, at=at) if last else None}
