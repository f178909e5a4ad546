"""A confirmation sheet signed on paper: its scan is the sheet, for the case, the volume and the enterprise."""

import time
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any, Self
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from applications import receiving, waiting_scans
from applications.binding import gathering
from applications.models import Dossier, Sheet
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale
from documents.issuing import issue
from documents.models import Letter, StoredFile
from inspections import paper_sheets, visiting
from inspections.models import Visit
from inspections.paper_sheets import SignedPaper
from journal.models import AuditEvent, OutboxRow
from organisations.models import TeamBinding, User
from tests import cast
from tests.applications import making
from tests.applications.test_races import MANY, kinds, race, without_the_lock, without_the_swap

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(hours=20)
DAY = f"{LATER:%d/%m/%Y}"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def visit() -> Visit:
    """A visit whose record is whole."""
    return making.see(making.make_dossier(State.TEAM_ASSIGNED), LATER - timedelta(hours=1))


def leader(**options: Any):
    return cast.signed_in(cast.make_team_leader(), authenticated_at=options.get("since", time.time()))


def page_of(visit: Visit) -> str:
    return reverse("visits:sign_paper", args=[visit.pk])


def scan(name: str = "phieu.pdf", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or making.pdf_bytes(2))


def photo() -> bytes:
    written = BytesIO()
    Image.new("RGB", (800, 1100), "white").save(written, "JPEG")
    return written.getvalue()


def typed(**changes: Any) -> dict[str, Any]:
    data = {"dated": DAY, "team_signer": "Ngô Văn Út", "firm_signer": "Lê Thị Mỹ Ẩn", "scan": scan()}
    return data | changes


def sent(client: Any, visit: Visit, **changes: Any) -> Any:
    """The form, read back, and sent."""
    read = client.post(page_of(visit), typed(**changes))
    return client.post(page_of(visit), dict(read.context["typed"]) | {"step": "send"})


def paper(visit: Visit, **changes: Any) -> SignedPaper:
    by = cast.make_team_leader()
    given = {
        "dated": LATER.date(), "team_signer": "Ngô Văn Út", "firm_signer": "Lê Thị Mỹ Ẩn",
        "scan": making.stored_pdf(by=by, at=LATER),
    }  # fmt: skip
    return SignedPaper(**given | changes)


def test_the_scan_is_the_sheet_with_its_day_and_both_who_signed(visit: Visit) -> None:
    client = leader()
    read = client.post(page_of(visit), typed())
    page = read.content.decode()
    assert page.count("data:image/png;base64") == 2
    assert "Lê Thị Mỹ Ẩn" in page
    assert not Sheet.objects.exists()
    assert client.post(page_of(visit), dict(read.context["typed"]) | {"step": "send"}).status_code == 302
    sheet = Sheet.objects.get()
    letter = sheet.letter
    assert (letter.kind, letter.number, letter.dated) == (Letter.Kind.SHEET, None, LATER.date())
    assert (letter.signer_name, letter.recorded_by) == ("Ngô Văn Út", cast.make_team_leader())
    assert letter.data["fields"]["firm_person"] == "Lê Thị Mỹ Ẩn"
    with letter.pdf.content.open("rb") as stream:
        assert stream.read() == making.pdf_bytes(2)
    assert not OutboxRow.objects.filter(event="letter.issued", subject_id=str(letter.pk)).exists()
    assert making.fresh(visit.dossier).state == State.INSPECTED
    assert TeamBinding.objects.get(site=visit.site_id).team == visit.team
    assert not visit.dossier.uploads.exists()
    assert letter.pdf.withdrawn_at is None
    assert AuditEvent.objects.get(verb="visit.signed").fields == ["scan"]


def test_photographs_become_one_pdf_in_the_order_chosen(visit: Visit) -> None:
    pages = [scan("1.jpg", photo()), scan("2.jpg", photo()), scan("3.pdf")]
    sent(leader(), visit, scan=pages)
    kept = Sheet.objects.get().letter.pdf
    assert (kept.media_type, kept.pages) == ("application/pdf", 4)


def test_case_volume_letter_visit_and_enterprise_say_that_it_was_signed_on_paper(visit: Visit) -> None:
    sent(leader(), visit)
    dossier = making.fresh(visit.dossier)
    sheet, owner = Sheet.objects.get(), cast.signed_in(making.owner_of(dossier))
    detail = reverse("dossiers:detail", args=[dossier.reference])
    letter = reverse("documents:letter", args=[sheet.letter_id])
    officer = cast.signed_in(cast.make_dolisa_officer())
    assert "Phiếu xác nhận kiểm tra, ký trên giấy" in officer.get(detail).content.decode()
    words = f"Ngô Văn Út và Lê Thị Mỹ Ẩn, ký trên giấy ngày {DAY}"
    assert words in officer.get(f"{detail}?tab=visit").content.decode()
    assert words in leader().get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert "ký trên giấy" in owner.get(detail).content.decode()
    assert "Doanh nghiệp ký: Lê Thị Mỹ Ẩn. Tổ kiểm tra gửi bản quét" in owner.get(letter).content.decode()
    answer = owner.get(reverse("documents:letter_pdf", args=[sheet.letter_id]))
    assert b"".join(answer.streaming_content) == making.pdf_bytes(2)
    part = gathering.parts_of(dossier, at=LATER)[-1]
    assert (part.title, part.file, part.pages) == (
        "Phiếu xác nhận kiểm tra, ký trên giấy", sheet.letter.pdf, 2,
    )  # fmt: skip
    receiving.reinspect(
        dossier=dossier, visit_at=LATER + timedelta(days=1), note="Xem lại", by=cast.make_dolisa_officer(), at=LATER
    )  # fmt: skip
    assert making.fresh(dossier).state == State.TEAM_ASSIGNED


def test_a_sheet_signed_in_the_portal_says_nothing_of_paper(visit: Visit) -> None:
    visiting.sign(visit=visit, by=cast.make_team_leader(), at=LATER)
    detail = reverse("dossiers:detail", args=[visit.dossier.reference])
    assert "ký trên giấy" not in cast.signed_in(cast.make_dolisa_officer()).get(detail).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scan": ""}, "Chưa có bản quét"),
        ({"scan": scan("phieu.pdf", b"MZ\x90 no pdf")}, "phieu.pdf"),
        ({"dated": f"{LATER + timedelta(days=1):%d/%m/%Y}"}, "chưa đến"),
        ({"dated": f"{LATER - timedelta(days=1):%d/%m/%Y}"}, "đứng trước ngày kiểm tra"),
        ({"firm_signer": ""}, "id_firm_signer"),
    ],
)
def test_what_is_wrong_is_said_and_a_good_scan_waits(visit: Visit, changes: Any, words: str) -> None:
    client = leader()
    answer = client.post(page_of(visit), typed(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Ngô Văn Út" in page
    assert visit.dossier.uploads.count() == ("scan" not in changes)
    if "scan" not in changes:
        assert "phieu.pdf" in page
        again = typed()
        del again["scan"]
        assert "data:image/png" in client.post(page_of(visit), again).content.decode()
    assert not Sheet.objects.exists()


def test_another_scan_takes_the_place_of_the_first_and_only_what_was_read_is_sent(visit: Visit) -> None:
    client = leader()
    first = client.post(page_of(visit), typed())
    client.post(page_of(visit), typed(scan=scan("khac.pdf", making.pdf_bytes(3))))
    late = client.post(page_of(visit), dict(first.context["typed"]) | {"step": "send"})
    assert late.status_code == 200  # read back anew, beside the scan that waits now
    assert late.content.decode().count("data:image/png") == 3
    assert not Sheet.objects.exists()
    assert StoredFile.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_sending_asks_who_is_there_when_the_password_is_old_and_nothing_is_lost(visit: Visit) -> None:
    client = leader(since=time.time() - 301)
    answer = sent(client, visit)
    assert "reauthenticate" in answer["Location"]
    assert not Sheet.objects.exists()
    assert visit.dossier.uploads.filter(slot=waiting_scans.SHEET).count() == 1


def test_a_record_that_is_not_whole_leads_to_what_is_missing(visit: Visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(guidance="")
    page = leader().get(page_of(visit)).content.decode()
    assert "Chưa ghi nội dung đã hướng dẫn" in page
    with pytest.raises(Refused):
        visiting.sign(visit=visit, paper=paper(visit), by=cast.make_team_leader(), at=LATER)


def test_only_the_leader_and_only_while_the_sheet_is_awaited(visit: Visit) -> None:
    member = cast.make_team_member()
    client = cast.signed_in(member, authenticated_at=time.time())
    assert client.get(page_of(visit)).status_code == 403
    assert client.post(page_of(visit), typed()).status_code == 403
    with pytest.raises(NotAllowed):
        paper_sheets.wait(dossier=visit.dossier, scan=paper(visit).scan, by=member, at=LATER)
    with pytest.raises(NotAllowed):
        visiting.sign(visit=visit, paper=paper(visit), by=member, at=LATER)
    visiting.sign(visit=visit, by=cast.make_team_leader(), at=LATER)
    assert leader().get(page_of(visit)).status_code == 409
    answer = leader().post(page_of(visit), typed())
    assert answer.status_code == 409
    assert not Dossier.objects.get(pk=visit.dossier_id).uploads.exists()
    with pytest.raises(Stale):
        paper_sheets.wait(dossier=visit.dossier, scan=paper(visit).scan, by=cast.make_team_leader(), at=LATER)


@pytest.mark.parametrize("end", ["signed", "withdrawn"])
def test_a_scan_that_waits_goes_when_the_leader_signs_in_the_portal_or_the_dossier_is_withdrawn(
    visit: Visit, end: str
) -> None:
    client = leader()
    client.post(page_of(visit), typed())
    waiting = waiting_scans.latest(visit.dossier, by=cast.make_team_leader(), slot=waiting_scans.SHEET)
    assert waiting is not None
    if end == "signed":
        visiting.sign(visit=visit, by=cast.make_team_leader(), at=LATER)
    else:
        making.withdraw(visit.dossier, LATER)
    assert not visit.dossier.uploads.exists()
    assert StoredFile.objects.get(pk=waiting.pk).withdrawn_at == LATER


def test_the_page_of_the_signature_leads_there(visit: Visit) -> None:
    page = leader().get(reverse("visits:sign", args=[visit.pk])).content.decode()
    assert page_of(visit) in page


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_sign_on_paper_and_in_the_portal_at_once_one_makes_the_sheet(visit: Visit) -> None:
    people, on_paper = cast.make_team_leader(), paper(visit)

    def act(number: int) -> object:
        by = User.objects.get(pk=people.pk)
        return visiting.sign(visit=visit, paper=on_paper if number % 2 else None, by=by, at=LATER)

    assert kinds(race(act)) == {"done": 1, "Stale": MANY - 1}
    assert Letter.objects.filter(kind=Letter.Kind.SHEET).count() == Sheet.objects.count() == 1


class VisitsOfThePage:
    """In place of the visits: the one that was read before the start; what is written asks for nothing."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def select_related(self, *names: str) -> Self:
        return self

    def get(self, **key: Any) -> Visit:
        return self.visit

    def filter(self, *, pk: Any, **unasked: Any) -> Any:
        return Visit.objects.filter(pk=pk)


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_checks_several_would_make_a_sheet(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: each trusts what it read before the start, and names its letter anew."""
    people, on_paper = cast.make_team_leader(), paper(visit)
    cast.bind_team(visit.dossier.site, visit.team)
    look = without_the_lock(monkeypatch, visit.dossier)
    without_the_swap(monkeypatch)
    page = Visit.objects.select_related("dossier__site__enterprise", "team").get(pk=visit.pk)
    monkeypatch.setattr(visiting, "Visit", SimpleNamespace(objects=VisitsOfThePage(page)))
    monkeypatch.setattr(visiting, "open_for", lambda *given, **day: None)
    monkeypatch.setattr(
        visiting, "issue", lambda *, subject_key, **given: issue(subject_key=f"{uuid4()}", **given)
    )

    def act(number: int) -> object:
        by = User.objects.get(pk=people.pk)
        return visiting.sign(visit=visit, paper=on_paper if number % 2 else None, by=by, at=LATER)

    assert kinds(race(act, before=look))["done"] > 1
    assert Sheet.objects.count() > 1
