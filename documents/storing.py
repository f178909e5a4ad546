"""Putting bytes into the store. Hashing and writing happen before any transaction opens."""

import hashlib
import unicodedata
from datetime import datetime
from pathlib import Path

from django.core.files.base import File

from documents.models import StoredFile
from organisations.models import User

CHUNK = 1 << 20


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


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
