"""Files into slots: good ones kept, bad ones refused in plain words, nothing lost, never a 500."""

import io
import itertools
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from applications import filing, uploading
from applications.models import Dossier, Paper, RefusedList, Upload
from applications.states import State
from documents.models import StoredFile
from tests import cast
from tests.applications import making, signing, stored
from tests.documents.hostile_files import CASES
from tests.workers.workbooks import far_cell, workbook, worker

pytestmark = pytest.mark.django_db


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo(colour: str = "white") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def dossier() -> Dossier:
    return making.draft(at=timezone.now())


@pytest.fixture
def client(dossier: Dossier) -> Client:
    return cast.signed_in(making.owner_of(dossier))


@pytest.fixture
def send(client: Client, dossier: Dossier) -> Callable[..., Any]:
    def post(slot: str, *files: SimpleUploadedFile, back: str = "", **answers: str) -> Any:
        url = reverse("dossiers:paper", args=[dossier.reference, slot])
        return client.post(url + (f"?back={back}" if back else ""), {"files": list(files), **answers})

    return post


def papers(dossier: Dossier) -> list[Paper]:
    return list(Paper.objects.filter(dossier=dossier).order_by("slot", "version"))


def test_several_photographs_become_one_paper_with_their_originals(send: Any, dossier: Dossier) -> None:
    response = send("request_letter", file("mot.jpg", photo()), file("hai.jpg", photo("red")))
    assert response.status_code == 302
    [paper] = papers(dossier)
    assert (paper.version, paper.pages) == (1, 2)
    assert paper.pdf is not None
    with paper.pdf.content.open("rb") as stream:
        assert stream.read(5) == b"%PDF-"
    assert [part.file.name for part in paper.parts.order_by("position")] == ["mot.jpg", "hai.jpg"]


def test_a_second_upload_is_a_new_version_and_the_first_stays_readable(send: Any, dossier: Dossier) -> None:
    send("request_letter", file("a.pdf", making.pdf_bytes(1)))
    send("request_letter", file("b.pdf", making.pdf_bytes(2)))
    first, second = papers(dossier)
    assert first.replaced_at is not None
    assert (second.version, second.pages, second.replaced_at) == (2, 2, None)


def test_one_bad_file_among_good_ones_costs_only_itself(send: Any, client: Client, dossier: Dossier) -> None:
    locked = CASES["PDF with both passwords"][1]()
    response = send("request_letter", file("tot.pdf", making.pdf_bytes(1)), file("khoa.pdf", locked))
    assert response.status_code == 422
    text = response.content.decode()
    assert "mật khẩu" in text
    assert "các tệp khác vẫn được giữ" in text
    assert "tot.pdf" in text
    assert papers(dossier) == []
    assert Upload.objects.filter(dossier=dossier).count() == 1
    # The person replaces only the bad file.
    assert send("request_letter", file("khoa.pdf", making.pdf_bytes(2))).status_code == 302
    [paper] = papers(dossier)
    assert paper.pages == 3
    assert [part.file.name for part in paper.parts.order_by("position")] == ["tot.pdf", "khoa.pdf"]
    assert not Upload.objects.filter(dossier=dossier).exists()


def test_sending_the_good_file_again_with_the_mended_one_does_not_double_it(
    send: Any, dossier: Dossier
) -> None:
    good = making.pdf_bytes(1)
    send("request_letter", file("tot.pdf", good), file("rong.pdf", b""))
    send("request_letter", file("tot.pdf", good), file("rong.pdf", making.pdf_bytes(2)))
    [paper] = papers(dossier)
    assert paper.pages == 3


def test_waiting_files_may_be_used_alone_or_taken_out(send: Any, client: Client, dossier: Dossier) -> None:
    empty = file("rong.pdf", b"")
    send("request_letter", file("a.pdf", making.pdf_bytes(1)), file("b.pdf", making.pdf_bytes(2)), empty)
    first = Upload.objects.filter(dossier=dossier).order_by("pk").first()
    assert first is not None
    drop = reverse("dossiers:drop_file", args=[dossier.reference, "request_letter", first.pk])
    assert client.post(drop).status_code == 302
    assert client.post(drop).status_code == 302  # a second click changes nothing
    use = reverse("dossiers:use_files", args=[dossier.reference, "request_letter"])
    assert client.post(use).status_code == 302
    [paper] = papers(dossier)
    assert paper.pages == 2
    assert client.post(use).status_code == 302
    assert len(papers(dossier)) == 1


def test_what_was_taken_out_does_not_stay_in_the_store(send: Any, client: Client, dossier: Dossier) -> None:
    before = stored.names()
    send("request_letter", file("a.pdf", making.pdf_bytes(1)), file("rong.pdf", b""))
    [waiting] = Upload.objects.filter(dossier=dossier)
    client.post(reverse("dossiers:drop_file", args=[dossier.reference, "request_letter", waiting.pk]))
    signing.work()
    assert stored.nobodys(since=before) == set()
    assert stored.names() == before


def test_of_two_who_use_the_waiting_files_one_makes_the_paper(
    send: Any, client: Client, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, join = stored.names(), uploading._joined
    send("request_letter", file("a.pdf", making.pdf_bytes(1)), file("rong.pdf", b""))

    def after_the_first(waiting: Any, **given: Any) -> StoredFile:
        monkeypatch.setattr(uploading, "_joined", join)
        uploading.use_waiting(dossier=dossier, slot="request_letter", by=given["by"], at=given["at"])
        return join(waiting, **given)

    monkeypatch.setattr(uploading, "_joined", after_the_first)
    assert (
        client.post(reverse("dossiers:use_files", args=[dossier.reference, "request_letter"])).status_code
        == 409
    )
    assert [paper.version for paper in papers(dossier)] == [1]
    assert stored.nobodys(since=before) == set()


def test_a_file_that_a_colleague_took_out_meanwhile_is_no_fault_of_the_file(
    send: Any, client: Client, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    join = uploading._joined
    send("request_letter", file("a.pdf", making.pdf_bytes(1)), file("rong.pdf", b""))

    def after_it_went(waiting: Any, *, by: Any, at: Any, **given: Any) -> StoredFile:
        uploading.drop_waiting(dossier=dossier, slot="request_letter", upload_id=waiting[0].pk, by=by, at=at)
        signing.work()
        return join(waiting, by=by, at=at, **given)

    monkeypatch.setattr(uploading, "_joined", after_it_went)
    answer = client.post(reverse("dossiers:use_files", args=[dossier.reference, "request_letter"]))
    assert answer.status_code == 409
    assert "Không ghép được" not in answer.content.decode()
    assert papers(dossier) == []


def test_a_list_that_comes_too_late_does_not_stay_in_the_store(
    send: Any, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, check = stored.names(), uploading.check

    def then_withdrawn(*args: Any, **given: Any) -> Any:
        Dossier.objects.filter(pk=dossier.pk).update(state=State.WITHDRAWN)
        return check(*args, **given)

    monkeypatch.setattr(uploading, "check", then_withdrawn)
    answer = send("worker_list", file("ds.xlsx", making.worker_list_bytes()))
    assert answer.status_code == 409
    assert stored.names() == before


HOSTILE = [
    "empty", "program named pdf", "web page named pdf", "word named pdf", "zip named pdf", "noise",
    "cut PDF", "PDF without pages", "PDF with a user password only", "script at opening",
    "attached program", "PNG bomb", "cut photograph", "damaged HEIC",
]  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_in_plain_words(send: Any, dossier: Dossier, case: str) -> None:
    name, make, _code, words = CASES[case]
    response = send("isolation_plan", file(name, make()))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert papers(dossier) == []
    assert not Upload.objects.filter(dossier=dossier).exists()


def forty_megabytes(name: str = "lon.pdf") -> TemporaryUploadedFile:
    """A file of 40 MB that is never in memory as a whole."""
    big = TemporaryUploadedFile(name, "application/pdf", 0, None)
    for block in itertools.repeat(b"%PDF-1.7" + bytes(1024 * 1024 - 8), 40):
        big.write(block)
    big.seek(0)
    big.size = 40 * 1024 * 1024
    return big


def test_forty_megabytes_are_answered_with_what_to_do_and_the_good_file_waits(
    send: Any, dossier: Dossier
) -> None:
    before = StoredFile.objects.count()
    with forty_megabytes() as big:
        response = send("isolation_plan", big, file("tot.pdf", making.pdf_bytes(1)))
    assert response.status_code == 422
    assert (
        "40 MB, tối đa 25 MB. Quét lại ở 200 dpi đen trắng, hoặc chia hai tệp." in response.content.decode()
    )
    assert StoredFile.objects.count() == before + 1


@pytest.mark.parametrize(("limit", "most"), [("MOST_FILES", 1), ("MOST_BYTES", len(making.pdf_bytes(1)))])
def test_a_slot_keeps_no_more_files_than_one_paper_may_have(
    send: Any, client: Client, dossier: Dossier, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(uploading, limit, most)
    assert send("commitment", file("a.pdf", making.pdf_bytes(1)), keep="1").status_code == 204
    before = StoredFile.objects.count()
    for keep in ({"keep": "1"}, {}):
        answer = send("commitment", file("b.pdf", making.pdf_bytes(2)), **keep)
        assert answer.status_code == 422
    assert "Một giấy tờ tối đa" in answer.content.decode()
    assert StoredFile.objects.count() == before
    assert dossier.uploads.count() == 1


def test_nothing_chosen_is_said(send: Any) -> None:
    response = send("request_letter")
    assert response.status_code == 422
    assert "Chưa chọn tệp nào" in response.content.decode()


def test_a_workbook_is_no_paper_and_a_pdf_is_no_list(send: Any, dossier: Dossier) -> None:
    assert (
        "bảng tính Excel" in send("commitment", file("a.xlsx", making.worker_list_bytes())).content.decode()
    )
    assert "Tải biểu mẫu về" in send("worker_list", file("a.pdf", making.pdf_bytes())).content.decode()
    assert papers(dossier) == []


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


def test_slips_ask_their_number_and_a_reason_for_those_missing(
    send: Any, client: Client, dossier: Dossier
) -> None:
    slips = file("phieu.pdf", making.pdf_bytes(1))
    response = send("vaccination_slips", slips, slips_count="ba mươi", slips_missing_reason="")
    assert response.status_code == 422
    assert "“ba mươi” không phải số nguyên" in response.content.decode()
    assert [paper.slot for paper in papers(dossier)] == ["vaccination_slips"]  # the file was good and is kept
    response = send("vaccination_slips", slips_count="38", slips_missing_reason="Hai người tiêm ngày mai")
    assert response.status_code == 302
    dossier.refresh_from_db()
    assert (dossier.slips_count, dossier.slips_missing_reason) == (38, "Hai người tiêm ngày mai")


def test_no_certificate_needs_a_reason_and_no_file(send: Any, dossier: Dossier) -> None:
    response = send("investment_certificate", certificate="none", certificate_reason=" ")
    assert response.status_code == 422
    assert "Không có giấy chứng nhận thì ghi lý do." in response.content.decode()
    response = send("investment_certificate", certificate="none", certificate_reason="Hộ kinh doanh")
    assert response.status_code == 302


def test_an_own_kitchen_needs_no_paper(send: Any, client: Client, dossier: Dossier) -> None:
    assert send("caterer_information", caterer="in_house").status_code == 302
    page = client.get(reverse("dossiers:detail", args=[dossier.reference]))
    row = next(task for task in page.context["papers"] if "suất ăn" in task.label)
    assert row.tag.tone == "ok"
    assert "Bếp của cơ sở" in row.hint


def test_a_paper_comes_back_to_the_check_page_that_asked_for_it(send: Any, dossier: Dossier) -> None:
    response = send("request_letter", file("a.pdf", making.pdf_bytes(1)), back="check")
    assert response.url == reverse("dossiers:check", args=[dossier.reference])


def test_a_file_for_a_dossier_that_was_just_submitted_meets_a_page_that_says_so(client: Client) -> None:
    dossier = making.make_dossier(State.SUBMITTED, site=Dossier.objects.get().site, at=timezone.now())
    url = reverse("dossiers:paper", args=[dossier.reference, "request_letter"])
    response = client.post(url, {"files": [file("a.pdf", making.pdf_bytes(1))]})
    assert response.status_code == 409
    assert "Trang đã cũ: chính anh/chị vừa nộp hồ sơ này lúc" in response.content.decode()
    assert dossier.papers.filter(slot="request_letter").count() == 1


def test_taking_a_paper_out_leaves_its_version_in_the_record(
    send: Any, client: Client, dossier: Dossier
) -> None:
    send("request_letter", file("a.pdf", making.pdf_bytes(1)))
    url = reverse("dossiers:take_out", args=[dossier.reference, "request_letter"])
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 302
    [paper] = papers(dossier)
    assert paper.replaced_at is not None
    page = client.get(reverse("dossiers:paper", args=[dossier.reference, "request_letter"]))
    assert page.context["state"].tag.text == "Chưa bắt đầu"
    assert page.context["versions"][0].number == 1


def test_who_cooks_is_asked_and_not_chosen_beforehand(send: Any, client: Client, dossier: Dossier) -> None:
    url = reverse("dossiers:paper", args=[dossier.reference, "caterer_information"])
    assert "checked" not in client.get(url).content.decode()
    response = send("caterer_information")
    assert response.status_code == 422
    assert "Chọn ai nấu ăn cho người lao động." in response.content.decode()


def test_the_line_after_an_upload_names_the_paper(send: Any, client: Client, dossier: Dossier) -> None:
    send("commitment", file("cam-ket.jpg", photo()))
    page = client.get(reverse("dossiers:detail", args=[dossier.reference]))
    assert "Đã nhận “Bản cam kết”, 1 trang." in page.content.decode()
