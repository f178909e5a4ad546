"""Who belongs to an inspection team, from a day until a day; one leads. Only the two verbs here write it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from journal.recording import record
from organisations.models import Team, User
from organisations.models.team import TeamMember


class AlreadyThere(Exception):
    """The person belongs to the team on that day or later."""


def _open_on(team: Team, day: date) -> Q:
    return Q(team=team) & (Q(until__isnull=True) | Q(until__gte=day))


@transaction.atomic
def join(*, team: Team, user: User, is_leader: bool, since: date, by: User, at: datetime) -> TeamMember:
    """A person joins from a day on; a new leader's predecessor stays in the team as a member."""
    Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    open_rows = TeamMember.objects.filter(_open_on(team, since)).order_by("pk")
    own = open_rows.filter(user=user)
    if own.filter(Q(is_leader=is_leader) | Q(since__gte=since)).exists():
        raise AlreadyThere
    own.update(until=since - timedelta(days=1))
    if is_leader:
        for before in open_rows.filter(is_leader=True):
            _step_down(before, since=since)
    row = TeamMember.objects.create(team=team, user=user, is_leader=is_leader, since=since)
    verb = "team.led" if is_leader else "team.joined"
    record(verb, by=by, at=at, kind="team", subject_id=team.pk, fields=["is_leader", "since", "user"])
    return row


def _step_down(before: TeamMember, *, since: date) -> None:
    """The leader until the day before is a plain member from that day."""
    if before.since >= since:
        TeamMember.objects.filter(pk=before.pk).update(is_leader=False)
        return
    TeamMember.objects.filter(pk=before.pk).update(until=since - timedelta(days=1))
    TeamMember.objects.create(
        team_id=before.team_id, user_id=before.user_id, since=since, until=before.until, is_leader=False
    )


@transaction.atomic
def leave(*, member: TeamMember, last_day: date, by: User, at: datetime) -> bool:
    """The last day in the team; False if one was written before."""
    rows = TeamMember.objects.filter(pk=member.pk, until__isnull=True)
    won = rows.update(until=max(last_day, member.since))
    if won:
        record("team.left", by=by, at=at, kind="team", subject_id=member.team_id, fields=["until"])
    return bool(won)
