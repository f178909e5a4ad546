"""What lies in the store, and what of it belongs to nobody."""

from pathlib import Path

from django.core.files.storage import default_storage

from documents.models import StoredFile


def names() -> set[str]:
    """Every file in the store."""
    root = Path(default_storage.path(""))
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def nobodys(*, since: set[str]) -> set[str]:
    """Files that have come into the store since and are the bytes of no row that still has some."""
    rows = StoredFile.objects.filter(withdrawn_at__isnull=True)
    return names() - since - set(rows.values_list("content", flat=True))
