"""From read pages to papers: sort them, turn them upright, file whole papers, leave the rest to a person."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

import plan
from applications import filing
from applications.models import Dossier, Paper, Scan, ScanPage, SigningPack
from applications.packing import printing
from applications.scanning import sorting
from applications.scanning.guessing import guess
from applications.scanning.wholes import replaced
from applications.slot_states import slots_of
from applications.unmet import NotAllowed, Stale
from documents import scanned
from documents.checking import MEDIA_TYPES, Kind
from documents.models import StoredFile
from documents.storing import keep, or_gone
from documents.uploads import stored_on_disk
from journal.recording import announce, record
from organisations.models import User

PDF = MEDIA_TYPES[Kind.PDF]


class Elsewhere(Exception):
    """The pages have a place already, or the scan is closed: another worker, or another person, was first."""


def sorted_pages(scan: Scan, *, at: datetime, rows: Iterable[ScanPage] | None = None) -> sorting.Sorted:
    """All pages of a scan (or `rows`, read before) by what was read from them and what this dossier printed."""
    dossier = scan.dossier
    rows = scan.sheets.order_by("number", "pk") if rows is None else rows
    names = dict(scan.files.order_by("position").values_list("position", "file__name"))
    slots = slots_of(dossier, at=at)
    seen = [
        sorting.Seen(
            row.number,
            row.file_position,
            tuple(row.codes),
            row.is_blank,
            ""
            if row.codes
            else guess(file_name=names.get(row.file_position, ""), words=row.words, slots=slots),
        )
        for row in rows
    ]
    return sorting.sort(seen, prints_of(dossier, at=at))


def prints_of(dossier: Dossier, *, at: datetime) -> dict[str, sorting.Print]:
    """This dossier's prints by their code, each with the papers whose text is still what was printed."""
    now = printing.text_digests(dossier, on=plan.local_day(at))
    found = {}
    for pack in SigningPack.objects.filter(dossier=dossier, rendered_at__isnull=False).order_by("pk"):
        rows = printing.printed_in(pack)
        separates = pack.kind == SigningPack.Kind.SEPARATORS
        standing = {slot for slot, row in rows.items() if separates or now.get(slot) == row.digest}
        pages = {slot: row.pages for slot, row in rows.items()}
        found[pack.code] = sorting.Print(pack.pk, pack.version, pages, frozenset(standing), separates)
    return found


def settle(scan: Scan, *, at: datetime) -> None:
    """Files every whole paper and hands what is left to a person, or closes the scan if nothing is."""
    found = sorted_pages(scan, at=at)
    scan = _upright(scan, at=at)
    _note(scan, found)
    filed = set(scan.sheets.filter(paper__isnull=False).values_list("number", flat=True))
    whole = [stack for stack in found.stacks if stack.is_whole and not filed & set(stack.numbers)]
    trouble = ""
    try:
        file_pages(scan, {stack.slot: stack.numbers for stack in whole}, by=scan.sent_by, at=at)
    except Stale:
        trouble = "moved"
    except NotAllowed:
        trouble = "left"
    except Elsewhere:
        return  # a second worker files them, or nobody wants them any more
    state = Scan.State.READY if left(scan, found) or trouble else Scan.State.CLOSED
    end(scan, state, trouble=trouble, at=at)


@transaction.atomic
def end(scan: Scan, state: Scan.State, *, trouble: str, at: datetime) -> None:
    """The end of the reading; who sent it is told. A second worker that comes to it changes nothing."""
    closed = None if state == Scan.State.READY else at
    won = Scan.objects.filter(pk=scan.pk, state=Scan.State.READING).update(
        state=state, trouble=trouble, touched_at=at, closed_at=closed
    )
    if won:
        announce("scan.read", scan.pk, at=at)


def left(scan: Scan, found: sorting.Sorted) -> list[int]:
    """Pages that still want a decision."""
    decided = {
        row.number for row in scan.sheets.order_by("number") if row.paper_id is not None or row.left_out_at
    }
    return [page.number for page in found.pages if page.number not in decided and not page.is_set_aside]


def _note(scan: Scan, found: sorting.Sorted) -> None:
    """Keeps what each page was taken for, those apart that have a paper."""
    rows = {row.number: row for row in scan.sheets.filter(paper__isnull=True)}
    changed = []
    for placed in found.pages:
        if (row := rows.get(placed.number)) is not None:
            row.found, row.slot, row.page, row.pack_id = placed.found, placed.slot, placed.page, placed.pack
            changed.append(row)
    ScanPage.objects.bulk_update(changed, ["found", "slot", "page", "pack"], batch_size=200)


def _upright(scan: Scan, *, at: datetime) -> Scan:
    """The whole with every page turned upright, so that pictures and papers need no turning any more."""
    rows = list(scan.sheets.order_by("number", "pk"))
    turns = {row.number: row.turn for row in rows}
    common = {row.turn for row in rows if row.codes}
    if len(common) == 1:  # a stack laid upside down: pages without a code lie as the others do
        turns = dict.fromkeys(turns, common.pop())
    if not any(turns.values()) or scan.whole is None:
        return scan
    old = scan.whole
    with tempfile.TemporaryDirectory(prefix="scan-") as folder, stored_on_disk(old) as path:
        target = Path(folder) / old.name
        scanned.cut_out(path, [(target, sorted(turns.items()))])
        file = keep(target, name=old.name, media_type=PDF, pages=old.pages, by=scan.sent_by, at=at)
    replaced(scan, file, at=at, is_upright=True)
    return Scan.objects.select_related("whole", "sent_by", "dossier__site__enterprise").get(pk=scan.pk)


def file_pages(
    scan: Scan, papers: Mapping[str, Sequence[int]], *, by: User, at: datetime
) -> dict[str, Paper]:
    """Cuts each paper out of the scan and files it. Raises Elsewhere, Stale or NotAllowed; then files no more."""
    if not papers or scan.whole is None:
        return {}
    done: dict[str, Paper] = {}
    with tempfile.TemporaryDirectory(prefix="scan-") as folder, stored_on_disk(scan.whole) as path:
        targets = {slot: Path(folder) / f"{slot}.pdf" for slot in papers}
        jobs = [(targets[slot], [(number, 0) for number in numbers]) for slot, numbers in papers.items()]
        scanned.cut_out(path, jobs)
        for slot, numbers in papers.items():
            file = keep(targets[slot], name=f"{slot}.pdf", media_type=PDF, pages=len(numbers), by=by, at=at)
            with or_gone([file]):
                done[slot] = _filed(scan, slot, numbers, file, by=by, at=at)
    return done


@transaction.atomic
def _filed(
    scan: Scan, slot: str, numbers: Sequence[int], file: StoredFile, *, by: User, at: datetime
) -> Paper:
    """One paper in one transaction; its pages are taken by compare-and-swap, so a doubled task files nothing."""
    if Scan.objects.select_for_update().filter(pk=scan.pk, state__in=Scan.OPEN).first() is None:
        raise Elsewhere  # its sender has dropped it meanwhile
    dossier = scan.dossier
    file.save()
    paper = filing.put_paper(
        dossier=dossier, slot=slot, pdf=file, originals=[file], pages=len(numbers), rows=None, by=by, at=at
    )
    taken = scan.sheets.filter(number__in=numbers, paper__isnull=True).update(
        paper=paper, slot=slot, left_out_at=None
    )
    if taken != len(numbers):
        raise Elsewhere
    record("scan.filed", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[slot])
    return paper
