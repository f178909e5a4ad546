"""What stands half typed in a form of a dossier, and the order in which its saves came."""

from django.conf import settings
from django.db import models

from applications.models.dossier import Dossier


class Typing(models.Model):
    """One form of one dossier. `texts` holds, word for word, what was typed and is no answer yet.

    `page` is the browser's own name for one opening of the form and `turn` counts its saves, so that a save that
    arrives after a later one changes nothing; `revision` counts all saves, so that two openings notice each other.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="typings")
    form = models.CharField(max_length=40)
    texts = models.JSONField(default=dict)
    page = models.CharField(max_length=40, default="")
    turn = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["form", "pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "form"], name="one_typing_a_form")]
