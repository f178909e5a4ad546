"""The page of a site: who sees it, what it says, and that it costs the same for one dossier and for thirty."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from applications import moving
from applications.models import Dossier, Move
from applications.states import State
from applications.views import enterprise
from dashboards.site_facts import held_permits
from documents.models import Letter
from organisations.models import Site, Zone
from organisations.querysets import surely_sees
from pages.parts import Fact
from tests import cast
from tests.applications import desk, making
from tests.applications.test_paper_permits_shown import NUMBER, entered

pytestmark = pytest.mark.django_db
NOW = cast.AT + timedelta(hours=16)
TABS = ("site", "site_dossiers", "site_letters", "site_history")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, site: Site, tab: str = "site", query: str = "") -> str:
    answer = client.get(reverse(tab, args=[site.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def ended(model: Dossier, numbers: range) -> None:
    """Copies of a dossier that were not received, with their moves, at the same site."""
    moves = list(model.moves.order_by("pk"))
    for number in numbers:
        copy = Dossier.objects.get(pk=model.pk)
        copy.pk, copy.state, copy.code = uuid4(), State.DECLINED, f"01-210901-{1000 + number}"
        copy.created_at = model.created_at - timedelta(days=number + 1)
        copy.save(force_insert=True)
        for move in moves:
            move.pk, move.dossier = None, copy
        Move.objects.bulk_create(moves)


# --- sight ---


def test_a_site_is_seen_by_its_people_and_by_the_officials_of_its_field_only() -> None:
    site = making.make_dossier(State.APPROVED).site
    addresses = [reverse(tab, args=[site.pk]) for tab in TABS]
    see = {name: make() for name, make in cast.OFFICIALS.items()}
    foreign = [see.pop(name) for name in ("zone_officer", "zone_head", "admin")]
    foreign += [
        cast.make_district("844"),
        cast.make_other_enterprise().claimed_by,
        cast.make_person("a@b.example"),
    ]
    for person in [*see.values(), site.enterprise.claimed_by, cast.make_colleague()]:
        client = cast.signed_in(person)
        assert {client.get(each).status_code for each in addresses} == {200}, person
    for person in foreign:
        client = cast.signed_in(person)
        assert {client.get(each).status_code for each in addresses} == {404}, person


def test_a_team_sees_a_site_from_its_first_visit_on() -> None:
    leader = cast.signed_in(cast.make_team_leader())
    before, after = making.make_dossier(State.TEAM_ASSIGNED).site, cast.make_site(name="Xưởng hai", zone=None)
    making.make_dossier(State.INSPECTED, site=after)  # signing the sheet binds the team
    assert leader.get(reverse("site", args=[before.pk])).status_code == 404
    assert cast.make_team().name in read(leader, after)


def test_a_link_is_offered_only_to_who_may_follow_it() -> None:
    site = making.make_dossier(State.APPROVED).site
    people = [make() for make in cast.OFFICIALS.values()]
    people += [cast.make_district("844"), site.enterprise.claimed_by, cast.make_other_enterprise().claimed_by]
    sure = [each for each in people if surely_sees(each, site, on=NOW.date())]
    assert len(sure) > 8
    for each in sure:
        assert Site.objects.visible_to(each, on=NOW.date()).filter(pk=site.pk).exists(), each


def test_the_head_of_a_case_leads_to_the_site_but_not_to_one_that_lies_elsewhere_by_now() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    link = f'href="{reverse("site", args=[dossier.site_id])}"'
    client = desk.officer()
    assert link in client.get(desk.case(dossier)).content.decode()
    Site.objects.filter(pk=dossier.site_id).update(receiving_agency=cast.agency("EZB"))
    assert link not in client.get(desk.case(dossier)).content.decode()


# --- what it says ---


def test_the_overview_says_where_it_lies_who_receives_it_and_where_its_dossier_is() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    said = read(desk.officer(), dossier.site)
    agency = dossier.receiving_agency
    for words in (
        dossier.site.address, "2100123457", "Ngoài khu, cụm công nghiệp", agency.name, "Lê Thị Mỹ Ẩn, Giám đốc",
        dossier.code, "Đã tiếp nhận, đang tính hạn", "300 người", "Chưa có văn bản đồng ý", "tel:+84",
    ):  # fmt: skip
        assert words in said, words
    own = read(cast.signed_in(making.owner_of(dossier)), dossier.site)
    assert "đang tính hạn" not in own
    assert "Lập hồ sơ" not in own


def test_the_permit_in_force_stands_there_with_its_terms_and_leads_to_its_letter() -> None:
    dossier = making.make_dossier(State.APPROVED)
    decision = making.decision_of(dossier)
    for person in (cast.make_district(), making.owner_of(dossier), cast.make_team_leader()):
        client = cast.signed_in(person)
        said = read(client, dossier.site)
        assert decision.letter.full_number in said
        assert f"{decision.permit.cap} trong {decision.permit.baseline} lao động" in said
        assert "Ba tại chỗ" in said
        letter = reverse("documents:letter", args=[decision.letter_id])
        assert letter in said
        assert client.get(letter).status_code == 200


def test_a_permit_on_paper_counts_as_long_as_it_has_not_ended() -> None:
    site = cast.make_site(zone=None)
    owner = cast.signed_in(site.enterprise.claimed_by)
    assert "Lập hồ sơ" in read(owner, site)
    paper = entered(site)
    said = read(owner, site)
    assert NUMBER in said
    assert "Đang hiệu lực" in said
    assert "Lập hồ sơ" not in said
    assert NUMBER in read(owner, site, "site_letters")
    assert NUMBER in read(owner, site, "site_history")
    type(paper.permit).objects.update(until=date(2021, 10, 7))
    assert NUMBER not in read(owner, site)
    assert "Hết hiệu lực" in read(owner, site, "site_letters")


def test_an_empty_site_teaches_and_a_draft_is_the_enterprises_own() -> None:
    site = cast.make_site(zone=None)
    owner, officer = cast.signed_in(site.enterprise.claimed_by), desk.officer()
    assert f"{reverse('dossiers:new')}?site={site.pk}" in read(owner, site, "site_dossiers")
    assert "Cơ sở chưa nộp hồ sơ nào" in read(officer, site)
    assert "Chưa có văn bản nào" in read(officer, site, "site_letters")
    assert "Thêm cơ sở" in read(officer, site, "site_history")
    making.draft(site)
    assert "bản nháp" in read(owner, site)
    for tab in TABS:
        assert "bản nháp" not in read(officer, site, tab)


@pytest.mark.parametrize(("hour", "said"), [(6, "06:00, 20/10/2021"), (0, "20/10/2021")])
def test_the_site_and_the_case_say_alike_from_when_a_permit_holds(hour: int, said: str) -> None:
    dossier = making.make_dossier(State.APPROVED)
    type(dossier.decision.permit).objects.update(starts_at_hour=hour, starts_on=date(2021, 10, 20))
    decision = making.decision_of(dossier)
    of_site = held_permits([decision], [], on=date(2021, 10, 20))[0]["facts"][1]
    assert (of_site, enterprise._permit_facts(decision)[0].value) == (Fact("Được hoạt động từ", said), said)


def test_letters_say_what_they_are_worth_and_other_agencies_see_the_chairmans_only() -> None:
    dossier = making.make_dossier(State.APPROVED)
    said = read(desk.officer(), dossier.site, "site_letters")
    assert "Chưa đến ngày hiệu lực" in said
    assert "Đang hiệu lực" not in said
    assert "Giấy tiếp nhận hồ sơ" in said
    assert "Giấy tiếp nhận hồ sơ" not in read(
        cast.signed_in(cast.make_district()), dossier.site, "site_letters"
    )
    Letter.objects.filter(kind="decision").update(recalled_at=NOW)
    assert "Đã thu hồi" in read(desk.officer(), dossier.site, "site_letters")


def test_the_history_uses_the_words_of_the_log_and_names_no_officer_to_the_enterprise() -> None:
    dossier = making.make_dossier(State.APPROVED)
    officer = making.officer_of(dossier)
    decision = making.decision_of(dossier)
    said = read(cast.signed_in(making.owner_of(dossier)), dossier.site, "site_history")
    order = [said.index(words) for words in (
        "Được đồng ý hoạt động", "Đã trình Chủ tịch", "Đã kiểm tra tại cơ sở", "Đã tiếp nhận hồ sơ",
        "Doanh nghiệp nộp hồ sơ", "Thêm cơ sở",
    )]  # fmt: skip
    assert order == sorted(order)
    assert f"Văn bản số {decision.letter.full_number}" in said
    assert officer.full_name not in said
    inside = read(cast.signed_in(officer), dossier.site, "site_history")
    assert officer.full_name in inside
    assert "nội bộ" not in inside


def test_a_move_between_agencies_stands_in_the_history() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    moving.move(
        dossier=dossier,
        zone=Zone.objects.get(pk="long-duc"),
        reason="Cơ sở ở trong khu",
        by=making.officer_of(dossier),
        at=NOW,
    )
    said = read(cast.signed_in(making.owner_of(dossier)), dossier.site, "site_history")
    assert "Chuyển sang Ban Quản lý Khu kinh tế" in said


# --- cost ---


@pytest.mark.parametrize(
    ("state", "person"),
    [(State.APPROVED, "officer"), (State.FORWARDED, "district"), (State.TEAM_ASSIGNED, "owner")],
)
def test_the_pages_ask_as_often_for_thirty_dossiers_as_for_one(state: State, person: str) -> None:
    dossier = making.make_dossier(state)
    makers = {"officer": cast.make_dolisa_officer, "district": cast.make_district}
    client = cast.signed_in(makers[person]() if person in makers else making.owner_of(dossier))
    addresses = [reverse(tab, args=[dossier.site_id]) for tab in TABS]
    ended(dossier, range(1))
    asked = [desk.queries(client, each) for each in addresses]
    ended(dossier, range(1, 30))
    assert [desk.queries(client, each) for each in addresses] == asked
    assert client.get(addresses[1]).context["page"].paginator.num_pages == 2


# --- ways to it ---


def test_the_register_the_enterprise_its_home_and_the_search_lead_to_it() -> None:
    dossier = making.make_dossier(State.APPROVED)
    link = f'href="{reverse("site", args=[dossier.site_id])}"'
    officer, owner = desk.officer(), cast.signed_in(making.owner_of(dossier))
    firm = reverse("enterprise", args=[dossier.site.enterprise_id])
    for client in (officer, owner):
        for address in ("/sites/", firm, "/search/?q=cang long"):
            assert link in client.get(address).content.decode(), address
    assert link in owner.get("/home/").content.decode()
    assert link not in desk.officer(cast.make_zone_officer()).get("/search/?q=cang long").content.decode()
