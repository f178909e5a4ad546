"""Scans as copiers make them: whatever comes, no page lands in a paper where it does not belong.

What each scanned sheet truly is, the copier of the tests knows; the portal only sees the picture.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from applications import drafting
from applications.models import Dossier, Paper, Scan, ScanPage
from applications.scanning import placing, reading, sorting, taking
from documents import page_codes, scanned
from documents.uploads import stored_on_disk
from tests import cast
from tests.applications import copier, making, signing
from tests.applications.copier import Sheet
from tests.counts import SOAK, count, note

pytestmark = pytest.mark.django_db

SCANS = count("scans of signed packs", quick=5, soak=300)
Found = ScanPage.Found


class Stacks:
    """Two dossiers that were printed, one of them twice: sheets that belong, and sheets that do not."""

    def __init__(self) -> None:
        self.dossier = making.draft()
        old = signing.printed(self.dossier)
        making.fill(self.dossier, signer_name="Trần Văn Ký", signer_title="Tổng giám đốc")
        self.dossier = making.fresh(self.dossier)
        self.pack = signing.printed(self.dossier)
        self.own = self._papers(signing.sheets_of(self.pack))
        self.cover = signing.sheets_of(self.pack)[0]
        self.old = [replace(each, slot="") for each in signing.sheets_of(old)[1:]]
        other = cast.make_site(cast.make_other_enterprise(), name="Cơ sở khác")
        self.foreign = [
            replace(each, slot="") for each in signing.sheets_of(signing.printed(making.draft(other)))[1:]
        ]

    @staticmethod
    def _papers(sheets: Sequence[Sheet]) -> dict[str, list[Sheet]]:
        papers: dict[str, list[Sheet]] = {}
        for each in sheets:
            if each.slot:
                papers.setdefault(each.slot, []).append(each)
        return {slot: pages for slot, pages in papers.items() if len(pages) <= 4}

    def stack(self, dice: random.Random) -> list[Sheet]:
        """Some papers, and what happens to a stack on its way: lost, doubled, foreign, old and empty sheets."""
        chosen = dice.sample(sorted(self.own), k=dice.randint(2, 3))
        sheets = [sheet for slot in chosen for sheet in self.own[slot]]
        if dice.random() < 0.35:
            sheets.pop(dice.randrange(len(sheets)))
        if dice.random() < 0.2:
            sheets.append(dice.choice(sheets))
        for chance, others in (
            (0.3, self.foreign),
            (0.2, self.old),
            (0.3, [self.cover]),
            (0.2, [copier.blank()]),
        ):
            if dice.random() < chance:
                sheets += dice.sample(others, k=min(len(others), dice.randint(1, 2)))
        if dice.random() < 0.7:
            dice.shuffle(sheets)
        return sheets


@pytest.fixture
def stacks(monkeypatch: pytest.MonkeyPatch) -> Stacks:
    """Whole prints under SOAK; in a quick run the first papers of each, since laying out thirty pages takes long."""
    whole = drafting.drafts
    if not SOAK:
        monkeypatch.setattr(drafting, "drafts", lambda dossier, *, on: whole(dossier, on=on)[:4])
    return Stacks()


def scanned_in(dossier: Dossier, sheets: Sequence[Sheet], dice: random.Random, *, torn: float = 0.0) -> Scan:
    """The sheets through the copier and through the portal, read and filed as far as it dares."""
    content = copier.scan(sheets, [copier.worn(dice, torn=torn) for _ in sheets], dice)
    scan = signing.sent(dossier, content)
    while Scan.objects.get(pk=scan.pk).state == Scan.State.READING:
        reading.read_on(str(scan.pk), at=cast.AT + timedelta(minutes=1))
    scan = Scan.objects.select_related("dossier", "whole").get(pk=scan.pk)
    # A reader on a machine that is too busy for its time is no judgement of what was read.
    assert scan.state != Scan.State.FAILED, f"the scan was not read to its end: {scan.trouble}"
    return scan


def wrong_in(scan: Scan, sheets: Sequence[Sheet]) -> list[str]:
    """What was filed and should not have been: another paper's sheet, another order, a page too few."""
    wrong = []
    for paper in Paper.objects.filter(pk__in=scan.sheets.filter(paper__isnull=False).values("paper")):
        numbers = scan.sheets.filter(paper=paper).values_list("number", flat=True)
        truly = sorted((sheets[number - 1].slot, sheets[number - 1].page) for number in numbers)
        if truly != [(paper.slot, page) for page in range(1, paper.pages + 1)]:
            wrong.append(f"{paper.slot}: {truly}")
        wrong += _in_the_file(paper)
    return wrong


def _in_the_file(paper: Paper) -> list[str]:
    """The pages of the filed PDF itself, read anew: upright, in order, none missing."""
    with stored_on_disk(paper.pdf) as path:
        pages = scanned.read(path, first=1, count=paper.pages + 1)
    wrong = []
    for number, page in enumerate(pages, start=1):
        codes = [(page_codes.read(text), turn) for text, turn in page.codes]
        if [(code.page, turn) for code, turn in codes if code] not in ([(number, 0)], []):
            wrong.append(f"{paper.slot}, page {number} of its file: {codes}")
    return wrong


@pytest.mark.parametrize("batch", range(max(1, SCANS // 100)))
def test_no_sheet_is_filed_where_it_does_not_belong(batch: int, stacks: Stacks) -> None:
    each = min(SCANS, 100)
    wrong, sheets_seen, unread, whole, filed = [], 0, 0, 0, 0
    for number in range(each):
        dice = random.Random(f"scan {batch} {number}")
        sheets = stacks.stack(dice)
        scan = scanned_in(stacks.dossier, sheets, dice, torn=0.04)
        wrong += [f"scan {batch}/{number}: {line}" for line in wrong_in(scan, sheets)]
        sheets_seen += len(sheets)
        unread += scan.sheets.filter(found=Found.UNREAD).count()
        whole += _whole_papers(stacks, sheets)
        filed += scan.sheets.filter(paper__isnull=False).values("paper").distinct().count()
        taking.drop(scan=scan, by=making.owner_of(stacks.dossier), at=cast.AT + timedelta(minutes=2))
    note(
        f"batch {batch}: {each} scans, {sheets_seen} sheets, {unread} unread, {filed} of {whole} whole papers filed, "
        f"{len(wrong)} wrong"
    )
    assert not wrong
    assert filed >= 0.7 * whole


def _whole_papers(stacks: Stacks, sheets: Sequence[Sheet]) -> int:
    """Papers of which every page lies in the stack once."""
    return sum(
        all(sheets.count(page) == 1 for page in pages) and pages[0] in sheets for pages in stacks.own.values()
    )


def test_a_stranger_is_asked_about_and_the_check_finds_one_that_was_guessed_in_silence(
    stacks: Stacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a portal that takes its own proposals for certain files a stranger's page."""
    pages = next(pages for pages in stacks.own.values() if len(pages) == 2)
    sheets = [pages[0], stacks.foreign[0]]
    content = copier.scan(sheets, [copier.Wear(), copier.Wear(is_torn=True)], random.Random(7))
    scan = signing.read(stacks.dossier, content)
    assert scan.state == Scan.State.READY
    assert not scan.sheets.filter(paper__isnull=False).exists()
    unread = scan.sheets.get(number=2)
    assert (unread.found, unread.slot, unread.page) == (Found.UNREAD, pages[0].slot, 2)
    taking.drop(scan=scan, by=making.owner_of(stacks.dossier), at=cast.AT + timedelta(minutes=2))
    honest = placing.sorted_pages

    def daring(scan: Scan, *, at: object) -> sorting.Sorted:
        found = honest(scan, at=at)
        placed = [replace(each, found=Found.CODED) if each.slot else each for each in found.pages]
        return sorting.Sorted(tuple(placed), tuple(sorting._stacks(placed)))

    monkeypatch.setattr(placing, "sorted_pages", daring)
    scan = signing.read(stacks.dossier, content)
    assert wrong_in(scan, sheets)
