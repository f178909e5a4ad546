"""Enterprises and their sites with the dossiers there; the page of one enterprise."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisations.models import AccessRequest, Enterprise, Membership, Representative, Site
from organisations.plan_in_force import rules_on
from organisations.views.doors import confirms, today
from organisations.views.registering import why_received
from organisations.views.sites import claim_tag, open_memberships, register
from pages.parts import Entry, Fact, Why
from pages.templatetags.ui import vn_date, vn_moment, vn_phone


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """An enterprise's own enterprises and sites, or what an official's field of sight holds."""
    return register(request) if request.user.is_official else _own(request)


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
        Prefetch("memberships", open_memberships(), to_attr="people"),
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
    return render(request, "dashboards/own_sites.html", context)


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
    rows = list(seen.select_related("receiving_agency", "commune", "district", "zone"))
    context = {
        "enterprise": found,
        "tag": claim_tag(found),
        "facts": _facts(found, close=close),
        "sites": [_site(row) for row in rows],
        "own_sites": rows if own else [],
        "signers": found.representatives.order_by("-since", "pk"),
        "people": open_memberships().filter(enterprise=found) if close else [],
        "asking": asking if agency or submits else [],
        "own": own,
        "submits": submits,
        "may_confirm": agency and found.confirmed_at is None and found.disputed_at is None,
        "close": close,
        "back": [Entry(_("Doanh nghiệp và cơ sở"), reverse("sites"))],
    }
    return render(request, "dashboards/enterprise.html", context)


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
    if found.disputed_at and not found.confirmed_at:
        by = found.disputed_by.full_name if close and found.disputed_by else ""
        facts.append(Fact(_("Không xác nhận"), ", ".join(filter(None, [by, vn_moment(found.disputed_at)]))))
        if close:
            facts.append(Fact(_("Lý do"), found.dispute_reason))
    return facts


def _site(site: Site) -> dict[str, Any]:
    return {"site": site, "why": why_there(site)}


def why_there(site: Site) -> Why:
    """Why its agency receives a site."""
    path = "routing.in_zone" if site.zone and site.zone.is_zone_or_park else "routing.elsewhere"
    cited = rules_on(today()).value(path)
    return why_received(cited.clause, site.receiving_agency.short_name)
