"""A stack of paper come back: its files, and every page with what was read from it and where it goes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.dossier import Dossier
from applications.models.pack import SigningPack
from applications.models.paper import Paper
from documents.models import StoredFile


class Scan(models.Model):
    """One upload of signed pages, open until the last page has its place. One open scan a dossier."""

    class State(models.TextChoices):
        READING = "reading"
        READY = "ready"
        CLOSED = "closed"
        DROPPED = "dropped"
        FAILED = "failed"

    OPEN = (State.READING, State.READY)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="scans")
    state = models.CharField(max_length=7, choices=State.choices, default=State.READING)
    whole = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pages = models.PositiveIntegerField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    touched_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=20, default="", blank=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state__in=["reading", "ready"]), name="one_open_scan"
            )
        ]
        indexes = [models.Index(fields=["state", "touched_at", "id"], name="scan_to_sweep")]


class ScanFile(models.Model):
    """An original as it was sent."""

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scan", "position"], name="one_scanned_file_a_position")
        ]


class ScanPage(models.Model):
    """One page: what was read from it, what it is taken for, and the paper that it became part of.

    `slot` and `page` are certain for a coded page, a proposal for every other; nothing but a certain page is
    filed without a person.
    """

    class Found(models.TextChoices):
        CODED = "coded"
        DOUBLE = "double"
        OLD = "old"
        FOREIGN = "foreign"
        MIXED = "mixed"
        COVER = "cover"
        SEPARATOR = "separator"
        BEHIND = "behind"
        NAMED = "named"
        BLANK = "blank"
        UNREAD = "unread"

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="sheets")
    number = models.PositiveIntegerField()
    file_position = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(default=0)
    codes = models.JSONField(default=list)
    words = models.CharField(max_length=400, default="", blank=True)
    is_blank = models.BooleanField(default=False)
    found = models.CharField(max_length=9, choices=Found.choices, default=Found.UNREAD)
    pack = models.ForeignKey(SigningPack, models.PROTECT, null=True, related_name="+")
    slot = models.CharField(max_length=40, default="", blank=True)
    page = models.PositiveSmallIntegerField(null=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    left_out_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["scan", "number"], name="one_row_a_scanned_page")]
