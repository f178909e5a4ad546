"""The team that looks after a site throughout (III.1.3.4), and how the site passes to another in phase 1.

The body is bound, not its people. Another team is named only on the Chairman's document with its reason; in phase 2
the agency names whom it likes, and the binding stays.
"""

from datetime import date, datetime

from django.utils.translation import gettext as _

from applications.models import Dossier
from applications.unmet import Unmet
from journal.recording import record
from organisations.models import Site, Team, TeamBinding, User
from pages.templatetags.ui import vn_date

CLAUSE = "III.1.3.4-e"
PHASE = 1


def bound_to(site: Site) -> Team | None:
    """The team of the site now; without a query where `site__team_bindings__team` was fetched before."""
    return next((row.team for row in site.team_bindings.all() if row.ended_at is None), None)


def unmet(dossier: Dossier, team: Team, *, basis: str, anchor: str, on: date) -> list[Unmet]:
    """Why the team cannot be named for that day: the site is another's, and nothing says that it passes on.

    The team that the dossier has already is named anew without a document.
    """
    if dossier.phase != PHASE or basis.strip() or team.pk == dossier.team_id:
        return []
    bound = bound_to(dossier.site)
    if bound is None or bound.pk == team.pk:
        return []
    last = bound.last_day()
    if last is not None and last <= on:
        values = {"team": bound.name, "day": vn_date(last), "way": _way_on(anchor)}
        words = _("%(team)s theo cơ sở này nhưng kết thúc ngày %(day)s. %(way)s") % values
        return [Unmet("bound", CLAUSE, words, anchor)]
    words = {
        "basis": _("%(team)s theo cơ sở này. Chọn tổ ấy, hoặc ghi văn bản, lý do giao cơ sở cho tổ khác."),
        "note": _("%(team)s theo cơ sở này. Chọn tổ ấy, hoặc ghi lý do đề xuất tổ khác vào ghi chú."),
    }.get(anchor, _("%(team)s theo cơ sở này. Chọn tổ ấy; giao cho tổ khác cần văn bản của Chủ tịch."))
    return [Unmet("bound", CLAUSE, words % {"team": bound.name}, anchor)]


def _way_on(anchor: str) -> str:
    """How a site passes on whose team has ended: on the form's own field, or, of many, on the dossier's page."""
    return {
        "basis": _("Ghi văn bản, lý do giao cơ sở cho tổ khác."),
        "note": _("Ghi lý do đề xuất tổ khác vào ghi chú."),
    }.get(anchor, _("Đề xuất riêng hồ sơ này, ghi lý do chọn tổ khác vào ghi chú."))


def transfer(dossier: Dossier, team: Team, *, basis: str, by: User, at: datetime) -> None:
    """Ends the binding to another team and begins the one that the document names; nothing without a document."""
    bound = bound_to(dossier.site) if dossier.phase == PHASE and basis.strip() else None
    if bound is None or bound.pk == team.pk:
        return
    TeamBinding.objects.filter(site=dossier.site_id, ended_at__isnull=True).update(ended_at=at)
    basis = basis.strip()
    TeamBinding.objects.create(site_id=dossier.site_id, team=team, bound_at=at, bound_by=by, basis=basis)
    record(
        "team.bound",
        by=by,
        at=at,
        kind="site",
        subject_id=dossier.site_id,
        fields=["basis", "team"],
        reason=basis,
    )
