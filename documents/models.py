"""Stored files, issued letters and the counters that number them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.querysets import ImportQuerySet, LetterQuerySet
from organisations.models import Agency


class StoredFile(models.Model):
    """Bytes with their digest. Has no address of its own: its owner's view serves it (documents/serving.py).

    A withdrawn file keeps digest and row; its bytes are gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    pages = models.PositiveIntegerField(null=True)
    content = models.FileField(upload_to="%Y/%m", max_length=200)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-stored_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The next number of a register. Taken by `update(next=F("next") + 1)` in the transaction that uses it.

    `key` is "letters:PPC:2021:UBND" or "dossiers:01:211005". `last` closes a reserved block: when the block is
    used up, numbers must be typed from the paper register or a new block entered (A-20).
    """

    key = models.CharField(max_length=60, unique=True)
    next = models.PositiveIntegerField(default=1)
    last = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["key"]


class Letter(models.Model):
    """A paper that an agency issues, with all that it prints frozen in `data`, so that it can be made again.

    `subject_key` is unique: an event that is answered twice makes one letter. The PDF comes from a worker.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", _("Văn bản đồng ý")
        REFUSAL = "refusal", _("Thông báo không đồng ý")
        RECEIPT = "receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
        DECLINE = "decline", _("Phiếu từ chối tiếp nhận hồ sơ")
        SUPPLEMENT = "supplement", _("Phiếu yêu cầu bổ sung hồ sơ")
        SHEET = "sheet", _("Phiếu xác nhận kiểm tra")
        SUBMISSION = "submission", _("Giấy biên nhận nộp hồ sơ")
        APOLOGY = "apology", _("Phiếu xin lỗi và hẹn lại ngày trả kết quả")
        CONTROL = "control", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(null=True)
    symbol = models.CharField(max_length=30, default="")
    year = models.PositiveSmallIntegerField()
    dated = models.DateField()
    abstract = models.CharField(max_length=300)
    dossier_code = models.CharField(max_length=20, default="")
    # Who the letter is for and about; the owner's view checks sight by them.
    site_id = models.UUIDField(null=True)
    token = models.CharField(max_length=16, unique=True)
    data = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=150, default="")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, default="")
    rendered_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recall_reason = models.CharField(max_length=500, default="", blank=True)
    # Signed on paper: who put the scan and the number of the paper register into the portal. The scan is `pdf`.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "pk"]
        indexes = [models.Index(fields=["dossier_code", "kind"], name="letter_by_dossier")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "symbol", "number"],
                condition=Q(number__isnull=False),
                name="one_letter_a_number",
            )
        ]

    @property
    def full_number(self) -> str:
        """ "05/QĐ-UBND", or the empty string."""
        return f"{self.number:02d}/{self.symbol}" if self.number is not None else ""


class RegisterImport(models.Model):
    """A register of enterprises read from a workbook: what it holds, what is wrong, what was made of it.

    `rows` are the good rows as plain data, `problems` the sentences of the bad ones; both go when it is done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    source = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]


class LetterSite(models.Model):
    """A site that a letter with an annex is about: such a letter has many, and no `site_id` of its own."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="sites")
    site_id = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "site_id"], name="one_row_a_letter_and_site")
        ]
        indexes = [models.Index(fields=["site_id", "letter"], name="letter_by_site")]
