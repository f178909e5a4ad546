"""Writing the journal: `record` says what happened, `announce` what others may answer.

Both are plain inserts in the verb's own transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from django.db import connection, transaction

from journal import tasks
from journal.models import AuditEvent, OutboxRow
from journal.request import request_id

log = structlog.get_logger(__name__)
MANY = 500


def record(
    verb: str,
    *,
    by: Any,
    at: datetime,
    kind: str,
    subject_id: object,
    fields: Sequence[str] = (),
    reason: str = "",
) -> None:
    """Writes one audit event; `by` is a user or None for the portal itself, `fields` names without values."""
    AuditEvent.objects.create(
        at=at,
        verb=verb,
        subject_kind=kind,
        subject_id=str(subject_id),
        actor_id=by.pk if by else None,
        actor_name=by.full_name[:150] if by else "",
        actor_post=by.post_title(on=at)[:200] if by else "",
        fields=sorted(fields),
        reason=reason[:300],
        request_id=request_id.get(),
    )


def announce(event: str, subject_id: object, *, at: datetime) -> None:
    """Writes one outbox row and rings the bell once the transaction has committed, once for all its rows."""
    OutboxRow.objects.create(event=event, subject_id=str(subject_id), at=at, request_id=request_id.get())
    if not any(ring in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(ring)


def record_many(verb: str, *, by: Any, at: datetime, kind: str, subject_ids: Sequence[object]) -> None:
    """One audit event for each of many subjects, as `record` writes one: for imports."""
    shared = {
        "at": at, "verb": verb, "subject_kind": kind, "actor_id": by.pk, "actor_name": by.full_name[:150],
        "actor_post": by.post_title(on=at)[:200], "request_id": request_id.get(),
    }  # fmt: skip
    rows = (AuditEvent(subject_id=str(key), **shared) for key in subject_ids)
    AuditEvent.objects.bulk_create(rows, batch_size=MANY)


def announce_many(event: str, subject_ids: Sequence[object], *, at: datetime) -> None:
    """One outbox row for each of many subjects, and one bell."""
    token = request_id.get()
    rows = (OutboxRow(event=event, subject_id=str(key), at=at, request_id=token) for key in subject_ids)
    OutboxRow.objects.bulk_create(rows, batch_size=MANY)
    if subject_ids and not any(ring in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(ring)


def ring() -> None:
    """Asks a worker to drain now. A broker that is down costs two seconds, never the effect: the sweep comes."""
    try:
        tasks.drain.apply_async(retry=False, ignore_result=True)
    except Exception as error:  # whatever a broker may raise, the row is already written
        log.warning("doorbell.lost", error=type(error).__name__)
