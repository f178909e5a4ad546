"""The worker list: read when it is sent, counted against the cap, and what is wrong in it named cell by cell."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import filing
from applications.models import Dossier, RefusedList
from applications.states import State
from tests import cast
from tests.applications import making
from tests.applications.test_enterprise_uploads import file, papers
from tests.workers.workbooks import far_cell, workbook, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier() -> Dossier:
    return making.draft(at=timezone.now())


@pytest.fixture
def client(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


@pytest.fixture
def send(client: Client, dossier: Dossier) -> Callable[..., Any]:
    def post(slot: str, *files: SimpleUploadedFile) -> Any:
        return client.post(reverse("dossiers:paper", args=[dossier.reference, slot]), {"files": list(files)})

    return post


def test_the_list_is_read_and_counted_against_the_cap_with_its_reason(
    send: Any, client: Client, dossier: Dossier
) -> None:
    now = timezone.now()
    filing.answer(dossier=dossier, answers={"baseline": 149, "enterprise_total": 149},
                  by=making.owner_of(dossier), at=now)  # fmt: skip
    response = send("worker_list", file("danh-sach.xlsx", making.worker_list_bytes(74)))
    assert response.status_code == 302
    page = client.get(response.url).content.decode()
    assert "Danh sách 74 người, tối đa 74" in page
    assert "Vì sao tối đa 74?" in page
    assert "III.1.2-b" in page
    [paper] = papers(dossier)
    assert (paper.rows, paper.pdf) == (74, None)
    assert paper.parts.get().file.name == "danh-sach.xlsx"


def test_a_list_over_the_cap_is_said_at_once_and_keeps_the_dossier_from_being_submitted(
    send: Any, client: Client
) -> None:
    dossier = making.make_dossier(
        State.DRAFT, site=Dossier.objects.get().site, at=timezone.now(), baseline=90
    )
    url = reverse("dossiers:paper", args=[dossier.reference, "worker_list"])
    sent = client.post(url, {"files": [file("d.xlsx", making.worker_list_bytes(60))]}, follow=True)
    text = sent.content.decode()
    assert "Đã nhận danh sách 60 người, nhưng tối đa 30. Bỏ bớt 30 người rồi tải lại." in text
    client.post(reverse("dossiers:submit", args=[dossier.reference]), {"declared": "yes"})
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT


def test_bad_cells_are_listed_with_cell_reason_and_fix_and_the_rest_counted(
    send: Any, dossier: Dossier
) -> None:
    rows = [worker(number, phone="0123") for number in range(70)]
    response = send("worker_list", file("sai.xlsx", workbook(rows)))
    assert response.status_code == 422
    text = response.content.decode()
    assert "70 trên 70 dòng cần sửa" in text
    assert "50 chỗ đầu trong 70" in text
    assert "F2" in text
    assert "Số điện thoại không đúng." in text
    assert "Di động có 10 số" in text
    assert papers(dossier) == []


def test_the_cells_of_a_refused_list_are_there_again_and_to_take_away_until_a_list_reads(
    send: Any, client: Client, dossier: Dossier
) -> None:
    url = reverse("dossiers:paper", args=[dossier.reference, "worker_list"])
    assert client.get(f"{url}?faults").status_code == 404
    rows = [worker(number, phone="0123") for number in range(70)]
    rows[0] = worker(0, full_name="", phone="01234567890", identity="08419O012345")
    fresh = send("worker_list", file("sai.xlsx", workbook(rows))).content.decode()
    assert "084190012345" in fresh
    again = client.get(url).content.decode()
    for words in (
        "70 trên 70 dòng cần sửa",
        "50 chỗ đầu trong 72",
        "Thiếu Họ và tên.",
        "Ghi lại bằng chữ số.",
    ):
        assert words in again
    assert f"Danh sách gửi gần nhất: {making.owner_of(dossier).full_name}, " in again
    assert "08419" not in str(RefusedList.objects.get().faults)
    taken = client.get(f"{url}?faults")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(taken.streaming_content))).active
    cells = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert (len(cells), cells[0], cells[-1]) == (73, "Ô", "F71")
    send("worker_list", file("tot.xlsx", making.worker_list_bytes(20)))
    assert "dòng cần sửa" not in client.get(url).content.decode()
    assert client.get(f"{url}?faults").status_code == 404


def test_a_refused_list_without_people_or_columns_is_said_again(
    send: Any, client: Client, dossier: Dossier
) -> None:
    url = reverse("dossiers:paper", args=[dossier.reference, "worker_list"])
    send("worker_list", file("hang.xlsx", workbook([["1", "Tôm sú"]], headings=["STT", "Tên hàng"])))
    assert "Danh sách thiếu cột: Họ và tên, " in client.get(url).content.decode()
    send("worker_list", file("rong.xlsx", workbook([])))
    assert "Danh sách chưa có người nào" in client.get(url).content.decode()
    # What is wrong with the file that was sent now stands alone.
    assert "Danh sách chưa có" not in send("worker_list", file("a.pdf", making.pdf_bytes())).content.decode()


@pytest.mark.parametrize("name", ["detail", "papers", "check"])
def test_every_list_of_papers_says_that_the_list_sent_was_not_taken(
    name: str, send: Any, client: Client, dossier: Dossier
) -> None:
    url = reverse(f"dossiers:{name}", args=[dossier.reference])
    before = client.get(url).content.decode()
    send("worker_list", file("sai.xlsx", workbook([worker(0), worker(1, identity="1")])))
    page = client.get(url).content.decode()
    assert "chưa nhận được: 1 trên 2 dòng cần sửa." in page
    assert "#list-problems" in page
    assert page.count("Chưa bắt đầu") == before.count("Chưa bắt đầu") - 1


def test_the_one_thing_to_do_is_to_mend_the_list(send: Any, client: Client, dossier: Dossier) -> None:
    at = timezone.now()
    filing.take_out(dossier=making.fill(dossier, at), slot="worker_list", by=making.owner_of(dossier), at=at)
    send("worker_list", file("hang.xlsx", workbook([["1", "Tôm sú"]], headings=["STT", "Tên hàng"])))
    page = client.get(reverse("dossiers:detail", args=[dossier.reference])).content.decode()
    assert "Sửa: Danh sách lao động" in page
    assert "chưa nhận được: Danh sách thiếu cột" in page


def test_a_list_in_use_says_that_the_newer_one_was_not_taken(
    send: Any, client: Client, dossier: Dossier
) -> None:
    send("worker_list", file("tot.xlsx", making.worker_list_bytes(20)))
    send("worker_list", file("sai.xlsx", workbook([worker(0, identity="1")])))
    page = client.get(reverse("dossiers:papers", args=[dossier.reference])).content.decode()
    assert "đọc được cả 20 dòng · Bản gửi lúc" in page
    send("worker_list", file("tot.xlsx", making.worker_list_bytes(21)))
    assert (
        "chưa nhận được"
        not in client.get(reverse("dossiers:papers", args=[dossier.reference])).content.decode()
    )


def test_the_old_list_stands_until_the_new_one_reads(send: Any, dossier: Dossier) -> None:
    send("worker_list", file("tot.xlsx", making.worker_list_bytes(20)))
    send("worker_list", file("sai.xlsx", workbook([worker(0, identity="1")])))
    dossier.refresh_from_db()
    assert dossier.listed_workers == 20
    assert [paper.replaced_at for paper in papers(dossier)] == [None]


def test_a_workbook_with_other_columns_is_refused_with_words(send: Any, dossier: Dossier) -> None:
    content = workbook([["1", "Tôm sú"]], headings=["STT", "Tên hàng"])
    response = send("worker_list", file("hang.xlsx", content))
    assert response.status_code == 422
    assert "Danh sách thiếu cột" in response.content.decode()


def test_a_small_workbook_with_one_far_cell_is_refused_before_it_is_read(send: Any, dossier: Dossier) -> None:
    response = send("worker_list", file("xa.xlsx", far_cell()))
    assert response.status_code == 422
    assert "XFD1048576" in response.content.decode()


def test_the_form_of_the_list_needs_no_account_and_reads_back_once_filled() -> None:
    response = Client().get(reverse("dossiers:worker_list_form"))
    assert response.status_code == 200
    assert response.content[:2] == b"PK"
    assert "attachment" in response["Content-Disposition"]
