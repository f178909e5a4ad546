"""Threads: writing an entry, marking read, counting what is unread. Who may is asked by the thread's owner."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from notices.models import Thread, ThreadEntry, ThreadReading
from organisations.models import User


@transaction.atomic
def write(
    key: str, *, text: str, side: str, sent_key: str, by: User, at: datetime
) -> tuple[ThreadEntry, bool]:
    """One entry; the same sending twice gives the first one and False. Who writes has read."""
    Thread.objects.bulk_create([Thread(key=key)], ignore_conflicts=True)
    thread = Thread.objects.get(key=key)
    entry, fresh = ThreadEntry.objects.get_or_create(
        thread=thread, by=by, sent_key=sent_key,
        defaults={"text": text.strip(), "side": side[:200], "at": at, "by_name": by.full_name},
    )  # fmt: skip
    _read(thread, by=by, at=at)
    return entry, fresh


def mark_read(key: str, *, by: User, at: datetime) -> None:
    """The person has the thread before their eyes."""
    thread = Thread.objects.filter(key=key).first()
    if thread is not None:
        _read(thread, by=by, at=at)


def _read(thread: Thread, *, by: User, at: datetime) -> None:
    """Moves the mark forward, never back."""
    reading, fresh = ThreadReading.objects.get_or_create(thread=thread, user=by, defaults={"read_at": at})
    if not fresh:
        ThreadReading.objects.filter(pk=reading.pk, read_at__lt=at).update(read_at=at)


def entries(key: str) -> list[ThreadEntry]:
    """What stands in a thread, the oldest first."""
    return list(ThreadEntry.objects.filter(thread__key=key).order_by("at", "pk"))


def readers(key: str) -> list[ThreadReading]:
    """Who has read it and up to when."""
    rows = ThreadReading.objects.filter(thread__key=key).select_related("user")
    return list(rows.order_by("-read_at", "pk"))


def unread(keys: Iterable[str], *, by: User) -> dict[str, int]:
    """How many entries of others came since the person read each thread; a second query only where there are any."""
    rows = ThreadEntry.objects.filter(thread__key__in=list(keys)).order_by()
    written = [row for row in rows.values_list("thread__key", "thread", "by", "at") if row[2] != by.pk]
    if not written:
        return {}
    readings = ThreadReading.objects.filter(user=by, thread__in={thread for _, thread, _, _ in written})
    read = dict(readings.order_by().values_list("thread", "read_at"))
    return Counter(key for key, thread, _, at in written if thread not in read or at > read[thread])
