"""The enterprise's own dossiers, and the first step of a new one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

import plan
from applications import filing, renewing
from applications.models import Dossier
from applications.phases import phase_on
from applications.promises import promises
from applications.states import CLOSED
from applications.views.answering import REFUSED, UNTRIED, attempting
from applications.views.fetching import RELATED, own_dossier_or_404
from applications.views.links import posted_only
from organisations.models import Enterprise, Site
from organisations.views.doors import for_enterprises
from pages import parts

PER_PAGE = 20


def own_enterprises(request: HttpRequest) -> Any:
    """Enterprises of which the person is a member."""
    members = request.user.memberships.filter(ended_at__isnull=True).values("enterprise")
    return Enterprise.objects.filter(pk__in=members).order_by("sort_key", "pk")


def own_sites(request: HttpRequest) -> Any:
    """Sites of the person's enterprises."""
    rows = Site.objects.filter(enterprise__in=own_enterprises(request).values("pk"))
    return rows.select_related("enterprise", "zone", "district", "commune", "receiving_agency").order_by(
        "sort_key", "pk"
    )


@require_safe
def own_dossiers(request: HttpRequest) -> HttpResponse:
    """Dossiers of the person's enterprises, the newest first."""
    now = timezone.now()
    rows = Dossier.objects.visible_to(request.user, on=plan.local_day(now)).select_related(
        *RELATED, "team__agency"
    )
    page = Paginator(rows.order_by("-created_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    made = promises(page.object_list, at=now)
    context = {
        "page": page,
        "rows": [{"dossier": row, "promise": made[row.pk]} for row in page.object_list],
        "columns": [
            parts.Column(_("Cơ sở")), parts.Column(_("Trạng thái")),
            parts.Column(_("Đang ở")), parts.Column(_("Thời hạn")),
        ],
        "count_line": ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", page.paginator.count)
        % {"n": page.paginator.count},
        "empty": None if page.paginator.count else first_step(request),
    }  # fmt: skip
    return render(request, "applications/own_dossiers.html", context)


def first_step(request: HttpRequest) -> dict[str, Any]:
    """What to do before there is any dossier: claim an enterprise, add a site, or begin."""
    has_enterprise, has_site = own_enterprises(request).exists(), own_sites(request).exists()
    steps = [
        (_("Nhận doanh nghiệp"), _("Mã số thuế, địa chỉ, người ký; lập hồ sơ được ngay"), has_enterprise),
        (_("Thêm cơ sở"), _("Nơi sản xuất quyết định cơ quan tiếp nhận"), has_site),
        (_("Lập hồ sơ"), _("Danh sách việc dẫn từng bước, lưu được, làm tiếp trên máy khác"), False),
    ]
    if not has_enterprise:
        primary = parts.Entry(_("Nhận doanh nghiệp"), reverse("organisations:claim"), "building")
    elif not has_site:
        primary = parts.Entry(_("Thêm cơ sở"), reverse("organisations:new_site"), "plus-lg")
    else:
        primary = parts.Entry(_("Lập hồ sơ"), reverse("dossiers:new"), "plus-lg")
    secondary = parts.Entry(_("Xem trước phải làm gì"), reverse("guide"), "signpost")
    return {"steps": steps, "primary": primary, "secondary": secondary}


@for_enterprises
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Chooses the site; posting makes its draft, or opens the dossier that it has already."""
    now = timezone.now()
    sites = list(own_sites(request))
    chosen = (request.POST if request.method == "POST" else request.GET).get("site", "")
    site = next((each for each in sites if str(each.pk) == chosen), None)
    attempt = UNTRIED
    if request.method == "POST" and site is not None:
        phase = phase_on(plan.local_day(now))
        attempt = attempting(
            request, lambda: filing.create_draft(site=site, phase=phase, by=request.user, at=now)
        )
        if attempt.done:
            return HttpResponseRedirect(reverse("dossiers:detail", args=[attempt.value.reference]))
    context = {
        "options": _options(sites),
        "chosen": chosen if site else str(sites[0].pk) if len(sites) == 1 else "",
        "missing": request.method == "POST" and site is None,
        "attempt": attempt,
        "empty": None if sites else first_step(request),
        "phase": phase_on(plan.local_day(now)),
    }
    status = REFUSED if context["missing"] else attempt.status
    return render(request, "applications/new.html", context, status=status)


def _options(sites: list[Site]) -> list[dict[str, Any]]:
    """Sites to choose from, with the dossier that each has open."""
    ids = [site.pk for site in sites]
    live = {
        row.site_id: row
        for row in Dossier.objects.filter(site__in=ids).exclude(state__in=CLOSED).order_by("pk")
    }
    return [{"site": site, "live": live.get(site.pk)} for site in sites]


@posted_only("detail")
def renew(request: HttpRequest, ref: str) -> HttpResponse:
    """A new dossier from one that ended without consent."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    attempt = attempting(request, lambda: renewing.renew(dossier=dossier, by=request.user, at=now))
    for each in attempt.unmet:
        messages.error(request, each.thing)
    made = attempt.value if attempt.done else dossier
    return HttpResponseRedirect(reverse("dossiers:detail", args=[made.reference]))
