"""Enterprises, their people and their sites."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models.agency import Agency
from organisations.models.place import AdminUnit, Zone
from organisations.querysets import EnterpriseQuerySet, SiteQuerySet


class Enterprise(models.Model):
    """A firm by its tax code. Registering is a claim that can draft; an agency confirms it."""

    class Origin(models.TextChoices):
        CLAIMED = "claimed", _("Doanh nghiệp tự đăng ký")
        IMPORTED = "imported", _("Cơ quan nhập từ danh sách")
        COUNTER = "counter", _("Cơ quan ghi khi nhận hồ sơ tại quầy")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tax_code = models.CharField(max_length=14, unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200, default="")
    province = models.ForeignKey(AdminUnit, models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=20, default="")
    # For what an agency has entered, `claimed_by` is the officer.
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.CLAIMED)
    claimed_at = models.DateTimeField()
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # The agency did not believe the claim: its people lost their rights, until somebody is let in anew.
    disputed_at = models.DateTimeField(null=True)
    disputed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dispute_reason = models.CharField(max_length=500, default="", blank=True)
    search = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=200)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [  # the few that wait for their agency, the longest waiting first
            models.Index(
                fields=["claimed_at"], condition=Q(confirmed_at__isnull=True), name="enterprise_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Representative(models.Model):
    """Who signs for an enterprise, from a day until a day; an authorised signer names the paper."""

    class Capacity(models.TextChoices):
        LEGAL = "legal", _("Người đại diện theo pháp luật")
        AUTHORISED = "authorised", _("Người được ủy quyền")

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="representatives")
    full_name = models.CharField(max_length=150)
    title = models.CharField(max_length=100)
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "pk"]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.title}"


class Membership(models.Model):
    """A person at an enterprise: may prepare, or prepare and submit."""

    class Level(models.TextChoices):
        PREPARE = "prepare", _("Chuẩn bị hồ sơ")
        SUBMIT = "submit", _("Chuẩn bị và nộp hồ sơ")

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    level = models.CharField(max_length=8, choices=Level.choices)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "user"], condition=Q(ended_at__isnull=True), name="one_open_membership"
            )
        ]


class MembershipInvitation(models.Model):
    """A colleague invited by e-mail to one enterprise."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    level = models.CharField(max_length=8, choices=Membership.Level.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-invited_at", "pk"]


class AccessRequest(models.Model):
    """A later claimant of a tax code that is taken: reaches the holders and the agency, reveals nothing."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="access_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="access_requests")
    note = models.CharField(max_length=500, default="")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField(null=True)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "user"],
                condition=Q(decided_at__isnull=True),
                name="one_open_access_request",
            )
        ]


class Site(models.Model):
    """A place of production. Its receiving agency follows from where it lies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=150)
    address = models.CharField(max_length=200)
    commune = models.ForeignKey(AdminUnit, models.PROTECT, related_name="+")
    district = models.ForeignKey(AdminUnit, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="sites")
    receiving_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    search = models.CharField(max_length=500)
    sort_key = models.CharField(max_length=200)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["receiving_agency", "sort_key"], name="site_by_agency")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """The whole address as letters print it; needs commune and district."""
        return f"{self.address}, {self.commune.name_in_text}, {self.district.name_in_text}"

    def representative_on(self, day: date) -> "Representative | None":
        """Who signs for the enterprise that day, newest first.

        The first signer is entered on the day of the claim but signed papers before it: where nobody is in
        force yet, it is the earliest one.
        """
        # All are read, the newest first: an enterprise has a few, and the page of a case is in a hurry.
        known = list(self.enterprise.representatives.order_by("-since", "pk"))
        later = [each for each in known if each.since > day]
        covering = (each for each in known if each.since <= day and (each.until is None or each.until >= day))
        return next(covering, later[-1] if later else None)
