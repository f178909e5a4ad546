"""What came of a scan, as its page shows it: papers filed, papers not whole, pages that wait for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Scan, ScanPage, SigningPack
from applications.packing import sheets
from applications.scanning import placing, sorting, words
from applications.scanning.confirming import LATER, OUT, places_of, stamp_of

Found = ScanPage.Found


@dataclass(frozen=True)
class Filed:
    """A paper that the scan became."""

    slot: str
    title: str
    pages: int
    version: int


@dataclass(frozen=True)
class Short:
    """A paper of which pages are missing, and the scanned pages that it has."""

    line: str
    have: str


@dataclass(frozen=True)
class Choice:
    """One way for a page: the value posted, its words, whether it is proposed."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """A page that waits: why, and where it may go."""

    number: int
    found: str
    why: str
    tone: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Result:
    """Everything the result page says."""

    scan: Scan
    filed: tuple[Filed, ...]
    short: tuple[Short, ...]
    asked: tuple[Asked, ...]
    set_aside: str
    stamp: str


def of(scan: Scan, *, choices: Mapping[int, str], at: datetime) -> Result:
    """The result of a scan that has been read; a fixed number of queries, however many pages."""
    titles = words.titles_of(scan.dossier, at=at)
    rows = {row.number: row for row in scan.sheets.select_related("paper", "pack").order_by("number", "pk")}
    found = placing.sorted_pages(scan, at=at, rows=rows.values())
    names = dict(scan.files.order_by("position").values_list("position", "file__name"))
    packs = {pack.pk: pack for pack in SigningPack.objects.filter(dossier=scan.dossier).order_by("pk")}
    waiting = [page for page in found.pages if _waits(page, rows[page.number])]
    options = _options(scan, found, rows, titles)
    asked = [
        Asked(
            page.number,
            page.found,
            words.why(
                page,
                titles=titles,
                pack=packs.get(page.pack) if page.pack else None,
                file_name=names.get(rows[page.number].file_position, ""),
            ),
            "late" if page.found in (Found.FOREIGN, Found.OLD, Found.MIXED) else "wait",
            _chosen(options, choices.get(page.number, _proposal(page, options))),
        )
        for page in waiting
        if page.found != Found.CODED
    ]
    return Result(
        scan, _filed(rows, titles), _short(found, rows, titles), tuple(asked), _aside(found), stamp_of(scan)
    )


def _waits(page: sorting.Placed, row: ScanPage) -> bool:
    return row.paper_id is None and row.left_out_at is None and not page.is_set_aside


def _options(
    scan: Scan, found: sorting.Sorted, rows: Mapping[int, ScanPage], titles: words.Titles
) -> list[tuple[str, str]]:
    """(value, label) of every way, in the plan's order; papers filed from this scan are left out."""
    numbered = places_of(found)
    filed = {row.slot for row in rows.values() if row.paper_id is not None}
    ways: list[tuple[str, str]] = []
    for slot, title in titles.items():
        if slot in filed or slot == sheets.NEVER_SCANNED:
            continue
        if slot not in numbered:
            ways.append((slot, title))
            continue
        ways += [
            (f"{slot}:{page}", _("%(paper)s, trang %(page)s") % {"paper": title, "page": page})
            for page in range(1, numbered[slot] + 1)
        ]
    return [(LATER, _("Để sau")), (OUT, _("Bỏ trang này")), *ways]


def _proposal(page: sorting.Placed, options: Sequence[tuple[str, str]]) -> str:
    """The way that is chosen beforehand: a separator's, a guess, a gap; leaving out what is not ours; else none."""
    if page.found == Found.FOREIGN:
        return OUT
    if page.found not in (Found.BEHIND, Found.NAMED, Found.UNREAD) or not page.slot:
        return LATER
    value = f"{page.slot}:{page.page}" if page.page else page.slot
    return value if value in dict(options) else LATER


def _chosen(options: Sequence[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value == chosen) for value, label in options)


def _filed(rows: Mapping[int, ScanPage], titles: words.Titles) -> tuple[Filed, ...]:
    papers = {row.paper.pk: row.paper for row in rows.values() if row.paper is not None}
    order = list(titles)
    found = sorted(papers.values(), key=lambda paper: (order.index(paper.slot), paper.pk))
    return tuple(Filed(each.slot, titles[each.slot], each.pages, each.version) for each in found)


def _short(found: sorting.Sorted, rows: Mapping[int, ScanPage], titles: words.Titles) -> tuple[Short, ...]:
    return tuple(
        Short(
            words.missing_line(stack, titles=titles),
            ", ".join(str(rows[number].page or "") for number in stack.numbers),
        )
        for stack in found.stacks
        if stack.missing and any(rows[number].paper_id is None for number in stack.numbers)
    )


def _aside(found: sorting.Sorted) -> str:
    """How many sheets need nobody: covers, separators, empty backs."""
    counts = {
        _("tờ hướng dẫn"): Found.COVER,
        _("tờ ngăn cách"): Found.SEPARATOR,
        _("mặt giấy trắng"): Found.BLANK,
    }
    parts = [
        f"{sum(page.found == kind for page in found.pages)} {label}"
        for label, kind in counts.items()
        if any(page.found == kind for page in found.pages)
    ]
    return ", ".join(parts)
