"""Agencies of the plan, and posts at them by date."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisations.models.place import AdminUnit
from organisations.roles import Role


class Agency(models.Model):
    """An office that acts under the plan. `code` is the plan's: PPC, PPCO, DOLISA, EZB, DOH, DIST-842…"""

    code = models.CharField(max_length=12, unique=True)
    number = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=150)
    short_name = models.CharField(max_length=60)
    # As the heads of letters print them, hand-broken; the superior line is empty for a People's Committee.
    letter_superior = models.CharField(max_length=80, default="", blank=True)
    letter_lines = models.JSONField(default=list)
    symbol = models.CharField(max_length=20, default="", blank=True)
    address = models.CharField(max_length=200, default="", blank=True)
    phone = models.CharField(max_length=20)
    email = models.EmailField(default="", blank=True)
    district = models.ForeignKey(AdminUnit, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """What a person is at an agency, from a day until a day (inclusive; open when empty)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    title = models.CharField(max_length=100)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["agency__number", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="post_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.agency.short_name}"

    def covers(self, day: date) -> bool:
        """Whether the post is held that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Invitation(models.Model):
    """An official's invitation: the only way to an official's account."""

    email = models.EmailField()
    full_name = models.CharField(max_length=150)
    phone = models.CharField(max_length=20, default="", blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    title = models.CharField(max_length=100)
    since = models.DateField()
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-invited_at", "pk"]
