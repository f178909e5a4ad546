"""Files into a slot: each is checked, the good ones are kept, and when all are good they become the paper.

Checking, joining and hashing happen before any transaction opens.
"""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications import filing, later_papers, lifecycle
from applications.models import Dossier, Paper, RefusedList, Upload
from applications.unmet import NotAllowed, Stale
from documents import joining, storing
from documents.checking import MEDIA_TYPES, PAPERS, WORKBOOKS, Checked, Kind, check
from documents.checking import Refused as FileRefused
from documents.limits import ChildFailed
from documents.models import StoredFile
from documents.uploads import sent_on_disk, stored_on_disk
from journal.recording import record
from organisations.models import User
from workers import worker_list, worker_list_faults

MOST_FILES = 300
MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Refusal:
    """One file that was not taken, and the plain sentence why."""

    name: str
    message: str


@dataclass(frozen=True)
class Outcome:
    """What came of an upload: the new version, or what was refused while the good files wait."""

    paper: Paper | None = None
    refused: tuple[Refusal, ...] = ()
    people: worker_list.WorkerList | None = field(default=None, repr=False)


def take(*, dossier: Dossier, slot: str, sent: Sequence[UploadedFile], by: User, at: datetime) -> Outcome:
    """Takes the files of a paper. All good: they, after those that wait, become its next version."""
    _may_edit(dossier, slot, by=by, at=at)
    refused = []
    for upload in sent:
        try:
            _keep(dossier, slot, upload, by=by, at=at)
        except FileRefused as refusal:
            refused.append(Refusal(upload.name or "", refusal.message))
    if refused:
        return Outcome(refused=tuple(refused))
    return use_waiting(dossier=dossier, slot=slot, by=by, at=at)


def keep_one(*, dossier: Dossier, slot: str, upload: UploadedFile, by: User, at: datetime) -> None:
    """Keeps one file of several; it waits in the slot. Raises documents.checking.Refused."""
    _may_edit(dossier, slot, by=by, at=at)
    _keep(dossier, slot, upload, by=by, at=at)


def use_waiting(*, dossier: Dossier, slot: str, by: User, at: datetime) -> Outcome:
    """Makes the files that wait in a slot into its next version. Stale as `_file`."""
    _may_edit(dossier, slot, by=by, at=at)
    waiting = list(dossier.uploads.filter(slot=slot).select_related("file").order_by("pk"))
    if not waiting:
        return Outcome()
    if not _is_room([row.file.size for row in waiting]):
        return Outcome(refused=(Refusal(_("Tất cả các tệp"), _too_much()),))
    try:
        pdf = _joined(waiting, name=f"{slot}.pdf", by=by, at=at)
    except (ChildFailed, FileNotFoundError) as failed:
        if Upload.objects.filter(pk__in=[row.pk for row in waiting]).count() != len(waiting):
            raise Stale(Dossier.objects.get(pk=dossier.pk)) from failed  # one was taken out meanwhile
        return Outcome(refused=(Refusal(_("Tất cả các tệp"), _not_joined()),))
    with storing.or_gone([pdf]):
        return Outcome(paper=_file(dossier, slot, waiting, pdf, by=by, at=at))


@transaction.atomic
def _file(
    dossier: Dossier, slot: str, waiting: Sequence[Upload], pdf: StoredFile, *, by: User, at: datetime
) -> Paper:
    """Stale when one of the files has become a paper, or was taken out, since they were read."""
    held = lifecycle.held(dossier.pk)
    taken, _of_each = Upload.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    if taken != len(waiting):
        raise Stale(held)
    pdf.save()
    return filing.put_paper(
        dossier=dossier, slot=slot, pdf=pdf, originals=[row.file for row in waiting], pages=pdf.pages or 0,
        rows=None, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def drop_waiting(*, dossier: Dossier, slot: str, upload_id: int, by: User, at: datetime) -> bool:
    """Takes one waiting file of a slot out, its bytes with it; False when it is gone already."""
    _may_edit(dossier, slot, by=by, at=at)
    lifecycle.held(dossier.pk)
    row = dossier.uploads.filter(slot=slot, pk=upload_id).select_related("file").first()
    if row is None:
        return False
    row.delete()
    storing.withdraw(row.file, by=by, at=at)
    record("upload.dropped", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=["upload"])
    return True


def take_worker_list(*, dossier: Dossier, upload: UploadedFile, by: User, at: datetime) -> Outcome:
    """Reads the list; a list that reads whole becomes the paper, with its number of people.

    Of another its faults are kept until one reads.
    """
    _may_edit(dossier, "worker_list", by=by, at=at)
    name = upload.name or ""
    try:
        with sent_on_disk(upload) as path:
            checked = check(path, name=name, accept=WORKBOOKS)
            people = worker_list.read(path, name=name, on=plan.local_day(at))
            if not people.is_usable:
                _remember(dossier, people, by=by, at=at)
                return Outcome(people=people)
            file = _held(path, name, checked, by=by, at=at)
    except FileRefused as refusal:
        return Outcome(refused=(Refusal(name, refusal.message),))
    with storing.or_gone([file]), transaction.atomic():
        file.save()
        RefusedList.objects.filter(dossier=dossier).delete()
        paper = filing.put_paper(
            dossier=dossier, slot="worker_list", pdf=None, originals=[file], pages=0, rows=people.count, by=by, at=at
        )  # fmt: skip
    return Outcome(paper=paper, people=people)


def _remember(dossier: Dossier, people: worker_list.WorkerList, *, by: User, at: datetime) -> None:
    values = {"faults": worker_list_faults.to_keep(people), "at": at, "by": by}
    RefusedList.objects.update_or_create(dossier=dossier, defaults=values)


def hold_file(
    upload: UploadedFile, *, accept: frozenset[Kind] = PAPERS | WORKBOOKS, by: User, at: datetime
) -> StoredFile:
    """Checks one file; its bytes are in the store, its row is saved by the verb that gives it an owner.

    Around that verb stands documents.storing.or_gone. Raises documents.checking.Refused.
    """
    with sent_on_disk(upload) as path:
        checked = check(path, name=upload.name or "", accept=accept)
        return _held(path, upload.name or "", checked, by=by, at=at)


def hold_scan(sent: Sequence[UploadedFile], *, name: str, by: User, at: datetime) -> StoredFile:
    """The files of one signed paper as one PDF: a single PDF as it came, photographs and several joined.

    Its row is saved as that of `hold_file`. Raises documents.checking.Refused.
    """
    with ExitStack() as stack:
        files = [(upload.name or "", stack.enter_context(sent_on_disk(upload))) for upload in sent]
        checked = [check(path, name=called, accept=PAPERS) for called, path in files]
        if len(files) == 1 and checked[0].kind == Kind.PDF:
            called, path = files[0]
            return _held(path, called, checked[0], by=by, at=at)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="join-")))
        target, parts = folder / name, [path for _name, path in files]
        kinds = [each.kind for each in checked]
        try:
            joined = joining.to_pdf(list(zip(parts, kinds, strict=True)), target)
        except ChildFailed as failed:
            raise FileRefused("not_joined", _not_joined()) from failed
        media = MEDIA_TYPES[Kind.PDF]
        return storing.keep(target, name=name, media_type=media, pages=joined.pages, by=by, at=at)


def _keep(dossier: Dossier, slot: str, upload: UploadedFile, *, by: User, at: datetime) -> None:
    with sent_on_disk(upload) as path:
        checked = check(path, name=upload.name or "", accept=PAPERS)
        if dossier.uploads.filter(slot=slot, file__sha256=checked.sha256).exists():
            return  # Sent once more together with the file that was mended.
        sizes = dossier.uploads.filter(slot=slot).order_by("pk").values_list("file__size", flat=True)
        if not _is_room([*sizes, checked.size]):
            raise FileRefused("too_much", _too_much())
        file = _held(path, upload.name or "", checked, by=by, at=at)
    with storing.or_gone([file]), transaction.atomic():
        file.save()
        Upload.objects.create(dossier=dossier, slot=slot, file=file, kind=checked.kind, at=at, by=by)
        record("upload.kept", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[slot])


def _held(path: Path, name: str, checked: Checked, *, by: User, at: datetime) -> StoredFile:
    return storing.keep(
        path, name=name, media_type=MEDIA_TYPES[checked.kind], pages=checked.pages, by=by, at=at
    )


def _joined(waiting: Sequence[Upload], *, name: str, by: User, at: datetime) -> StoredFile:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="join-")))
        parts = [(stack.enter_context(stored_on_disk(row.file)), row.kind) for row in waiting]
        target = folder / name
        joined = joining.to_pdf(parts, target)
        return storing.keep(
            target, name=name, media_type=MEDIA_TYPES[Kind.PDF], pages=joined.pages, by=by, at=at
        )


def _is_room(sizes: Sequence[int]) -> bool:
    """Whether files of these sizes may become one paper."""
    return len(sizes) <= MOST_FILES and sum(sizes) <= MOST_BYTES


def _too_much() -> str:
    words = _(
        "Một giấy tờ tối đa %(files)s tệp và %(size)s MB. Bỏ bớt tệp, hoặc quét lại ở 200 dpi đen trắng."
    )
    return words % {"files": MOST_FILES, "size": MOST_BYTES // (1024 * 1024)}


def _not_joined() -> str:
    return _("Không ghép được các tệp này thành một PDF. In từng tệp ra PDF mới ở 200 dpi, rồi tải lên lại.")


def _may_edit(dossier: Dossier, slot: str, *, by: User, at: datetime) -> None:
    """Asked before the work of checking; the verb that files asks again."""
    if not later_papers.may_bring(dossier, slot, by=by, at=at):
        raise NotAllowed("edit")
    fresh = Dossier.objects.get(pk=dossier.pk)
    if fresh.state not in filing.EDITABLE and not later_papers.is_awaited(fresh, slot):
        raise Stale(fresh)
