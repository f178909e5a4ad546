"""Sealing: a keyed chain over committed audit events, and the check that finds every change.

Chaining inside the verb's transaction would serialise all writers; sealing follows each minute.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from journal import triggers
from journal.models import AuditEvent, Seal

START = "0" * 64
# A transaction that took its id earlier may commit later; rows younger than this wait for the next round.
SETTLE_SECONDS = 30
CHUNK = 500


def canonical(event: AuditEvent) -> bytes:
    """The bytes that a seal covers: every column, in a fixed order."""
    instant = event.at.timestamp()
    return json.dumps(
        [
            event.pk,
            f"{instant:.6f}",
            event.verb,
            event.subject_kind,
            event.subject_id,
            event.actor_id,
            event.actor_name,
            event.actor_post,
            event.fields,
            event.reason,
            event.request_id,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def mac_of(event: AuditEvent, *, position: int, previous: str) -> str:
    """HMAC-SHA-256 over position, previous seal and event."""
    key = settings.JOURNAL_KEY.encode()
    return hmac.new(key, f"{position}\n{previous}\n".encode() + canonical(event), hashlib.sha256).hexdigest()


@transaction.atomic
def seal(*, at: datetime, most: int = 5000) -> int:
    """Seals unsealed events in id order; returns how many. The unique position makes a double run fail whole."""
    head = Seal.objects.order_by("-position").first()
    position, previous = (head.position, head.mac) if head else (0, START)
    sealed = Seal.objects.filter(event_id=OuterRef("pk"))
    waiting = AuditEvent.objects.filter(~Exists(sealed)).order_by("pk")
    links = []
    for event in waiting[:most]:
        if (at - event.at).total_seconds() < SETTLE_SECONDS:
            continue
        position += 1
        previous_mac, previous = previous, mac_of(event, position=position, previous=previous)
        links.append(Seal(position=position, event_id=event.pk, mac=previous, previous=previous_mac))
    Seal.objects.bulk_create(links)
    return len(links)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with the journal."""

    position: int
    text: str


def verify(*, head: str = "") -> list[Finding]:
    """Checks rows, links, positions, counts and triggers; `head` is a seal that an outsider holds."""
    findings = [Finding(0, f"trigger {name} is missing") for name in sorted(_missing_triggers())]
    previous, expected, known = START, 0, not head or head == START
    for link, event in _chain():
        expected += 1
        if link.position != expected:
            findings.append(Finding(link.position, f"position {expected} is missing"))
            expected = link.position
        if link.previous != previous:
            findings.append(Finding(link.position, "does not follow the seal before it"))
        if event is None:
            findings.append(Finding(link.position, f"event {link.event_id} is gone"))
        elif not hmac.compare_digest(link.mac, mac_of(event, position=link.position, previous=link.previous)):
            findings.append(Finding(link.position, f"event {link.event_id} was changed"))
        previous = link.mac
        known = known or previous == head
    if not known:
        findings.append(Finding(expected, "the seal that the outsider holds is not in the chain"))
    return findings


def _chain() -> Iterator[tuple[Seal, AuditEvent | None]]:
    """Every seal in order with its event, some hundred at a time: the journal outgrows memory."""
    last = -1
    while links := list(Seal.objects.filter(position__gt=last).order_by("position")[:CHUNK]):
        events = AuditEvent.objects.in_bulk([link.event_id for link in links])
        for link in links:
            yield link, events.get(link.event_id)
        last = links[-1].position


def unsealed() -> int:
    """How many events wait for their seal."""
    return AuditEvent.objects.count() - Seal.objects.count()


def last_seal() -> tuple[int, str]:
    """Position and mac of the newest seal; (0, zeros) before the first."""
    position = Seal.objects.aggregate(last=Max("position"))["last"] or 0
    return position, Seal.objects.get(pk=position).mac if position else START


def _missing_triggers() -> set[str]:
    return triggers.names(connection.vendor) - triggers.existing(connection)
