"""The signed plan itself (III.1.3.3-b): the head of the volume, shown wherever its papers are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Dossier
from applications.packing.slots import PLAN
from applications.promises import promise
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return making.fill(making.draft(at=timezone.now()), timezone.now())


@pytest.fixture
def client(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


def address(dossier: Dossier, name: str, *more: object) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.reference, *more])


def row_of(client: Client, dossier: Dossier, name: str) -> str:
    """What stands beside the link to the plan's page."""
    page = client.get(address(dossier, name)).content.decode()
    link = address(dossier, "paper", PLAN)
    assert page.count(link) == 1, name
    return page[page.index(link) - 600 : page.index(link) + 600]


@pytest.mark.parametrize("name", ["detail", "papers", "check"])
def test_a_draft_shows_the_signed_plan_among_its_papers(client: Client, dossier: Dossier, name: str) -> None:
    assert "Chưa có bản ký" in row_of(client, dossier, name)
    making.put_paper(dossier, PLAN, at=timezone.now())
    assert "1 trang" in row_of(client, dossier, name)


def test_a_submitted_dossier_shows_the_signed_plan_too(client: Client, dossier: Dossier) -> None:
    making.put_paper(dossier, PLAN, at=timezone.now())
    making.submit(dossier, timezone.now())
    assert "1 trang" in row_of(client, making.fresh(dossier), "detail")


def test_the_plan_asks_for_no_paper_more_than_the_listed_ones(client: Client, dossier: Dossier) -> None:
    page = client.get(address(dossier, "detail")).content.decode()
    assert "13 giấy tờ và phương án" in page
    assert "12 trên 13 đã xong" in page
    assert promise(dossier, at=timezone.now()).next_line == "Đã có các giấy tờ bắt buộc; xem lại rồi nộp."


def test_a_plan_signed_without_a_printed_code_is_sent_by_its_own_page(
    client: Client, dossier: Dossier
) -> None:
    url = address(dossier, "paper", PLAN)
    page = client.get(url).content.decode()
    assert "Giấy tờ 0 trên" not in page
    assert address(dossier, "draft", PLAN) in page
    file = SimpleUploadedFile("phuong-an.pdf", making.pdf_bytes(2), "application/pdf")
    assert client.post(url, {"files": [file]}).status_code == 302
    assert dossier.papers.get(slot=PLAN, replaced_at=None).pages == 2
    assert "Rút hẳn bản này" in client.get(url).content.decode()
    retract = client.get(address(dossier, "retract", PLAN, 1))
    assert "Phương án sản xuất" in retract.content.decode()
