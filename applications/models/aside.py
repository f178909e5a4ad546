"""What real life does to a dossier beside its road: moved, corrected, filed at a counter, issued on paper, late."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models.dossier import Dossier, Stage
from applications.querysets_desk import OfPaperPermits
from documents.models import Letter, StoredFile
from organisations.models import Agency, Permit, Zone


class AgencyMove(models.Model):
    """A dossier filed at the wrong agency, handed to the right one; its clock goes on as it stood."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="agency_moves")
    from_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, related_name="+")
    clause = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)

    class Meta:
        ordering = ["at", "pk"]


class Correction(models.Model):
    """An obvious error put right by an officer: the original stays, the enterprise is told and may object."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=30)
    old = models.CharField(max_length=200, default="", blank=True)
    new = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    objected_at = models.DateTimeField(null=True)
    objected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objection = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        ordering = ["-at", "-pk"]


class CounterFiling(models.Model):
    """Papers brought to the desk for a firm without an account: who came, whose papers, who takes them in.

    What the agency received on paper earlier keeps its number in the paper register and the day it was received.
    """

    class Bearer(models.TextChoices):
        SIGNER = "signer", _("Người đại diện theo pháp luật")
        STAFF = "staff", _("Người của doanh nghiệp")
        AUTHORISED = "authorised", _("Người được ủy quyền")

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="counter")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    bearer = models.CharField(max_length=10, choices=Bearer.choices)
    bearer_name = models.CharField(max_length=150)
    bearer_phone = models.CharField(max_length=20)
    note = models.CharField(max_length=500, default="", blank=True)
    paper_number = models.CharField(max_length=60, default="", blank=True)
    received_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "pk"]


class PaperPermit(models.Model):
    """A permit that was issued on paper before the portal: the letter's number and scan, entered once by an officer."""

    permit = models.OneToOneField(Permit, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    signer = models.CharField(max_length=150)
    paper_dossier = models.CharField(max_length=60, default="", blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfPaperPermits.as_manager()

    class Meta:
        ordering = ["-signed_on", "-pk"]

    def __str__(self) -> str:
        return self.number


class Apology(models.Model):
    """One deadline that will be missed: prepared a day before, confirmed with a reason and a new date, or told on."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="apologies")
    stage = models.OneToOneField(Stage, models.CASCADE, related_name="apology")
    due_at = models.DateTimeField()
    prepared_at = models.DateTimeField()
    reason = models.CharField(max_length=500, default="", blank=True)
    new_due_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    letter = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="+")
    head_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(confirmed_at__isnull=True), name="apology_waiting")
        ]
