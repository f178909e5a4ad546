"""Two visits of one team that come too close: the officer is told of the other one, and decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery

from applications.models import Dossier, TeamProposal
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


def planned(team: Team, *, since: datetime, until: datetime) -> list[Clash]:
    """The team's visits between two moments, those that are assigned first; one query."""
    latest = TeamProposal.objects.filter(dossier=OuterRef("pk")).order_by("-at", "-pk")
    rows = Dossier.objects.annotate(
        asked_of=Subquery(latest.values("team")[:1]), asked_for=Subquery(latest.values("visit_at")[:1])
    ).filter(
        Q(state=State.TEAM_ASSIGNED, team=team, visit_planned_at__gt=since, visit_planned_at__lt=until)
        | Q(state=State.TEAM_PROPOSED, asked_of=team.pk, asked_for__gt=since, asked_for__lt=until)
    )
    found = []
    for row in rows.select_related("site__enterprise").order_by("pk"):
        proposed = row.state == State.TEAM_PROPOSED
        moment = row.asked_for if proposed else row.visit_planned_at
        found.append(Clash(row.reference, row.site.enterprise.name, moment, proposed))
    return sorted(found, key=lambda clash: (clash.proposed, clash.at, clash.code))


def clashes(dossier: Dossier, *, team: Team | None, visit_at: datetime | None) -> list[Clash]:
    """Visits of the team, assigned or proposed, less than two hours away from the one of a dossier."""
    if team is None or visit_at is None:
        return []
    there = planned(team, since=visit_at - NEAR, until=visit_at + NEAR)
    return [clash for clash in there if clash.code != dossier.reference]


def mark(team: Team, visit_at: datetime, found: Iterable[Clash]) -> str:
    """What the page sends back once its reader has seen the warning of these visits for this team and time."""
    codes = sorted({clash.code for clash in found})
    return f"{team.pk}@{visit_at.isoformat()}:{','.join(codes)}"
