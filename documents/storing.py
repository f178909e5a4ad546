"""Putting bytes into the store. Hashing and writing happen before any transaction opens."""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.base import File

from documents import page_cache
from documents.digests import digest_of
from documents.models import StoredFile
from journal.models import AuditEvent
from journal.recording import announce, record
from organisations.models import User


def keep(
    path: Path, *, name: str, media_type: str, pages: int | None, by: User | None, at: datetime
) -> StoredFile:
    """Copies a checked file into the store and returns its row unsaved, for a verb that saves it with its owner.

    The name is kept for people, NFC, no folders.
    """
    clean = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    clean = "".join(c for c in clean if c.isprintable())[-200:] or "tep"
    row = StoredFile(
        name=clean,
        media_type=media_type,
        size=path.stat().st_size,
        sha256=digest_of(path),
        pages=pages,
        stored_at=at,
        stored_by=by,
    )
    with path.open("rb") as stream:
        row.content.save(f"{row.pk}{path.suffix.lower()[:6]}", File(stream), save=False)
    return row


def store(
    path: Path, *, name: str, media_type: str, pages: int | None, by: User | None, at: datetime
) -> StoredFile:
    """Copies a checked file into the store and saves its row."""
    row = keep(path, name=name, media_type=media_type, pages=pages, by=by, at=at)
    row.save()
    return row


@contextmanager
def or_gone(files: Sequence[StoredFile]) -> Iterator[None]:
    """Around the work that saves kept files with their owner: of those it has not saved, the bytes go at its end.

    Each row has bytes of its own in the store, so that nobody else's file goes with them.
    """
    try:
        yield
    finally:
        keys = [file.pk for file in files]
        saved = set(StoredFile.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
        for file in files:
            if file.pk not in saved:
                file.content.storage.delete(str(file.content.name))


def withdraw(file: StoredFile, *, reason: str = "", by: User | None, at: datetime) -> bool:
    """Takes the bytes away for good; name, digest and row stay. False when it was withdrawn before.

    The reason stands in the journal (300 characters), where `why_withdrawn` reads it.
    The bytes go in a worker, by an event of the caller's transaction: a crash in between leaves no file behind.
    """
    won = StoredFile.objects.filter(pk=file.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by=by
    )
    if won:
        record(
            "file.withdrawn", by=by, at=at, kind="file", subject_id=file.pk, fields=["content"], reason=reason
        )
        announce("file.withdrawn", file.pk, at=at)
    return bool(won)


def why_withdrawn(files: Sequence[StoredFile]) -> dict[UUID, str]:
    """The reason of each file that was withdrawn, empty where none was asked: one query, none where all are there."""
    gone = {str(file.pk): file.pk for file in files if file.withdrawn_at is not None}
    if not gone:
        return {}
    rows = AuditEvent.objects.filter(subject_kind="file", subject_id__in=gone, verb="file.withdrawn")
    return {gone[row.subject_id]: row.reason for row in rows}


def remove_bytes(file_id: str, *, at: datetime) -> None:
    """Deletes the bytes of a withdrawn file and the pictures drawn from them. Handler of file.withdrawn."""
    file = StoredFile.objects.get(pk=file_id)
    if file.withdrawn_at is None:
        return
    file.content.storage.delete(str(file.content.name))
    if not StoredFile.objects.filter(sha256=file.sha256, withdrawn_at__isnull=True).exists():
        page_cache.forget(file.sha256)
