"""Who has a dossier in hand, who looks at it now, and what was ticked off beside its papers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.dossier import Dossier
from applications.models.paper import Paper


class Handling(models.Model):
    """One change of hands: taken, given back, taken over or handed on, with words."""

    class Kind(models.TextChoices):
        CLAIMED = "claimed", _("Nhận xử lý")
        RELEASED = "released", _("Trả lại hàng chờ")
        TAKEN_OVER = "taken_over", _("Nhận thay")
        HANDED_OVER = "handed_over", _("Chuyển giao")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="handlings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    from_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]


class Presence(models.Model):
    """Somebody has the case open: since when, and the last beat. A row a person, overwritten."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "user"], name="one_presence_a_person")]


class PaperTick(models.Model):
    """A point of a paper that an officer has looked at, by hand, in this version. `words` as they stood then."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="ticks")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="one_tick_a_point")]
