"""Doorbells of notices."""

from celery import shared_task
from django.utils import timezone

from notices import telling


@shared_task
def deliver() -> int:
    """Sends what waits for a channel."""
    return telling.deliver(now=timezone.now)
