"""What the agency asked the enterprise to supplement, round by round, and when it was answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.dossier import Dossier
from documents.models import Letter


class Supplement(models.Model):
    """One round: everything that was missing, said once. Answered when the dossier is handed in again.

    `items` are rows {"kind": "paper" | "part" | "other", "about", "thing", "clause", "fault", "to_do", "version",
    "answer"}: `about` is the slot of a paper or the part of the answers; `version` the paper's when it was asked.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="supplements")
    round = models.PositiveSmallIntegerField()
    items = models.JSONField(default=list)
    reason = models.CharField(max_length=500)
    contact_phone = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "round"], name="one_supplement_a_round"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at__isnull=True), name="one_open_supplement"
            ),
        ]

    @property
    def papers(self) -> dict[str, dict[str, Any]]:
        """The items that ask for a paper, by slot."""
        return {item["about"]: item for item in self.items if item["kind"] == "paper"}
