"""Two visits of one team in one time: the officer and the Chairman's side are told, and may go ahead."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from applications.models import Dossier
from applications.states import State
from applications.visit_clashes import clashes
from plan.clock import LOCAL
from tests import cast
from tests.applications import desk, making

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=16)
WARNING = "Tổ này đã có cuộc khác gần giờ đó"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False):
        yield


def other(state: str) -> Dossier:
    """Another enterprise's dossier whose team and time stand already."""
    enterprise = cast.make_other_enterprise()
    return making.make_dossier(state, site=cast.make_site(enterprise, name="Cơ sở hai", zone=None))


def time_of(dossier: Dossier):
    return dossier.visit_planned_at or dossier.proposals.get().visit_at


@pytest.mark.parametrize("state", [State.TEAM_PROPOSED, State.TEAM_ASSIGNED])
@pytest.mark.parametrize(("hours", "near"), [(0, True), (1, True), (-1, True), (2, False), (-3, False)])
def test_less_than_two_hours_apart_is_near(state: str, hours: int, near: bool) -> None:
    dossier, there = making.make_dossier(State.ACCEPTED), other(state)
    found = clashes(dossier, team=cast.make_team(), visit_at=time_of(there) + timedelta(hours=hours))
    assert [row.code for row in found] == ([there.code] if near else [])


def test_another_team_and_the_dossier_itself_are_no_clash() -> None:
    there = other(State.TEAM_ASSIGNED)
    assert clashes(there, team=cast.make_team(), visit_at=time_of(there)) == []
    assert clashes(making.make_dossier(State.ACCEPTED), team=cast.make_team(2), visit_at=time_of(there)) == []


def test_proposing_is_warned_once_with_the_other_visit_named() -> None:
    dossier, there = making.make_dossier(State.ACCEPTED), other(State.TEAM_ASSIGNED)
    nine = datetime(2021, 10, 18, 9, 0, tzinfo=LOCAL)
    Dossier.objects.filter(pk=there.pk).update(visit_planned_at=nine)
    data = {"team": cast.make_team().pk, "visit_on": "18/10/2021", "visit_hour": "09:30", "note": ""}
    client = desk.officer()
    answer = client.post(desk.path("propose_team", dossier), data)
    page = answer.content.decode()
    assert WARNING in page
    assert str(there.code) in page
    assert making.fresh(dossier).state == State.ACCEPTED
    client.post(desk.path("propose_team", dossier), data | {"clash_seen": answer.context["near"].seen})
    assert making.fresh(dossier).state == State.TEAM_PROPOSED


def test_assigning_shows_the_clash_of_the_proposal_at_once() -> None:
    there = other(State.TEAM_ASSIGNED)
    dossier = making.make_dossier(State.TEAM_PROPOSED)
    Dossier.objects.filter(pk=there.pk).update(visit_planned_at=time_of(dossier))
    url = reverse("dossiers:assign_team", args=[dossier.reference])
    page = cast.signed_in(cast.make_chairman()).get(url).content.decode()
    assert WARNING in page
    assert str(there.code) in page
