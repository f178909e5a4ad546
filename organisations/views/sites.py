"""The register: enterprises and their sites, by field of sight; the page of one enterprise; confirming claims."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from organisations import registering
from organisations.models import AccessRequest, AdminUnit, Enterprise, Membership, Representative, Site
from organisations.plan_in_force import rules_on
from organisations.roles import May
from organisations.views.doors import confirms, needs, today
from organisations.views.registering import why_received
from pages.folding import fold
from pages.parts import Column, Count, Entry, Fact, Tag
from pages.templatetags.ui import vn_date, vn_moment, vn_phone

PER_PAGE = 25


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """An enterprise's own enterprises and sites, or what an official's field of sight holds."""
    return _register(request) if request.user.is_official else _own(request)


# --- the enterprise's side ---


def _own(request: HttpRequest) -> HttpResponse:
    day = today()
    rows = Enterprise.objects.filter(memberships__user=request.user, memberships__ended_at__isnull=True)
    rows = rows.prefetch_related(
        Prefetch(
            "sites",
            Site.objects.select_related("receiving_agency", "commune", "district", "zone").order_by(
                "sort_key", "pk"
            ),
        ),
        Prefetch("representatives", Representative.objects.filter(since__lte=day).order_by("-since", "pk")),
        Prefetch("memberships", _open_memberships(), to_attr="people"),
        Prefetch("access_requests", AccessRequest.objects.filter(decided_at__isnull=True), to_attr="asking"),
    )
    enterprises = list(rows.order_by("sort_key", "pk"))
    context = {
        "enterprises": [_own_enterprise(row, user_id=request.user.pk) for row in enterprises],
        "claim": Entry(_("Nhận doanh nghiệp"), reverse("organisations:claim"), icon="building"),
        "ask": Entry(
            _("Xin vào doanh nghiệp đã có"), reverse("organisations:ask_access"), icon="person-plus"
        ),
        "steps": [
            (_("Nhập mã số thuế"), _("kiểm tra ngay 10 hoặc 13 chữ số")),
            (_("Thêm cơ sở"), _("từ nơi đặt cơ sở biết ngay cơ quan nào tiếp nhận")),
            (_("Lập hồ sơ"), _("không cần chờ; cơ quan xác nhận doanh nghiệp trong lúc đó")),
        ],
    }
    return render(request, "organisations/own_sites.html", context)


def _open_memberships() -> QuerySet[Membership]:
    return Membership.objects.filter(ended_at__isnull=True).select_related("user").order_by("since", "pk")


def _own_enterprise(enterprise: Any, *, user_id: int) -> dict[str, Any]:
    signer = next(iter(enterprise.representatives.all()), None)
    submits = any(p.user_id == user_id and p.level == Membership.Level.SUBMIT for p in enterprise.people)
    return {
        "enterprise": enterprise,
        "tag": claim_tag(enterprise),
        "signer": signer,
        "sites": list(enterprise.sites.all()),
        "people": enterprise.people,
        "asking": len(enterprise.asking) if submits else 0,
        "submits": submits,
    }


def claim_tag(enterprise: Enterprise) -> Tag:
    """Whether the agency has confirmed the enterprise."""
    if enterprise.confirmed_at:
        return Tag(_("Đã xác nhận"), "ok", "check-circle")
    return Tag(_("Chờ cơ quan xác nhận"), "info", "hourglass-split")


# --- the officials' side ---


def _register(request: HttpRequest) -> HttpResponse:
    day, user = today(), request.user
    seen = Enterprise.objects.visible_to(user, on=day)
    rows, query = _filtered(request, seen)
    seen_sites = (
        Site.objects.visible_to(user, on=day).select_related("district", "zone").order_by("sort_key", "pk")
    )
    rows = rows.prefetch_related(Prefetch("sites", seen_sites, to_attr="seen_sites")).order_by(
        "sort_key", "pk"
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.tag = claim_tag(row)
    context = {
        "page": page,
        "rows": page.object_list,
        "counts": _counts(request, seen),
        "columns": _columns(),
        "districts": AdminUnit.objects.filter(level=AdminUnit.Level.DISTRICT).order_by("code"),
        "base_query": urlencode(query) + "&" if query else "",
        "q": query.get("q", ""),
        "district": query.get("district", ""),
        "state": query.get("state", ""),
        "count_line": _("%(n)s doanh nghiệp") % {"n": page.paginator.count},
        "asking": _asking(request),
    }
    return render(request, "organisations/register.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Doanh nghiệp")),
        Column(pgettext("many", "Cơ sở")),
        Column(_("Mã số thuế")),
        Column(_("Đăng ký lúc")),
        Column(_("Xác nhận")),
    ]


def _filtered(request: HttpRequest, rows: Any) -> tuple[Any, dict[str, str]]:
    """Rows by the query string, and that string without empty parts and page."""
    query = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "state", "district")}
    query = {name: value.replace("\0", "") for name, value in query.items() if value}
    if "q" in query:
        rows = rows.filter(search__contains=fold(query["q"]))
    if query.get("state") == "waiting":
        rows = rows.filter(confirmed_at__isnull=True)
    if "district" in query:
        there = Site.objects.filter(district=query["district"]).values("enterprise")
        rows = rows.filter(pk__in=there)
    return rows, query


def _counts(request: HttpRequest, seen: Any) -> list[Count]:
    url, state = reverse("organisations:sites"), request.GET.get("state", "")
    waiting = seen.filter(confirmed_at__isnull=True).count()
    return [
        Count(
            waiting,
            _("Chờ xác nhận"),
            f"{url}?state=waiting",
            tone="wait" if waiting else "",
            icon="hourglass-split",
            current=state == "waiting",
        ),
        Count(seen.count(), _("Tất cả"), url, current=not state),
    ]


def _asking(request: HttpRequest) -> list[AccessRequest]:
    agencies = request.user.agencies_where(May.CONFIRM_CLAIMS, on=today())
    rows = AccessRequest.objects.filter(
        decided_at__isnull=True,
        enterprise__in=Site.objects.filter(receiving_agency__in=agencies).values("enterprise"),
    )
    return (
        list(rows.select_related("enterprise", "user").order_by("-asked_at", "pk")[:PER_PAGE])
        if agencies
        else []
    )


# --- one enterprise ---


@require_safe
def enterprise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One enterprise: facts, sites, signers; people and the claim for those whom it concerns."""
    day = today()
    found = get_object_or_404(Enterprise.objects.visible_to(request.user, on=day), pk=pk)
    own = found.memberships.filter(user=request.user, ended_at__isnull=True).first()
    agency = confirms(request, found)
    close, submits = own is not None or agency, own is not None and own.level == Membership.Level.SUBMIT
    seen = Site.objects.visible_to(request.user, on=day).filter(enterprise=found).order_by("sort_key", "pk")
    asking = found.access_requests.filter(decided_at__isnull=True).select_related("user")
    context = {
        "enterprise": found,
        "tag": claim_tag(found),
        "facts": _facts(found, close=close),
        "sites": [
            _site(row) for row in seen.select_related("receiving_agency", "commune", "district", "zone")
        ],
        "signers": found.representatives.order_by("-since", "pk"),
        "people": _open_memberships().filter(enterprise=found) if close else [],
        "asking": asking if agency or submits else [],
        "own": own,
        "submits": submits,
        "may_confirm": agency and found.confirmed_at is None,
        "close": close,
        "back": [Entry(_("Doanh nghiệp và cơ sở"), reverse("organisations:sites"))],
    }
    return render(request, "organisations/enterprise.html", context)


def _facts(found: Enterprise, *, close: bool) -> list[Fact]:
    where = f"{found.address}, {found.province.full_name}" if found.province else found.address
    facts = [Fact(_("Mã số thuế"), found.tax_code), Fact(_("Trụ sở"), where)]
    if close:
        facts += [
            Fact(_("Điện thoại"), vn_phone(found.phone)),
            Fact(_("Người đăng ký"), f"{found.claimed_by.full_name}, {vn_moment(found.claimed_at)}"),
        ]
    if found.confirmed_at:
        by = found.confirmed_by.full_name if close and found.confirmed_by else ""
        facts.append(Fact(_("Cơ quan xác nhận"), ", ".join(filter(None, [by, vn_date(found.confirmed_at)]))))
    return facts


def _site(site: Site) -> dict[str, Any]:
    path = "routing.in_zone" if site.zone and site.zone.is_zone_or_park else "routing.elsewhere"
    cited = rules_on(today()).value(path)
    return {"site": site, "why": why_received(cited.clause, site.receiving_agency.short_name)}


@needs(May.CONFIRM_CLAIMS)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The agency confirms that the claimant speaks for the enterprise."""
    found = get_object_or_404(Enterprise.objects.visible_to(request.user, on=today()), pk=pk)
    if not confirms(request, found):
        raise PermissionDenied
    if request.method == "POST":
        if registering.confirm_claim(enterprise=found, by=request.user, at=timezone.now()):
            messages.success(
                request, _("Đã xác nhận %(name)s. Doanh nghiệp được báo ngay.") % {"name": found.name}
            )
        else:
            messages.info(request, _("Doanh nghiệp này đã được xác nhận trước đó."))
    return redirect("organisations:enterprise", pk=found.pk)
