"""Messages to people, and their deliveries by channel."""

from django.conf import settings
from django.db import models


class Message(models.Model):
    """One line to one person. Title up to 60, line up to 130 characters; no person's name, no health fact.

    `key` makes a doubled event one message: "dossier.accepted:<id>:<occasion>".
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=60)
    line = models.CharField(max_length=130)
    path = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_message_a_key")]
        indexes = [models.Index(fields=["user", "read_at", "-at"], name="inbox")]


class Delivery(models.Model):
    """A message on its way by one channel; claimed by lease, sent once (an e-mail may repeat with its id)."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_a_channel")]
        indexes = [models.Index(fields=["sent_at", "claimed_until", "id"], name="delivery_to_send")]
