"""An inspection team and who belongs to it, from a day until a day; one leads. Only the verbs here write it.

A team has ended when the days of everybody in it are over: no second fact beside theirs says so.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from journal.recording import announce, record
from organisations.models import Agency, Team, User
from organisations.models.team import TeamMember


class AlreadyThere(Exception):
    """The person belongs to the team on that day or later."""


class NumberTaken(Exception):
    """Another team, perhaps one that has ended, bears the number."""


class JoinsLater(Exception):
    """Somebody comes to the team only after its last day; the argument is that membership."""


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


@transaction.atomic
def found_team(
    *, number: int, name: str, agency: Agency, basis: str, leader: User, members: Iterable[User], since: date,
    by: User, at: datetime,
) -> Team:  # fmt: skip
    """A new team on the paper that founds it, led from its first day; NumberTaken if the number is."""
    try:
        with transaction.atomic():
            team = Team.objects.create(number=number, name=name, agency=agency, basis=basis)
    except IntegrityError as error:
        raise NumberTaken(number) from error
    record(
        "team.founded", by=by, at=at, kind="team", subject_id=team.pk,
        fields=["agency", "basis", "name", "number"],
    )  # fmt: skip
    join(team=team, user=leader, is_leader=True, since=since, by=by, at=at)
    for user in members:
        if user != leader:
            join(team=team, user=user, is_leader=False, since=since, by=by, at=at)
    return team


@transaction.atomic
def end_team(*, team: Team, last_day: date, by: User, at: datetime) -> bool:
    """The last day of everybody who is in the team; False if nobody is. Who was in it, and its sites, stay.

    JoinsLater if somebody comes only after that day.
    """
    Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    rows = TeamMember.objects.filter(_open_on(team, last_day))
    late = rows.filter(since__gt=last_day).select_related("user").order_by("since", "pk").first()
    if late is not None:
        raise JoinsLater(late)
    ended = rows.filter(Q(until__isnull=True) | Q(until__gt=last_day)).update(until=last_day)
    if ended:
        record("team.ended", by=by, at=at, kind="team", subject_id=team.pk, fields=["until"])
        announce("team.ended", team.pk, at=at)
    return bool(ended)
