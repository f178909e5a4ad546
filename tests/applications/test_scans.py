"""A scan is read, filed as far as it is certain, and asked about for the rest."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications import filing, retracting
from applications.models import Dossier, Paper, Scan, ScanPage
from applications.scanning import confirming, placing, reading, result, sweeping, taking
from applications.states import State
from applications.unmet import Refused, Stale
from documents import scanned
from documents.models import StoredFile
from documents.uploads import stored_on_disk
from journal.models import OutboxRow
from tests import cast
from tests.applications import making, quick_prints, signing, stored

pytestmark = pytest.mark.django_db

Found = ScanPage.Found
LATER = cast.AT + timedelta(hours=1)
PAGES = {"commitment": 2, "screening_plan": 3}


@pytest.fixture
def dossier() -> Dossier:
    return making.draft()


def current(dossier: Dossier, slot: str) -> Paper | None:
    return dossier.papers.filter(slot=slot, replaced_at__isnull=True).first()


def asked(scan: Scan) -> dict[int, str]:
    """What the page proposes for each page that waits."""
    shown = result.of(scan, choices={}, at=LATER)
    return {page.number: next(c.value for c in page.choices if c.is_chosen) for page in shown.asked}


def confirm(scan: Scan, choices: dict[int, str]) -> confirming.Confirmed:
    fresh = Scan.objects.select_related("dossier", "whole").get(pk=scan.pk)
    by = making.owner_of(fresh.dossier)
    stamp = confirming.stamp_of(fresh)
    return confirming.confirm(scan=fresh, choices=choices, stamp=stamp, by=by, at=LATER)


def test_whole_papers_are_filed_and_a_missing_page_is_named(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    codes = [quick_prints.code_of(pack, "screening_plan", page) for page in (3, 1)]
    scan = signing.read(
        dossier, quick_prints.scan_of([*codes, *quick_prints.pages_of(pack, "commitment")], turn=180)
    )
    assert scan.state == Scan.State.READY
    assert current(dossier, "commitment").pages == 2
    assert current(dossier, "screening_plan") is None
    shown = result.of(scan, choices={}, at=LATER)
    assert [short.line for short in shown.short] == ["Thiếu trang 2 của “Kế hoạch xét nghiệm”"]


def test_the_missing_page_sent_later_completes_the_paper(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    codes = quick_prints.pages_of(pack, "screening_plan")
    scan = signing.read(dossier, quick_prints.scan_of(codes[:2]))
    assert scan.state == Scan.State.READY
    again = signing.read(dossier, quick_prints.scan_of(codes[2:]), at=LATER)
    assert (again.pk, again.state) == (scan.pk, Scan.State.CLOSED)
    assert current(dossier, "screening_plan").pages == 3


def turns_in(file: StoredFile) -> list[int]:
    """How far each page of a stored PDF lies turned, by its code."""
    with stored_on_disk(file) as path:
        return [page.codes[0][1] for page in scanned.read(path, first=1, count=file.pages)]


def test_a_stack_laid_upside_down_lies_upright_when_its_missing_page_has_come(dossier: Dossier) -> None:
    pack, before = quick_prints.a_print(dossier, PAGES), stored.names()
    codes = quick_prints.pages_of(pack, "screening_plan")
    scan = signing.read(dossier, quick_prints.scan_of([codes[0], codes[2]], turn=180))
    signing.read(dossier, quick_prints.scan_of([codes[1]], turn=90), at=LATER)
    assert turns_in(current(dossier, "screening_plan").pdf) == [0, 0, 0]
    again = Scan.objects.select_related("whole").get(pk=scan.pk)
    assert (again.state, turns_in(again.whole)) == (Scan.State.CLOSED, [0, 0, 0])
    assert stored.nobodys(since=before) == set()


def test_what_its_sender_drops_while_it_is_read_is_not_filed(dossier: Dossier) -> None:
    pack, before = quick_prints.a_print(dossier, PAGES), stored.names()
    scan = signing.sent(dossier, quick_prints.scan_of(quick_prints.pages_of(pack, "commitment"), turn=180))
    joined = reading._joined(Scan.objects.get(pk=scan.pk), at=cast.AT)
    reading._read_some(joined)
    assert taking.drop(scan=scan, by=making.owner_of(dossier), at=cast.AT)
    placing.settle(joined, at=LATER)
    assert not dossier.papers.exists()
    assert Scan.objects.get(pk=scan.pk).state == Scan.State.DROPPED
    assert stored.nobodys(since=before) == set()


def test_the_originals_of_a_filed_paper_outlive_more_pages_that_cannot_be_read(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    scan = signing.read(dossier, quick_prints.scan_of([*quick_prints.pages_of(pack, "commitment"), ""]))
    Scan.objects.filter(pk=scan.pk).update(state=Scan.State.FAILED, closed_at=LATER)
    sweeping.sweep(at=LATER + sweeping.KEPT_GIVEN_UP + timedelta(hours=1))
    assert scan.files.get().file.withdrawn_at is None


def test_an_open_scan_ends_when_a_paper_of_it_is_withdrawn_and_says_so(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    scan = signing.read(dossier, quick_prints.scan_of([*quick_prints.pages_of(pack, "commitment"), ""]))
    seen, stamp = Scan.objects.select_related("dossier", "whole").get(pk=scan.pk), confirming.stamp_of(scan)
    retracting.retract(paper=current(dossier, "commitment"), by=making.owner_of(dossier), at=LATER)
    assert sweeping.sweep(at=LATER) == 1
    signing.work(LATER)
    after = Scan.objects.get(pk=scan.pk)
    assert (after.state, after.closed_at) == (Scan.State.CLOSED, LATER)
    with pytest.raises(Stale):
        confirming.confirm(
            scan=seen, choices={3: "investment_certificate"}, stamp=stamp, by=making.owner_of(dossier), at=LATER
        )  # fmt: skip
    client = cast.signed_in(making.owner_of(dossier))
    here = reverse("dossiers:scan_file", args=[dossier.reference])
    page = client.post(here, {"stamp": stamp, "page-3": "investment_certificate"}, follow=True)
    assert "Bản quét này đã kết thúc" in page.content.decode()
    assert sweeping.sweep(at=LATER) == 0


def test_a_scan_that_cannot_be_cut_up_is_answered_in_words(dossier: Dossier) -> None:
    scan = signing.read(dossier, quick_prints.scan_of([""]))
    scan.whole.content.storage.delete(scan.whole.content.name)
    with pytest.raises(Refused) as refused:
        confirm(scan, {1: "investment_certificate"})
    assert "Chưa cắt được" in refused.value.unmet[0].detail


def test_a_killed_worker_and_a_doubled_event_leave_one_filing(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    scan = signing.sent(dossier, quick_prints.scan_of(quick_prints.pages_of(pack, "commitment")))
    joined = reading._joined(Scan.objects.get(pk=scan.pk), at=cast.AT)
    reading._read_some(joined)  # killed here: pages are read, nothing is filed
    reading.read_on(str(scan.pk), at=cast.AT)
    reading.read_on(str(scan.pk), at=cast.AT)
    OutboxRow.objects.filter(event="scan.sent").update(done_at=None, claimed_until=None)
    signing.work(LATER)
    assert dossier.papers.filter(slot="commitment").count() == 1
    assert Scan.objects.get(pk=scan.pk).state == Scan.State.CLOSED


def test_two_workers_that_settle_at_once_file_once(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    scan = signing.sent(dossier, quick_prints.scan_of(quick_prints.pages_of(pack, "commitment")))
    joined = reading._joined(Scan.objects.get(pk=scan.pk), at=cast.AT)
    reading._read_some(joined)
    placing.settle(joined, at=cast.AT)
    with pytest.raises(placing.Elsewhere):
        placing.file_pages(joined, {"commitment": [1, 2]}, by=making.owner_of(dossier), at=cast.AT)
    assert dossier.papers.filter(slot="commitment").count() == 1


def test_old_foreign_and_double_sheets_are_asked_about(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES, version=2)
    old = quick_prints.a_print(dossier, PAGES, code="OLDPRINT", stands=False)
    other = making.draft(cast.make_site(cast.make_other_enterprise(), name="Cơ sở khác"))
    foreign = quick_prints.a_print(other, PAGES, code="FRGNPACK")
    first, second = quick_prints.pages_of(pack, "commitment")
    codes = [
        first, first, second, quick_prints.code_of(old, "screening_plan", 1),
        quick_prints.code_of(foreign, "commitment", 1),
    ]  # fmt: skip
    scan = signing.read(dossier, quick_prints.scan_of(codes))
    found = list(scan.sheets.order_by("number").values_list("found", flat=True))
    assert found == [Found.DOUBLE, Found.DOUBLE, Found.CODED, Found.OLD, Found.FOREIGN]
    assert not dossier.papers.exists()
    shown = {page.number: page.why for page in result.of(scan, choices={}, at=LATER).asked}
    assert "bản in lúc" in shown[4]
    assert "đã đổi từ đó" in shown[4]
    assert "hồ sơ khác" in shown[5]
    with pytest.raises(Refused):
        confirm(scan, {1: "commitment:1", 2: "commitment:1"})
    confirm(scan, {1: "commitment:1", 2: "out", 4: "out", 5: "out"})
    assert current(dossier, "commitment").pages == 2
    assert Scan.objects.get(pk=scan.pk).state == Scan.State.CLOSED


def test_pages_behind_a_separator_are_proposed_and_filed_only_when_confirmed(dossier: Dossier) -> None:
    pack = quick_prints.separators(dossier, "investment_certificate")
    sheet = quick_prints.code_of(pack, "investment_certificate", 0)
    scan = signing.read(dossier, quick_prints.scan_of([sheet, "", "", "blank"]))
    assert asked(scan) == {2: "investment_certificate", 3: "investment_certificate"}
    assert not dossier.papers.exists()
    confirm(scan, asked(scan))
    assert current(dossier, "investment_certificate").pages == 2


def test_a_file_is_guessed_by_its_name(dossier: Dossier) -> None:
    scan = signing.read(dossier, quick_prints.scan_of([""]), name="Giấy chứng nhận ĐKĐT.pdf")
    assert asked(scan) == {1: "investment_certificate"}
    assert scan.sheets.get().found == Found.NAMED


def test_while_a_scan_is_read_a_second_person_is_told_who_sent_it(dossier: Dossier) -> None:
    cast.make_colleague()
    signing.sent(dossier, quick_prints.scan_of([""]))
    upload = SimpleUploadedFile("b.pdf", quick_prints.scan_of(["blank"]), "application/pdf")
    with pytest.raises(Refused) as refused:
        taking.take(dossier=dossier, sent=[upload], by=cast.make_colleague(), at=LATER)
    words = refused.value.unmet[0].detail
    assert making.owner_of(dossier).full_name in words
    assert dossier.scans.count() == 1


def test_choices_of_an_old_page_are_stale(dossier: Dossier) -> None:
    scan = signing.read(dossier, quick_prints.scan_of(["", ""]))
    stamp = confirming.stamp_of(scan)
    confirm(scan, {1: "out"})
    with pytest.raises(Stale):
        confirming.confirm(
            scan=Scan.objects.select_related("dossier", "whole").get(pk=scan.pk), choices={2: "commitment"},
            stamp=stamp, by=making.owner_of(dossier), at=LATER,
        )  # fmt: skip
    assert not dossier.papers.exists()


@pytest.mark.parametrize("place", ["²", "9" * 5000, "0", "3", "x", "1\0"])
def test_a_place_that_no_paper_has_is_asked_again(dossier: Dossier, place: str) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    scan = signing.read(dossier, quick_prints.scan_of([quick_prints.code_of(pack, "commitment", 1), "", ""]))
    with pytest.raises(Refused):
        confirm(scan, {2: f"commitment:{place}"})


def test_a_strangers_code_may_hold_what_no_column_takes(dossier: Dossier) -> None:
    scan = signing.sent(dossier, quick_prints.scan_of([""]))
    seen = scanned.PageRead(1, (("WIFI\0\ud800", 0),), "Bà\0Tiên", is_blank=False)
    reading._keep(scan, [seen], [(1, 1)])
    row = scan.sheets.get()
    assert (row.codes, row.words) == (["WIFI??"], "Bà?Tiên")


def test_a_worker_list_is_no_paper_that_pages_become(dossier: Dossier) -> None:
    scan = signing.read(dossier, quick_prints.scan_of([""]))
    with pytest.raises(Refused):
        confirm(scan, {1: "worker_list"})
    assert not dossier.papers.exists()


def test_a_picture_of_a_scan_is_not_kept_for_the_next_one(dossier: Dossier) -> None:
    signing.read(dossier, quick_prints.scan_of([""]))
    client = cast.signed_in(making.owner_of(dossier))
    answer = client.get(reverse("dossiers:scan_page", args=[dossier.reference, 1]))
    assert answer["Content-Type"] == "image/png"
    assert "no-store" in answer["Cache-Control"]


def test_a_dossier_handed_in_meanwhile_takes_no_page(dossier: Dossier) -> None:
    making.fill(dossier)
    pack = quick_prints.a_print(making.fresh(dossier), PAGES)
    scan = signing.sent(dossier, quick_prints.scan_of(quick_prints.pages_of(pack, "commitment")))
    filing.submit(dossier=making.fresh(dossier), by=making.owner_of(dossier), at=cast.AT, declared=True)
    reading.read_on(str(scan.pk), at=LATER)
    after = Scan.objects.get(pk=scan.pk)
    assert (after.state, after.trouble) == (Scan.State.READY, "moved")
    assert dossier.papers.get(slot="commitment", replaced_at__isnull=True).version == 1


def test_a_bad_file_is_refused_in_words_and_the_good_one_read(dossier: Dossier) -> None:
    good = SimpleUploadedFile("a.pdf", quick_prints.scan_of([""]), "application/pdf")
    bad = SimpleUploadedFile("b.pdf", b"MZ nothing good", "application/pdf")
    taken = taking.take(dossier=dossier, sent=[good, bad], by=making.owner_of(dossier), at=cast.AT)
    assert taken.scan is not None
    assert len(taken.refused) == 1
    assert "chương trình" in str(taken.refused[0].message)


def test_old_scans_are_given_up_and_their_bytes_go(dossier: Dossier) -> None:
    scan = signing.read(dossier, quick_prints.scan_of([""]))
    late = LATER + sweeping.KEPT_OPEN
    assert sweeping.sweep(at=late) == 1
    assert Scan.objects.get(pk=scan.pk).state == Scan.State.DROPPED
    assert sweeping.sweep(at=late + sweeping.KEPT_GIVEN_UP + timedelta(hours=1)) == 1
    assert scan.files.get().file.withdrawn_at is not None
    assert sweeping.sweep(at=late + timedelta(days=30)) == 0


def test_the_pages_of_print_and_scan_lead_from_one_to_the_other(dossier: Dossier) -> None:
    client = cast.signed_in(making.owner_of(dossier))
    scan = signing.read(dossier, quick_prints.scan_of(["", "blank"]))
    page = client.get(reverse("dossiers:scan", args=[dossier.reference]))
    assert "Không thấy mã trên trang này" in page.content.decode()
    answer = client.post(
        reverse("dossiers:scan_file", args=[dossier.reference]),
        {"stamp": confirming.stamp_of(Scan.objects.get(pk=scan.pk)), "page-1": "investment_certificate"},
    )
    assert answer.status_code == 302
    assert current(dossier, "investment_certificate").pages == 1
    after = client.get(reverse("dossiers:scan", args=[dossier.reference])).content.decode()
    assert "Đã xếp vào hồ sơ" in after
    assert "Giấy chứng nhận đầu tư" in after


@pytest.mark.parametrize("pages", [2, 30])
def test_the_result_takes_as_many_queries_for_two_pages_as_for_thirty(
    pages: int, dossier: Dossier, django_assert_max_num_queries: object
) -> None:
    scan = Scan.objects.create(
        dossier=dossier, state=Scan.State.READY, pages=pages, sent_at=cast.AT, sent_by=making.owner_of(dossier),
        touched_at=cast.AT,
    )  # fmt: skip
    ScanPage.objects.bulk_create(
        [ScanPage(scan=scan, number=number, file_position=1) for number in range(1, pages + 1)]
    )
    client = cast.signed_in(making.owner_of(dossier))
    path = reverse("dossiers:scan", args=[dossier.reference])
    client.get(path)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        client.get(path)


def test_officials_do_not_see_a_scan_of_a_handed_in_dossier() -> None:
    handed_in = making.make_dossier(State.SUBMITTED)
    client = cast.signed_in(cast.make_dolisa_officer())
    assert client.get(reverse("dossiers:scan", args=[handed_in.reference])).status_code == 403
