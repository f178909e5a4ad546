"""The page of one site: what it is and may do now; its dossiers, its letters, what happened."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

import plan
from applications.declared import baseline_fact, count_facts
from applications.models import Decision, Dossier, PaperPermit
from applications.promises import promises
from applications.public_log import newest_first, public_rows
from applications.states import CLOSED, ENDED
from applications.views.fetching import RELATED
from dashboards.site_facts import about_site, entered_rows, held_permits
from dashboards.views.sites import why_there
from documents.models import Letter
from documents.reading import permit_status, statuses
from organisations.models import Site
from organisations.roles import May
from pages.parts import Column, Entry, Holder

PER_PAGE = 20
SITE = ("enterprise", "receiving_agency", "commune", "district", "zone")
# A site has at most one live dossier a phase; behind them comes the newest that ended, for its numbers.
MOST_SHOWN = 3


@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a site is, who receives it, what it may do, and the dossier that is open."""
    now, site = timezone.now(), _site(request, pk)
    own, day = _is_own(request, site), plan.local_day(now)
    ended = Case(When(state__in=ENDED, then=Value(1)), default=Value(0))
    newest = list(_dossiers(request, site, day).order_by(ended, "-created_at", "pk")[:MOST_SHOWN])
    current = [row for row in newest if row.state not in CLOSED]
    permits = held_permits(_decisions(site), _paper_permits(request, site, day), on=day)
    declared = next((row for row in newest if row.baseline is not None), None)
    may_begin = own and not permits and all(row.state in ENDED for row in newest)
    context = {
        **_frame(site, "site", own=own),
        "facts": about_site(site, on=day),
        "permits": permits,
        "rows": _rows(current, own=own, at=now),
        "columns": _columns(),
        "any_dossier": bool(newest),
        "corrects": own or site.receiving_agency_id in request.user.agencies_where(May.RECEIVE, on=day),
        "declared": declared,
        "numbers": [baseline_fact(declared), *count_facts(declared)] if declared else [],
        "agency": Holder(
            _("Cơ quan tiếp nhận"), site.receiving_agency.name, phone=site.receiving_agency.phone
        ),
        "why": why_there(site),
        "begin": _begin(site) if may_begin else None,
    }
    return render(request, "dashboards/site.html", context)


@require_safe
def dossiers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The site's dossiers that the person may see, the newest first."""
    now, site = timezone.now(), _site(request, pk)
    own = _is_own(request, site)
    found = _dossiers(request, site, plan.local_day(now)).order_by("-created_at", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        **_frame(site, "site_dossiers", own=own),
        "page": page,
        "rows": _rows(list(page.object_list), own=own, at=now),
        "columns": _columns(),
        "count_line": ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", count) % {"n": count},
        "first": _begin(site) if own and not count else None,
    }
    return render(request, "dashboards/site_dossiers.html", context)


@require_safe
def letters(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Letters about the site that the person may see, the newest first; beside them what was entered from paper."""
    site, day = _site(request, pk), plan.local_day(timezone.now())
    seen = Letter.objects.visible_to(request.user, on=day).about(Site.objects.filter(pk=site.pk))
    rows = seen.select_related("replaced_by").order_by("-issued_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    status = statuses(page.object_list, on=day)
    entered = _paper_permits(request, site, day)
    own = _is_own(request, site)
    may = request.user.may
    context = {
        **_frame(site, "site_letters", own=own),
        "sees_slips": own or may(May.SEE_LETTERS, on=day) or may(May.LEAD_VISITS, on=day),
        "page": page,
        "rows": [{"letter": row, "status": status[row.pk]} for row in page.object_list],
        "entered": [{"paper": row, "status": permit_status(row.permit, on=day)} for row in entered],
    }
    return render(request, "dashboards/site_letters.html", context)


@require_safe
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What happened to the site, in public words, the newest first; each row leads to its dossier."""
    site, day = _site(request, pk), plan.local_day(timezone.now())
    own = _is_own(request, site)
    seen = list(_dossiers(request, site, day).select_related("team").order_by("created_at", "pk"))
    rows = public_rows(seen, inside=not own) + entered_rows(site, _paper_permits(request, site, day), on=day)
    page = Paginator(newest_first(rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **_frame(site, "site_history", own=own),
        "page": page,
        "any_dossier": bool(seen),
    }
    return render(request, "dashboards/site_history.html", context)


def _site(request: HttpRequest, pk: UUID) -> Site:
    rows = Site.objects.visible_to(request.user, on=plan.local_day(timezone.now()))
    found: Site = get_object_or_404(rows.select_related(*SITE), pk=pk)
    return found


def _is_own(request: HttpRequest, site: Site) -> bool:
    """Who is no official sees no other sites, and is not asked."""
    return not request.user.is_official or site.enterprise_id in request.user.open_enterprises


def _frame(site: Site, name: str, *, own: bool) -> dict[str, Any]:
    """Head and tabs, which all four share."""
    firm = site.enterprise
    tabs = {
        "site": _("Tổng quan"),
        "site_dossiers": _("Hồ sơ"),
        "site_letters": _("Văn bản"),
        "site_history": _("Lịch sử"),
    }
    return {
        "site": site,
        "own": own,
        "crumbs": [
            Entry(_("Doanh nghiệp và cơ sở"), reverse("sites")),
            Entry(firm.name, reverse("enterprise", args=[firm.pk])),
        ],
        "tabs": [
            Entry(label, reverse(each, args=[site.pk]), current=each == name) for each, label in tabs.items()
        ],
        "tab_name": tabs[name],
        "begin": None,
    }


def _dossiers(request: HttpRequest, site: Site, day: date) -> Any:
    rows = Dossier.objects.visible_to(request.user, on=day).filter(site=site)
    return rows.select_related(*RELATED)


def _decisions(site: Site) -> list[Decision]:
    rows = Decision.objects.filter(permit__site=site, recalled_at__isnull=True)
    return list(rows.select_related("permit", "letter").order_by("-decided_at", "-pk"))


def _paper_permits(request: HttpRequest, site: Site, day: date) -> list[PaperPermit]:
    rows = PaperPermit.objects.visible_to(request.user, on=day).filter(permit__site=site)
    return list(rows.select_related("permit", "entered_by", "agency").order_by("-signed_on", "-pk"))


def _rows(found: list[Dossier], *, own: bool, at: datetime) -> list[dict[str, Any]]:
    made = promises(found, at=at)
    return [
        {"dossier": row, "promise": made[row.pk], "tag": made[row.pk].tag if own else made[row.pk].staff_tag}
        for row in found
    ]


def _columns() -> list[Column]:
    return [
        Column(pgettext("one", "Hồ sơ")), Column(_("Trạng thái")), Column(_("Ngày nộp")),
        Column(_("Đang ở")), Column(_("Thời hạn")),
    ]  # fmt: skip


def _begin(site: Site) -> Entry:
    return Entry(_("Lập hồ sơ"), f"{reverse('dossiers:new')}?site={site.pk}", "plus-lg")
