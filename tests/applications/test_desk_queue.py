"""The officials' list: whose dossiers, counts that agree with their lists, filters, the way back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from applications import queue
from applications.models import Dossier
from applications.states import State
from organisations.models import Site
from tests import cast
from tests.applications import desk, making

pytestmark = pytest.mark.django_db
LIST = "/dossiers/"
LATER = cast.AT + timedelta(hours=16)


@pytest.fixture(autouse=True)
def clock():
    """The morning after the dossiers of `making` were made."""
    with time_machine.travel(LATER, tick=False):
        yield


def rows(client, query: str = "") -> list[str]:
    """Codes of the rows that a list shows."""
    return [row["code"] for row in client.get(f"{LIST}{query}").context["rows"]]


def test_each_agency_sees_what_it_received_and_no_draft() -> None:
    mine = making.make_dossier(State.SUBMITTED)
    other = making.make_dossier(State.SUBMITTED, site=cast.make_site(zone="long-duc"))
    making.draft(cast.make_site(name="Xưởng nháp", zone=None))
    assert rows(desk.officer()) == [mine.code]
    assert rows(desk.officer(cast.make_zone_officer())) == [other.code]


def test_others_see_their_field_without_a_switch_and_without_claiming() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    for maker in (cast.make_leader, cast.make_health, cast.make_chairman):
        page = desk.officer(maker()).get(LIST)
        assert [row["code"] for row in page.context["rows"]] == [dossier.code]
        assert not page.context["scopes"]
        assert "Nhận xử lý" not in page.content.decode()
    assert rows(desk.officer(cast.make_district("848"))) == []


def test_people_of_an_enterprise_get_their_own_list_instead() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    page = cast.signed_in(making.owner_of(dossier)).get(LIST)
    assert page.status_code == 200
    assert "scopes" not in page.context


def test_each_count_equals_the_list_that_it_opens() -> None:
    now = timezone.now()
    dossiers = desk.many(9)
    due = [now - timedelta(days=2), now + timedelta(hours=1), now + timedelta(days=1), None]
    for number, dossier in enumerate(dossiers):
        state = queue.WITH_OFFICIALS[number % len(queue.WITH_OFFICIALS)]
        Dossier.objects.filter(pk=dossier.pk).update(state=state, due_at=due[number % 4])
    client = desk.officer()
    for count in client.get(LIST).context["counts"]:
        assert len(rows(client, count.url)) == count.number, count.label
    assert sum(count.number for count in client.get(LIST).context["counts"][1:4]) < 10


def test_mine_and_the_agency_are_a_switch_and_both_numbers_stand_there() -> None:
    first, *_rest = desk.many(3)
    Dossier.objects.filter(pk=first.pk).update(handled_by=cast.make_dolisa_officer())
    client = desk.officer()
    scopes = client.get(LIST).context["scopes"]
    assert [(scope.count, len(rows(client, scope.url))) for scope in scopes] == [(4, 4), (1, 1)]
    assert client.get(f"{LIST}?scope=mine").context["counts"][0].number == 1


@pytest.mark.parametrize("words", ["Ánh Dương", "anh duong", "XUONG so 2", "01-211014-1002", "2100123457"])
def test_a_search_finds_firm_site_code_and_tax_code_with_and_without_marks(words: str) -> None:
    desk.many(3)
    assert "01-211014-1002" in rows(desk.officer(), f"?q={words}")


def test_filters_narrow_by_state_district_and_officer() -> None:
    first, second, third = desk.many(3)
    Dossier.objects.filter(pk=first.pk).update(state=State.DECLINED)
    Dossier.objects.filter(pk=second.pk).update(handled_by=cast.make_dolisa_officer())
    elsewhere = cast.make_site(name="Xưởng Cầu Ngang", zone=None, commune="29416")
    Dossier.objects.filter(pk=third.pk).update(site=elsewhere)
    client = desk.officer()
    assert rows(client, "?state=declined") == [first.code]
    assert rows(client, f"?district={elsewhere.district_id}") == [third.code]
    assert rows(client, f"?handler={cast.make_dolisa_officer().pk}") == [second.code]
    assert second.code not in rows(client, "?handler=none")


def test_a_state_in_work_narrows_the_list_and_only_an_ended_one_is_looked_up_beyond_it() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    zone = cast.make_zone_officer()
    Site.objects.filter(pk=dossier.site_id).update(receiving_agency=zone.posts.get().agency)
    client = desk.officer(zone)
    assert rows(client) == rows(client, "?state=submitted") == []  # it lies on the desk that received it
    Dossier.objects.filter(pk=dossier.pk).update(state=State.DECLINED)
    assert rows(client, "?state=declined") == [dossier.code]


def test_a_filtered_list_has_all_its_pages_whatever_page_is_asked_for() -> None:
    making.make_dossier(State.SUBMITTED)
    desk.many(20)
    client = desk.officer()
    first, second = rows(client, "?q=xuong"), rows(client, "?q=xuong&page=2")
    assert (len(first), len(set(first + second))) == (queue.PER_PAGE, 20)
    asked = {page: rows(client, f"?q=xuong&page={page}") for page in ("1", "0", "-3", "abc", "99", "9" * 60)}
    assert asked == {"1": first, "0": second, "-3": second, "abc": first, "99": second, "9" * 60: second}
    assert "16–20 trên 20 hồ sơ" in client.get(f"{LIST}?q=xuong&page=2").content.decode()


def test_what_the_list_does_not_know_is_left_aside() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    query = "?state=none-such&group=x&district=999&handler=abc&sort=due_at&page=77&scope=everything"
    assert rows(desk.officer(), query) == [dossier.code]


def test_the_earliest_deadline_stands_first_and_waiting_ones_last() -> None:
    now = timezone.now()
    first, second, third = desk.many(3)
    Dossier.objects.filter(pk=first.pk).update(due_at=None, state=State.SUPPLEMENT_REQUESTED)
    Dossier.objects.filter(pk=second.pk).update(due_at=now - timedelta(days=1))
    Dossier.objects.filter(pk=third.pk).update(due_at=now + timedelta(days=9))
    found = rows(desk.officer())
    assert (found[0], found[-1]) == (second.code, first.code)
    assert found.index(third.code) == len(found) - 2
    assert rows(desk.officer(), "?sort=-due")[0] == third.code


def test_a_row_tells_its_clock_and_its_holder_and_leads_back_with_filters() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    text = desk.officer().get(f"{LIST}?group=new").content.decode()
    assert "còn 8 giờ 40 phút" in text
    assert "Nhận xử lý" in text
    assert f'href="/dossiers/{dossier.code}/?back=group%3Dnew"' in text
    case = desk.officer().get(desk.case(dossier, "?back=group%3Dnew%26evil%3D1"))
    assert case.context["crumbs"][0].url == "/dossiers/?group=new"
    assert case.context["back"].query == "group=new"


def test_queries_are_few_and_the_same_for_one_row_and_for_thirty() -> None:
    making.make_dossier(State.SUBMITTED)
    client = desk.officer()
    asked = {query: desk.queries(client, LIST + query) for query in ("", "?q=co", "?group=new", "?sort=-due")}
    desk.many(30)
    assert asked == {query: desk.queries(client, LIST + query) for query in asked}
    assert desk.queries(client, f"{LIST}?page=2") == asked[""]


def test_an_empty_list_teaches_and_has_no_filters() -> None:
    text = desk.officer().get(LIST).content.decode()
    assert "Chưa có hồ sơ nào" in text
    assert 'class="filters"' not in text
    making.make_dossier(State.SUBMITTED)
    text = desk.officer().get(f"{LIST}?q=khong+co").content.decode()
    assert "Không có hồ sơ nào khớp" in text
    assert 'class="filters"' in text


def test_an_officer_takes_a_dossier_and_the_second_is_told_who_was_first() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    first, second = cast.make_dolisa_officer(), desk.second_officer()
    for _click in range(2):
        answer = desk.officer(first).post(desk.path("claim", dossier), {"back": "group=new"}, follow=True)
        assert "Anh/chị đang giữ hồ sơ" in answer.content.decode() or _click
        assert answer.redirect_chain[-1][0].endswith("?back=group%3Dnew")
    told = desk.officer(second).post(desk.path("claim", dossier), follow=True)
    assert "đã có Trần Thị Lan giữ" in told.content.decode()
    assert making.fresh(dossier).handled_by_id == first.pk


def test_who_does_not_receive_cannot_take_a_dossier() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    assert desk.officer(cast.make_leader()).post(desk.path("claim", dossier)).status_code == 403
    assert desk.officer(cast.make_zone_officer()).post(desk.path("claim", dossier)).status_code == 404
    assert desk.officer().get(desk.path("claim", dossier)).status_code == 405
