"""A register on its way in: read and kept aside, then entered once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from documents import storing
from documents.checking import MEDIA_TYPES, WORKBOOKS, Kind, check
from documents.models import RegisterImport
from documents.register import reading
from documents.register.reading import Register
from documents.uploads import sent_on_disk
from journal.recording import record
from organisations import importing
from organisations.models import Agency, User


def take(*, upload: UploadedFile, agency: Agency, by: User, at: datetime) -> RegisterImport | Register:
    """Reads a workbook and keeps it aside; the Register itself, with its message, where it cannot be used.

    Raises documents.checking.Refused for a file that is unsafe or broken.
    """
    name = upload.name or ""
    with sent_on_disk(upload) as path:
        check(path, name=name, accept=WORKBOOKS)
        register = reading.read(path, name=name, agency=agency, at=at)
        if register.message:
            return register
        media_type = MEDIA_TYPES[Kind.XLSX]
        source = storing.keep(path, name=name, media_type=media_type, pages=None, by=by, at=at)
    with storing.or_gone([source]), transaction.atomic():
        source.save()
        statuses = importing.statuses(register.rows)
        kept = RegisterImport.objects.create(
            agency=agency, source=source, at=at, by=by, counts=counted(register, statuses.values()),
            rows=[row | {"status": statuses[row["row"]]} for row in register.rows], problems=_plain(register),
        )  # fmt: skip
        record("register.read", by=by, at=at, kind="register_import", subject_id=kept.pk)
    return kept


def counted(register: Register, statuses: Any) -> dict[str, int]:
    """The numbers of the preview: what was read is what is new, known and bad together."""
    kinds = Counter(statuses)
    firms = {row["tax_code"] for row in register.rows}
    return {
        "read": register.count, "enterprise": kinds["enterprise"], "site": kinds["site"], "known": kinds["known"],
        "bad": len(register.bad_rows), "firms": len(firms),
    }  # fmt: skip


def _plain(register: Register) -> list[dict[str, Any]]:
    """Problems as they are kept: place and sentence, never the value that was read."""
    return [
        {
            "row": each.row, "key": each.key, "where": each.where, "reason": each.reason, "fix": each.fix,
        }
        for each in register.problems
    ]  # fmt: skip


@transaction.atomic
def enter(*, kept: RegisterImport, by: User, at: datetime) -> importing.Entered | None:
    """Enters the good rows; None when it was done before. One transaction, however many rows."""
    won = RegisterImport.objects.filter(pk=kept.pk, done_at__isnull=True).update(done_at=at, done_by=by)
    if not won:
        return None
    rows: Sequence[dict[str, Any]] = kept.rows
    entered = importing.enter(rows=rows, agency=kept.agency, by=by, at=at)
    made = {"made": entered.enterprises, "sites": entered.sites, "invited": entered.invitations}
    kinds = Counter(entered.statuses.values())  # what was new in the preview may have come meanwhile
    kept.counts |= {name: kinds[name] for name in ("enterprise", "site", "known")} | made
    # What was read has become rows of the register; the list itself stays in the stored workbook.
    marks = [{"row": row, "status": status} for row, status in entered.statuses.items()]
    RegisterImport.objects.filter(pk=kept.pk).update(rows=marks, counts=kept.counts)
    record("register.entered", by=by, at=at, kind="register_import", subject_id=kept.pk)
    return entered
