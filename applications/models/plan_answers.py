"""The questionnaire of the plan, answered: one row that is written on, and one frozen row a submission."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.dossier import Dossier


class PlanAnswers(models.Model):
    """`answers` by the schema of applications/plan_answers.py; `unread` keeps what was typed but not understood.

    The row without `frozen_at` is worked on; submitting copies it with the dossier's version and the law's digest.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="plan_answers")
    schema = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True)
    dossier_version = models.PositiveIntegerField(null=True)
    rules_digest = models.CharField(max_length=64, default="")
    form_set = models.CharField(max_length=12, default="")

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(frozen_at__isnull=True), name="one_open_plan_answers"
            ),
            models.UniqueConstraint(
                fields=["dossier", "dossier_version"],
                condition=Q(frozen_at__isnull=False),
                name="one_frozen_plan_answers",
            ),
        ]
