"""Doorbells of documents."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from documents import page_cache

KEPT = timedelta(days=1)


@shared_task
def forget_pictures() -> int:
    """Forgets drawn pages and previews of letters that are older than a day: they are drawn again when asked for."""
    return page_cache.sweep(before=timezone.now() - KEPT)
