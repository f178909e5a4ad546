"""Papers of a dossier, in versions, each of one or more files."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models.dossier import Dossier
from documents.models import StoredFile


class Paper(models.Model):
    """One version of the paper in one slot. `pdf` joins its parts; the worker list keeps its workbook instead."""

    class Verdict(models.TextChoices):
        NONE = "", _("Chưa xem")
        IN_ORDER = "in_order", _("Đạt")
        RETURNED = "returned", _("Trả lại")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers")
    slot = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pages = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.NONE, blank=True)
    verdict_at = models.DateTimeField(null=True)
    verdict_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, default="", blank=True)
    fix = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        ordering = ["slot", "-version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "slot", "version"], name="one_paper_a_version"),
            models.UniqueConstraint(
                fields=["dossier", "slot"], condition=Q(replaced_at__isnull=True), name="one_current_paper"
            ),
        ]


class PaperPart(models.Model):
    """An uploaded original, kept as it came."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="one_part_a_position")]
