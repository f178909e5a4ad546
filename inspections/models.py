"""Visits to a site and what was found."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Dossier, Sheet
from inspections.querysets import VisitQuerySet
from organisations.models import Site, Team


class Visit(models.Model):
    """One visit of a team. The initial visit of a dossier ends in a signed confirmation sheet."""

    class Kind(models.TextChoices):
        INITIAL = "initial", _("Lần đầu")
        REINSPECTION = "reinspection", _("Kiểm tra lại")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    planned_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    firm_person = models.CharField(max_length=150, default="", blank=True)
    remarks = models.TextField(default="", blank=True)
    guidance = models.TextField(default="", blank=True)
    verdict = models.CharField(max_length=6, choices=Sheet.Verdict.choices, default="", blank=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sheet = models.OneToOneField(Sheet, models.PROTECT, null=True, related_name="+")

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(sheet__isnull=True), name="one_open_visit_a_dossier"
            )
        ]
        indexes = [models.Index(fields=["team", "planned_at"], name="visit_by_team")]


class Finding(models.Model):
    """What the team saw of one paper or condition: in order or not, with words."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings")
    item = models.CharField(max_length=40)
    in_order = models.BooleanField(null=True)
    remark = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "item"], name="one_finding_an_item")]
