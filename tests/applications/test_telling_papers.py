"""Who asked for a print or sent a scan is told when the worker is done with it: once, by mail only if it took long."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q

from applications import telling_papers
from applications.models import Dossier, Scan
from applications.scanning import placing, taking
from notices.models import Delivery, Message
from tests import cast
from tests.applications import making, quick_prints, signing

pytestmark = pytest.mark.django_db

SOON, LATE = cast.AT + timedelta(minutes=2), cast.AT + timedelta(hours=2)
PAGES = {"commitment": 2, "screening_plan": 1}


@pytest.fixture
def dossier() -> Dossier:
    return making.draft()


def told(dossier: Dossier) -> list[tuple[str, str]]:
    """(title, line) of each message about prints and scans to who prepares the dossier, oldest first."""
    about = Q(key__startswith="pack:") | Q(key__startswith="scan:")
    rows = Message.objects.filter(about, user=making.owner_of(dossier)).order_by("pk")
    return list(rows.values_list("title", "line"))


def titles(dossier: Dossier) -> list[str]:
    return [title for title, _line in told(dossier)]


@pytest.mark.parametrize(("at", "mails"), [(SOON, 0), (LATE, 1)])
def test_a_print_is_announced_once_and_by_mail_only_to_who_no_longer_waits(dossier, at, mails) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    for _twice in range(2):
        telling_papers.pack_ready(str(pack.pk), at=at)
    line = f"Hồ sơ {dossier.reference}: bản in 3 trang đã sẵn sàng; tải về để in."
    assert told(dossier) == [("Bộ giấy tờ để ký đã sẵn sàng", line)]
    assert Delivery.objects.filter(message__key__startswith="pack:").count() == mails


def test_a_scan_that_waits_says_so_and_the_missing_page_that_completes_it_is_news_again(dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    signing.read(dossier, quick_prints.scan_of(quick_prints.pages_of(pack, "screening_plan")[:1]))
    assert titles(dossier) == ["Bản quét đã xếp xong"]
    codes = [quick_prints.code_of(pack, "commitment", page) for page in (1, 2)]
    scan = signing.read(dossier, quick_prints.scan_of(codes[:1]), at=SOON)
    assert titles(dossier)[1:] == ["Bản quét chờ xem lại"]
    signing.read(dossier, quick_prints.scan_of(codes[1:]), at=LATE)
    placing.end(scan, Scan.State.READY, trouble="", at=LATE)  # a doubled worker, late
    signing.work(LATE)
    assert titles(dossier)[2:] == ["Bản quét đã xếp xong"]


def test_a_scan_of_nothing_but_blank_pages_is_not_said_to_be_filed(dossier) -> None:
    signing.read(dossier, making.pdf_bytes(2))
    line = f"Hồ sơ {dossier.reference}: không có trang nào xếp được; xem vì sao và gửi lại."
    assert told(dossier) == [("Bản quét chưa vào hồ sơ", line)]
    page = (
        cast.signed_in(making.owner_of(dossier)).get(f"/dossiers/{dossier.reference}/scan/").content.decode()
    )
    assert "Bản quét trước không có trang nào vào hồ sơ" in page
    assert "2 mặt giấy trắng" in page


def test_a_scan_that_cannot_be_read_says_so_and_one_that_was_dropped_says_nothing(dossier) -> None:
    upload = SimpleUploadedFile("scan.pdf", quick_prints.scan_of([""]), "application/pdf")
    scan = taking.take(dossier=dossier, sent=[upload], by=making.owner_of(dossier), at=cast.AT).scan
    placing.end(scan, Scan.State.FAILED, trouble="time", at=LATE)
    signing.work(LATE)
    assert titles(dossier) == ["Bản quét không đọc được"]
    other = signing.sent(dossier, quick_prints.scan_of([""]), at=LATE)
    placing.end(other, Scan.State.READY, trouble="", at=LATE)
    Scan.objects.filter(pk=other.pk).update(state=Scan.State.DROPPED)
    signing.work(LATE)
    assert len(titles(dossier)) == 1
