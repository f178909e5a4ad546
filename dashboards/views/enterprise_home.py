"""The enterprise's first page: the next thing, its dossiers and where they stand, what falls due."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import plan
from applications.declared import cap_line
from applications.first_duties import Duty, first_duties
from applications.later_papers import follows
from applications.models import Decision, Dossier, PaperPermit, Stage
from applications.promises import Promise, promises
from applications.road import road
from applications.states import CLOSED, State
from applications.views.enterprise_list import first_step, own_enterprises, own_sites
from applications.views.fetching import RELATED
from organisations import agency_codes
from organisations.models import AccessRequest, Agency, Membership
from pages import parts
from pages.templatetags.ui import vn_date

MOST_DOSSIERS = 4
MOST_DUTIES = 6
# A consent stays the head of the page so long; after that it keeps its place in the side column.
NEWS = timedelta(days=30)
# What asks for the enterprise's hand comes first; then what is on its way; then what has ended.
RANK = {
    State.SUPPLEMENT_REQUESTED: 0,
    State.DECLINED: 1,
    State.REFUSED: 1,
    State.DRAFT: 2,
    State.TEAM_ASSIGNED: 3,
}


def page(request: HttpRequest) -> HttpResponse:
    """The home of people of enterprises; before there is one, the way to claim it."""
    now = timezone.now()
    enterprises = list(own_enterprises(request))
    sites = list(own_sites(request))
    dossiers = _current(sites)
    made = promises(dossiers, at=now)
    dossiers.sort(key=lambda row: _rank(row, made[row.pk]))
    first = dossiers[0] if dossiers else None
    decisions, papers = _decisions(sites), _paper_permits(sites, on=plan.local_day(now))
    context = {
        "enterprises": enterprises,
        "decided": None if first and made[first.pk].is_recalled else _decided(decisions, first, at=now),
        "lead": _lead(enterprises, len(sites)),
        "empty": None if first or decisions or papers else first_step(request),
        "unconfirmed": [each for each in enterprises if each.confirmed_at is None],
        "first": {"dossier": first, "promise": made[first.pk]} if first else None,
        "next": _next(first, made[first.pk]) if first else None,
        "roads": _roads(dossiers, at=now),
        "tasks": _other_tasks(_without_road(dossiers[1:], made), made, enterprises),
        "permits": _permits(decisions, papers),
        "duties": _duties(decisions, papers, at=now),
    }
    return render(request, "dashboards/enterprise_home.html", context)


def _current(sites: list[Any]) -> list[Dossier]:
    """The newest dossier of each site that still asks for something."""
    rows = Dossier.objects.filter(site__in=[site.pk for site in sites]).select_related(
        *RELATED, "team__agency"
    )
    newest: dict[Any, Dossier] = {}
    for row in rows.order_by("-created_at", "pk"):
        newest.setdefault((row.site_id, row.phase), row)
    wanted = [row for row in newest.values() if row.state not in {State.APPROVED, State.WITHDRAWN}]
    if all(row.state == State.WITHDRAWN for row in newest.values()):  # what there is to begin again from
        wanted = list(newest.values())
    return wanted


def _rank(row: Dossier, made: Promise) -> tuple[int, float, str]:
    """The most pressing first; a letter that was recalled ends what its site relied on."""
    rank = 1 if made.is_recalled else RANK.get(State(row.state), 4)
    return rank, -row.saved_at.timestamp(), str(row.pk)


def _decisions(sites: list[Any]) -> list[Decision]:
    """Consents, each with its permit and letter."""
    sites_of = Decision.objects.filter(dossier__site__in=[site.pk for site in sites])
    rows = sites_of.filter(permit__isnull=False, recalled_at__isnull=True)
    return list(
        rows.select_related("permit__site", "letter", "dossier__receiving_agency").order_by(
            "-decided_at", "pk"
        )
    )


def _decided(
    decisions: list[Decision], first: Dossier | None, *, at: datetime
) -> dict[str, str] | None:  # fmt: skip
    """The newest consent, to lead the page while it is news or nothing else is there; what is asked is first."""
    newest = next(iter(decisions), None)
    if newest is None or newest.permit is None:
        return None
    if first is not None and (first.state == State.SUPPLEMENT_REQUESTED or at - newest.decided_at > NEWS):
        return None
    permit = newest.permit
    values = {"number": newest.letter.full_number, "day": vn_date(newest.letter.dated)}
    return {
        "title": _("%(site)s được hoạt động từ %(day)s")
        % {"site": permit.site.name, "day": vn_date(permit.starts_on)},
        "line": " · ".join([_("Văn bản số %(number)s ngày %(day)s") % values, cap_line(permit)]),
        "url": reverse("documents:letter", args=[newest.letter_id]),
        "dossier_url": reverse("dossiers:detail", args=[newest.dossier.reference]),
    }


def _lead(enterprises: list[Any], sites: int) -> str:
    if not enterprises:
        return ""
    count = ngettext("%(n)d cơ sở", "%(n)d cơ sở", sites) % {"n": sites}
    return f"{', '.join(each.name for each in enterprises)} · {count}"


def _next(dossier: Dossier, made: Promise) -> dict[str, str]:
    """The one thing to do: its words, address and tone."""
    ref = [dossier.reference]
    words = {
        State.DRAFT: (_("Lập tiếp hồ sơ %(site)s"), _("Làm tiếp"), "info"),
        State.SUPPLEMENT_REQUESTED: (_("Bổ sung giấy tờ cho %(site)s"), _("Bổ sung giấy tờ"), "wait"),
        State.DECLINED: (_("Xem vì sao hồ sơ %(site)s không được tiếp nhận"), _("Xem lý do"), "late"),
        State.REFUSED: (_("Đã có quyết định: %(site)s chưa được đồng ý"), _("Xem lý do"), "late"),
        State.TEAM_ASSIGNED: (_("Chuẩn bị cho ngày kiểm tra %(site)s"), _("Xem cần chuẩn bị gì"), "info"),
        State.WITHDRAWN: (_("Đã rút hồ sơ %(site)s"), _("Xem và lập lại"), "info"),
    }
    title, label, tone = words.get(
        State(dossier.state), (_("Hồ sơ %(site)s đang được giải quyết"), _("Xem hồ sơ"), "info")
    )
    if made.is_recalled:
        title, tone = _("Văn bản cho %(site)s đã được thu hồi"), "wait"
    return {
        "title": title % {"site": dossier.site.name},
        "label": label,
        "tone": tone,
        "url": reverse("dossiers:detail", args=ref),
        "clock_url": reverse("dossiers:clock", args=ref) if dossier.submitted_at else "",
        "line": made.next_line,
    }


def _without_road(dossiers: list[Dossier], made: dict[Any, Promise]) -> list[Dossier]:
    """Drafts and what ended without consent are tasks, not roads; of a recalled letter no road tells."""
    return [
        row for row in dossiers if row.state == State.DRAFT or row.state in CLOSED or made[row.pk].is_recalled
    ]


def _roads(dossiers: list[Dossier], *, at: datetime) -> list[dict[str, Any]]:
    """Open dossiers that have been submitted, each with its stages."""
    shown = [row for row in dossiers if row.submitted_at and row.state not in CLOSED][:MOST_DOSSIERS]
    stages: dict[Any, list[Stage]] = {row.pk: [] for row in shown}
    for stage in Stage.objects.filter(dossier__in=list(stages)).order_by("opened_at", "pk"):
        stages[stage.dossier_id].append(stage)
    return [{"dossier": row, "stages": road(row, stages=stages[row.pk], at=at)} for row in shown]


def _other_tasks(others: list[Dossier], made: dict[Any, Promise], enterprises: list[Any]) -> list[parts.Task]:
    """Other dossiers that wait for the enterprise, people who ask to join, and the first colleague."""
    tasks = [
        parts.Task(
            row.site.name, reverse("dossiers:detail", args=[row.reference]), hint=made[row.pk].next_line,
            icon="folder2", tag=made[row.pk].tag,
        )
        for row in others[:MOST_DOSSIERS]
    ]  # fmt: skip
    colleagues = reverse("organisations:colleagues")
    asked = AccessRequest.objects.filter(
        enterprise__in=[e.pk for e in enterprises], decided_at__isnull=True
    ).count()
    if asked:
        tag = parts.Tag(_("Chờ trả lời"), "wait", "reply")
        hint = ngettext("%(n)d người xin cùng làm", "%(n)d người xin cùng làm", asked) % {"n": asked}
        tasks.append(parts.Task(_("Trả lời người xin vào doanh nghiệp"), colleagues, hint, "person", tag))
    alone = (
        Membership.objects.filter(enterprise__in=[e.pk for e in enterprises], ended_at__isnull=True).count()
        == 1
    )
    if enterprises and alone:
        tag = parts.Tag(_("Chưa bắt đầu"), "calm", "circle")
        hint = _("Thêm người chuẩn bị hoặc người được nộp hồ sơ")
        tasks.append(parts.Task(_("Mời người cùng làm"), colleagues, hint, "person-plus", tag))
    return tasks


def _paper_permits(sites: list[Any], *, on: date) -> list[PaperPermit]:
    """What the sites are permitted by letters from before the portal, as long as they are in force."""
    rows = PaperPermit.objects.not_ended(on=on).filter(permit__site__in=[site.pk for site in sites])
    return list(rows.select_related("permit__site__receiving_agency").order_by("-signed_on", "-pk"))


def _permits(decisions: list[Decision], papers: list[PaperPermit]) -> list[dict[str, Any]]:
    """Sites that may run, for the side column."""
    given: list[tuple[Any, str, str, bool]] = [
        (each.permit, each.letter.full_number, reverse("documents:letter", args=[each.letter_id]), False)
        for each in decisions
        if each.permit is not None
    ]
    given += [
        (each.permit, each.number, reverse("dossiers:paper_permit_one", args=[each.pk]), True)
        for each in papers
    ]
    return [
        {
            "permit": permit, "number": number, "url": url, "from_paper": from_paper, "cap": cap_line(permit),
            "tag": parts.Tag(
                _("Được hoạt động từ %(day)s") % {"day": vn_date(permit.starts_on)}, "ok", "check-circle"
            ),
        }
        for permit, number, url, from_paper in given
    ]  # fmt: skip


def _duties(decisions: list[Decision], papers: list[PaperPermit], *, at: datetime) -> list[Duty]:
    """What falls due next at the sites that may run, the soonest first."""
    owed = follows(each.dossier for each in decisions)
    permits: list[tuple[Any, Agency, Any]] = [
        (each.permit, each.dossier.receiving_agency, owed[each.dossier_id]) for each in decisions
    ]
    permits += [(each.permit, each.permit.site.receiving_agency, None) for each in papers]
    if not permits:
        return []
    health = Agency.objects.get(code=agency_codes.HEALTH).name
    rows = [
        duty
        for permit, receiving, brought in permits
        for duty in first_duties(permit, receiving=receiving, health=health, papers=brought, at=at)
    ]
    return sorted(rows, key=lambda duty: duty.due_at)[:MOST_DUTIES]
