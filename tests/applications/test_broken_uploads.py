"""Files sent one by one: each is kept as it arrives, a retry brings only what is missing, nothing is half."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Dossier
from applications.states import State
from tests import cast
from tests.applications import making
from tests.documents.hostile_files import CASES

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return making.draft(at=timezone.now())


def send(dossier: Dossier, slot: str, *files: Any, **data: str) -> Any:
    client = cast.signed_in(making.owner_of(dossier))
    url = reverse("dossiers:paper", args=[dossier.reference, slot])
    return client.post(url, {"files": list(files), **data})


def pdf(pages: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{pages}.pdf", making.pdf_bytes(pages))


def test_files_that_arrived_wait_and_the_retry_brings_only_the_rest(dossier: Dossier) -> None:
    for pages in (1, 2):
        assert send(dossier, "commitment", pdf(pages), keep="1").status_code == 204
    # The line broke here. Choosing all three again doubles nothing.
    for pages in (1, 2, 3):
        assert send(dossier, "commitment", pdf(pages), keep="1").status_code == 204
    assert not dossier.papers.exists()
    assert send(dossier, "commitment", kept="1").status_code == 302
    assert dossier.papers.get().pages == 6
    assert not dossier.uploads.exists()


def test_a_file_that_is_refused_is_said_by_the_page_while_the_others_wait(dossier: Dossier) -> None:
    name, make, _code, words = CASES["program named pdf"]
    assert send(dossier, "commitment", pdf(1), keep="1").status_code == 204
    assert send(dossier, "commitment", SimpleUploadedFile(name, make()), keep="1").status_code == 422
    response = send(dossier, "commitment", SimpleUploadedFile(name, make()), kept="1")
    assert response.status_code == 422
    assert words in response.content.decode()
    assert dossier.uploads.count() == 1


def test_a_list_is_filed_when_it_arrives_and_a_bad_one_is_not(dossier: Dossier) -> None:
    good = SimpleUploadedFile("danh-sach.xlsx", making.worker_list_bytes(3))
    assert send(dossier, "worker_list", SimpleUploadedFile("x.xlsx", b"x"), keep="1").status_code == 422
    assert send(dossier, "worker_list", good, keep="1").status_code == 204
    assert send(dossier, "worker_list", kept="1").status_code == 302
    assert dossier.papers.get().rows == 3


def test_the_payroll_is_kept_by_itself(dossier: Dossier) -> None:
    client = cast.signed_in(making.owner_of(dossier))
    url = reverse("dossiers:answers", args=[dossier.reference, "baseline"])
    assert client.post(url, {"keep": "1", "baseline_evidence": pdf(1)}).status_code == 204
    dossier.refresh_from_db()
    assert dossier.baseline_evidence is not None


def test_nothing_is_kept_for_a_dossier_handed_in_nor_without_a_file_nor_signed_out(dossier: Dossier) -> None:
    assert send(dossier, "commitment", keep="1").status_code == 422
    url = reverse("dossiers:paper", args=[dossier.reference, "commitment"])
    assert Client().post(url, {"files": pdf(1), "keep": "1"}).status_code == 302
    done = making.make_dossier(State.SUBMITTED, site=dossier.site, at=timezone.now())
    assert send(done, "commitment", pdf(1), keep="1").status_code == 422
    assert not done.uploads.exists()
