"""Door of a sheet that was signed on paper: its scan, the day and who signed; read back beside the scan; sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

import plan
from applications import uploading, waiting_scans
from applications.actors import is_leader
from applications.forms.fields import DayField
from applications.promises import promise
from applications.states import State
from applications.views.answering import (
    REFUSED,
    STALE,
    UNTRIED,
    Attempt,
    attempting,
    moved_on_words,
    stale_words,
    unmet_parts,
)
from applications.views.desk_checked import EDIT, SEND
from documents.checking import Refused
from documents.models import StoredFile
from documents.page_images import first_pages
from documents.storing import or_gone
from inspections import paper_sheets, visiting
from inspections.models import Visit
from inspections.paper_sheets import SignedPaper
from inspections.views.visits import fetch, linker
from organisations.forms.fields import NameField, PlainForm
from organisations.reauthentication import ask, recently
from pages.parts import Fact
from pages.templatetags.ui import vn_date

MOST_FILES = 10


class PaperSheetForm(PlainForm):
    """The day and the two who signed; the files come beside them."""

    dated = DayField(label=gettext_lazy("Ngày ký trên phiếu"), past=True)
    team_signer = NameField(label=gettext_lazy("Người ký cho tổ kiểm tra"), max_length=150)
    firm_signer = NameField(label=gettext_lazy("Người ký cho doanh nghiệp"), max_length=150)
    scan = forms.FileField(label=gettext_lazy("Bản quét, ảnh chụp phiếu đã ký"), required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated"].today = plan.local_day(at)  # type: ignore[attr-defined]

    def paper(self, scan: StoredFile) -> SignedPaper:
        """What the verb is told, of a valid form."""
        return SignedPaper(scan=scan, **{name: self.cleaned_data[name] for name in NAMES})


NAMES = ("dated", "team_signer", "firm_signer")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form; what it says beside the pages of the scan; and the visit once the sheet is in the dossier."""
    found, now, step = fetch(request, pk), timezone.now(), request.POST.get("step")
    if not is_leader(found.dossier, by=request.user, at=now):
        raise PermissionDenied
    if step == SEND and not recently(request):
        return ask(request)
    given = request.POST if request.method == "POST" else None
    form = PaperSheetForm(given, at=now, initial=_initial(request, found, at=now))
    attempt = _fits(request, found)
    missing = visiting.unmet(found, by=request.user, at=now) if attempt is UNTRIED else []
    scan = waiting_scans.latest(found.dossier, by=request.user, slot=waiting_scans.SHEET)
    if given is not None and attempt is UNTRIED and not missing:
        scan = _scan_sent(request, found, form, at=now) or scan
        if scan is None and not form.errors.get("scan"):
            form.add_error("scan", _("Chưa có bản quét. Chọn tệp quét hoặc ảnh chụp phiếu đã ký."))
        if form.is_valid() and scan is not None and step != EDIT:
            attempt = _tried(request, found, form.paper(scan), form, step, at=now)
            if attempt.done:
                return redirect("visits:visit", pk=pk)
            if attempt is UNTRIED:
                return _read_back(request, found, form.paper(scan), at=now)
    context = _around(found, attempt, at=now) | {
        "form": form, "scan": scan, "max_bytes": settings.MAX_FILE_BYTES,
        "missing": unmet_parts(missing, link=linker(found)),
    }  # fmt: skip
    status = REFUSED if form.errors and step != EDIT else attempt.status
    return render(request, "inspections/sign_paper.html", context, status=status)


def _around(found: Visit, attempt: Attempt, *, at: datetime) -> dict[str, Any]:
    made = promise(found.dossier, at=at)
    return {"visit": found, "dossier": found.dossier, "attempt": attempt, "promise": made}


def _initial(request: HttpRequest, found: Visit, *, at: datetime) -> dict[str, Any]:
    day = plan.local_day(found.ended_at or at)
    return {"dated": day, "team_signer": request.user.full_name, "firm_signer": found.firm_person}


def _fits(request: HttpRequest, found: Visit) -> Attempt:
    if found.sheet_id is None and found.dossier.state == State.TEAM_ASSIGNED:
        return UNTRIED
    words = stale_words if request.method == "POST" else moved_on_words
    return Attempt(status=STALE, stale=words(found.dossier, by=request.user))


def _scan_sent(
    request: HttpRequest, found: Visit, form: PaperSheetForm, *, at: datetime
) -> StoredFile | None:
    """The files that came now, kept as one PDF that waits; what is wrong with them is said at their field."""
    sent = request.FILES.getlist("scan")
    if len(sent) > MOST_FILES:
        form.add_error(
            "scan", _("Một phiếu tối đa %(n)s tệp. Quét các trang vào một PDF.") % {"n": MOST_FILES}
        )
        return None
    if not sent:
        return None
    try:
        scan = uploading.hold_scan(sent, name="phieu-da-ky.pdf", by=request.user, at=at)
    except Refused as refusal:
        form.add_error("scan", refusal.message)
        return None
    with or_gone([scan]):
        kept = attempting(
            request, lambda: paper_sheets.wait(dossier=found.dossier, scan=scan, by=request.user, at=at)
        )
    return scan if kept.done else None


def _tried(
    request: HttpRequest, found: Visit, paper: SignedPaper, form: PaperSheetForm, step: str | None, *, at: datetime
) -> Attempt:  # fmt: skip
    """Signs once this very scan was read back; before that only says what is unmet."""
    wrong = paper.unmet(found, at=at)
    for unmet in wrong:
        form.add_error(unmet.anchor, unmet.detail)
    if wrong:
        return Attempt(status=REFUSED)
    if step != SEND or request.POST.get("read") != str(paper.scan.pk):
        return UNTRIED
    return attempting(
        request, lambda: visiting.sign(visit=found, paper=paper, by=request.user, at=at), link=linker(found)
    )


def _read_back(request: HttpRequest, found: Visit, paper: SignedPaper, *, at: datetime) -> HttpResponse:
    facts = [
        Fact(_("Ngày ký"), vn_date(paper.dated), change_to="id_dated"),
        Fact(_("Người ký cho tổ kiểm tra"), paper.team_signer, change_to="id_team_signer"),
        Fact(_("Người ký cho doanh nghiệp"), paper.firm_signer, change_to="id_firm_signer"),
        Fact(_("Kết luận chung"), str(found.get_verdict_display())),
        Fact(_("Nhận xét"), found.remarks),
    ]
    context = _around(found, UNTRIED, at=at) | {
        "facts": facts, "pictures": first_pages(paper.scan), "scan": paper.scan,
        "typed": [*((name, request.POST.get(name, "")) for name in NAMES), ("read", paper.scan.pk)],
        "here": reverse("visits:sign_paper", args=[found.pk]),
    }  # fmt: skip
    return render(request, "inspections/sign_paper_check.html", context)
