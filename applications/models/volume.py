"""The bound volume of a dossier, in versions, each of one or more books."""

from django.db import models

from applications.models.dossier import Dossier
from documents.models import StoredFile


class Volume(models.Model):
    """One version: its parts as they were bound, and the digest of the whole.

    `key` tells whether the dossier's papers are still those that were bound: binding twice makes one version.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="volumes")
    version = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    parts = models.JSONField()
    pages = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    token = models.CharField(max_length=16, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-version", "-pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "version"], name="one_volume_a_version")]


class VolumeBook(models.Model):
    """One file of a volume: Tập 1, Tập 2, …"""

    volume = models.ForeignKey(Volume, models.CASCADE, related_name="books")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    first_page = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["volume", "number"], name="one_book_a_number")]
