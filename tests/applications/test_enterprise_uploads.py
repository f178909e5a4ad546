"""Files into slots: good ones kept, bad ones refused in plain words, nothing lost, never a 500."""

import io
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from applications import uploading
from applications.models import Dossier, Paper, Upload
from applications.states import State
from documents.models import StoredFile
from tests import cast
from tests.applications import making, signing, stored
from tests.documents.hostile_files import CASES

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
