"""The pages of the block of numbers: reserving it, and every page that signs while there is none."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from applications.models import Decision, PaperPermit
from applications.states import State
from documents.models import Counter
from tests import cast
from tests.applications import making
from tests.applications.test_counter import desk, enter
from tests.dashboards.test_office import LATER, as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def test_a_block_is_reserved_and_one_with_used_numbers_is_not() -> None:
    decided = making.make_dossier(State.APPROVED)
    office, url = as_("office_clerk"), reverse("number_block")
    assert office.post(url, {"first": "9", "last": "5"}).status_code == 422
    used = office.post(url, {"first": "1", "last": "50"})
    assert decided.decision.letter.full_number in used.content.decode()
    assert office.post(url, {"first": "600", "last": "650"}).status_code == 302
    assert "650" in office.get(url).content.decode()


@pytest.mark.parametrize(
    ("number", "first", "last", "is_in_use"),
    [
        ("2156/QĐ-UBND", 2100, 2156, True),
        ("Số 02156/2021/qđ-ubnd", 2156, 2200, True),
        ("2156/QĐ-UBND", 2157, 2200, False),
        ("2156/QĐ-BQLKKT", 2100, 2200, False),
    ],
)
def test_no_block_is_reserved_over_the_number_of_a_permit_from_paper(
    number: str, first: int, last: int, is_in_use: bool
) -> None:
    assert enter(desk(), number=number).status_code == 302
    office, url = as_("office_clerk"), reverse("number_block")
    answer = office.post(url, {"first": str(first), "last": str(last)})
    assert answer.status_code == (422 if is_in_use else 302)
    assert (f"Số {number} trong dãy này đã dùng" in answer.content.decode()) == is_in_use
    assert Counter.objects.filter(last=last).exists() != is_in_use


def test_every_page_that_signs_is_locked_until_a_number_is_reserved_and_leads_to_where_it_is() -> None:
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(2)]
    dossiers = [making.make_dossier(State.FORWARDED, site=site) for site in sites]
    Counter.objects.filter(key="letters:PPC:2021:UBND").delete()
    chairman, block = as_("chairman"), reverse("number_block")
    refs = [dossiers[0].reference]
    pages = (
        reverse("decide", args=refs),
        reverse("refuse", args=refs),
        reverse("annex"),
        reverse("signing_session"),
    )
    for page in pages:
        text = chairman.get(page).content.decode()
        assert ("Cổng không còn số nào" in text, f'href="{block}"' in text) == (True, True), page
    signed = {"advice": making.advice_of(dossiers[0]).pk, "kind": "quyet_dinh"}
    assert chairman.post(pages[0], signed).status_code == 422
    both = {"advice": [making.advice_of(each).pk for each in dossiers], "kind": "quyet_dinh"}
    assert chairman.post(pages[2], {"step": "read", **both}).status_code == 422
    assert not Decision.objects.exists()
    told = chairman.get(block).content.decode()
    assert "Văn phòng" in told
    assert "Dành dãy số này" not in told
    assert chairman.post(block, {"first": "600", "last": "650"}).status_code == 403
    assert as_("office_clerk").post(block, {"first": "600", "last": "650"}).status_code == 302
    for page in pages:
        assert "Cổng không còn số nào" not in chairman.get(page).content.decode(), page
    assert chairman.post(pages[0], signed).status_code == 302
    assert Decision.objects.get().letter.number == 600


def test_a_head_who_signs_by_authorisation_is_told_whom_to_call() -> None:
    head, dossier = cast.OFFICIALS["dolisa_head"](), making.make_dossier(State.FORWARDED)
    days = {"signed_on": "04/10/2021", "since": "05/10/2021", "until": "31/12/2021"}
    as_("office_clerk").post(
        reverse("authorisations"), {"post": head.posts.get().pk, "number": "12/GUQ-UBND", **days}
    )
    Counter.objects.filter(key="letters:PPC:2021:UBND").delete()
    text = as_("dolisa_head").get(reverse("refuse", args=[dossier.code])).content.decode()
    assert "Cổng không còn số nào" in text
    assert reverse("number_block") not in text


def test_a_block_of_this_year_may_hold_a_number_of_the_year_before() -> None:
    enter(desk())
    PaperPermit.objects.update(signed_on=date(2020, 10, 4))
    answer = as_("office_clerk").post(reverse("number_block"), {"first": "2100", "last": "2200"})
    assert answer.status_code == 302
