"""Recalling a letter, and naming the one that takes its place: the check page says so from then on."""

from datetime import datetime

from documents.models import Letter
from journal.recording import announce, record
from organisations.models import User


def recall(letter: Letter, *, reason: str, by: User, at: datetime) -> bool:
    """Marks the letter as recalled, inside the caller's transaction; False when it was before."""
    won = Letter.objects.filter(pk=letter.pk, recalled_at__isnull=True).update(
        recalled_at=at, recalled_by=by, recall_reason=reason[:500]
    )
    if won:
        record("letter.recalled", by=by, at=at, kind="letter", subject_id=letter.pk, fields=["recalled_at"])
        announce("letter.recalled", letter.pk, at=at)
    return bool(won)


def replace(old: Letter, new: Letter) -> None:
    """The recalled letter points to the one that takes its place."""
    Letter.objects.filter(pk=old.pk, replaced_by__isnull=True).update(replaced_by=new)
