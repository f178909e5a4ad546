"""Reading a scan in the worker: join, read some pages, come again, then sort and file.

Every step finds out from the rows what is left, so a killed worker, a doubled event and the sweep agree.
"""

import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from applications.models import Scan, ScanFile, ScanPage
from applications.scanning import placing, wholes
from documents import joining, scanned
from documents.checking import MEDIA_TYPES, Kind
from documents.limits import ChildFailed
from documents.models import StoredFile
from documents.storing import keep
from documents.uploads import stored_on_disk
from journal.recording import announce

# One child reads this many; one call of the handler this many, so that its lease is long enough.
SLICE = 8
MOST_A_CALL = 48


def read_on(scan_id: str, *, at: datetime) -> None:
    """Reads what is unread of a scan, and sorts and files it once all is read. Handler of scan.sent."""
    scan = Scan.objects.get(pk=scan_id)
    if scan.state != Scan.State.READING:
        return
    try:
        scan = _joined(scan, at=at)
        if _read_some(scan):
            placing.settle(scan, at=at)
        else:
            announce("scan.sent", scan.pk, at=at)
    except ChildFailed as failure:
        placing.end(scan, Scan.State.FAILED, trouble=failure.reason, at=at)


def _joined(scan: Scan, *, at: datetime) -> Scan:
    """The scan with all its files as one PDF; two workers leave one."""
    if scan.pages is None:
        wholes.replaced(scan, _whole(scan, at=at), at=at)
    return Scan.objects.select_related("whole", "sent_by", "dossier__site__enterprise").get(pk=scan.pk)


def _whole(scan: Scan, *, at: datetime) -> StoredFile:
    """What was read before, upright as it is by now, and behind it the files that have come since."""
    before = scan.whole
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="scan-")))
        parts = [(stack.enter_context(stored_on_disk(before)), str(Kind.PDF))] if before else []
        for row in _since(scan, (before.pages or 0) if before else 0):
            parts.append((stack.enter_context(stored_on_disk(row.file)), row.kind))
        target = folder / "ban-quet.pdf"
        joined = joining.to_pdf(parts, target)
        return keep(
            target,
            name=target.name,
            media_type=MEDIA_TYPES[Kind.PDF],
            pages=joined.pages,
            by=scan.sent_by,
            at=at,
        )


def _since(scan: Scan, pages: int) -> list[ScanFile]:
    """The files behind the first so many pages, in their order."""
    fresh = {position for last, position in _borders(scan) if last > pages}
    return list(scan.files.filter(position__in=fresh).select_related("file").order_by("position", "pk"))


def _read_some(scan: Scan) -> bool:
    """Reads up to MOST_A_CALL pages; whether all pages have been read."""
    total, whole = scan.pages, scan.whole
    if whole is None or total is None:
        return False
    borders = _borders(scan)
    done = scan.sheets.count()
    last = min(total, done + MOST_A_CALL)
    with stored_on_disk(whole) as path:
        while done < last:
            count = min(SLICE, last - done)
            _keep(scan, scanned.read(path, first=done + 1, count=count), borders)
            done += count
    return done >= total


def _borders(scan: Scan) -> list[tuple[int, int]]:
    """(last page, position) of each file in the whole."""
    borders, last = [], 0
    for row in ScanFile.objects.filter(scan=scan).select_related("file").order_by("position", "pk"):
        last += row.file.pages or 1
        borders.append((last, row.position))
    return borders


def _shown(text: str) -> str:
    """What can be seen of a text: a stranger's code may hold bytes that no column takes, a NUL among them."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _keep(scan: Scan, pages: list[scanned.PageRead], borders: list[tuple[int, int]]) -> None:
    rows = [
        ScanPage(
            scan=scan,
            number=page.number,
            file_position=next((position for last, position in borders if page.number <= last), 1),
            turn=page.codes[0][1] if page.codes else 0,
            codes=[_shown(text) for text, _turn in page.codes],
            words=_shown(page.words),
            is_blank=page.is_blank,
        )
        for page in pages
    ]
    ScanPage.objects.bulk_create(rows, ignore_conflicts=True)
