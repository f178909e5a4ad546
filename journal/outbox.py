"""Draining the outbox: claim by lease, run each handler once by its key, retry what failed.

The broker may lose or double a doorbell; the rows say what is still to be done.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from traceback import format_tb

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from journal.models import Effect, OutboxRow
from journal.request import request_id

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=40)  # less than three beats: whatever died, the third ring finds the row free
Handler = Callable[..., None]


def handlers_of(event: str) -> Sequence[str]:
    """Dotted names of the handlers of an event, from the one table named in settings."""
    table: Mapping[str, Sequence[str]] = import_string(settings.JOURNAL_EVENTS)
    return table[event]


def claim(*, at: datetime, leave: Collection[str] = ()) -> OutboxRow | None:
    """Takes the oldest row that is neither done nor leased, or None. Compare-and-swap, no lock."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    waiting = OutboxRow.objects.filter(free, done_at__isnull=True).exclude(event__in=leave)
    for row in waiting.order_by("pk")[:5]:
        won = OutboxRow.objects.filter(free, pk=row.pk, done_at__isnull=True).update(
            claimed_until=at + LEASE, attempts=F("attempts") + 1
        )
        if won:
            row.attempts += 1
            return row
    return None


def answer(row: OutboxRow, *, at: datetime) -> None:
    """Runs the handlers of a row that have not run yet and marks it done; a failure leaves it for later."""
    token = request_id.set(row.request_id)
    try:
        for name in handlers_of(row.event):
            key = f"{row.pk}:{name}"
            if not Effect.objects.filter(key=key).exists():
                import_string(name)(row.subject_id, at=at)
                _mark(key, at=at)
        OutboxRow.objects.filter(pk=row.pk).update(done_at=at, last_error="")
    except Exception as error:
        # The row stays; the lease is the pause before the next try, longer each time, at most ten minutes.
        pause = min(timedelta(seconds=5 * 2 ** min(row.attempts, 7)), timedelta(minutes=10))
        name = type(error).__name__  # its words may name people: a relay repeats the address that it refuses
        OutboxRow.objects.filter(pk=row.pk).update(claimed_until=at + pause, last_error=name[:300])
        log.error(
            "outbox.failed", outbox_event=row.event, row=row.pk, attempts=row.attempts, error=name,
            trace="".join(format_tb(error.__traceback__)),
        )  # fmt: skip
    finally:
        request_id.reset(token)


def _mark(key: str, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            Effect.objects.create(key=key, done_at=at)
    except IntegrityError:
        log.info("outbox.doubled", key=key)


def drain(*, now: Callable[[], datetime], most: int = 200, leave: Collection[str] = ()) -> int:
    """Answers rows until none is free; returns how many. Any number may run side by side.

    Events to `leave` stay for whoever drains next.
    """
    done = 0
    while done < most and (row := claim(at=now(), leave=leave)):
        answer(row, at=now())
        done += 1
    return done
