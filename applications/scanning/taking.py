"""A scan comes in: each file checked and kept as it came, one open scan a dossier, read by a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications import filing
from applications.actors import may_prepare
from applications.models import Dossier, Scan, ScanFile
from applications.unmet import NotAllowed, Refused, Stale, Unmet
from applications.uploading import MOST_BYTES, MOST_FILES, Refusal
from documents.checking import MEDIA_TYPES, PAPERS, Kind, check
from documents.checking import Refused as FileRefused
from documents.models import StoredFile
from documents.storing import keep, or_gone
from documents.uploads import sent_on_disk
from journal.recording import announce, record
from organisations.models import User
from pages.templatetags.ui import vn_time

CLAUSE = "III.1.3.3-m"
MOST_PAGES = 600


@dataclass(frozen=True)
class Taken:
    """What came of an upload: the scan, or none; and the files that were refused."""

    scan: Scan | None
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class _Good:
    file: StoredFile
    kind: Kind


def open_scan(dossier: Dossier) -> Scan | None:
    """The scan that is being read or waits for a person."""
    return dossier.scans.filter(state__in=Scan.OPEN).select_related("sent_by", "whole").first()


def take(*, dossier: Dossier, sent: Sequence[UploadedFile], by: User, at: datetime) -> Taken:
    """Takes the files of one scan, or more pages for the one that waits. Good files are not lost for a bad one.

    Raises Refused in plain words while a scan of this dossier is being read.
    """
    _may_send(dossier, by=by, at=at)
    kept: list[StoredFile] = []
    with or_gone(kept):
        good, refused = [], []
        for upload in sent:
            try:
                good.append(_checked(upload, kept, by=by, at=at))
            except FileRefused as refusal:
                refused.append(Refusal(upload.name or "", refusal.message))
        good, more = _within_limits(good)
        refused += more
        if not good:
            return Taken(None, tuple(refused))
        try:
            scan = _placed(dossier, good, by=by, at=at)
        except IntegrityError as error:
            raise Refused([_busy(dossier, by=by)]) from error
    return Taken(scan, tuple(refused))


def _may_send(dossier: Dossier, *, by: User, at: datetime) -> None:
    """Asked before the files are looked at, and again by the verb that files."""
    if not may_prepare(dossier, by=by, at=at):
        raise NotAllowed("scan")
    fresh = Dossier.objects.get(pk=dossier.pk)
    if fresh.state not in filing.EDITABLE:
        raise Stale(fresh)
    found = open_scan(dossier)
    if found is not None and found.state == Scan.State.READING:
        raise Refused([_busy(dossier, by=by)])


def _busy(dossier: Dossier, *, by: User) -> Unmet:
    found = open_scan(dossier)
    if found is None:
        words = _("Vừa có người tải bản quét khác lên cùng lúc. Tải lại trang rồi gửi lại.")
    elif found.sent_by_id == by.pk:
        words = _("Bản quét gửi lúc %(time)s đang được đọc. Chờ đọc xong rồi gửi thêm trang.")
    else:
        words = _(
            "%(who)s vừa gửi một bản quét lúc %(time)s, cổng đang đọc. Chờ đọc xong rồi gửi thêm trang."
        )
    values = {"who": found.sent_by.full_name, "time": vn_time(found.sent_at)} if found else {}
    return Unmet("open_scan", CLAUSE, words % values)


def _checked(upload: UploadedFile, kept: list[StoredFile], *, by: User, at: datetime) -> _Good:
    name = upload.name or ""
    with sent_on_disk(upload) as path:
        checked = check(path, name=name, accept=PAPERS)
        file = keep(path, name=name, media_type=MEDIA_TYPES[checked.kind], pages=checked.pages, by=by, at=at)
        kept.append(file)
        return _Good(file, checked.kind)


def _within_limits(good: list[_Good]) -> tuple[list[_Good], list[Refusal]]:
    """All files, or none with the reason: half a stack would only be asked about."""
    pages, size = sum(each.file.pages or 1 for each in good), sum(each.file.size for each in good)
    if len(good) <= MOST_FILES and pages <= MOST_PAGES and size <= MOST_BYTES:
        return good, []
    words = _("Một lần gửi tối đa %(files)s tệp, %(pages)s trang và %(size)s MB. Chia thành hai lần gửi.")
    values = {"files": MOST_FILES, "pages": MOST_PAGES, "size": MOST_BYTES // (1024 * 1024)}
    return [], [Refusal(_("Tất cả các tệp"), words % values)]


@transaction.atomic
def _placed(dossier: Dossier, good: Sequence[_Good], *, by: User, at: datetime) -> Scan:
    scan = _opened(dossier, by=by, at=at)
    first = scan.files.count() + 1
    for each in good:
        each.file.save()
    ScanFile.objects.bulk_create(
        [
            ScanFile(scan=scan, position=position, file=each.file, kind=each.kind)
            for position, each in enumerate(good, start=first)
        ]
    )
    record("scan.sent", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=["files"])
    announce("scan.sent", scan.pk, at=at)
    return scan


def _opened(dossier: Dossier, *, by: User, at: datetime) -> Scan:
    """A new scan, or the waiting one turned back to reading; Refused while another is being read.

    The whole stays: its pages lie upright by now, and what is new goes behind them.
    """
    found = Scan.objects.select_for_update(of=("self",)).filter(dossier=dossier, state__in=Scan.OPEN).first()
    if found is None:
        return Scan.objects.create(dossier=dossier, sent_at=at, sent_by=by, touched_at=at)
    won = Scan.objects.filter(pk=found.pk, state=Scan.State.READY).update(
        state=Scan.State.READING, pages=None, sent_by=by, sent_at=at, touched_at=at
    )
    if not won:
        raise Refused([_busy(dossier, by=by)])
    return Scan.objects.get(pk=found.pk)


@transaction.atomic
def drop(*, scan: Scan, by: User, at: datetime) -> bool:
    """Gives the open scan up: pages not filed by now go nowhere. False when it is closed already."""
    if not may_prepare(scan.dossier, by=by, at=at):
        raise NotAllowed("drop_scan")
    Scan.objects.select_for_update().get(pk=scan.pk)  # a paper that is being filed is waited for, and counts
    filed = scan.sheets.filter(paper__isnull=False).exists()
    target = Scan.State.CLOSED if filed else Scan.State.DROPPED
    won = Scan.objects.filter(pk=scan.pk, state__in=Scan.OPEN).update(
        state=target, closed_at=at, touched_at=at
    )
    if won:
        record("scan.dropped", by=by, at=at, kind="dossier", subject_id=scan.dossier_id)
    return bool(won)
