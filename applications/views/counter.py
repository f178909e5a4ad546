"""Filing at the counter, and permits that exist on paper: the tax code first, and the permit read back last."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import plan
from applications import counter, paper_permits
from applications.clock_ledger import received_words
from applications.forms.counter import CounterForm, PaperPermitForm, ScanForm, TaxCodeForm, WhereForm
from applications.models import CounterFiling, PaperPermit
from applications.uploading import hold_file
from applications.views.answering import UNTRIED, Attempt, attempting
from applications.views.desk_checked import EDIT, SEND, typed
from documents.checking import PAPERS
from documents.checking import Refused as FileRefused
from documents.serving import serve
from documents.storing import or_gone
from organisations import at_counter
from organisations.models import Enterprise, Site
from organisations.models.permit import Mode
from organisations.roles import May
from organisations.views.doors import needs
from pages import parts
from pages.templatetags.ui import vn_date, vn_moment, vn_number

FIND = "find"


@needs(May.RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """Nộp tại quầy: which firm; then who came, and for which site; then the dossier's own pages."""
    now = timezone.now()
    first = TaxCodeForm(request.POST or None)
    if request.method != "POST" or not first.is_valid():
        agency = counter.desk_of(request.user, at=now)
        rows = counter.unfinished(agency)[:20] if agency else []
        context = {"form": first, "rows": rows, "crumbs": _crumbs()}
        return render(
            request, "applications/counter_first.html", context, status=422 if first.errors else 200
        )
    try:
        firm = at_counter.known(first.cleaned_data["tax_code"])
    except at_counter.HasPeople:
        first.add_error("tax_code", counter.has_people().detail)
        context = {"form": first, "rows": [], "crumbs": _crumbs()}
        return render(request, "applications/counter_first.html", context, status=422)
    form = _second(request, CounterForm, firm, first.cleaned_data["tax_code"], at=now)
    attempt = UNTRIED
    if form.is_bound and form.is_valid():
        attempt = attempting(
            request,
            lambda: counter.open_filing(
                firm=form.firm_facts(), site=form.place(), bearer=form.bearer_facts(), by=request.user, at=now
            ),
            form=form,
        )
        if attempt.done:
            _say_which_site(request, form, attempt.value.site, at=now)
            _say_who_was_first(request, attempt.value.counter, at=now)
            return redirect("dossiers:detail", attempt.value.reference)
    return _second_page(request, "applications/counter_second.html", form, firm, attempt)


def _say_which_site(request: HttpRequest, form: WhereForm, site: Site, *, at: datetime) -> None:
    """Where the place that was typed is a site that the firm had before."""
    if not isinstance(form.place(), Site) and site.created_at != at:
        words = _("Doanh nghiệp đã có cơ sở này: %(site)s, %(place)s. Đã ghi vào cơ sở ấy.")
        messages.info(request, words % {"site": site.name, "place": site.place})


def _say_who_was_first(request: HttpRequest, brought: CounterFiling, *, at: datetime) -> None:
    """Where the form led to a draft that had been begun before."""
    if brought.at != at:
        words = _("%(who)s đã lập hồ sơ này lúc %(when)s; đây là các trang của hồ sơ ấy.")
        values = {"who": brought.officer.full_name, "when": vn_moment(brought.at)}
        messages.info(request, words % values)
        if papers := received_words(brought):
            messages.info(request, _("Hồ sơ ghi: %(papers)s.") % {"papers": papers})


@needs(May.RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_permit(request: HttpRequest) -> HttpResponse:
    """Nhập văn bản giấy: which firm; then which site and what the letter says; then that read back, and its scan."""
    now = timezone.now()
    first = TaxCodeForm(request.POST or None)
    if request.method != "POST" or not first.is_valid():
        context = {"form": first, "crumbs": _crumbs()}
        return render(
            request, "applications/paper_permit_first.html", context, status=422 if first.errors else 200
        )
    firm = Enterprise.objects.filter(tax_code=first.cleaned_data["tax_code"]).first()
    form = _second(request, PaperPermitForm, firm, first.cleaned_data["tax_code"], at=now)
    attempt, step = UNTRIED, request.POST.get("step")
    scan = ScanForm(request.POST, request.FILES) if step == SEND else ScanForm()
    if form.is_bound and form.is_valid() and scan.is_bound and scan.is_valid():
        attempt = _entered(request, form, scan, at=now)
        if attempt.done:
            _say_which_site(request, form, attempt.value.permit.site, at=now)
            messages.success(request, _("Đã nhập văn bản %(number)s.") % {"number": attempt.value.number})
            return redirect("dossiers:paper_permit_one", attempt.value.pk)
    fits = form.is_bound and form.is_valid() and (attempt is UNTRIED or scan.errors)
    if fits and step != EDIT:
        return _read_back(request, form, scan)
    return _second_page(request, "applications/paper_permit_second.html", form, firm, attempt)


def _read_back(request: HttpRequest, form: PaperPermitForm, scan: ScanForm) -> HttpResponse:
    """What was typed, before it is written for good: beside the paper, whose scan is chosen here."""
    context = {
        "form": scan, "facts": _typed_facts(form), "typed": typed(request), "crumbs": _crumbs(),
        "max_bytes": settings.MAX_FILE_BYTES,
    }  # fmt: skip
    status = 422 if scan.errors else 200
    return render(request, "applications/paper_permit_check.html", context, status=status)


def _typed_facts(form: PaperPermitForm) -> list[parts.Fact]:
    """The answers of a valid form; each can be changed at its own field."""
    data, place, firm = form.cleaned_data, form.place(), form.firm_facts()
    name = form.firm.name if form.firm else data["firm_name"]
    if isinstance(place, Site):
        site = f"{place.name}, {place.place}"
    else:
        site = f"{place['name']}, {place['address']}, {place['commune'].full_name}"
    until = _("đến hết %(day)s") % {"day": vn_date(data["until"])} if data["until"] else ""
    people = _("%(n)s người")
    cap = people % {"n": vn_number(data["cap"])} if data["cap"] else _("Không giới hạn")
    return [
        parts.Fact(_("Doanh nghiệp"), f"{name}\n{firm['tax_code']}"),
        parts.Fact(_("Cơ sở"), site, change_to="id_site" if "site" in form.fields else "id_name"),
        parts.Fact(_("Số văn bản"), data["number"], change_to="id_number"),
        parts.Fact(_("Ký"), f"{vn_date(data['signed_on'])}, {data['signer']}", change_to="id_signed_on"),
        parts.Fact(
            _("Được hoạt động từ"), f"{vn_date(data['starts_on'])} {until}".strip(), change_to="id_starts_on"
        ),
        parts.Fact(_("Số lao động của cơ sở"), people % {"n": vn_number(data["baseline"])},
                   change_to="id_baseline"),
        parts.Fact(_("Số người tối đa"), cap, change_to="id_cap"),
        parts.Fact(_("Hình thức sản xuất"), str(Mode(data["mode"]).label), change_to="id_mode"),
        parts.Fact(_("Số hồ sơ giấy"), data["paper_dossier"] or _("Không ghi"), change_to="id_paper_dossier"),
    ]  # fmt: skip


def _entered(request: HttpRequest, form: PaperPermitForm, chosen: ScanForm, *, at: datetime) -> Attempt:
    try:
        scan = hold_file(chosen.cleaned_data["scan"], accept=PAPERS, by=request.user, at=at)
    except FileRefused as refusal:
        chosen.add_error("scan", refusal.message)
        return Attempt(status=422)
    with or_gone([scan]):
        return attempting(
            request,
            lambda: paper_permits.enter(
                firm=form.firm_facts(),
                site=form.place(),
                terms=form.terms(),
                scan=scan,
                by=request.user,
                at=at,
            ),
            form=form,
        )


def _second(
    request: HttpRequest, kind: type[WhereForm], firm: Enterprise | None, tax_code: str, *, at: datetime
) -> Any:
    """The second page's form: bound once it is sent, empty when the first page leads to it."""
    day = plan.local_day(at)
    if request.POST.get("step") == FIND:
        form = kind(firm=firm, on=day, initial={"tax_code": tax_code})
        if form.known:
            form.initial["site"] = str(form.known[0].pk)
    else:
        form = kind(request.POST, request.FILES, firm=firm, on=day)
    for field in form.fields.values():
        if hasattr(field, "today"):
            field.today = day
    return form


def _second_page(
    request: HttpRequest, page: str, form: Any, firm: Enterprise | None, attempt: Attempt
) -> HttpResponse:
    context = {"form": form, "firm": firm, "attempt": attempt, "crumbs": _crumbs()}
    status = 422 if form.errors else attempt.status
    return render(request, page, context, status=status)


def _crumbs() -> list[parts.Entry]:
    return [parts.Entry(_("Hồ sơ"), reverse("dossiers:list"))]


@require_safe
def paper_permit_list(request: HttpRequest) -> HttpResponse:
    """Permits that were entered from paper, of the sites that the person sees."""
    rows = _permits(request)
    crumbs = [parts.Entry(_("Doanh nghiệp và cơ sở"), reverse("sites"))]
    may = request.user.may(May.RECEIVE, on=timezone.now())
    context = {"rows": rows[:200], "crumbs": crumbs, "may_enter": may}
    return render(request, "applications/paper_permits.html", context)


def _permits(request: HttpRequest) -> Any:
    rows = PaperPermit.objects.visible_to(request.user, on=plan.local_day(timezone.now()))
    return rows.select_related("permit__site__enterprise", "agency", "entered_by", "scan")


@require_safe
def paper_permit_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what it permits, from which paper, who entered it and when."""
    found = get_object_or_404(_permits(request), pk=pk)
    crumbs = [parts.Entry(_("Văn bản nhập từ giấy"), reverse("dossiers:paper_permits"))]
    return render(request, "applications/paper_permit.html", {"found": found, "crumbs": crumbs})


@require_safe
def paper_permit_scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan of the letter."""
    return serve(get_object_or_404(_permits(request), pk=pk).scan, inline="download" not in request.GET)
