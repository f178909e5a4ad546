"""Two visits of one team that come too close: the officer is told of the other one, and decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from applications.models import Dossier
from applications.states import State
from organisations.models import Team

# A visit and the way to the next one: ours, the plan gives no length. It warns and never blocks.
NEAR = timedelta(hours=2)


@dataclass(frozen=True)
class Clash:
    """The other visit: whose, when, and whether it is still a proposal."""

    code: str
    site: str
    at: datetime
    proposed: bool


def clashes(dossier: Dossier, *, team: Team | None, visit_at: datetime | None) -> list[Clash]:
    """Visits of the team, assigned or proposed, less than two hours away; two queries."""
    if team is None or visit_at is None:
        return []
    first, last = visit_at - NEAR, visit_at + NEAR
    others = Dossier.objects.exclude(pk=dossier.pk).select_related("site__enterprise")
    assigned = others.filter(
        state=State.TEAM_ASSIGNED, team=team, visit_planned_at__gt=first, visit_planned_at__lt=last
    )
    found = [
        Clash(row.reference, row.site.enterprise.name, row.visit_planned_at, proposed=False)
        for row in assigned.order_by("visit_planned_at", "pk")
        if row.visit_planned_at is not None
    ]
    proposed = others.filter(state=State.TEAM_PROPOSED, proposals__team=team).distinct()
    for row in proposed.prefetch_related("proposals").order_by("pk"):
        latest = next(iter(row.proposals.all()), None)
        if latest is not None and latest.team_id == team.pk and first < latest.visit_at < last:
            found.append(Clash(row.reference, row.site.enterprise.name, latest.visit_at, proposed=True))
    return found


def mark(team: Team, visit_at: datetime) -> str:
    """What the page sends back once its reader has seen the warning for this team and time."""
    return f"{team.pk}@{visit_at.isoformat()}"
