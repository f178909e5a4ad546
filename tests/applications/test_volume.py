"""The bound volume: what is in it, how its sheets are numbered, when there is a new version."""

import hashlib
import io
from datetime import timedelta

import pdfplumber
import pikepdf
import pytest

from applications.binding import making as binding
from applications.models import Dossier, Volume
from applications.states import State
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
    assert slots[0] == "plan" or "plan" not in slots
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
