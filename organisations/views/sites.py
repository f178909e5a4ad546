"""The register: enterprises and their sites, by field of sight; confirming claims."""

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
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from organisations import registering
from organisations.models import AccessRequest, AdminUnit, Enterprise, Membership, Site
from organisations.roles import May
from organisations.views.doors import confirms, needs, today
from pages.folding import fold
from pages.parts import Column, Count, Entry, Tag

PER_PAGE = 25


def open_memberships() -> QuerySet[Membership]:
    """Who acts for an enterprise today."""
    return Membership.objects.filter(ended_at__isnull=True).select_related("user").order_by("since", "pk")


def claim_tag(enterprise: Enterprise) -> Tag:
    """Whether the agency has confirmed the enterprise."""
    if enterprise.confirmed_at:
        return Tag(_("Đã xác nhận"), "ok", "check-circle")
    if enterprise.disputed_at:
        return Tag(_("Không xác nhận"), "late", "x-circle")
    return Tag(_("Chờ cơ quan xác nhận"), "info", "hourglass-split")


def register(request: HttpRequest) -> HttpResponse:
    """What an official's field of sight holds."""
    day, user = today(), request.user
    seen = Enterprise.objects.visible_to(user, on=day)
    rows, query = filtered(request, seen)
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
        "count_line": ngettext("%(n)s doanh nghiệp", "%(n)s doanh nghiệp", page.paginator.count)
        % {"n": page.paginator.count},
        "asking": _asking(request),
        "more": _more(request),
    }
    return render(request, "organisations/register.html", context)


def _more(request: HttpRequest) -> list[Entry]:
    """What begins here, for those who keep the register."""
    if not request.user.may(May.CONFIRM_CLAIMS, on=today()):
        return []
    return [
        Entry(_("Nhập danh sách từ Excel"), reverse("documents:register_send"), icon="file-earmark-excel"),
        Entry(_("Văn bản nhập từ giấy"), reverse("dossiers:paper_permits"), icon="file-earmark-text"),
    ]


def _columns() -> list[Column]:
    return [
        Column(_("Doanh nghiệp")),
        Column(pgettext("many", "Cơ sở")),
        Column(_("Mã số thuế")),
        Column(_("Đăng ký lúc")),
        Column(_("Xác nhận")),
    ]


def filtered(request: HttpRequest, rows: Any) -> tuple[Any, dict[str, str]]:
    """Rows by the query string, and that string without empty parts and page."""
    query = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "state", "district")}
    query = {name: value.replace("\0", "") for name, value in query.items() if value}
    if "q" in query:
        rows = rows.filter(search__contains=fold(query["q"]))
    if query.get("state") == "waiting":
        rows = rows.filter(confirmed_at__isnull=True, disputed_at__isnull=True)
    if "district" in query:
        there = Site.objects.filter(district=query["district"]).values("enterprise")
        rows = rows.filter(pk__in=there)
    return rows, query


def _counts(request: HttpRequest, seen: Any) -> list[Count]:
    url, state = reverse("sites"), request.GET.get("state", "")
    waiting = seen.filter(confirmed_at__isnull=True, disputed_at__isnull=True).count()
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


def _already(found: Enterprise) -> str:
    """What was answered before."""
    if Enterprise.objects.filter(pk=found.pk, confirmed_at__isnull=False).exists():
        return _("Doanh nghiệp này đã được xác nhận trước đó.")
    return _("Doanh nghiệp này đã bị trả lời không xác nhận trước đó.")


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
            messages.info(request, _already(found))
    return redirect("enterprise", pk=found.pk)
