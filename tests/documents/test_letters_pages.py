"""Letters are reached through the site they are about; the first opening by the addressee is kept."""

import pytest
from django.urls import reverse

from applications.states import State
from documents import issuing
from documents.models import Letter, StoredFile
from documents.reading import readings
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Letter:
    dossier = making.make_dossier(State.APPROVED)
    made = dossier.decision.letter
    issuing.make_pdf(str(made.pk), at=cast.AT)
    return Letter.objects.get(pk=made.pk)


def owner_of(letter: Letter):
    return making.owner_of(making.Dossier.objects.get(code=letter.dossier_code))


def test_the_first_opening_by_the_addressee_is_kept_once(letter: Letter) -> None:
    url = reverse("documents:letter_pdf", args=[letter.pk])
    officer = cast.signed_in(cast.make_dolisa_officer())
    assert officer.get(url).getvalue().startswith(b"%PDF")
    assert not readings(letter).exists()
    client = cast.signed_in(owner_of(letter))
    for _ in range(2):
        assert client.get(url).getvalue().startswith(b"%PDF")
    assert [row.actor_name for row in readings(letter)] == [owner_of(letter).full_name]
    assert (
        owner_of(letter).full_name
        in officer.get(reverse("documents:letter", args=[letter.pk])).content.decode()
    )


def test_a_letter_of_another_is_not_there(letter: Letter) -> None:
    stranger = cast.signed_in(cast.make_other_enterprise().claimed_by)
    for name in ("documents:letter", "documents:letter_pdf"):
        assert stranger.get(reverse(name, args=[letter.pk])).status_code == 404
        assert (
            cast.signed_in(cast.make_zone_officer()).get(reverse(name, args=[letter.pk])).status_code == 404
        )
    assert letter.full_number not in stranger.get(reverse("documents:letters")).content.decode()


def test_other_agencies_see_the_decision_but_not_the_slips(letter: Letter) -> None:
    client = cast.signed_in(cast.make_health())
    assert client.get(reverse("documents:letter", args=[letter.pk])).status_code == 200
    slip = Letter.objects.filter(kind=Letter.Kind.RECEIPT).first()
    assert client.get(reverse("documents:letter", args=[slip.pk])).status_code == 404


def test_a_letter_whose_pdf_is_being_made_says_so(letter: Letter) -> None:
    slip = Letter.objects.get(kind=Letter.Kind.RECEIPT)
    client = cast.signed_in(owner_of(letter))
    answer = client.get(reverse("documents:letter_pdf", args=[slip.pk]))
    assert answer.status_code == 202
    assert "Đang lập" in answer.content.decode()


def test_making_the_pdf_twice_leaves_one_file_and_the_same_digest(letter: Letter) -> None:
    files = StoredFile.objects.count()
    issuing.make_pdf(str(letter.pk), at=cast.AT)
    assert StoredFile.objects.count() == files
    assert Letter.objects.get(pk=letter.pk).sha256 == letter.sha256


def test_the_list_filters_by_kind(letter: Letter) -> None:
    client = cast.signed_in(owner_of(letter))
    page = client.get(reverse("documents:letters"), {"kind": "receipt"}).content.decode()
    assert "Giấy tiếp nhận" in page
    assert letter.full_number not in page
