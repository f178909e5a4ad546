"""Scans of a signed paper that wait beside answers that were still wrong: uploads in slots of officials' own.

The Office's are of a letter, the team's of a confirmation sheet. They go when one is kept, and with the case when it
leaves who signs.
"""

from datetime import datetime
from uuid import UUID

from applications.models import Dossier, Upload
from documents import storing
from documents.models import StoredFile
from organisations.models import User

SLOT, SHEET = "signature", "sheet"


def latest(*dossiers: Dossier, by: User, slot: str = SLOT) -> StoredFile | None:
    """The scan that this person sent, for one of the dossiers of a paper."""
    rows = Upload.objects.filter(dossier__in=dossiers, slot=slot, by=by).select_related("file")
    row = rows.order_by("pk").last()
    return row.file if row else None


def one(key: UUID, *, by: User) -> StoredFile | None:
    """The scan of a paper by its key, wherever it waits; None when another person sent it."""
    row = Upload.objects.filter(file=key, slot=SLOT, by=by).select_related("file").first()
    return row.file if row else None


def clear(
    dossier: Dossier,
    *,
    sent_by: User | None = None,
    keeping: StoredFile | None = None,
    by: User,
    at: datetime,
) -> None:
    """Every scan that waits goes, or this sender's, and its bytes but for the one that is kept."""
    rows = Upload.objects.filter(dossier=dossier, slot__in=[SLOT, SHEET]).select_related("file")
    for row in rows.filter(by=sent_by) if sent_by else rows:
        row.delete()
        if row.file != keeping:
            storing.withdraw(row.file, by=by, at=at)
