"""What a site may do: permits, and the province's dated move to phase 2."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models.enterprise import Site


class Mode(models.TextChoices):
    """How a site works and lodges; the plan names only the first (A-08)."""

    THREE_ON_SITE = "three_on_site", _("Ba tại chỗ: làm việc, ăn, nghỉ tại cơ sở")
    ONE_ROUTE = "one_route", _("Một cung đường, hai điểm đến")
    DAILY = "daily", _("Đi về hằng ngày")
    MIXED = "mixed", _("Kết hợp")


class Permit(models.Model):
    """Consent of the Chairman. Written only by organisations/permits.py, called from a decision verb."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="permits")
    phase = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    starts_at_hour = models.PositiveSmallIntegerField(default=0)
    cap = models.PositiveIntegerField(null=True)
    baseline = models.PositiveIntegerField()
    mode = models.CharField(max_length=14, choices=Mode.choices)
    until = models.DateField(null=True)
    basis = models.CharField(max_length=64)
    actual_start_on = models.DateField(null=True)
    rules_digest = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["site", "starts_on"], name="permit_by_site")]
        constraints = [
            # One paper writes one permit: a doubled decision cannot write two.
            models.UniqueConstraint(fields=["basis"], name="one_permit_a_basis"),
            models.CheckConstraint(condition=Q(phase__in=[1, 2]), name="permit_phase"),
        ]


class PhaseOpening(models.Model):
    """The Chairman's document that opens phase 2 (III.2.2-a); phase 1 needs none."""

    phase = models.PositiveSmallIntegerField(unique=True)
    opens_on = models.DateField()
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["phase"]
