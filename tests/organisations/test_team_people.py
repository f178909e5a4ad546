"""Who is in a team, by date: joining, leading, leaving; by the administrator and the team's own agency."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from journal.models import AuditEvent
from organisations.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db
TODAY = cast.AT.date()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(cast.AT, tick=False):
        yield


def newcomer():
    return cast.make_official("moi@tra-vinh.example", "Trần Thị Mới", Role.TEAM, "DOLISA", "Chuyên viên")


def join(client, team, user, **changes):
    data = {"user": user.pk, "since": f"{TODAY:%d/%m/%Y}"} | changes
    return client.post(reverse("organisations:team", args=[team.pk]), data)


def test_a_new_leader_leads_from_the_day_and_the_old_one_stays_a_member() -> None:
    team, user = cast.make_team(), newcomer()
    old = team.leader_on(TODAY).user
    assert join(cast.signed_in(cast.make_dolisa_head()), team, user, is_leader="on").status_code == 302
    assert team.leader_on(TODAY - timedelta(days=1)).user == old
    assert team.leader_on(TODAY).user == user
    assert [row.is_leader for row in team.members_on(TODAY) if row.user == old] == [False]
    assert AuditEvent.objects.get(verb="team.led").fields == ["is_leader", "since", "user"]


def test_who_is_in_the_team_is_not_added_again() -> None:
    team = cast.make_team()
    answer = join(cast.signed_in(cast.make_admin()), team, cast.make_team_member())
    assert "đã ở trong tổ" in answer.content.decode()


def test_a_member_leaves_after_the_last_day() -> None:
    team = cast.make_team()
    member = next(row for row in team.members_on(TODAY) if not row.is_leader)
    client = cast.signed_in(cast.make_admin())
    client.post(reverse("organisations:leave_team", args=[member.pk]), {"last_day": f"{TODAY:%d/%m/%Y}"})
    assert member.user in [row.user for row in team.members_on(TODAY)]
    assert member.user not in [row.user for row in team.members_on(TODAY + timedelta(days=1))]
    assert AuditEvent.objects.filter(verb="team.left").count() == 1


def test_another_agency_does_not_edit_the_team() -> None:
    team, user = cast.make_team(), newcomer()
    assert join(cast.signed_in(cast.make_zone_head()), team, user).status_code == 404
