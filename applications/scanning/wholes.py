"""The one PDF of a scan: joined from what was sent, put upright, replaced by one of two workers and never by both."""

from datetime import datetime

from django.db import transaction

from applications.models import Scan
from documents import storing
from documents.models import StoredFile


def replaced(scan: Scan, file: StoredFile, *, at: datetime, is_upright: bool = False) -> bool:
    """Puts a kept file where the whole stands that `scan` shows; False when that is gone or the scan was dropped.

    The bytes of the one before go. `is_upright`: the pages that have been read lie upright from now on.
    """
    with storing.or_gone([file]), transaction.atomic():
        file.save()
        rows = Scan.objects.filter(pk=scan.pk, state=Scan.State.READING, whole=scan.whole)
        won = rows.update(whole=file, pages=file.pages)
        if not won:
            transaction.set_rollback(True)
            return False
        if is_upright:
            scan.sheets.update(turn=0)
        if scan.whole is not None:
            storing.withdraw(scan.whole, by=None, at=at)
    return True
