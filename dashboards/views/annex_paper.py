"""One document for many enterprises that was signed on paper: choose, type what stands on it, read back, issue."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import plan
from applications import deciding_many, lifecycle, paper_signing, waiting_scans
from applications.decision_letters import SYMBOLS
from applications.models import Advice, Decision, PaperSignature
from applications.unmet import Unmet
from applications.views.answering import STALE, UNTRIED, Attempt, attempting, unmet_parts
from dashboards.forms.office import KINDS, SignedPaperForm
from dashboards.views.annex import chosen_of, fewer_than_ticked, rows_of
from dashboards.views.paper_signing import scan_sent
from documents.models import Letter, StoredFile
from documents.page_images import first_pages
from documents.storing import or_gone
from organisations.reauthentication import ask, recently
from organisations.roles import May
from pages import parts
from pages.templatetags.ui import vn_date, vn_time

NAMES = ("kind", "signer", "number", "dated")
APPROVED = Decision.Verdict.APPROVED


def _office_only(request: HttpRequest, *, at: datetime) -> None:
    if not request.user.may(May.RECORD_SIGNATURES, on=plan.local_day(at)):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The list and the form; `?kept=` opens what was kept of a scan again. Nothing is issued here."""
    now = timezone.now()
    _office_only(request, at=now)
    asked = _scan_asked(request)
    kept = paper_signing.of_scan(asked) if asked else []
    given = request.POST if request.method == "POST" else None
    form = SignedPaperForm(
        given, request.FILES or None, verdict=APPROVED, today=plan.local_day(now),
        initial={name: getattr(kept[0], name) for name in NAMES} if kept else None,
    )  # fmt: skip
    chosen = chosen_of(request) if given is not None else [row.advice for row in kept]
    scan = kept[0].scan if kept else None
    attempt, each = UNTRIED, {}
    if given is not None:
        each = _in_the_way(request, form, chosen, at=now)
        attempt, scan = _keep(request, form, chosen, each, scan, at=now)
        if attempt.done:
            return redirect("annex_paper_kept", attempt.value[0].scan_id)
        _name_fields(form, each)
    context = {
        "form": form, "rows": rows_of(request, chosen, each), "attempt": attempt, "kept": scan,
        "max_bytes": settings.MAX_FILE_BYTES,
    }  # fmt: skip
    wrong = bool(form.errors) or any(each.values())
    status = attempt.status if attempt.status != 200 else 422 if wrong else 200
    return render(request, "dashboards/annex_paper.html", context, status=status)


def _scan_asked(request: HttpRequest) -> UUID | None:
    """The scan that the address or the form names."""
    try:
        return UUID(request.POST.get("kept") or request.GET.get("kept", ""))
    except ValueError:
        return None


def _waiting(request: HttpRequest, chosen: list[Advice]) -> StoredFile | None:
    """This person's scan that waits: the one that the form shows, else one at a dossier that is ticked."""
    asked = _scan_asked(request)
    shown = waiting_scans.one(asked, by=request.user) if asked else None
    return shown or waiting_scans.latest(*[each.dossier for each in chosen], by=request.user)


def _in_the_way(
    request: HttpRequest, form: SignedPaperForm, chosen: list[Advice], *, at: datetime
) -> dict[int, list[Unmet]]:
    """Of each dossier, why this paper cannot be recorded for it."""
    if not form.is_valid():
        return {}
    given = {name: form.cleaned_data[name] for name in ("signer", "dated")}
    return {
        advice.pk: lifecycle.unmet(
            "record_approval", advice.dossier, by=request.user, at=at, advice=advice, **given
        )
        for advice in chosen
    }


def _name_fields(form: SignedPaperForm, each: dict[int, list[Unmet]]) -> None:
    """What is in the way of a dossier and is mended in the form stands at its field too, once."""
    at_fields = {why.anchor: why for row in each.values() for why in row if why.anchor in form.fields}
    for name, why in at_fields.items():
        form.add_error(name, why.detail)


def _keep(
    request: HttpRequest, form: SignedPaperForm, chosen: list[Advice], each: dict[int, list[Unmet]],
    scan: StoredFile | None, *, at: datetime,
) -> tuple[Attempt, StoredFile | None]:  # fmt: skip
    """Keeps a good scan with good answers; beside answers still wrong it waits at the first dossier chosen."""
    sent = scan_sent(request, form, at=at)
    scan = sent or _waiting(request, chosen) or scan
    if scan is None and "scan" not in request.FILES:
        form.add_error("scan", _("Chưa có bản quét. Chọn tệp quét văn bản đã ký, đóng dấu."))
    attempt = _together(request, chosen)
    with or_gone([sent] if sent else []):
        if attempt is UNTRIED and not (form.errors or any(each.values()) or scan is None):
            data = {name: form.cleaned_data[name] for name in NAMES}
            attempt = attempting(
                request,
                lambda: paper_signing.keep_many(advices=chosen, scan=scan, by=request.user, at=at, **data),
                form=form,
            )
        if sent and chosen and not attempt.done:
            at_first = chosen[0].dossier
            attempting(
                request, lambda: paper_signing.wait(dossier=at_first, scan=sent, by=request.user, at=at)
            )
    return attempt, scan if chosen or scan is not sent else None


def _together(request: HttpRequest, chosen: list[Advice]) -> Attempt:
    """Why what was ticked cannot be one paper: a dossier changed meanwhile, or they do not belong together."""
    if fewer := fewer_than_ticked(request, chosen):
        return fewer
    reasons = deciding_many.together(chosen)
    return Attempt(status=422, unmet=unmet_parts(reasons)) if reasons else UNTRIED


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, scan: UUID) -> HttpResponse:
    """What was kept beside the scan, and its issue; once it is issued, the letter."""
    now = timezone.now()
    _office_only(request, at=now)
    rows = paper_signing.of_scan(scan)
    if not rows:
        letter = Letter.objects.filter(pdf=scan, recorded_by__isnull=False).first()
        return redirect("documents:letter", pk=letter.pk) if letter else redirect("annex_paper")
    if request.method != "POST":
        return _read_back(request, rows, UNTRIED, at=now)
    if not recently(request):
        return ask(request)
    if {str(row.pk) for row in rows} != set(request.POST.getlist("row")):
        words = _("%(name)s vừa ghi lại văn bản này. Đọc lại bên cạnh bản quét rồi phát hành.")
        overtaken = parts.Unmet(words % {"name": rows[0].by.full_name}, "", "")
        return _read_back(request, rows, Attempt(status=STALE, unmet=(overtaken,)), at=now)
    attempt = attempting(request, lambda: paper_signing.issue_many(signatures=rows, by=request.user, at=now))
    if attempt.done:
        return redirect("documents:letter", pk=attempt.value[0].letter_id)
    return _read_back(request, rows, attempt, at=now)


def _read_back(
    request: HttpRequest, rows: list[PaperSignature], attempt: Attempt, *, at: datetime
) -> HttpResponse:
    first = rows[0]
    given = {"signer": first.signer, "dated": first.dated}
    listed: list[dict[str, Any]] = [
        {"advice": row.advice, "pk": row.pk, "unmet": lifecycle.unmet(
            "record_approval", row.advice.dossier, by=request.user, at=at, advice=row.advice, **given)}
        for row in rows
    ]  # fmt: skip
    for row in listed:
        if row["advice"].voided_at is not None and not row["unmet"]:
            row["unmet"] = [
                Unmet("advice", plan.NOT_IN_THE_PLAN, _("Ý kiến đề nghị đã thay đổi từ khi ghi."))
            ]
    context = {
        "first": first, "rows": listed, "attempt": attempt, "pictures": first_pages(first.scan),
        "locked": any(row["unmet"] for row in listed),
        "facts": [
            parts.Fact(_("Loại văn bản"), str(dict(KINDS[APPROVED]).get(first.kind, ""))),
            parts.Fact(_("Số văn bản"), f"{first.number:02d}/{SYMBOLS[first.kind]}"),
            parts.Fact(_("Ngày ký"), vn_date(first.dated)),
            parts.Fact(_("Người ký"), first.signer.full_name),
            parts.Fact(_("Bắt đầu"), f"{vn_time(first.advice.hour)}, {vn_date(first.advice.starts_on)}"),
        ],
        "label": _("Phát hành cho %(n)s doanh nghiệp") % {"n": len(rows)},
    }  # fmt: skip
    return render(request, "dashboards/annex_paper_check.html", context, status=attempt.status)
