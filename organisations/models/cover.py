"""Who takes an official's work and notices while the official is away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Cover(models.Model):
    """From a day until a day, both included; ends by itself. Routes work and notices, gives no power to sign."""

    absent = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="covers")
    by_colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    note = models.CharField(max_length=200, default="", blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["absent", "since", "until"], name="cover_by_absent")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="cover_ends_after_start"),
            models.CheckConstraint(condition=~Q(absent=F("by_colleague")), name="cover_by_somebody_else"),
        ]
