"""What teams have to do already: the officer who plans a visit sees it, is told of one too close, and decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import OuterRef, Q, Subquery

import plan
from applications.models import Dossier, TeamProposal
from applications.states import State
from organisations.models import Holiday, Team
from organisations.plan_in_force import rules_at
from plan.clock import LOCAL

# A visit and the way to the next one: ours, the plan gives no length. It warns and never blocks.
NEAR = timedelta(hours=2)
# How far ahead a team's visits are shown, in working days: ours as well.
COMING = 10


@dataclass(frozen=True)
class Clash:
    """The other visit: whose, when, and whether it is still a proposal."""

    code: str
    site: str
    at: datetime
    proposed: bool


@dataclass(frozen=True)
class Day:
    """The visits of a team on one day."""

    on: date
    visits: tuple[Clash, ...]


@dataclass(frozen=True)
class Coming:
    """The days of each team, by its key, on which it has something to do; `until` is the last that was looked at."""

    until: date
    by_team: Mapping[int, tuple[Day, ...]]

    def of(self, team: Team) -> tuple[Day, ...]:
        """The days of one team."""
        return self.by_team.get(team.pk, ())


def latest(column: str) -> Subquery:
    """A column of a dossier's last proposal."""
    rows = TeamProposal.objects.filter(dossier=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(rows.values(column)[:1])


def planned(team: Team, *, since: datetime, until: datetime) -> list[Clash]:
    """The team's visits between two moments, those that are assigned first; one query."""
    found = [visit for of, visit in _visits(since=since, until=until) if of == team.pk]
    return sorted(found, key=lambda clash: (clash.proposed, clash.at, clash.code))


def coming(dossier: Dossier, *, at: datetime) -> Coming:
    """What every team does today and on the next ten working days beside the visit of this dossier: two queries."""
    holidays, working = Holiday.days()
    end = rules_at(at).add_working_days(at=at, days=COMING, holidays=holidays, working_days=working)
    until = plan.local_day(end)
    first = datetime.combine(plan.local_day(at), time.min, tzinfo=LOCAL)
    found = _visits(since=first, until=datetime.combine(until, time.max, tzinfo=LOCAL))
    others = (each for each in found if each[1].code != dossier.reference)
    visits = sorted(others, key=lambda each: (each[0], each[1].at))
    return Coming(until, {
        team: tuple(
            Day(day, tuple(visit for _team, visit in of_day))
            for day, of_day in groupby(of_team, key=lambda each: plan.local_day(each[1].at))
        )
        for team, of_team in groupby(visits, key=lambda each: each[0])
    })  # fmt: skip


def _visits(*, since: datetime, until: datetime) -> list[tuple[int, Clash]]:
    """(team, visit) of all that is assigned or proposed between two moments; one query."""
    assigned = Q(state=State.TEAM_ASSIGNED, visit_planned_at__gt=since, visit_planned_at__lt=until)
    asked = Q(state=State.TEAM_PROPOSED, asked_for__gt=since, asked_for__lt=until)
    rows = Dossier.objects.annotate(asked_of=latest("team"), asked_for=latest("visit_at"))
    found = []
    for row in rows.filter(assigned | asked).select_related("site__enterprise").order_by("pk"):
        proposed = row.state == State.TEAM_PROPOSED
        moment = row.asked_for if proposed else row.visit_planned_at
        visit = Clash(row.reference, row.site.enterprise.name, moment, proposed)
        found.append((row.asked_of if proposed else row.team_id, visit))
    return found


def gone_by(dossier: Dossier, *, at: datetime) -> datetime | None:
    """When the proposed visit should have been, where that has passed and no team is assigned yet."""
    if dossier.state != State.TEAM_PROPOSED:
        return None
    asked_for: datetime | None = dossier.proposals.values_list("visit_at", flat=True).first()
    return asked_for if asked_for is not None and asked_for <= at else None


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
