"""Messages to people, and their deliveries by channel."""

from django.conf import settings
from django.db import models

TITLE, LINE = 60, 130


class Message(models.Model):
    """One line to one person; no person's name, no health fact.

    `key` makes a doubled event one message: "dossier.accepted:<id>:<occasion>".
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=TITLE)
    line = models.CharField(max_length=LINE)
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


class Thread(models.Model):
    """A conversation about one thing: `key` is "dossier:<id>" with the enterprise, "notes:<id>" among officials.

    Reached through its owner only, whose page asks for sight and says who may write.
    """

    key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]


class ThreadEntry(models.Model):
    """One message or note. `side` is the office or enterprise the writer spoke for, as text of that day."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="entries")
    text = models.CharField(max_length=4000)
    side = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    # The browser's own name for one sending: a form sent twice is one entry.
    sent_key = models.CharField(max_length=40)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["thread", "at", "id"], name="entry_by_thread")]
        constraints = [
            models.UniqueConstraint(fields=["thread", "by", "sent_key"], name="one_entry_a_sending")
        ]


class ThreadReading(models.Model):
    """Up to when a person has read a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="one_reading_a_person")]
