"""Files waiting in a slot."""

from django.conf import settings
from django.db import models

from applications.models.dossier import Dossier
from documents.models import StoredFile


class Upload(models.Model):
    """A checked file of a paper that is not complete yet: another of its files was refused.

    When the rest has come, all waiting files of the slot become its paper and these rows go.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="uploads")
    slot = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["dossier", "slot", "id"], name="upload_by_slot")]
