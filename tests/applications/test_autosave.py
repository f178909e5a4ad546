"""What is typed is kept as it is typed, in the order of typing, and nobody writes over another unseen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import filing, guards, keeping
from applications.keeping import Turn
from applications.models import Dossier, Typing
from applications.states import State
from journal.models import AuditEvent
from tests import cast
from tests.applications import making
from tests.applications.test_enterprise_path import answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return making.draft(at=timezone.now())


@pytest.fixture
def client(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


def url(dossier: Dossier, part: str = "baseline") -> str:
    return reverse("dossiers:answers", args=[dossier.reference, part])


@pytest.fixture
def typed(client: Client, dossier: Dossier) -> Callable[..., Any]:
    """Saves as the script does."""

    def post(part: str = "baseline", *, turn: int = 1, seen: int = 0, page: str = "a", **texts: str) -> Any:
        order = {"typing-page": page, "typing-turn": turn, "typing-seen": seen, "autosave": "1"}
        return client.post(url(dossier, part), {**order, **texts})

    return post


def test_right_fields_are_answers_and_half_typed_ones_stay_word_for_word(
    typed: Any, client: Client, dossier: Dossier
) -> None:
    response = typed(baseline="1.250", baseline_as_of="30/0", enterprise_total="")
    assert response.status_code == 200
    assert "Đã lưu câu trả lời lúc" in response.content.decode()
    dossier.refresh_from_db()
    assert (dossier.baseline, dossier.baseline_as_of) == (1250, None)
    elsewhere = cast.signed_in(making.owner_of(dossier)).get(url(dossier)).content.decode()
    assert 'value="1250"' in elsewhere
    assert 'value="30/0"' in elsewhere
    assert "1 chỗ nhập dở" in elsewhere
    # Finishing the day clears it.
    typed(turn=2, baseline="1.250", baseline_as_of="30/06/2021", enterprise_total="")
    dossier.refresh_from_db()
    assert f"{dossier.baseline_as_of:%d/%m/%Y}" == "30/06/2021"
    assert Typing.objects.get().texts == {}


def test_a_number_made_empty_shows_empty_and_keeps_the_dossier_from_being_handed_in(
    typed: Any, client: Client, dossier: Dossier
) -> None:
    typed(baseline="300")
    typed(turn=2, baseline="")
    assert client.get(url(dossier)).context["form"]["baseline"].value() == ""
    found = guards.submission(making.fresh(dossier), by=making.owner_of(dossier), at=timezone.now())
    assert [each.anchor for each in found if each.code == "half_typed"] == ["baseline"]
    typed(turn=3, baseline="3oo")
    found = guards.submission(making.fresh(dossier), by=making.owner_of(dossier), at=timezone.now())
    assert "“3oo” nhập dở" in next(each.detail for each in found if each.code == "half_typed")


def test_a_save_that_comes_late_changes_nothing(typed: Any, dossier: Dossier) -> None:
    typed(turn=5, baseline="150")
    assert typed(turn=4, baseline="15").status_code == 200
    dossier.refresh_from_db()
    assert dossier.baseline == 150


def test_the_pressed_button_wins_over_a_save_still_on_its_way(
    typed: Any, client: Client, dossier: Dossier
) -> None:
    data = {**answers("signer"), "contact_name": "Người Cuối", "typing-page": "a", "typing-turn": "9"}
    assert client.post(url(dossier, "signer"), data).status_code == 302
    typed("signer", turn=8, contact_name="Người Đầ")
    dossier.refresh_from_db()
    assert dossier.contact_name == "Người Cuối"
    assert Typing.objects.get(form="signer").texts == {}


def test_two_openings_of_a_form_notice_each_other(typed: Any, client: Client, dossier: Dossier) -> None:
    typed(page="a", baseline="150")
    late = typed(page="b", baseline="20")
    assert late.status_code == 409
    assert "Trang đã cũ: chính anh/chị vừa sửa phần này ở nơi khác" in late.content.decode()
    dossier.refresh_from_db()
    assert dossier.baseline == 150
    seen = Typing.objects.get().revision
    assert typed(page="b", turn=2, seen=seen, baseline="20").status_code == 200
    colleague = cast.signed_in(cast.make_colleague())
    page = colleague.get(url(dossier)).context["typing"].revision
    assert page == seen + 1


def test_a_dossier_handed_in_meanwhile_is_told_and_not_touched(client: Client, dossier: Dossier) -> None:
    handed_in = making.make_dossier(State.SUBMITTED, site=dossier.site, at=timezone.now())
    response = client.post(
        url(handed_in, "signer"), {"autosave": "1", "typing-page": "a", "contact_name": "Ai"}
    )
    assert response.status_code == 409
    assert "Trang đã cũ" in response.content.decode()
    assert not Typing.objects.filter(form="signer").exclude(texts={}).exists()


def test_a_sign_in_that_ran_out_is_answered_by_a_redirect_and_changes_nothing(dossier: Dossier) -> None:
    response = Client().post(url(dossier), {"autosave": "1", "baseline": "5"})
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    assert not Typing.objects.exists()


def test_the_journal_names_a_field_once_in_ten_minutes(dossier: Dossier) -> None:
    by, at = making.owner_of(dossier), timezone.now()

    def told() -> list[list[str]]:
        rows = AuditEvent.objects.filter(verb="dossier.answered").order_by("pk")
        return list(rows.values_list("fields", flat=True))

    for number, minutes in enumerate((0, 1, 2, 11)):
        keeping.keep_answers(
            dossier=dossier, answers={"baseline": 10 + number}, by=by, at=at + timedelta(minutes=minutes)
        )
    keeping.keep_answers(dossier=dossier, answers={"contact_name": "Mới"}, by=by, at=at)
    assert told() == [["baseline"], ["baseline"], ["contact_name"]]
    with pytest.raises(ValueError, match="not answers"):
        keeping.keep_answers(dossier=dossier, answers={"cap": 5}, by=by, at=at)


def test_a_slots_question_and_the_words_of_a_supplement_are_kept_too(dossier: Dossier) -> None:
    client = cast.signed_in(making.owner_of(dossier))
    paper = reverse("dossiers:paper", args=[dossier.reference, "vaccination_slips"])
    marked = {"autosave": "1", "typing-page": "a", "typing-turn": "1", "typing-seen": "0"}
    response = client.post(
        paper, {**marked, "slips_count": "x", "slips_missing_reason": "Ba người chờ mũi hai"}
    )
    assert response.status_code == 200
    page = client.get(paper).content.decode()
    assert 'value="x"' in page
    assert "Ba người chờ mũi hai" in page
    assert not dossier.papers.exists()


def test_a_colleague_elsewhere_saves_nothing(dossier: Dossier) -> None:
    stranger = cast.signed_in(cast.make_other_enterprise().claimed_by)
    assert stranger.post(url(dossier), {"autosave": "1", "baseline": "5"}).status_code == 404


def test_a_save_that_fails_leaves_no_turn_behind(dossier: Dossier) -> None:
    by, at = making.owner_of(dossier), timezone.now()
    filing.withdraw(dossier=dossier, by=by, at=at)
    with pytest.raises(Exception, match="withdrawn"):
        keeping.keep(
            dossier=dossier, form="baseline", turn=Turn("a", 1, 0), texts={}, by=by, at=at,
            save=lambda: keeping.keep_answers(dossier=dossier, answers={"baseline": 3}, by=by, at=at),
        )  # fmt: skip
    assert not Typing.objects.exists()
