"""Scans of a signed paper that wait for right answers are the Office's, and go when nobody can use them any more."""

from collections.abc import Callable
from typing import Any

import pytest

from applications import deciding, paper_signing, uploading, waiting_scans
from applications.models import Dossier
from applications.states import State
from documents.models import StoredFile
from organisations.models import User
from organisations.roles import Role
from tests import cast
from tests.applications import making
from tests.applications.test_office import LATER, advice_of, signed_on_paper

pytestmark = pytest.mark.django_db


def clerks() -> list[User]:
    other = cast.make_official("van-thu@tra-vinh.example", "Lê Văn Thư", Role.OFFICE, "PPCO", "Chuyên viên")
    return [cast.make_office_clerk(), other]


def waiting(dossier: Dossier, by: User) -> StoredFile:
    scan = making.stored_pdf(by=by, at=LATER, name="da-ky.pdf")
    paper_signing.wait(dossier=dossier, scan=scan, by=by, at=LATER)
    return scan


def test_each_clerk_has_one_that_waits_and_whichever_is_kept_the_rest_goes() -> None:
    dossier, (one, two) = making.make_dossier(State.FORWARDED), clerks()
    first, foreign, mine = waiting(dossier, one), waiting(dossier, two), waiting(dossier, one)
    assert waiting_scans.latest(dossier, by=one) == mine
    assert waiting_scans.latest(dossier, by=two) == foreign
    kept = signed_on_paper(dossier, scan=mine, by=one)
    assert not dossier.uploads.exists()
    withdrawn = StoredFile.objects.exclude(withdrawn_at=None)
    assert {file.pk for file in withdrawn} == {first.pk, foreign.pk}
    assert kept.scan.withdrawn_at is None


def approve(dossier: Dossier) -> Any:
    given = {"advice": advice_of(dossier), "kind": "quyet_dinh", "by": cast.make_chairman(), "at": LATER}
    return deciding.approve(dossier=dossier, **given)


def record(dossier: Dossier) -> Any:
    """Issues what one clerk kept while another sends a scan beside wrong answers."""
    one, two = clerks()
    kept = signed_on_paper(dossier, by=one)
    waiting(dossier, two)
    issued = paper_signing.issue(signature=kept, by=one, at=LATER)
    assert issued.letter.pdf.withdrawn_at is None
    return issued


@pytest.mark.parametrize("leave", [approve, record, lambda dossier: making.send_back(dossier, LATER)])
def test_they_go_with_the_case(leave: Callable[[Dossier], Any]) -> None:
    dossier = making.make_dossier(State.FORWARDED)
    scan = waiting(dossier, cast.make_office_clerk())
    leave(dossier)
    assert not dossier.uploads.exists()
    scan.refresh_from_db()
    assert scan.withdrawn_at == LATER


def test_a_file_is_taken_out_of_the_slot_that_was_named_alone() -> None:
    dossier = making.draft()
    owner = making.owner_of(dossier)
    scan = making.stored_pdf(by=owner, at=LATER)
    row = dossier.uploads.create(slot=waiting_scans.SLOT, file=scan, kind="pdf", at=LATER, by=owner)
    given = {"dossier": dossier, "upload_id": row.pk, "by": owner, "at": LATER}
    assert not uploading.drop_waiting(slot="commitment", **given)
    assert dossier.uploads.get() == row
