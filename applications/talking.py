"""Talk about a dossier: messages between the desk and the enterprise, notes among officials, files with messages."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications.actors import Actor, may_act, may_prepare
from applications.models import Dossier, EntryFile
from applications.sight import works_on
from applications.unmet import NotAllowed, Refused, Unmet
from documents.models import StoredFile
from journal.recording import announce, record
from notices import threads
from notices.models import ThreadEntry
from organisations.models import User

OURS = plan.NOT_IN_THE_PLAN
LONGEST = 4000


def messages_key(dossier: Dossier) -> str:
    """The thread with the enterprise."""
    return f"dossier:{dossier.pk}"


def notes_key(dossier: Dossier) -> str:
    """The notes that only officials read."""
    return f"notes:{dossier.pk}"


def may_read_messages(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Both sides, and officials who work on the dossier; a draft has no other side yet."""
    return dossier.code is not None and (
        may_prepare(dossier, by=by, at=at) or works_on(dossier, by=by, at=at)
    )


def may_write_messages(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """The enterprise's people and the receiving agency."""
    if dossier.code is None:
        return False
    return may_prepare(dossier, by=by, at=at) or may_act(Actor.RECEIVER, dossier, by=by, at=at)


def may_note(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Officials who work on the dossier, and never anybody of its enterprise, whatever post they hold."""
    # Asked of the person, whose enterprises are read once a request.
    if not by.posts_on(plan.local_day(at)) or dossier.site.enterprise_id in by.open_enterprises:
        return False
    return works_on(dossier, by=by, at=at)


def side_of(dossier: Dossier, *, by: User, at: datetime) -> str:
    """For whom a person speaks."""
    return by.post_title(on=at) or dossier.site.enterprise.name


@transaction.atomic
def send(
    *, dossier: Dossier, text: str, files: Iterable[StoredFile] = (), sent_key: str, by: User, at: datetime
) -> ThreadEntry:
    """A message to the other side; sent twice it is one. Its files are kept and not yet saved."""
    if not may_write_messages(dossier, by=by, at=at):
        raise NotAllowed("send")
    entry, fresh = _write(messages_key(dossier), dossier, text, sent_key, by=by, at=at)
    if fresh:
        files = list(files)
        for file in files:
            file.save()
        EntryFile.objects.bulk_create(
            EntryFile(entry=entry, dossier=dossier, position=position, file=file)
            for position, file in enumerate(files, start=1)
        )
        record("message.sent", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=["message"])
        announce("thread.written", entry.pk, at=at)
    return entry


@transaction.atomic
def note(*, dossier: Dossier, text: str, sent_key: str, by: User, at: datetime) -> ThreadEntry:
    """A note among officials; sent twice it is one."""
    if not may_note(dossier, by=by, at=at):
        raise NotAllowed("note")
    entry, fresh = _write(notes_key(dossier), dossier, text, sent_key, by=by, at=at)
    if fresh:
        record("note.written", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=["note"])
        announce("thread.written", entry.pk, at=at)
    return entry


def _write(
    key: str, dossier: Dossier, text: str, sent_key: str, *, by: User, at: datetime
) -> tuple[ThreadEntry, bool]:
    if not text.strip():
        raise Refused([Unmet("text", OURS, _("Chưa có nội dung. Viết điều cần nói."), "text")])
    side = side_of(dossier, by=by, at=at)
    return threads.write(key, text=text[:LONGEST], side=side, sent_key=sent_key, by=by, at=at)


def unread(dossier: Dossier, *, by: User, notes: bool) -> tuple[int, int]:
    """(messages, notes) that others wrote since the person read them: one query."""
    keys = [messages_key(dossier)] + ([notes_key(dossier)] if notes else [])
    counts = threads.unread(keys, by=by)
    return counts.get(messages_key(dossier), 0), counts.get(notes_key(dossier), 0)
