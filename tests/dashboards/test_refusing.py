"""The Chairman's refusal in the browser's words: reasons, read back beside the letter, signed."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from applications.models import Advice, Decision, Dossier
from applications.reason_forms import clause_choices
from applications.states import State
from documents.models import Letter
from organisations.models import Permit
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=10)
FOUND, TO_DO = "Khu cách ly chung lối đi với xưởng", "Mở lối đi riêng"
SEND, EDIT, FULL = {"step": "send"}, {"step": "edit"}, {"step": "full"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The day after the dossiers of `making` came this far."""
    with time_machine.travel(LATER, tick=False):
        yield


def chairman(user=None, *, confirmed_ago: int = 0) -> Client:
    """A client whose person gave the password so many seconds ago."""
    return cast.signed_in(user or cast.make_chairman(), authenticated_at=time.time() - confirmed_ago)


def forwarded() -> Dossier:
    return making.make_dossier(State.FORWARDED)


def page_of(dossier: Dossier) -> str:
    return reverse("refuse", args=[dossier.code])


def refusal(dossier: Dossier) -> dict[str, object]:
    """What the form sends: one reason in the second row."""
    rows = {"reasons-TOTAL_FORMS": 3, "reasons-INITIAL_FORMS": 0, "reasons-MIN_NUM_FORMS": 0}
    return {
        **rows, "reasons-MAX_NUM_FORMS": 9, "advice": making.advice_of(dossier).pk, "kind": "thong_bao",
        "reasons-1-clause": "III.1.3.3-g", "reasons-1-text": FOUND, "reasons-1-to_do": TO_DO,
    }  # fmt: skip


def test_a_refusal_needs_a_reason_with_its_clause_and_keeps_what_was_typed() -> None:
    dossier = forwarded()
    data = refusal(dossier)
    half = chairman().post(page_of(dossier), {**data, "reasons-1-clause": ""}).content.decode()
    assert FOUND in half
    assert "Chọn điều khoản" in half
    empty = {**data, "reasons-1-clause": "", "reasons-1-text": ""}
    assert chairman().post(page_of(dossier), empty).status_code == 422
    assert chairman().post(page_of(dossier), {**empty, **SEND}).status_code == 422
    assert not Decision.objects.exists()


def test_every_reason_is_read_back_beside_the_letter_and_nothing_is_signed_yet() -> None:
    dossier = forwarded()
    page = chairman(confirmed_ago=600).post(page_of(dossier), refusal(dossier)).content.decode()
    for words in ("Xem lại văn bản không đồng ý", "III.1.3.3-g · Phương án khu cách ly", FOUND, f"Cần làm: {TO_DO}",
                  "Thông báo", "data:image/png;base64,", "Ký văn bản không đồng ý"):  # fmt: skip
        assert words in page
    assert not Decision.objects.exists()
    assert not Letter.objects.filter(kind=Letter.Kind.REFUSAL).exists()


def test_a_change_comes_straight_back_with_everything_typed_kept() -> None:
    dossier = forwarded()
    client = chairman()
    read_back = client.post(page_of(dossier), refusal(dossier)).content.decode()
    assert 'form="read-back-edit" formaction="#id_reasons-1-text"' in read_back
    assert 'form="read-back-edit" formaction="#id_kind"' in read_back
    edit = client.post(page_of(dossier), {**refusal(dossier), **EDIT}).content.decode()
    for words in (FOUND, TO_DO, 'id="id_reasons-1-text"', "Xem lại trước khi ký"):
        assert words in edit
    assert not Decision.objects.exists()


def test_the_letter_beside_the_reasons_opens_at_full_size() -> None:
    dossier = forwarded()
    answer = chairman().post(page_of(dossier), {**refusal(dossier), **FULL})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_signature_writes_one_decision_with_its_letter_and_no_permit() -> None:
    dossier = forwarded()
    assert chairman().post(page_of(dossier), {**refusal(dossier), **SEND}).status_code == 302
    decision = Decision.objects.get(dossier=dossier)
    assert decision.reasons == [{"clause": "III.1.3.3-g", "text": FOUND, "to_do": TO_DO}]
    assert decision.letter.symbol == "TB-UBND"
    assert not Permit.objects.exists()


def test_who_has_not_confirmed_the_password_lately_is_asked_at_the_signature() -> None:
    dossier = forwarded()
    client = chairman(confirmed_ago=600)
    asked = client.post(page_of(dossier), {**refusal(dossier), **SEND})
    assert "reauthenticate" in asked["Location"]
    assert not Decision.objects.exists()
    client.post(asked["Location"], {"password": cast.PASSWORD, "next": page_of(dossier)})
    assert Decision.objects.filter(dossier=dossier).exists()


def test_a_refusal_after_somebody_else_decided_keeps_its_words() -> None:
    dossier = forwarded()
    data = refusal(dossier)
    chairman().post(page_of(dossier), {**data, **SEND})
    answer = chairman(cast.make_vice_chairman()).post(page_of(dossier), {**data, **SEND})
    assert answer.status_code == 409
    assert FOUND in answer.content.decode()
    assert Decision.objects.count() == 1


def test_only_who_may_decide_sees_a_refusal_before_it_is_signed() -> None:
    dossier = forwarded()
    data = refusal(dossier)
    for person in (cast.make_office_clerk(), cast.make_dolisa_officer(), making.owner_of(dossier)):
        for step in ({}, EDIT, FULL, SEND):
            assert chairman(person).post(page_of(dossier), {**data, **step}).status_code == 403
    assert chairman(cast.make_zone_officer()).post(page_of(dossier), data).status_code == 404


def test_who_advised_cannot_refuse_and_the_page_says_why() -> None:
    dossier = forwarded()
    person = cast.make_chairman()
    Advice.objects.filter(dossier=dossier).update(by=person)
    words = "Người đề nghị không thể là người quyết định"
    assert words in chairman(person).get(page_of(dossier)).content.decode()
    assert words in chairman(person).post(page_of(dossier), refusal(dossier)).content.decode()
    answer = chairman(person).post(page_of(dossier), {**refusal(dossier), **SEND})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Decision.objects.exists()


def test_who_also_sits_in_the_receiving_agency_cannot_decide_and_the_page_says_why() -> None:
    dossier = forwarded()
    person = cast.make_vice_chairman()
    cast.make_official(person.email, person.full_name, cast.Role.RECEIVING_HEAD, "DOLISA", "Giám đốc Sở")
    words = "cơ quan đề nghị hồ sơ này; người khác quyết định"
    decide = reverse("decide", args=[dossier.code])
    shown = chairman(person).get(decide).content.decode()
    assert words in shown
    assert 'name="advice"' not in shown
    consent = {"advice": making.advice_of(dossier).pk, "kind": "quyet_dinh"}
    answer = chairman(person).post(decide, consent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert words in chairman(person).get(page_of(dossier)).content.decode()
    assert chairman(person).post(page_of(dossier), {**refusal(dossier), **SEND}).status_code == 422
    assert not Decision.objects.exists()


def test_a_post_in_another_agency_that_receives_does_not_bar_the_decider() -> None:
    dossier = forwarded()
    person = cast.make_vice_chairman()
    cast.make_official(person.email, person.full_name, cast.Role.RECEIVING_HEAD, "EZB", "Trưởng ban")
    assert chairman(person).post(page_of(dossier), {**refusal(dossier), **SEND}).status_code == 302


@pytest.mark.parametrize("name", ["decide", "refuse", "return"])
def test_the_chairmans_pages_of_a_dossier_light_what_waits_for_a_decision(name: str) -> None:
    entries = chairman().get(reverse(name, args=[forwarded().code])).context["frame"].entries
    assert [entry.url for entry in entries if entry.current] == [reverse("decisions")]


def test_the_pages_beside_the_decision_light_it_too_and_the_case_lights_the_dossiers() -> None:
    proposed = making.make_dossier(State.TEAM_PROPOSED)
    pages = {reverse("dossiers:assign_team", args=[proposed.code]): "decisions",
             reverse("dossiers:detail", args=[proposed.code]): "dossiers:list"}  # fmt: skip
    for address, lit in pages.items():
        entries = chairman().get(address).context["frame"].entries
        assert [entry.url for entry in entries if entry.current] == [reverse(lit)]


def test_every_clause_that_a_reason_may_name_has_its_words() -> None:
    for phase in (1, 2):
        offered = [label for value, label in clause_choices(phase=phase, on=LATER.date()) if value]
        assert all(" · " in label for label in offered)
