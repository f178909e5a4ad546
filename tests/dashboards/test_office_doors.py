"""The doors that sign ask who is there, act once, and answer for nobody else's codes."""

import time
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import deciding
from applications.models import Advice, Decision
from applications.states import State
from documents.models import Letter
from tests import cast
from tests.applications import making
from tests.dashboards.test_office import LATER, as_, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def long_ago(name: str) -> Client:
    """An official who gave the password six minutes ago."""
    return cast.signed_in(cast.OFFICIALS[name](), authenticated_at=time.time() - 360)


def annexed() -> dict[str, object]:
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(2)]
    dossiers = [making.make_dossier(State.FORWARDED, site=site) for site in sites]
    advices = [making.advice_of(dossier).pk for dossier in dossiers]
    return {"step": "send", "advice": advices, "kind": "quyet_dinh"}


def test_nothing_is_signed_on_an_old_password() -> None:
    chosen = annexed()
    asked = long_ago("chairman").post(reverse("annex"), chosen)
    assert "reauthenticate" in asked["Location"]
    assert not Decision.objects.exists()
    dossier = making.make_dossier(State.FORWARDED, site=cast.make_site(name="Cơ sở ba", zone=None))
    office, url = long_ago("office_clerk"), reverse("paper_signature", args=[dossier.code])
    office.post(url, typed(dossier))
    asked = office.post(url, {"step": "issue", "kept": making.fresh(dossier).paper_signature.pk})
    assert "reauthenticate" in asked["Location"]
    assert not Decision.objects.exists()


def test_no_letter_is_recalled_on_an_old_password_nor_twice() -> None:
    dossier = making.make_dossier(State.APPROVED)
    url = reverse("recall_letter", args=[dossier.decision.letter_id])
    assert "reauthenticate" in long_ago("chairman").post(url, {"reason": "Ghi nhầm"})["Location"]
    assert making.fresh(dossier).state == State.APPROVED
    chairman = as_("chairman")
    assert chairman.post(url, {"reason": "Ghi nhầm"}).status_code == 302
    assert chairman.post(url, {"reason": "Ghi nhầm"}).status_code == 422
    assert making.fresh(dossier).moves.filter(name="recall").count() == 1


def test_a_document_sent_twice_goes_out_once() -> None:
    chosen, chairman, url = annexed(), as_("chairman"), reverse("annex")
    assert chairman.post(url, chosen).status_code == 302
    again = chairman.post(url, chosen)
    letter = Letter.objects.get(kind=Letter.Kind.DECISION)
    assert again["Location"] == reverse("documents:letter", args=[letter.pk])
    assert Decision.objects.count() == 2


def test_a_document_whose_firms_were_decided_one_by_one_says_who_was_first() -> None:
    chosen, chairman, url = annexed(), as_("chairman"), reverse("annex")
    other = cast.OFFICIALS["vice_chairman"]()
    for advice in Advice.objects.order_by("pk"):
        given = {"dossier": advice.dossier, "advice": advice, "kind": "quyet_dinh", "by": other, "at": LATER}
        deciding.approve(**given)
    answer = chairman.post(url, chosen)
    assert answer.status_code == 409
    assert f"{other.full_name} vừa đồng ý" in answer.content.decode()
    assert chairman.post(url, {**chosen, "advice": ["0"]}).status_code == 422


def test_a_document_is_read_back_again_when_a_firm_has_dropped_out_of_it() -> None:
    chosen, chairman, url = annexed(), as_("chairman"), reverse("annex")
    third = making.make_dossier(State.FORWARDED, site=cast.make_site(name="Cơ sở ba", zone=None))
    advice = making.advice_of(third)
    Advice.objects.filter(pk=advice.pk).update(voided_at=timezone.now())
    answer = chairman.post(url, chosen | {"advice": [*chosen["advice"], advice.pk]})
    assert answer.status_code == 409
    assert "văn bản chỉ còn 2 doanh nghiệp" in answer.content.decode()
    assert not Decision.objects.exists()
    assert chairman.post(url, chosen).status_code == 302


def test_a_session_sums_up_nothing_that_it_did_not_decide() -> None:
    other = making.make_dossier(State.APPROVED)
    chairman, url = as_("chairman"), reverse("signing_session")
    chairman.post(url, {"act": "begin"})
    chairman.post(url, {"act": "skip", "code": other.code})
    summed = chairman.post(url, {"act": "end"}, follow=True).content.decode()
    assert other.code not in summed
    assert other.decision.letter.full_number not in summed


def test_the_register_stays_in_its_year_from_page_to_page() -> None:
    dossier = making.make_dossier(State.APPROVED)
    Letter.objects.filter(pk=dossier.decision.letter_id).update(year=2022)
    shown = as_("office_clerk").get(f"{reverse('letter_register')}?year=2022")
    assert shown.context["base_query"] == "year=2022&"
    assert dossier.decision.letter.full_number in shown.content.decode()


@pytest.mark.parametrize("year", ["0000", "2020", "2023", "9999"])
def test_the_register_of_a_year_that_can_have_no_letters_is_the_one_of_this_year(year: str) -> None:
    shown = as_("office_clerk").get(f"{reverse('letter_register')}?year={year}")
    assert shown.status_code == 200
    assert shown.context["base_query"] == "year=2021&"
