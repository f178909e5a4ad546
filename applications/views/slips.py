"""Doors of the slips that follow a dossier: the apology (04), the control slip (05), the follow-up book (06)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

import plan
from applications import apologies, counter, follow_up, slips, slips_aside
from applications.actors import Actor, may_act
from applications.clock_ledger import due_for
from applications.forms.fields import DayField
from applications.hand_overs import hand_overs
from applications.models import Apology, Dossier
from applications.moments import VisitMomentForm
from applications.promises import promise
from applications.views.answering import STALE, UNTRIED, Attempt, attempting, stale_words
from applications.views.fetching import dossier_or_404
from documents import fonts, pdf
from documents.letterforms.signs import printable
from journal.recording import record
from organisations.roles import May
from organisations.views.doors import needs, today
from pages import parts
from pages.deadline_words import due_words
from pages.exporting import Cell, Export, response
from plan.clock import LOCAL

PDF = "application/pdf"


def _desk_dossier(request: HttpRequest, ref: str) -> Dossier:
    related = (
        "site__enterprise",
        "site__commune",
        "site__district",
        "receiving_agency",
        "handled_by",
        "team",
    )
    dossier = dossier_or_404(request, ref, related=related)
    if not may_act(Actor.RECEIVER, dossier, by=request.user, at=timezone.now()):
        raise PermissionDenied
    return dossier


def _crumbs(dossier: Dossier) -> list[parts.Entry]:
    label = _("Hồ sơ %(code)s") % {"code": dossier.reference}
    return [parts.Entry(label, reverse("dossiers:detail", args=[dossier.reference]))]


class ApologyForm(VisitMomentForm):
    """Why, and the new date."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In vào phiếu; doanh nghiệp đọc nguyên văn câu này"),
        error_messages={"required": gettext_lazy("Chưa ghi lý do. Doanh nghiệp đọc câu này.")},
    )  # fmt: skip
    field_order = ["reason", "visit_on", "visit_hour"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["visit_on"].label = gettext_lazy("Hẹn lại đến ngày")
        self.fields["visit_on"].error_messages["required"] = gettext_lazy("Chưa ghi ngày hẹn mới.")
        self.fields["visit_hour"].label = gettext_lazy("Chậm nhất lúc")


@require_http_methods(["GET", "HEAD", "POST"])
def apology(request: HttpRequest, ref: str) -> HttpResponse:
    """The prepared page: what was promised, why it cannot be kept, the new date; once a stage."""
    dossier = _desk_dossier(request, ref)
    now = timezone.now()
    stage = apologies.open_stage(dossier)
    rows = Apology.objects.select_related("letter", "confirmed_by")
    row = rows.filter(stage=stage).first() if stage else None
    form = ApologyForm(request.POST or None, initial=_proposed(stage, at=now))
    attempt = UNTRIED
    if stage is None and request.method == "POST":
        attempt = Attempt(status=STALE, stale=stale_words(dossier, by=request.user))
    elif stage is not None and request.method == "POST" and form.is_valid():
        attempt = attempting(request, lambda: apologies.confirm(
            dossier=dossier, reason=form.cleaned_data["reason"], new_due_at=form.visit_at(), by=request.user, at=now,
        ), form=form)  # fmt: skip
        if attempt.done:
            return redirect("dossiers:apology", dossier.reference)
    context = {
        "dossier": dossier, "stage": stage, "row": row, "form": form, "attempt": attempt,
        "due_for": due_for(stage) if stage else "",
        "due": due_words(stage.due_at) if stage else "",
        "promise": promise(dossier, at=now), "crumbs": _crumbs(dossier),
    }  # fmt: skip
    status = 422 if form.errors else attempt.status
    return render(request, "applications/desk/apology.html", context, status=status)


def _proposed(stage: Any, *, at: Any) -> dict[str, Any]:
    if stage is None:
        return {}
    local = apologies.proposed(stage, at=at).astimezone(LOCAL)
    return {"visit_on": local.date(), "visit_hour": "17:00"}


@require_http_methods(["GET", "HEAD", "POST"])
def control(request: HttpRequest, ref: str) -> HttpResponse:
    """Every hand-over as the record has it; POST issues the slip with its number."""
    dossier = _desk_dossier(request, ref)
    if request.method == "POST":
        letter = slips_aside.issue_control(dossier, by=request.user, at=timezone.now())
        return redirect("documents:letter", letter.pk)
    context = {"dossier": dossier, "rows": hand_overs(dossier), "crumbs": _crumbs(dossier),
               "promise": promise(dossier, at=timezone.now())}  # fmt: skip
    return render(request, "applications/desk/control.html", context)


class PeriodForm(forms.Form):
    """From a day to a day."""

    since = DayField(
        label=gettext_lazy("Từ ngày"), error_messages={"required": gettext_lazy("Chưa ghi ngày đầu.")}
    )
    until = DayField(
        label=gettext_lazy("Đến ngày"), error_messages={"required": gettext_lazy("Chưa ghi ngày cuối.")}
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError(_("Ngày cuối đứng trước ngày đầu. Xem lại hai ngày.")))
        elif since and until and (until - since).days > follow_up.MOST_DAYS:
            self.add_error("until", ValidationError(_("Nhiều nhất một năm. Chọn hai ngày gần hơn.")))
        return data


@needs(May.RECEIVE)
@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """The book of a period on the page, the last 30 days at first; as PDF and as a workbook."""
    form = _period(request)
    rows: list[follow_up.Row] = []
    count = 0
    if form.is_valid():
        agency, data = _agency(request), form.cleaned_data
        found = follow_up.dossiers(agency, since=data["since"], until=data["until"])
        count = found.count()
        rows = list(_few(follow_up.book(agency, at=timezone.now(), **data), 50))
    query = (
        request.GET.urlencode() if request.GET else f"since={form.data['since']}&until={form.data['until']}"
    )
    context = {"form": form, "rows": rows, "count": count, "query": query, "most": follow_up.MOST_PRINTED,
               "crumbs": [parts.Entry(_("Hồ sơ"), reverse("dossiers:list"))]}  # fmt: skip
    return render(request, "applications/desk/book.html", context, status=422 if form.errors else 200)


def _few(rows: Iterator[follow_up.Row], most: int) -> Iterator[follow_up.Row]:
    for _number, row in zip(range(most), rows, strict=False):
        yield row


def _period(request: HttpRequest) -> PeriodForm:
    day = today()
    first = {"since": f"{day - timedelta(days=30):%d/%m/%Y}", "until": f"{day:%d/%m/%Y}"}
    return PeriodForm(request.GET if "since" in request.GET else first)


def _agency(request: HttpRequest) -> Any:
    return counter.desk_of(request.user, at=timezone.now())


@needs(May.RECEIVE)
@require_safe
def book_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The whole book of the period: a workbook, or an A4 register on paper."""
    form = _period(request)
    if not form.is_valid():
        return redirect(f"{reverse('dossiers:book')}?{request.GET.urlencode()}")
    agency, since, until = _agency(request), form.cleaned_data["since"], form.cleaned_data["until"]
    now = timezone.now()
    record(
        "book.exported", by=request.user, at=now, kind="export", subject_id=kind, fields=["since", "until"]
    )
    name = f"so-theo-doi-{since:%Y%m%d}-{until:%Y%m%d}"
    rows = follow_up.book(agency, since=since, until=until, at=now)
    if kind == "xlsx":
        return response(Export(name, _("Sổ theo dõi hồ sơ"), _headings(), _cells(rows)), "xlsx")
    if follow_up.dossiers(agency, since=since, until=until).count() > follow_up.MOST_PRINTED:
        return redirect(f"{reverse('dossiers:book')}?{request.GET.urlencode()}")
    return _printed(agency, list(rows), since, until, name, by=request.user.full_name, at=now)


def _printed(
    agency: Any, rows: list[follow_up.Row], since: date, until: date, name: str, *, by: str, at: Any
) -> HttpResponse:
    frame = slips.frame(agency)
    context = {
        "frame": frame, "rows": rows, "since": since, "until": until, "by": by, "at": at, "faces": fonts.faces(),
        "number": "06", "day": plan.local_day(at),
    }  # fmt: skip
    content = pdf.render(printable(render_to_string("letters/book.html", context)))
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _headings() -> tuple[str, ...]:
    return (
        _("TT"), _("Mã hồ sơ"), _("Doanh nghiệp"), _("Cơ sở"), _("Nộp lúc"), _("Tiếp nhận lúc"), _("Hạn"),
        _("Trả kết quả lúc"), _("Kết quả"), _("Đúng hạn"), _("Người xử lý"), _("Ghi chú"),
    )  # fmt: skip


def _cells(rows: Iterator[follow_up.Row]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            row.number, row.code, row.firm, row.site, row.submitted_at, row.accepted_at, row.promised_at, row.ended_at,
            row.result, row.in_time, row.officer, row.note,
        )  # fmt: skip
