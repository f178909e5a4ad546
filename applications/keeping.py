"""Keeping what is typed, as it is typed: answers as far as they are understood, the rest word for word.

Saves of one opening of a form count their turns, so that a late one changes nothing; a save of another opening
that has not seen the newest one is told so. A press of the button is the last word, whatever is still on its way.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from applications import filing
from applications.models import Dossier, Typing
from journal.models import AuditEvent
from journal.recording import record
from organisations.models import User

# The journal names a field once in this time, however often a pause in typing saves it.
TOLD_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Turn:
    """Which opening of a form saves, for which time, and the revision it was shown."""

    page: str = ""
    number: int = 0
    seen: int = 0


class Overtaken(Exception):
    """Another opening of the form was saved since this one was shown; `typing` is its row."""

    def __init__(self, typing: Typing) -> None:
        super().__init__(typing.form)
        self.typing = typing


def typing_of(dossier: Dossier, form: str) -> Typing:
    """What is half typed in a form; a row of its own only after the first save."""
    return Typing.objects.filter(dossier=dossier, form=form).first() or Typing(dossier=dossier, form=form)


@transaction.atomic
def keep(
    *, dossier: Dossier, form: str, turn: Turn, texts: Mapping[str, str], save: Callable[[], Any], by: User,
    at: datetime,
) -> bool:  # fmt: skip
    """One automatic save; False where a later one of the same opening came first. Raises Overtaken."""
    row = _row(dossier, form, by=by, at=at)
    later = Q(page=turn.page, turn__lt=turn.number)
    informed = ~Q(page=turn.page) & Q(revision=turn.seen)
    won = Typing.objects.filter(later | informed, pk=row.pk).update(
        page=turn.page, turn=turn.number, revision=F("revision") + 1, texts=dict(texts), saved_at=at, saved_by=by
    )  # fmt: skip
    if won:
        save()
        return True
    fresh = Typing.objects.select_related("saved_by").get(pk=row.pk)
    if fresh.page != turn.page:
        raise Overtaken(fresh)
    return False


@transaction.atomic
def settle(
    *, dossier: Dossier, form: str, turn: Turn, texts: Mapping[str, str], save: Callable[[], Any], by: User,
    at: datetime,
) -> None:  # fmt: skip
    """The save of a pressed button: what is still on its way from the same page comes too late."""
    row = _row(dossier, form, by=by, at=at)
    Typing.objects.filter(pk=row.pk).update(
        page=turn.page, turn=turn.number, revision=F("revision") + 1, texts=dict(texts), saved_at=at, saved_by=by
    )  # fmt: skip
    save()


def _row(dossier: Dossier, form: str, *, by: User, at: datetime) -> Typing:
    row, _made = Typing.objects.get_or_create(
        dossier=dossier, form=form, defaults={"saved_at": at, "saved_by": by}
    )
    return row


@transaction.atomic
def keep_answers(*, dossier: Dossier, answers: Mapping[str, Any], by: User, at: datetime) -> None:
    """Writes the answers that differ; the draft counts as touched even where only half a word is new."""
    if unknown := set(answers) - filing.ANSWERS:
        raise ValueError(f"not answers: {sorted(unknown)}")
    fresh = Dossier.objects.get(pk=dossier.pk)
    changed = {name: value for name, value in answers.items() if getattr(fresh, name) != value}
    filing.edit(dossier, by=by, at=at, **changed)
    tell_once(dossier, changed, by=by, at=at)


def tell_once(dossier: Dossier, fields: Iterable[str], *, by: User, at: datetime) -> None:
    """The journal's row for what an automatic save changed, without the fields it named a moment ago."""
    rows = AuditEvent.objects.filter(
        subject_kind="dossier", subject_id=str(dossier.pk), verb="dossier.answered", actor_id=by.pk,
        at__gt=at - TOLD_FOR,
    )  # fmt: skip
    told = {name for names in rows.values_list("fields", flat=True) for name in names}
    if new := sorted(set(fields) - told):
        record("dossier.answered", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=new)
