"""What officers keep for their own work: filters by name, texts to choose from, what was done to many at once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.querysets_desk import OfAgencies
from organisations.models import Agency


class SavedView(models.Model):
    """A filter of the queue by name: an officer's own, or everybody's at the agency. `query` holds codes only."""

    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    shared = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = OfAgencies.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="one_view_a_name")]

    def __str__(self) -> str:
        return self.name


class LibraryText(models.Model):
    """A reason or a condition that an agency words once and chooses often; in force from a day until a day."""

    class Kind(models.TextChoices):
        REASON = "reason", _("Lý do")
        CONDITION = "condition", _("Điều kiện")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    clause = models.CharField(max_length=40, default="", blank=True)
    text = models.CharField(max_length=500)
    to_do = models.CharField(max_length=500, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfAgencies.as_manager()

    class Meta:
        ordering = ["kind", "clause", "-uses", "pk"]
        indexes = [models.Index(fields=["agency", "kind", "clause"], name="library_by_agency")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="library_ends_later"
            )
        ]

    def __str__(self) -> str:
        return self.text


class BulkAct(models.Model):
    """One verb over many dossiers: what came of each. `items`: {"pk", "code", "site", "done", "words"}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=20)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    items = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = OfAgencies.as_manager()

    class Meta:
        ordering = ["-at", "pk"]
