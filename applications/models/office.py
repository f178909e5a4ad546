"""What the Office of the People's Committee adds to a dossier on its way to signature."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.decision import Advice, Decision
from applications.models.dossier import Dossier
from documents.models import StoredFile


class Briefing(models.Model):
    """The Office's submission note (phiếu trình): the case in a few lines, and what the Office proposes."""

    class Proposal(models.TextChoices):
        SIGN = "sign", _("Trình ký theo đề nghị")
        CLARIFY = "clarify", _("Đề nghị làm rõ trước khi ký")
        REFUSE = "refuse", _("Đề nghị không đồng ý")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="briefings")
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="+")
    text = models.TextField()
    proposal = models.CharField(max_length=8, choices=Proposal.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]


class PaperSignature(models.Model):
    """A decision signed on paper, as the Office types it in beside its scan; one a dossier until it is issued."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="paper_signature")
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=8, choices=Decision.Verdict.choices)
    kind = models.CharField(max_length=10)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    dated = models.DateField()
    reasons = models.JSONField(default=list)
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
