"""Doorbells of the journal."""

from celery import shared_task
from django.utils import timezone

from journal import outbox, sealing


@shared_task
def drain() -> int:
    """Answers what waits in the outbox."""
    return outbox.drain(now=timezone.now)


@shared_task
def seal() -> int:
    """Seals what is committed."""
    return sealing.seal(at=timezone.now())
