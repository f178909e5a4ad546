"""Permits that were issued on paper: read back, entered with their scan, once for a site."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import (
    paper_numbers,
)
from applications.models import PaperPermit
from documents.models import Letter
from journal.models import AuditEvent
from organisations.models import Permit, Site
from tests import cast
from tests.applications import stored
from tests.applications.test_counter import FIRM, PLACE, TERMS, desk, enter

pytestmark = pytest.mark.django_db


def test_a_permit_on_paper_is_read_back_before_it_is_written() -> None:
    client = desk()
    read_back = client.post("/sites/permits/new/", FIRM | PLACE | TERMS)
    assert read_back.status_code == 200
    page = read_back.content.decode()
    for words in (
        "2156/QĐ-UBND", "04/10/2021, Trần Minh Khải", "06/10/2021", "100 người", "300 người", "Cơ sở Gạch Cầu Kè",
        "2100567893", "Lò gạch số 1, Ấp 3, Xã Long Đức", "Ba tại chỗ", 'type="file"',
    ):  # fmt: skip
        assert words in page
    assert not Permit.objects.exists()
    edit = client.post("/sites/permits/new/", FIRM | PLACE | TERMS | {"step": "edit"}).content.decode()
    assert 'name="number" value="2156/QĐ-UBND"' in edit
    without = enter(client, scan="")
    assert without.status_code == 422
    assert "Chọn bản quét văn bản" in without.content.decode()
    assert "100 người" in without.content.decode()
    assert not Permit.objects.exists()
    over = client.post("/sites/permits/new/", FIRM | PLACE | TERMS | {"cap": "400", "until": "07/10/2021"})
    assert over.status_code == 422
    unlimited = client.post("/sites/permits/new/", FIRM | PLACE | TERMS | {"cap": "", "until": "07/10/2021"})
    assert "Không giới hạn" in unlimited.content.decode()
    assert "đến hết 07/10/2021" in unlimited.content.decode()


def test_a_permit_on_paper_is_entered_with_its_scan_and_makes_no_letter() -> None:
    client = desk()
    answer = enter(client)
    assert answer.status_code == 302, answer.content.decode()
    entered = PaperPermit.objects.select_related("permit").get()
    assert (entered.permit.cap, f"{entered.permit.starts_on:%d/%m/%Y}") == (100, "06/10/2021")
    assert not Letter.objects.exists()
    page = client.get(answer["Location"]).content.decode()
    assert "Nhập từ giấy" in page
    assert "Trần Thị Lan" in page
    got = client.get(f"{answer['Location']}scan")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert AuditEvent.objects.filter(verb="permit.entered").count() == 1


def test_a_letter_sent_twice_for_a_new_site_is_one_permit_and_its_second_scan_does_not_stay() -> None:
    client = desk()
    enter(client)
    before = stored.names()
    again = enter(client)
    assert again.status_code == 422
    assert "đã được nhập cho cơ sở này: Trần Thị Lan" in again.content.decode()
    assert (Site.objects.count(), Permit.objects.count()) == (1, 1)
    assert stored.names() == before


def test_a_letter_with_a_number_that_the_portal_will_give_is_refused() -> None:
    client, clerk = desk(), cast.make_office_clerk()
    block = {"year": 2021, "by": clerk, "at": cast.AT}
    paper_numbers.reserve(first=2150, last=2160, **block)
    refused = enter(client)
    assert refused.status_code == 422
    assert "nằm trong dãy dành cho cổng" in " ".join(refused.context["form"].errors["number"])
    assert (PaperPermit.objects.count(), Permit.objects.count(), Site.objects.count()) == (0, 0, 0)
    paper_numbers.reserve(first=2157, last=2160, **block)
    assert enter(client).status_code == 302


def test_a_letter_is_entered_once_for_a_site() -> None:
    client = desk()
    enter(client)
    site = Permit.objects.get().site_id
    again = enter(client, site=str(site), number="2156 / qđ-ubnd")
    assert again.status_code == 422
    assert "đã được nhập" in again.content.decode()
    assert Permit.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cap": "400"}, "lớn hơn"),
        ({"until": "01/10/2021"}, "đứng trước"),
        ({"signed_on": "04/10/2019"}, "có hiệu lực"),
    ],
)
def test_terms_that_contradict_each_other_are_said(change: dict[str, str], words: str) -> None:
    answer = enter(desk(), **change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Permit.objects.exists()


def test_a_locked_or_hostile_scan_is_refused_and_nothing_is_written() -> None:
    answer = enter(desk(), scan=SimpleUploadedFile("qd.pdf", b"MZ not a pdf"))
    assert answer.status_code == 422
    assert not Permit.objects.exists()
