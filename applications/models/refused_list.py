"""What was wrong with the last worker list that was not taken."""

from django.conf import settings
from django.db import models

from applications.models.dossier import Dossier


class RefusedList(models.Model):
    """Kept until a list reads. `faults` are places and codes (workers/worker_list_faults.py), no value of a cell."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="refused_list")
    faults = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
