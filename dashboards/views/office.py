"""The Office's registers: numbers that the portal may give, authorisations to sign, letters that went out."""

from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import plan
from applications import paper_numbers
from applications.decision_letters import NO_NUMBER, REGISTER, committee, no_number
from applications.models import PaperPermit
from applications.views.answering import Link, unmet_parts
from dashboards.forms.office import AuthorisationForm, BlockForm
from documents import numbers
from documents.models import Counter, Letter
from organisations import agency_codes, authorising
from organisations.models import Agency, Authorisation
from organisations.plan_in_force import law
from organisations.reauthentication import required
from organisations.roles import May
from pages.exporting import KINDS, Export, response
from pages.parts import Unmet
from pages.templatetags.ui import vn_date

PER_PAGE = 50


def _office_only(request: HttpRequest, *, at: datetime) -> None:
    if not request.user.may(May.RECORD_SIGNATURES, on=plan.local_day(at)):
        raise PermissionDenied


def number_link(request: HttpRequest) -> Link:
    """Where a signer or the Office reads how numbers stand; nowhere for who may not open that page."""
    on = plan.local_day(timezone.now())
    may = request.user.may(May.DECIDE, on=on) or request.user.may(May.RECORD_SIGNATURES, on=on)
    return lambda unmet: reverse("number_block") if may and unmet.code == NO_NUMBER else ""


def number_locks(request: HttpRequest, *, at: datetime) -> tuple[Unmet, ...]:
    """What locks every signature in the portal, as pages show it."""
    return unmet_parts(no_number(at=at), link=number_link(request))


@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest) -> HttpResponse:
    """The block of this year's register that the portal gives numbers from; the Office reserves a new one."""
    now = timezone.now()
    may_reserve = request.user.may(May.RECORD_SIGNATURES, on=plan.local_day(now))
    if request.method == "POST" or not request.user.may(May.DECIDE, on=plan.local_day(now)):
        _office_only(request, at=now)
    year = plan.local_day(now).year
    key = numbers.letters_key(committee().code, year=year, register=REGISTER)
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"first": form.cleaned_data["first"], "last": form.cleaned_data["last"]}
        try:
            paper_numbers.reserve(year=year, by=request.user, at=now, **given)
        except numbers.BlockInUse as used:
            words = _("Số %(number)s trong dãy này đã dùng. Chọn dãy chưa có số nào dùng.")
            form.add_error("first", words % {"number": used.number})
        else:
            messages.success(request, _("Cổng cấp số từ %(first)s đến %(last)s.") % given)
            return redirect("number_block")
    row = Counter.objects.filter(key=key).first()
    context = {
        "form": form, "row": row, "left": numbers.left(row), "year": year, "may_reserve": may_reserve,
        "office": Agency.objects.get(code=agency_codes.OFFICE),
    }  # fmt: skip
    return render(request, "dashboards/number_block.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@required
def authorisations(request: HttpRequest) -> HttpResponse:
    """Who may sign by authorisation, from when until when; a new one is registered from its paper."""
    now = timezone.now()
    _office_only(request, at=now)
    today = plan.local_day(now)
    form = AuthorisationForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        post = data.pop("post")
        try:
            authorising.register(holder=post.user, agency=post.agency, by=request.user, at=now, **data)
        except authorising.AlreadyRegistered as there:
            words = _(
                "Văn bản này đã ghi cho người này, từ %(since)s đến hết %(until)s. Chấm dứt lần ghi ấy trước."
            )
            days = {"since": vn_date(there.row.since), "until": vn_date(there.row.until)}
            form.add_error("number", words % days)
        else:
            messages.success(request, _("Đã ghi ủy quyền cho %(name)s.") % {"name": post.user.full_name})
            return redirect("authorisations")
    rows = Authorisation.objects.select_related("holder", "agency")
    listed = [(row, _state(row, on=today)) for row in rows]
    return render(
        request, "dashboards/authorisations.html", {"form": form, "rows": listed},
        status=422 if form.errors else 200,
    )  # fmt: skip


def _state(row: Authorisation, *, on: Any) -> str:
    if row.ended_at is not None or row.until < on:
        return _("Đã hết hiệu lực")
    return _("Chưa có hiệu lực") if on < row.since else _("Đang có hiệu lực")


@require_POST
def end_authorisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends an authorisation at once; a second click changes nothing."""
    now = timezone.now()
    _office_only(request, at=now)
    row = get_object_or_404(Authorisation, pk=pk)
    if authorising.end(row, by=request.user, at=now):
        messages.success(request, _("Ủy quyền đã hết hiệu lực từ lúc này."))
    return redirect("authorisations")


@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """The register of outgoing letters of a year (Decree 30, Annex IV), on the page or as a file."""
    now = timezone.now()
    _office_only(request, at=now)
    year = _year(request.GET.get("year", ""), now=plan.local_day(now).year)
    rows = Letter.objects.filter(agency=committee(), year=year, number__isnull=False).order_by("number", "pk")
    rows = rows.select_related("issued_by", "recorded_by", "replaced_by", "pdf")
    if (kind := request.GET.get("export", "")) in KINDS:
        export = Export(
            f"so-van-ban-di-{year}", _("Sổ văn bản đi"), _columns(),
            chain(map(_cells, rows.iterator(500)), map(_paper_cells, _from_paper(request, year, at=now))),
        )  # fmt: skip
        return response(export, kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    years = range(plan.local_day(now).year, plan.local_day(now).year - 3, -1)
    context = {
        "page": page, "year": year, "years": years, "rows": [(row, _note(row)) for row in page],
        "base_query": f"year={year}&", "from_paper": _from_paper(request, year, at=now),
    }  # fmt: skip
    return render(request, "dashboards/letter_register.html", context)


def _year(asked: str, *, now: int) -> int:
    """The year asked for, from the plan's on to the next one; else this year."""
    first = min(value.since.year for value in law().all_values())
    known = {str(year): year for year in range(first, now + 2)}
    return known.get(asked, now)


def _from_paper(request: HttpRequest, year: int, *, at: datetime) -> list[PaperPermit]:
    """The consents of the year that were signed before the portal and entered from paper; no number is taken here."""
    rows = PaperPermit.objects.visible_to(request.user, on=plan.local_day(at)).filter(signed_on__year=year)
    return list(
        rows.select_related("permit__site", "scan", "agency", "entered_by").order_by("signed_on", "pk")
    )


def _columns() -> tuple[str, ...]:
    return (
        _("Số"), _("Ký hiệu"), _("Ngày văn bản"), _("Loại"), _("Trích yếu"), _("Người ký"), _("Nơi nhận"),
        _("Đơn vị soạn thảo"), _("Số trang"), _("Phát hành lúc"), _("Người ghi sổ"), _("Ghi chú"),
    )  # fmt: skip


def _cells(row: Letter) -> tuple[Any, ...]:
    fields = row.data.get("fields", {})
    by = row.recorded_by or row.issued_by
    return (
        row.number, row.symbol, row.dated, row.get_kind_display(), row.abstract, row.signer_name,
        "; ".join(fields.get("recipients", [])), fields.get("drafting_unit", ""),
        row.pdf.pages if row.pdf else None, row.issued_at, by.full_name, _note(row),
    )  # fmt: skip


def _paper_cells(row: PaperPermit) -> tuple[Any, ...]:
    """A consent from before the portal, in the same columns: its whole number as it stands on the paper."""
    return (
        None, row.number, row.signed_on, str(Letter.Kind.DECISION.label), row.permit.site.name, row.signer, "",
        row.agency.name, row.scan.pages, None, row.entered_by.full_name, _("nhập từ giấy"),
    )  # fmt: skip


def _note(row: Letter) -> str:
    """What became of the letter, and how it was signed."""
    notes = [_("ký trên giấy")] if row.recorded_by_id else []
    if row.replaced_by:
        notes.append(_("thay bằng %(number)s") % {"number": row.replaced_by.full_number})
    elif row.recalled_at:
        notes.append(_("thu hồi ngày %(day)s") % {"day": vn_date(row.recalled_at)})
    return ", ".join(notes)
