"""The team that visited a site first looks after it (III.1.3.4-e): another needs the Chairman's document."""

import pytest
import time_machine
from django.urls import reverse

from applications import (
    bound_teams,
    bulk,
    deciding,
    hand_overs,
    moving_visits,
    public_log,
    receiving,
    telling,
)
from applications.models import Dossier
from applications.states import State
from applications.unmet import Refused
from journal.models import AuditEvent
from notices.models import Message
from organisations.models import Team
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
LATER = cast.instant("2021-10-15", "08:20")
MOMENT = {"visit_on": "18/10/2021", "visit_hour": "08:30", "note": ""}
PAPER = "Công văn 88/UBND-KGVX ngày 14/10/2021: Tổ 1 có người nhà ở cơ sở"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False):
        yield


def made(state: str, *, phase: int = 1) -> tuple[Dossier, Team, Team]:
    """A dossier of a site that team 1 looks after, and both teams."""
    dossier = making.make_dossier(State.ACCEPTED, phase=phase)
    first, second = cast.make_team(), cast.make_team(2)
    cast.bind_team(dossier.site, first)
    if state == State.TEAM_PROPOSED:
        dossier = making.propose_team(dossier, LATER, team=first)
    return dossier, first, second


def assign(dossier: Dossier, team: Team, **changes: str) -> object:
    return deciding.assign_team(
        dossier=dossier, team=team, visit_at=cast.instant("2021-10-18"), by=making.assigner_of(dossier),
        at=LATER, **changes,
    )  # fmt: skip


def open_bindings(dossier: Dossier) -> list[tuple[Team, str]]:
    return [(row.team, row.basis) for row in dossier.site.team_bindings.filter(ended_at__isnull=True)]


@pytest.mark.parametrize("basis", ["", "  "])
def test_another_team_is_refused_with_the_clause(basis: str) -> None:
    dossier, first, second = made(State.TEAM_PROPOSED)
    with pytest.raises(Refused) as refused:
        assign(dossier, second, basis=basis)
    assert [(each.clause, each.anchor) for each in refused.value.unmet] == [("III.1.3.4-e", "basis")]
    assert "Tổ kiểm tra số 1" in refused.value.unmet[0].detail
    assert open_bindings(dossier) == [(first, "")]


def test_the_site_passes_to_another_team_by_the_chairmans_document() -> None:
    dossier, first, second = made(State.TEAM_PROPOSED)
    assign(dossier, second, basis=PAPER)
    assert making.fresh(dossier).team == second
    assert open_bindings(dossier) == [(second, PAPER)]
    assert dossier.site.team_bindings.get(team=first).ended_at == LATER
    assert AuditEvent.objects.get(verb="team.bound").reason == PAPER


def test_the_same_team_needs_no_document_and_nothing_is_bound_anew() -> None:
    dossier, first, _second = made(State.TEAM_PROPOSED)
    assign(dossier, first, basis=PAPER)
    assert open_bindings(dossier) == [(first, "")]


def test_in_phase_two_the_agency_may_name_another_and_the_binding_stays() -> None:
    dossier, first, second = made(State.ACCEPTED, phase=2)
    assign(dossier, second)
    assert making.fresh(dossier).team == second
    assert open_bindings(dossier) == [(first, "")]


def test_the_desk_finds_the_team_chosen_and_gives_a_reason_for_another() -> None:
    dossier, first, second = made(State.ACCEPTED)
    client, address = (
        cast.signed_in(cast.make_dolisa_officer()),
        reverse("dossiers:propose_team", args=[dossier.reference]),
    )
    page = client.get(address)
    assert [row["team"] for row in page.context["teams"] if row["chosen"]] == [first]
    assert "Tổ kiểm tra số 1 theo cơ sở này suốt từ lần kiểm tra đầu" in page.content.decode()
    refused = client.post(address, {"team": second.pk, **MOMENT})
    assert refused.status_code == 422
    assert "III.1.3.4-e" in refused.content.decode()
    assert list(refused.context["form"].errors) == ["note"]
    given = client.post(address, {"team": second.pk, **MOMENT, "note": "Tổ 1 có người nhà ở cơ sở"})
    assert given.status_code == 302
    assert making.fresh(dossier).state == State.TEAM_PROPOSED


def test_the_chairmans_side_is_asked_for_the_document_at_its_field() -> None:
    dossier, first, second = made(State.TEAM_PROPOSED)
    client = cast.signed_in(cast.make_office_clerk())
    address = reverse("dossiers:assign_team", args=[dossier.reference])
    page = client.get(address)
    assert page.context["form"]["team"].value() == first.pk
    assert "Tổ kiểm tra số 1 theo cơ sở này suốt từ lần kiểm tra đầu" in page.content.decode()
    refused = client.post(address, {"team": second.pk, **MOMENT, "basis": ""})
    assert list(refused.context["form"].errors) == ["basis"]
    assert client.post(address, {"team": second.pk, **MOMENT, "basis": PAPER}).status_code == 302
    assert open_bindings(dossier) == [(second, PAPER)]


def test_a_site_without_a_team_is_asked_for_no_document() -> None:
    dossier = making.make_dossier(State.TEAM_PROPOSED)
    client = cast.signed_in(cast.make_office_clerk())
    page = client.get(reverse("dossiers:assign_team", args=[dossier.reference]))
    assert "basis" not in page.context["form"].fields
    assign(dossier, cast.make_team(2))
    assert making.fresh(dossier).team == cast.make_team(2)


def test_in_phase_two_the_team_of_the_site_is_chosen_beforehand() -> None:
    dossier, first, second = made(State.ACCEPTED, phase=2)
    client = cast.signed_in(cast.make_dolisa_officer())
    address = reverse("dossiers:assign_team", args=[dossier.reference])
    page = client.get(address)
    assert page.context["form"]["team"].value() == first.pk
    assert "basis" not in page.context["form"].fields
    assert reverse("decisions") not in page.content.decode()
    sent = client.post(address, {"team": second.pk, **MOMENT}, follow=True)
    assert (sent.status_code, sent.redirect_chain[-1][0]) == (200, f"/dossiers/{dossier.reference}/")


def test_many_at_once_leave_out_what_another_team_looks_after() -> None:
    dossier, first, second = made(State.ACCEPTED)
    client = cast.signed_in(cast.make_dolisa_officer())
    sent = {"pick": [dossier.code], "team": second.pk, **MOMENT, "apart": "2", "step": "check"}
    page = client.post(reverse("dossiers:bulk_propose"), {**sent, "note": "Gấp"})
    assert [each.clause for each in page.context["items"][0].unmet] == ["III.1.3.4-e"]
    page = client.post(reverse("dossiers:bulk_propose"), {**sent, "team": first.pk})
    assert page.context["items"][0].ready


# --- a team whose last day is written ---


def ends(team: Team, day: str) -> None:
    team.members.update(until=cast.instant(day).date())


@pytest.mark.parametrize(("day", "goes"), [("2021-10-22", True), ("2021-10-23", False)])
def test_a_team_is_named_for_a_visit_until_its_last_day_alone(day: str, goes: bool) -> None:
    dossier, first, _second = made(State.ACCEPTED)
    ends(first, "2021-10-22")
    given = {"team": first, "visit_at": cast.instant(day, "09:00"), "by": making.officer_of(dossier)}
    if goes:
        assert receiving.propose_team(dossier=dossier, at=LATER, **given).state == State.TEAM_PROPOSED
        return
    with pytest.raises(Refused) as refused:
        receiving.propose_team(dossier=dossier, at=LATER, **given)
    assert [(each.detail, each.anchor) for each in refused.value.unmet] == [
        ("Tổ kiểm tra số 1 kết thúc ngày 22/10/2021; ngày kiểm tra 23/10/2021 tổ không còn ai.", "team")
    ]


def test_a_team_is_named_where_its_leader_begins_before_the_visit() -> None:
    dossier, first, _second = made(State.TEAM_PROPOSED)
    first.members.filter(is_leader=True).update(since=cast.instant("2021-10-18").date())
    assert assign(dossier, first).team == first
    first.members.filter(is_leader=True).update(since=cast.SINCE, until=cast.instant("2021-10-19").date())
    given = {"team": first, "visit_at": cast.instant("2021-10-20"), "reason": "Bận", "at": LATER}
    with pytest.raises(Refused) as refused:
        moving_visits.check(making.fresh(dossier), by=making.officer_of(dossier), **given)
    assert [each.detail for each in refused.value.unmet] == [
        "Tổ kiểm tra số 1 không có tổ trưởng ngày 20/10/2021."
    ]


def test_many_visits_are_asked_each_for_its_own_day() -> None:
    dossiers = [
        making.make_dossier(State.ACCEPTED, site=cast.make_site(name=name, zone=None)) for name in "AB"
    ]
    team = cast.make_team()
    ends(team, "2021-10-18")
    given = {"team": team, "visit_at": cast.instant("2021-10-18"), "apart": 24, "note": ""}
    items = bulk.preview("propose", dossiers, given, by=making.officer_of(dossiers[0]), at=LATER)
    assert [item.ready for item in items] == [True, False]


# --- a second visit ---


def again(**changes) -> tuple[Dossier, Team, Team]:
    """An inspected dossier whose team has come to its last day, and another team."""
    dossier = making.make_dossier(State.INSPECTED, **changes)
    first, second = dossier.team, cast.make_team(2)
    ends(first, "2021-10-14")
    return dossier, first, second


def test_where_the_team_ended_another_makes_the_second_visit_by_the_chairmans_document() -> None:
    dossier, first, second = again()
    client, url = (
        cast.signed_in(making.officer_of(dossier)),
        reverse("dossiers:reinspect", args=[dossier.code]),
    )
    page = client.get(url).content.decode()
    assert (first.name in page, second.name in page) == (True, True)  # why not the first, and the other
    data = MOMENT | {"note": "Xem lại khu cách ly"}
    assert "kết thúc ngày 14/10/2021" in client.post(url, data).content.decode()
    silent = client.post(url, data | {"team": second.pk})
    assert silent.context["form"].errors.keys() == {"basis"}
    done = client.post(url, data | {"team": second.pk, "basis": PAPER}, follow=True).content.decode()
    assert "Đã hẹn kiểm tra lại" in done
    assert making.fresh(dossier).team == second
    assert open_bindings(dossier) == [(second, PAPER)]


def test_the_log_says_which_team_came_first_and_which_comes_again() -> None:
    dossier, first, second = again()
    receiving.reinspect(
        dossier=dossier, visit_at=cast.instant("2021-10-18"), note="Lại", team=second, basis=PAPER,
        by=making.officer_of(dossier), at=LATER,
    )  # fmt: skip
    said = {each.title: each.line for each in public_log.events_of(making.fresh(dossier), inside=False)}
    assert said["Đã phân công tổ kiểm tra"].endswith(first.name)
    assert second.name in said["Sẽ kiểm tra lại"]
    rows = hand_overs.hand_overs(making.fresh(dossier))
    assert [row.taker for row in rows if row.taker in (first.name, second.name)] == [first.name, second.name]


def test_the_log_of_an_expired_case_does_not_say_that_the_later_team_came_first() -> None:
    dossier, _first, second = again()
    receiving.reinspect(
        dossier=dossier, visit_at=cast.instant("2021-10-18"), note="Lại", team=second, basis=PAPER,
        by=making.officer_of(dossier), at=LATER,
    )  # fmt: skip
    dossier.moves.update(reasons=[])
    Dossier.objects.filter(pk=dossier.pk).update(expired_at=LATER)
    said = {each.title: each.line for each in public_log.events_of(making.fresh(dossier), inside=False)}
    assert second.name not in said["Đã phân công tổ kiểm tra"]
    assert second.name in said["Sẽ kiểm tra lại"]


@pytest.mark.parametrize(("phase", "told"), [(1, True), (2, False)])
def test_who_assigned_the_first_team_hears_of_the_other_one(phase: int, told: bool) -> None:
    chairman = cast.make_chairman()
    dossier, first, second = again(phase=phase)
    officer, given = making.officer_of(dossier), {"basis": PAPER} if phase == 1 else {}
    for team in (first, second):
        if team == second:
            receiving.reinspect(
                dossier=dossier, visit_at=cast.instant("2021-10-18"), note="Lại", team=team, by=officer, at=LATER,
                **given,
            )  # fmt: skip
        telling.team_assigned(str(dossier.pk), at=LATER)
        heard = Message.objects.filter(user=chairman, title="Cơ quan tiếp nhận đổi tổ kiểm tra")
        assert heard.exists() == (told and team == second)


def test_who_assigned_hears_of_the_other_team_though_something_followed_before_the_news_came() -> None:
    chairman, (dossier, _first, second) = cast.make_chairman(), again()
    officer = making.officer_of(dossier)
    receiving.reinspect(
        dossier=dossier, visit_at=cast.instant("2021-10-18"), note="Lại", team=second, basis=PAPER, by=officer,
        at=LATER,
    )  # fmt: skip
    dossier = making.fresh(dossier)
    moving_visits.move_visit(
        dossier=dossier, shown=moving_visits.appointment_of(dossier).mark, team=second,
        visit_at=cast.instant("2021-10-19"), reason="Xe của tổ hỏng", by=officer, at=LATER,
    )  # fmt: skip
    telling.team_assigned(str(dossier.pk), at=LATER)
    assert Message.objects.filter(user=chairman, title="Cơ quan tiếp nhận đổi tổ kiểm tra").exists()


def test_in_phase_2_the_agency_sends_another_team_again_without_a_document() -> None:
    dossier, _first, second = again(phase=2)
    given = {"visit_at": cast.instant("2021-10-18"), "note": "Lại", "team": second, "at": LATER}
    assert receiving.reinspect(dossier=dossier, by=making.officer_of(dossier), **given).team == second


@pytest.mark.parametrize("own", [True, False])
def test_a_team_is_called_chosen_only_where_the_form_chooses_it(own: bool) -> None:
    dossier, first, second = made(State.ACCEPTED)
    receiving.propose_team(
        dossier=dossier, team=first if own else second, visit_at=cast.instant("2021-10-18"), note="Tổ 1 bận",
        by=making.officer_of(dossier), at=LATER,
    )  # fmt: skip
    client = cast.signed_in(cast.make_chairman())
    help_text = (
        client.get(reverse("dossiers:assign_team", args=[dossier.code])).context["form"]["team"].help_text
    )
    assert "Tổ kiểm tra số 1 theo cơ sở này" in help_text
    assert ("nên được chọn sẵn" in help_text) == own


@pytest.mark.parametrize(
    ("anchor", "way"),
    [
        ("basis", "Ghi văn bản, lý do giao cơ sở cho tổ khác."),
        ("note", "Ghi lý do đề xuất tổ khác vào ghi chú."),
        ("team", "Đề xuất riêng hồ sơ này, ghi lý do chọn tổ khác vào ghi chú."),
    ],
)
def test_a_bound_team_that_ended_is_not_what_to_choose(anchor: str, way: str) -> None:
    dossier, first, second = made(State.ACCEPTED)
    ends(first, "2021-10-14")
    (unmet,) = bound_teams.unmet(dossier, second, basis="", anchor=anchor, on=LATER.date())
    assert unmet.detail == f"Tổ kiểm tra số 1 theo cơ sở này nhưng kết thúc ngày 14/10/2021. {way}"
