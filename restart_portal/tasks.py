"""Doorbells of the roof."""

from celery import shared_task
from django.utils import timezone

from restart_portal import expiring


@shared_task
def expire() -> dict[str, int]:
    """Deletes what is kept no longer."""
    return expiring.expire(at=timezone.now())
