"""Prints of the papers to sign, and of the sheets that part papers from outside."""

from django.conf import settings
from django.db import models

from applications.models.dossier import Dossier
from documents.models import StoredFile


class SigningPack(models.Model):
    """One print. Its code stands on every page of it, so that a scan finds its way back.

    `printed` says per paper what went on it: slot, letter, title, pages, digest of the text. A paper whose text
    has changed since is recognised by its digest. The PDF comes from a worker.
    """

    class Kind(models.TextChoices):
        PAPERS = "papers"
        SEPARATORS = "separators"

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="packs")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PAPERS)
    version = models.PositiveIntegerField()
    code = models.CharField(max_length=8, unique=True)
    text_digest = models.CharField(max_length=64)
    printed = models.JSONField(default=list)
    pages = models.PositiveIntegerField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rendered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind", "version"], name="one_print_a_version")
        ]
