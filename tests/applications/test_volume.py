"""The bound volume: what is in it, how its sheets are numbered, when there is a new version."""

import hashlib
import io
import itertools
from datetime import timedelta
from functools import partial

import pdfplumber
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from applications.binding import making as binding
from applications.models import Dossier, PaperPart, Volume
from applications.sight import PERSONAL
from applications.states import State
from documents.models import Letter
from tests import cast
from tests.applications import making, signing

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def bound(dossier: Dossier, at=cast.AT) -> Volume:
    binding.bind(str(dossier.pk), at=at)
    volume = binding.current(dossier)
    assert volume is not None
    return volume


def content_of(volume: Volume, number: int = 1) -> bytes:
    return signing.content_of(volume.books.get(number=number).file)


def test_a_submitted_dossier_has_a_volume_with_every_part_but_the_letter() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    volume = bound(dossier)
    slots = [part["slot"] for part in volume.parts]
    assert len(slots) == 12
    assert slots[0] == "plan"
    assert "request_letter" not in slots
    assert slots[-1] == "commitment"
    content = content_of(volume)
    assert volume.digest == hashlib.sha256(content).hexdigest()
    with pikepdf.open(io.BytesIO(content)) as made:
        assert len(made.pages) == volume.pages
    with pdfplumber.open(io.BytesIO(content)) as made:
        cover = made.pages[0].extract_text()
        for part in volume.parts:
            assert part["digest"] in cover, cover
        for number, page in enumerate(made.pages[1:], start=2):
            assert f"{dossier.code} · bản 1 · tr. {number}/{volume.pages}" in page.extract_text()
        assert "tr. 1/" not in cover


def words_of(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as made:
        return "\n".join(page.extract_text() for page in made.pages)


def test_slips_and_the_list_enter_as_an_index_with_the_digest_of_every_file() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    content = words_of(content_of(bound(dossier)))
    files = PaperPart.objects.filter(paper__dossier=dossier, paper__slot__in=PERSONAL)
    assert {part.paper.slot for part in files.select_related("paper")} == set(PERSONAL)
    whole = "".join(content.split())
    for part in files.select_related("file"):
        assert part.file.sha256 in whole
    assert content.count("BẢNG KÊ:") == 2
    assert "không đóng vào tập" in " ".join(content.split())


def test_the_digest_stands_on_form_01_and_on_its_check_page() -> None:
    dossier = making.mark_all(making.make_dossier(State.SUBMITTED))
    volume = bound(dossier)
    making.accept(dossier)
    signing.work()
    letter = Letter.objects.select_related("pdf").get(kind=Letter.Kind.RECEIPT)
    receipt = "".join(words_of(signing.content_of(letter.pdf)).split())
    assert f"bản{volume.version}" in receipt
    assert volume.digest in receipt
    page = Client().get(reverse("check_letter", args=[letter.token])).content.decode()
    assert volume.digest in page
    own = Client().get(reverse("check_letter", args=[volume.token])).content.decode()
    assert volume.digest in own


def test_two_books_together_hold_every_sheet_once_and_each_has_its_own_digest(monkeypatch) -> None:
    monkeypatch.setattr(binding, "books_of", partial(binding.books_of, most=12))
    dossier = making.make_dossier(State.SUBMITTED)
    volume = bound(dossier)
    books = list(volume.books.select_related("file").order_by("number"))
    assert len(books) > 1
    assert books[0].first_page == 1
    assert sum(book.pages for book in books) == volume.pages
    for before, after in itertools.pairwise(books):
        assert after.first_page == before.first_page + before.pages
    for book in books:
        content = signing.content_of(book.file)
        assert hashlib.sha256(content).hexdigest() == book.file.sha256
        text = words_of(content)
        for number in range(max(book.first_page, 2), book.first_page + book.pages):
            assert f"tr. {number}/{volume.pages}" in text
        with pikepdf.open(io.BytesIO(content)) as made:
            assert len(made.pages) == book.pages


def test_binding_twice_is_one_version() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    first = bound(dossier)
    assert bound(dossier, cast.AT + HOUR).pk == first.pk
    assert dossier.volumes.count() == 1


def test_the_signed_sheet_is_appended_as_a_new_version() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    signing.work()
    before = binding.current(dossier)
    for number, step in enumerate(making.TO_INSPECTED[1:], start=1):
        dossier = step(dossier, cast.AT + number * HOUR)
    signing.work(cast.AT + 6 * HOUR)
    after = binding.current(dossier)
    assert (before.version, after.version) == (1, 2)
    assert after.parts[-1]["clause"] == "III.1.3.1-d"
    assert after.parts[-1]["digest"] == dossier.sheets.get().letter.sha256


@pytest.mark.parametrize(
    ("starts", "total", "want"),
    [
        ([3, 10], 20, [(1, 20)]),
        ([3, 200, 290], 420, [(1, 289), (290, 420)]),
        ([3], 700, [(1, 2), (3, 302), (303, 602), (603, 700)]),
        ([3, 301], 600, [(1, 300), (301, 600)]),
    ],
)
def test_books_end_where_a_part_begins_if_they_can(
    starts: list[int], total: int, want: list[tuple[int, int]]
) -> None:
    books = binding.books_of(starts, total)
    assert [(book.first_page, book.last_page) for book in books] == want
