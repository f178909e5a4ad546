"""Doorbells of applications."""

from celery import shared_task
from django.utils import timezone

from applications import apologies, reminding, telling_visits, warning
from applications.scanning import sweeping


@shared_task
def warn() -> int:
    """Tells of deadlines that are near or have passed, and of tomorrow's visits."""
    now = timezone.now()
    return warning.sweep(at=now) + telling_visits.sweep(at=now)


@shared_task
def apologise() -> int:
    """Prepares apologies a day before a date is missed, tells heads of those that nobody took up."""
    return apologies.sweep(at=timezone.now())


@shared_task
def sweep_scans() -> int:
    """Gives old scans up and takes their bytes away."""
    return sweeping.sweep(at=timezone.now())


@shared_task
def remind() -> int:
    """Reminds authors of drafts that lie still."""
    return reminding.sweep(at=timezone.now())
