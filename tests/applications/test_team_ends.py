"""A team that ends over visits already agreed: the agency that agreed them is told, once for each."""

from datetime import date

import pytest

from applications.states import State
from applications.telling_teams import left_without, team_ended
from journal.models import OutboxRow
from notices.models import Message
from organisations import team_people
from restart_portal.events import EVENTS
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
TITLE = "Cuộc kiểm tra cần tổ khác"


@pytest.mark.parametrize(("last", "left"), [("2021-10-13", 1), ("2021-10-14", 0)])
def test_the_agency_hears_of_each_visit_after_the_last_day(last: str, left: int) -> None:
    team, officer = cast.make_team(), cast.make_dolisa_officer()
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in (1, 2)]
    at = cast.instant("2021-10-14", "07:00")
    planned = making.make_dossier(State.TEAM_ASSIGNED, site=sites[0], at=at)
    making.make_dossier(State.INSPECTED, site=sites[1], at=at)
    made = team_people.end_team(team=team, last_day=date.fromisoformat(last), by=cast.make_admin(), at=at)
    assert made
    assert OutboxRow.objects.filter(event="team.ended", subject_id=str(team.pk)).exists()
    assert EVENTS["team.ended"] == ("applications.telling_teams.team_ended",)
    assert {row.pk for row in left_without(team)} == ({planned.pk} if left else set())
    for _again in range(2):
        team_ended(str(team.pk), at=at)
    told = Message.objects.filter(user=officer, title=TITLE)
    assert told.count() == left
    assert [planned.code in row.path for row in told] == [True] * left


def test_of_a_team_that_goes_on_no_visit_is_left() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    assert left_without(dossier.team) == []
