"""The receiving agency's day, and the search over everything in sight."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from applications import recalling
from applications.models import Dossier
from applications.states import State
from documents.models import Letter
from tests import cast
from tests.applications import desk, making
from tests.applications.test_counter import brought

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=16)


@pytest.fixture(autouse=True)
def clock():
    """The morning after the dossiers of `making` were made."""
    with time_machine.travel(LATER, tick=False):
        yield


def test_the_day_begins_with_what_is_overdue_then_due_then_new() -> None:
    now = timezone.now()
    late, today, new = desk.many(3)
    Dossier.objects.filter(pk=late.pk).update(due_at=now - timedelta(days=2))
    Dossier.objects.filter(pk=today.pk).update(due_at=now + timedelta(hours=2), state=State.INSPECTED)
    Dossier.objects.filter(pk=new.pk).update(due_at=now + timedelta(days=3))
    page = desk.officer().get("/home/")
    assert [row["code"] for row in page.context["due"]][:2] == [late.code, today.code]
    assert [row["code"] for row in page.context["new"]] == [new.code]
    for count in page.context["counts"]:
        assert count.url.startswith("/dossiers/?group=")
        assert len(desk.officer().get(count.url).context["rows"]) == count.number


def test_claims_of_the_agency_wait_to_be_confirmed_and_no_others() -> None:
    here = cast.make_enterprise(confirmed=False)
    cast.make_site(here, name="Cơ sở Càng Long", zone=None)
    page = desk.officer().get("/home/").content.decode()
    assert "Doanh nghiệp chờ xác nhận" in page
    assert here.name in page
    assert (
        "Doanh nghiệp chờ xác nhận"
        not in desk.officer(cast.make_zone_officer()).get("/home/").content.decode()
    )


def test_an_empty_day_teaches() -> None:
    assert "Chưa có hồ sơ nào" in desk.officer().get("/home/").content.decode()
    dossier = making.make_dossier(State.SUBMITTED)
    Dossier.objects.filter(pk=dossier.pk).update(due_at=timezone.now() + timedelta(days=3))
    assert "Không có hồ sơ nào đến hạn hôm nay" in desk.officer().get("/home/").content.decode()


def test_what_came_back_and_what_was_begun_at_the_counter_stand_on_the_day() -> None:
    answered = making.make_dossier(State.SUPPLEMENT_REQUESTED)
    making.submit(making.mend(answered, LATER), LATER)
    two, three, four = (
        cast.make_site(name=name, zone=None) for name in ("Cơ sở hai", "Cơ sở ba", "Cơ sở bốn")
    )
    wrong = making.make_dossier(State.APPROVED, site=four)
    recalling.recall(dossier=wrong, reason="Sai số", by=cast.make_chairman(), at=LATER)
    asked = making.send_back(making.make_dossier(State.FORWARDED, site=two), LATER)
    taken = making.send_back(making.make_dossier(State.FORWARDED, site=three), LATER)
    Dossier.objects.filter(pk=taken.pk).update(handled_by=desk.second_officer())
    client = desk.officer()
    begun = brought(client)
    page = client.get("/home/")
    words = {work.url: work.tag.text for work in page.context["own"]}
    assert words == {
        desk.case(answered): "Đã bổ sung",
        desk.case(asked): "Chủ tịch hỏi lại",
        desk.case(wrong): "Đã thu hồi văn bản",
        desk.case(begun): "Nộp tại quầy, chưa nộp",
    }
    assert all(f'href="{url}"' in page.content.decode() for url in words)
    assert answered.code not in [row["code"] for row in page.context["new"]]
    assert desk.queries(client, "/home/") <= desk.MOST_QUERIES
    making.forward(making.fresh(asked), LATER)
    assert len(client.get("/home/").context["own"]) == 3
    zone = desk.officer(cast.make_zone_officer()).get("/home/")
    assert zone.context["own"] == []


def test_the_home_asks_the_same_few_queries_for_one_and_for_thirty() -> None:
    making.make_dossier(State.SUBMITTED)
    client = desk.officer()
    asked = desk.queries(client, "/home/")
    desk.many(30)
    assert desk.queries(client, "/home/") == asked


# --- search ---


def found(client, words: str) -> tuple[list[str], list[str], list[str]]:
    context = client.get("/search/", {"q": words}).context
    return (
        [row["code"] for row in context["dossiers"]],
        [firm.name for firm in context["enterprises"]],
        [letter.full_number for letter in context["letters"]],
    )


def test_enterprises_codes_and_letter_numbers_are_found_with_and_without_marks() -> None:
    dossier = making.make_dossier(State.APPROVED)
    client = desk.officer()
    name = dossier.site.enterprise.name
    assert found(client, "anh duong") == ([dossier.code], [name], [])
    assert found(client, "Ánh Dương")[1] == [name]
    assert found(client, "2100123457")[1] == [name]
    codes, _firms, letters = found(client, dossier.code)
    assert codes == [dossier.code]
    assert len(letters) == Letter.objects.filter(dossier_code=dossier.code).count()
    number = Letter.objects.get(kind=Letter.Kind.DECISION).full_number
    assert found(client, number)[2] == [number]
    assert number in found(client, number.split("/")[0])[2]


def test_nothing_outside_the_field_of_sight_is_found() -> None:
    dossier = making.make_dossier(State.APPROVED)
    number = Letter.objects.get(kind=Letter.Kind.DECISION).full_number
    nothing = ([], [], [])
    stranger = cast.signed_in(cast.make_other_enterprise().claimed_by)
    for client in (stranger, desk.officer(cast.make_zone_officer()), desk.officer(cast.make_district("848"))):
        for words in ("anh duong", dossier.code, number):
            assert found(client, words) == nothing
    owner = cast.signed_in(making.owner_of(dossier))
    assert found(owner, "anh duong")[0] == [dossier.code]
    assert found(desk.officer(cast.make_leader()), dossier.code)[0] == [dossier.code]


def test_an_empty_question_asks_and_a_vain_one_teaches() -> None:
    client = desk.officer()
    assert "Tìm doanh nghiệp" in client.get("/search/").content.decode()
    assert "Không thấy gì khớp" in client.get("/search/", {"q": "zzz\x00%"}).content.decode()


def test_a_search_asks_the_same_few_queries_for_one_and_for_thirty() -> None:
    making.make_dossier(State.SUBMITTED)
    client = desk.officer()
    asked = desk.queries(client, "/search/?q=co")
    desk.many(30)
    assert desk.queries(client, "/search/?q=co") == asked
    assert client.get("/search/?q=xuong").context["dossiers_more"]
