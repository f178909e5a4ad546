"""Old scans: given up when nobody comes back, their bytes taken away when nothing needs them any more."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from applications.models import Scan, ScanPage
from documents import storing
from documents.models import StoredFile

# Ours: how long pages that nobody placed are kept, and how long the bytes of a scan given up.
KEPT_OPEN = timedelta(days=14)
KEPT_GIVEN_UP = timedelta(days=7)
KEPT_READING = timedelta(days=1)
MOST = 200


def sweep(*, at: datetime) -> int:
    """Gives up, forgets, and follows withdrawn papers; how many scans were touched; a second run does nothing."""
    done = _give_up(at=at) + _fail(at=at) + _forget(at=at) + _follow(at=at)
    # What a page says was only read to guess its place; it may name people.
    ScanPage.objects.filter(words__gt="").exclude(scan__state__in=Scan.OPEN).update(words="")
    return done


def _give_up(*, at: datetime) -> int:
    """Open scans that nobody has touched: what was filed stays filed."""
    old = Scan.objects.filter(state=Scan.State.READY, touched_at__lt=at - KEPT_OPEN)
    done = 0
    for scan in old.order_by("pk")[:MOST]:
        filed = scan.sheets.filter(paper__isnull=False).exists()
        target = Scan.State.CLOSED if filed else Scan.State.DROPPED
        done += Scan.objects.filter(pk=scan.pk, state=Scan.State.READY).update(state=target, closed_at=at)
    return done


def _fail(*, at: datetime) -> int:
    """A scan that could not be read in a day never will be; its dossier is free for another."""
    stuck = Scan.objects.filter(state=Scan.State.READING, touched_at__lt=at - KEPT_READING)
    return stuck.update(state=Scan.State.FAILED, trouble="time", closed_at=at)


def _forget(*, at: datetime) -> int:
    """Scans given up lose all their bytes, closed ones the copy that was cut up; originals of filed papers stay."""
    rows = Scan.objects.exclude(state__in=Scan.OPEN).filter(
        forgotten_at__isnull=True, closed_at__lt=at - KEPT_GIVEN_UP
    )
    found = list(rows.select_related("whole").order_by("pk")[:MOST])
    for scan in found:
        given_up = scan.state in (Scan.State.DROPPED, Scan.State.FAILED)
        _take_away(scan, originals=given_up and not scan.sheets.filter(paper__isnull=False).exists(), at=at)
    return len(found)


def _follow(*, at: datetime) -> int:
    """A paper that was withdrawn lies in the scan's originals too: they go as well, and an open scan ends.

    One that is being read is followed once that is done.
    """
    withdrawn = ScanPage.objects.filter(paper__pdf__withdrawn_at__isnull=False).values("scan")
    rows = Scan.objects.filter(pk__in=withdrawn, files__file__withdrawn_at__isnull=True).distinct()
    found = list(rows.exclude(state=Scan.State.READING).order_by("pk").values_list("pk", flat=True)[:MOST])
    return sum(_follow_one(pk, at=at) for pk in found)


@transaction.atomic
def _follow_one(pk: UUID, *, at: datetime) -> bool:
    """False when more pages have come meanwhile."""
    scan = Scan.objects.select_for_update(of=("self",)).select_related("whole").get(pk=pk)
    if scan.state == Scan.State.READING:
        return False
    if scan.state == Scan.State.READY:
        Scan.objects.filter(pk=pk).update(state=Scan.State.CLOSED, closed_at=at, touched_at=at)
    _take_away(scan, originals=True, at=at)
    return True


@transaction.atomic
def _take_away(scan: Scan, *, originals: bool, at: datetime) -> None:
    files: list[StoredFile] = [scan.whole] if scan.whole is not None else []
    if originals:
        files += [row.file for row in scan.files.select_related("file").order_by("position", "pk")]
    for file in files:
        storing.withdraw(file, by=None, at=at)
    Scan.objects.filter(pk=scan.pk).update(forgotten_at=at)
