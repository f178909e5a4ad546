"""The dossier, its moves and the clocks of its stages."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from applications.querysets import DossierQuerySet
from applications.states import LOOKS, Look, State
from documents.models import StoredFile
from organisations.models import Agency, Site, Team
from organisations.models.enterprise import Representative
from organisations.models.permit import Mode


class Certificate(models.TextChoices):
    """Which paper stands for the investment certificate (A-22)."""

    IRC = "irc", _("Giấy chứng nhận đăng ký đầu tư")
    ERC = "erc", _("Giấy chứng nhận đăng ký doanh nghiệp")
    NONE = "none", _("Không có, xin nêu lý do")


class Caterer(models.TextChoices):
    """Who feeds the workers; an in-house kitchen needs no caterer's paper (III.1.3.3-j)."""

    EXTERNAL = "external", _("Đơn vị bên ngoài cung cấp suất ăn")
    IN_HOUSE = "in_house", _("Bếp của cơ sở, không có đơn vị bên ngoài")


class Dossier(models.Model):
    """One site's request for one phase. `state` moves only through applications/lifecycle.py.

    The code is born at submission; before that the address is the UUID. What the law gave on the day of
    submission (cap and its clause, digest of the data) is frozen with the baseline.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=16, unique=True, null=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    phase = models.PositiveSmallIntegerField(default=1)
    receiving_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField(max_length=22, choices=State.choices, default=State.DRAFT)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    mode = models.CharField(max_length=14, choices=Mode.choices, default="", blank=True)
    baseline = models.PositiveIntegerField(null=True)
    baseline_as_of = models.DateField(null=True)
    baseline_evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    enterprise_total = models.PositiveIntegerField(null=True)
    requested_start_on = models.DateField(null=True)
    listed_workers = models.PositiveIntegerField(null=True)
    slips_count = models.PositiveIntegerField(null=True)
    slips_missing_reason = models.CharField(max_length=500, default="", blank=True)
    certificate = models.CharField(max_length=4, choices=Certificate.choices, default="", blank=True)
    certificate_reason = models.CharField(max_length=500, default="", blank=True)
    caterer = models.CharField(max_length=8, choices=Caterer.choices, default="", blank=True)
    signer_name = models.CharField(max_length=150, default="", blank=True)
    signer_title = models.CharField(max_length=100, default="", blank=True)
    signer_capacity = models.CharField(
        max_length=10, choices=Representative.Capacity.choices, default="", blank=True
    )
    signer_authorisation = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    # From when until when the authorisation holds; nothing where the paper names no end.
    signer_authorised_since = models.DateField(null=True)
    signer_authorised_until = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    contact_name = models.CharField(max_length=150, default="", blank=True)
    contact_phone = models.CharField(max_length=20, default="", blank=True)

    cap = models.PositiveIntegerField(null=True)
    cap_clause = models.CharField(max_length=40, default="")
    rules_digest = models.CharField(max_length=64, default="")
    # Version of the agencies' set of forms it was begun on (A-35).
    form_set = models.CharField(max_length=12, default="", blank=True)

    due_at = models.DateTimeField(null=True)
    due_clause = models.CharField(max_length=40, default="")
    proposal_due_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    visit_planned_at = models.DateTimeField(null=True)
    visited_at = models.DateTimeField(null=True)

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # To whom of the enterprise it was handed; nobody: whoever began it.
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # When what it says of people was taken away, its time being over (restart_portal/expiring.py).
    expired_at = models.DateTimeField(null=True)
    search = models.CharField(max_length=600)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "phase"],
                condition=~Q(state__in=[State.DECLINED, State.REFUSED, State.WITHDRAWN]),
                name="one_live_dossier_a_phase",
            )
        ]
        indexes = [
            # Wide enough that lists, and the numbers over them, are answered from the index alone.
            models.Index(
                fields=["receiving_agency", "state", "due_at", "id", "handled_by"], name="dossier_queue"
            ),
            models.Index(
                fields=["state", "due_at", "id", "handled_by", "receiving_agency", "site"],
                name="dossier_by_state",
            ),
        ]

    def __str__(self) -> str:
        return self.code or str(self.pk)

    @property
    def reference(self) -> str:
        """The code, or the UUID of a draft: what stands in addresses."""
        return self.code or str(self.pk)

    @cached_property
    def decision(self) -> Any:
        """The decision in force, or None: one that was recalled no longer counts. Asked once an instance."""
        rows = self.decisions.filter(recalled_at__isnull=True)
        return rows.select_related("letter", "permit", "advice").first()

    @property
    def look(self) -> Look:
        """Public name, tone and icon of the present state."""
        return LOOKS[self.state]


class Move(models.Model):
    """A row of the log: one state to another, by whom, with words. Written by the lifecycle only.

    Where a visit was moved (applications/moving_visits.py) the state stays, and `reasons` are the two appointments,
    the old and the new.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="moves")
    name = models.CharField(max_length=20)
    from_state = models.CharField(max_length=22, choices=State.choices)
    to_state = models.CharField(max_length=22, choices=State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    by_post = models.CharField(max_length=200)
    note = models.TextField(default="")
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["at", "pk"]


class Stage(models.Model):
    """The clock of one stage: opened and closed by moves; due or, while the enterprise is asked, not running."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="stages")
    state = models.CharField(max_length=22, choices=State.choices)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    clause = models.CharField(max_length=40, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        indexes = [models.Index(fields=["closed_at", "state"], name="stage_closed")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(closed_at__isnull=True), name="one_open_stage"
            )
        ]
