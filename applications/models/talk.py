"""Files of messages, and opinions asked of other agencies."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.dossier import Dossier
from documents.models import StoredFile
from notices.models import ThreadEntry
from organisations.models import Agency


class EntryFile(models.Model):
    """A file sent with a message; served by the dossier's own view."""

    entry = models.ForeignKey(ThreadEntry, models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="one_file_a_position")]


class Opinion(models.Model):
    """What another agency was asked about a dossier, by when, and its answer."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="opinions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    question = models.CharField(max_length=2000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    agrees = models.BooleanField(null=True)
    answer = models.CharField(max_length=4000, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["agency", "answered_at", "due_at"], name="opinion_by_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "agency"], condition=Q(answered_at__isnull=True), name="one_open_opinion"
            )
        ]
