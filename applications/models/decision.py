"""What officials put into a dossier: proposal of a team, signed sheet, advice, decision."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models.dossier import Dossier
from documents.models import Letter
from organisations.models import Permit, Team
from organisations.models.permit import Mode


class TeamProposal(models.Model):
    """The receiving agency's proposal of a team and a time (III.1.3.1-c)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="proposals")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    visit_at = models.DateTimeField()
    note = models.CharField(max_length=500, default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class Sheet(models.Model):
    """The signed confirmation sheet: the paper by which the room above tells what a visit found."""

    class Verdict(models.TextChoices):
        PASSED = "passed", _("Đạt yêu cầu")
        FAILED = "failed", _("Chưa đạt yêu cầu")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="sheets")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    visited_at = models.DateTimeField()
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    remarks = models.TextField()
    guidance = models.TextField()
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+", related_query_name="sheet")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-signed_at", "-pk"]


class Advice(models.Model):
    """What the receiving agency advises the Chairman. Void when sent back or when a paper is replaced."""

    class Verdict(models.TextChoices):
        APPROVE = "approve", _("Đề nghị đồng ý")
        REFUSE = "refuse", _("Đề nghị không đồng ý")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="advices")
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    number = models.CharField(max_length=40)
    starts_on = models.DateField(null=True)
    hour = models.PositiveSmallIntegerField(default=0)
    cap = models.PositiveIntegerField(null=True)
    cap_clause = models.CharField(max_length=40, default="")
    mode = models.CharField(max_length=14, choices=Mode.choices, default="", blank=True)
    conditions = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    note = models.TextField(default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(voided_at__isnull=True), name="one_advice_in_force"
            )
        ]


class Decision(models.Model):
    """The Chairman's decision: one in force a dossier. Holds the keys to permit and letter, never the reverse.

    A letter with an annex decides many dossiers, so decisions may share it. `recorded_by` is the clerk who put a
    signature made on paper into the portal. A recalled decision stays, and the dossier may be decided anew.
    """

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Đồng ý")
        REFUSED = "refused", _("Không đồng ý")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="+")
    permit = models.OneToOneField(Permit, models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    rules_digest = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(recalled_at__isnull=True), name="one_decision_in_force"
            )
        ]
