"""An enterprise takes its place: claim, site, signer, and a later claimant's request."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations import agency_codes, registering
from organisations.forms.registering import AccessForm, ClaimForm, SiteForm
from organisations.models import Agency, Enterprise, Membership, Site
from organisations.plan_in_force import rules_on
from organisations.views.doors import for_enterprises, today
from pages.parts import Holder, Why
from pages.templatetags.ui import vn_moment, vn_phone

ASKED_FOR = "asked_tax_code"


@for_enterprises
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Claims a tax code; a code that has a holder leads to asking for access, and says nothing of the holder."""
    form = ClaimForm(request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="claim", user=request.user):
            return ratelimit.respond_429(request)
        if form.is_valid():
            try:
                enterprise = registering.register_enterprise(
                    by=request.user, at=timezone.now(), **form.cleaned_data
                )
            except registering.TaxCodeTaken:
                return _taken(request, form.cleaned_data["tax_code"])
            messages.success(
                request,
                _("Đã ghi nhận %(name)s. Thêm cơ sở để biết cơ quan tiếp nhận.") % {"name": enterprise.name},
            )
            return redirect(f"{reverse('organisations:new_site')}?enterprise={enterprise.pk}")
    return render(request, "organisations/claim.html", {"form": form})


def _taken(request: HttpRequest, tax_code: str) -> HttpResponse:
    mine = Membership.objects.filter(user=request.user, enterprise__tax_code=tax_code, ended_at__isnull=True)
    if mine.exists():
        messages.info(request, _("Anh/chị đã là người của doanh nghiệp này."))
        return redirect("sites")
    request.session[ASKED_FOR] = tax_code
    return redirect("organisations:ask_access")


@for_enterprises
@require_http_methods(["GET", "POST"])
def ask_access(request: HttpRequest) -> HttpResponse:
    """Asks the holders of a tax code for access; the answer here is the same whoever holds it, or nobody."""
    taken = request.session.get(ASKED_FOR, "")
    form = AccessForm(request.POST or None, initial={"tax_code": taken})
    if request.method == "POST":
        if not ratelimit.consume(request, action="claim", user=request.user):
            return ratelimit.respond_429(request)
        if form.is_valid():
            registering.ask_access(by=request.user, at=timezone.now(), **form.cleaned_data)
            request.session.pop(ASKED_FOR, None)
            return redirect("organisations:access_asked")
    return render(request, "organisations/ask_access.html", {"form": form, "taken": bool(taken)})


@for_enterprises
@require_safe
def access_asked(request: HttpRequest) -> HttpResponse:
    """What happens next, the same for everyone."""
    return render(request, "organisations/access_asked.html")


@for_enterprises
@require_http_methods(["GET", "POST"])
def new_site(request: HttpRequest) -> HttpResponse:
    """Adds a site to one of the person's enterprises."""
    rows = Enterprise.objects.filter(memberships__user=request.user, memberships__ended_at__isnull=True)
    enterprises = list(rows.order_by("sort_key", "pk"))
    if not enterprises:
        return redirect("organisations:claim")
    wanted = request.POST.get("enterprise") or request.GET.get("enterprise") or str(enterprises[0].pk)
    enterprise = next((row for row in enterprises if str(row.pk) == wanted), None)
    if enterprise is None:
        raise Http404
    form = SiteForm(request.POST or None, on=today())
    if request.method == "POST" and (site := _added(request, enterprise, form)) is not None:
        agency = site.receiving_agency
        messages.success(
            request,
            _("Đã thêm %(site)s. Cơ quan tiếp nhận: %(agency)s, %(phone)s.")
            % {"site": site.name, "agency": agency.name, "phone": vn_phone(agency.phone)},
        )
        return redirect("sites")
    context = {"form": form, "enterprise": enterprise, "enterprises": enterprises, "receivers": receivers()}
    return render(request, "organisations/new_site.html", context)


def _added(request: HttpRequest, enterprise: Enterprise, form: SiteForm) -> Site | None:
    """The new site; of a name that is taken, who added it and when stands at its field."""
    if not form.is_valid():
        return None
    try:
        return registering.add_new_site(
            enterprise=enterprise, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except registering.SiteExists as taken:
        words = _(
            "Doanh nghiệp đã có cơ sở tên này: %(who)s, %(when)s. Đặt tên khác, hoặc quay lại danh sách."
        )
        first = taken.site
        values = {"who": first.created_by.full_name, "when": vn_moment(first.created_at)}
        form.add_error("name", words % values)
        return None


def receivers() -> list[dict[str, Any]]:
    """Which agency receives which sites, and the clause that says so."""
    rules = rules_on(today())
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=agency_codes.RECEIVING)}
    cases = [
        ("routing.in_zone", _("Trong khu kinh tế, khu công nghiệp")),
        ("routing.elsewhere", _("Nơi khác, kể cả cụm công nghiệp")),
    ]
    rows = []
    for path, title in cases:
        cited = rules.value(path)
        agency = agencies[cited.value]
        holder = Holder(title, agency.name, phone=agency.phone)
        rows.append({"holder": holder, "why": why_received(cited.clause, agency.short_name)})
    return rows


def why_received(clause: str, value: str) -> Why:
    """The clause by which an agency receives a site."""
    return Why(
        clause=clause,
        clause_url=f"{reverse('plan')}{clause}/",
        value=value,
        on=today(),
        reading=_("Cụm công nghiệp không phải khu công nghiệp, nên theo Sở LĐTBXH."),
        title=_("Vì sao cơ quan này?"),
    )
