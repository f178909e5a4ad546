"""Who is in a team, by date: joining, leading, leaving; by the administrator and the team's own agency."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from applications.states import State
from journal.models import AuditEvent
from organisations.forms.teams import FoundTeamForm
from organisations.models import Agency, Team
from organisations.roles import Role
from tests import cast
from tests.applications import making

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


def found(client, **changes):
    leader = cast.make_team_leader()
    data = {
        "number": "7", "name": "Tổ kiểm tra số 7", "agency": cast.agency("DOLISA").pk,
        "basis": "Quyết định 2101/QĐ-UBND ngày 01/10/2021", "leader": leader.pk,
        "members": [leader.pk, cast.make_team_member().pk], "since": f"{TODAY:%d/%m/%Y}",
    } | changes  # fmt: skip
    return client.post(reverse("organisations:new_team"), data)


def test_an_agency_founds_its_team_with_who_leads_it_on_what_paper() -> None:
    assert found(cast.signed_in(cast.make_dolisa_officer())).status_code == 302
    team = Team.objects.get(number=7)
    assert (team.agency.code, team.basis) == ("DOLISA", "Quyết định 2101/QĐ-UBND ngày 01/10/2021")
    people = [(row.user, row.is_leader, row.since) for row in team.members_on(TODAY)]
    assert people == [(cast.make_team_leader(), True, TODAY), (cast.make_team_member(), False, TODAY)]
    assert AuditEvent.objects.get(verb="team.founded").fields == ["agency", "basis", "name", "number"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": "1"}, "number", "Đã có tổ mang số này. Nhập số khác."),
        ({"number": "0"}, "number", "Số của tổ từ 1 đến 999."),
        ({"number": "9" * 30}, "number", "Số của tổ từ 1 đến 999."),
        ({"leader": ""}, "leader", "Chọn tổ trưởng."),
        ({"basis": " "}, "basis", "Nhập căn cứ lập tổ."),
        ({"members": [f"1{'0' * 25}"]}, "members", "Chọn người có trong danh sách."),
        ({"members": ["²"]}, "members", "Chọn người có trong danh sách."),
        ({"members": ["0"]}, "members", "Chọn người có trong danh sách."),
    ],
)
def test_a_team_is_refused_in_plain_words_at_the_field(changes, field: str, words: str) -> None:
    cast.make_team()
    answer = found(cast.signed_in(cast.make_admin()), **changes)
    assert answer.context["form"].errors[field] == [words]
    assert Team.objects.count() == 1


def test_the_words_of_one_readers_form_are_no_other_readers() -> None:
    field = FoundTeamForm.base_fields["number"]
    before = [validator.message for validator in field.validators]
    FoundTeamForm(day=TODAY, agencies=Agency.objects.none())
    assert [validator.message for validator in field.validators] == before


def test_an_agency_founds_no_team_of_another_and_nobody_leads_without_the_post() -> None:
    client = cast.signed_in(cast.make_zone_head())
    assert "agency" in found(client).context["form"].errors
    officer = cast.make_dolisa_officer()
    assert "leader" in found(cast.signed_in(officer), leader=officer.pk).context["form"].errors
    assert not Team.objects.exists()


def end(client, team, day=TODAY):
    return client.post(reverse("organisations:end_team", args=[team.pk]), {"last_day": f"{day:%d/%m/%Y}"})


def test_an_ended_team_is_proposed_no_more_and_its_people_stay_in_the_record() -> None:
    team, client = cast.make_team(), cast.signed_in(cast.make_dolisa_head())
    other = cast.make_team(2)
    page = client.get(reverse("organisations:end_team", args=[team.pk])).content.decode()
    assert "tổ chỉ còn được giao cuộc kiểm tra đến hết ngày cuối" in page
    assert end(client, team).status_code == 302
    assert list(Team.objects.going_on(TODAY)) == [other]
    assert len(team.members_on(TODAY)) == 2
    assert team.members_on(TODAY + timedelta(days=1)) == []
    assert AuditEvent.objects.filter(verb="team.ended", subject_id=str(team.pk)).count() == 1
    assert "Kết thúc ngày 14/10/2021" in client.get(reverse("organisations:teams")).content.decode()
    assert end(client, team).status_code == 302
    assert AuditEvent.objects.filter(verb="team.ended").count() == 1


def test_a_team_that_somebody_is_still_to_join_does_not_end_before() -> None:
    team, client, day = cast.make_team(), cast.signed_in(cast.make_admin()), TODAY + timedelta(days=9)
    assert join(client, team, newcomer(), since=f"{day:%d/%m/%Y}").status_code == 302
    refused = end(client, team).context["form"].errors["last_day"]
    assert refused == ["Trần Thị Mới vào tổ từ 23/10/2021. Nhập ngày đó hoặc muộn hơn."]
    assert end(client, team, day).status_code == 302
    assert Team.objects.going_on(TODAY).get() == team
    assert not Team.objects.going_on(day).exists()


def test_a_dossier_is_not_proposed_to_a_team_that_has_ended() -> None:
    team, dossier = cast.make_team(), making.make_dossier(State.ACCEPTED)
    cast.make_team(2)
    client = cast.signed_in(cast.make_dolisa_officer())
    end(client, team)
    address = reverse("dossiers:propose_team", args=[dossier.reference])
    assert [row["team"].number for row in client.get(address).context["teams"]] == [2]
    asked = {"team": team.pk, "visit_on": "18/10/2021", "visit_hour": "08:30"}
    assert "team" in client.post(address, asked).context["form"].errors


def test_two_people_of_one_name_are_told_apart_where_they_are_chosen() -> None:
    cast.make_team_leader()
    cast.make_official("ut-2@tra-vinh.example", "Ngô Văn Út", Role.TEAM, "DOH", "Chuyên viên")
    page = cast.signed_in(cast.make_admin()).get(reverse("organisations:new_team")).content.decode()
    assert "Ngô Văn Út, to-truong@tra-vinh.example" in page
    assert "Ngô Văn Út, ut-2@tra-vinh.example" in page
