"""What happened (audit events and their seals) and what must follow (the outbox)."""

from django.db import models


class AuditEvent(models.Model):
    """One thing somebody did. Append-only by trigger; no foreign keys, no personal values.

    `fields` names what changed, never the values.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    actor_post = models.CharField(max_length=200)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=300, default="")
    request_id = models.CharField(max_length=64, default="")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_by_subject")]


class Seal(models.Model):
    """A keyed link over one audit event; the key is outside the database. Append-only by trigger."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    mac = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]


class OutboxRow(models.Model):
    """An announcement written in the transaction of the verb, drained later by a lease."""

    event = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    request_id = models.CharField(max_length=64, default="")
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, default="")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["done_at", "claimed_until", "id"], name="outbox_to_drain"),
        ]


class Effect(models.Model):
    """A handler that has run for an outbox row; its key makes a second run do nothing."""

    key = models.CharField(max_length=120, unique=True)
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
