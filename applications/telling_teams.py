"""Whose visits are left without a team when one ends: the agency that agreed them is told."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications.models import Dossier
from applications.states import State
from applications.telling import officials_of
from notices.telling import fitted, tell
from organisations.models import Team
from organisations.roles import May
from pages.deadline_words import due_words


def left_without(team: Team) -> list[Dossier]:
    """Dossiers whose visit is agreed for a day on which the team has ended; one only proposed is refused later."""
    last = team.last_day()
    if last is None:
        return []
    rows = Dossier.objects.filter(team=team, state=State.TEAM_ASSIGNED).order_by("visit_planned_at", "pk")
    planned = [row for row in rows.select_related("receiving_agency") if row.visit_planned_at]
    return [row for row in planned if plan.local_day(row.visit_planned_at) > last]


def team_ended(team_id: str, *, at: datetime) -> None:
    """The receiving agency of each visit that now needs another day or another team."""
    with override("vi"):
        team = Team.objects.get(pk=team_id)
        for dossier in left_without(team):
            code, when = dossier.reference, dossier.visit_planned_at
            values = {"code": code, "team": team.name, "when": due_words(when)}
            line = _("Hồ sơ %(code)s: %(team)s kết thúc trước cuộc kiểm tra %(when)s; đổi lịch hoặc đổi tổ.")
            tell(
                officials_of(dossier.receiving_agency_id, permission=May.RECEIVE, at=at),
                key=f"team_ended:{team.pk}:{dossier.pk}:{when:%Y%m%d%H%M}",
                title=_("Cuộc kiểm tra cần tổ khác"), line=fitted(line, values, cut="team"),
                path=reverse("dossiers:detail", args=[code]), at=at,
            )  # fmt: skip
