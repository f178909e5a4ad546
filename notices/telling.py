"""Telling people: messages keyed so that an event answered twice tells once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

import plan
from notices.channels import CHANNELS
from notices.models import LINE, TITLE, Delivery, Message
from organisations.covering import stand_ins
from organisations.models import User

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters; one that is cut ends in "…"."""
    return text if len(text) <= most else f"{text[: max(0, most - 1)].rstrip()}…"


def fitted(words: str, values: Mapping[str, object], *, cut: str) -> str:
    """The line of a message; the value `cut` (a name, free words) gives way where the whole would be too long."""
    whole = words % values
    if len(whole) <= LINE:
        return whole
    long = str(values[cut])
    return words % {**values, cut: shortened(long, len(long) - (len(whole) - LINE))}


@transaction.atomic
def tell(
    users: Iterable[User], *, key: str, title: str, line: str, path: str, at: datetime,
    channels: Iterable[str] | None = None,
) -> int:  # fmt: skip
    """Writes one message a person and its deliveries; people already told under the key are left alone.

    `channels` beside the inbox are those of the settings, unless said otherwise.

    ValueError for a title or a line that is too long: the caller knows what may be shortened (`fitted`).

    Who is away that day finds the message on coming back; who covers for them gets it now, by every channel.
    """
    if len(title) > TITLE or len(line) > LINE:
        raise ValueError(f"{key}: {len(title)} and {len(line)} characters; {TITLE} and {LINE} fit")
    asked = {user.pk: user for user in users}
    cover = stand_ins(asked.values(), on=plan.local_day(at))
    told = asked | {person.pk: person for person in cover.values()}
    away = cover.keys() - {person.pk for person in cover.values()}
    known = set(Message.objects.filter(key=key, user__in=told).values_list("user_id", flat=True))
    fresh = [
        Message(user=user, key=key, title=title, line=line, path=path, at=at)
        for pk, user in sorted(told.items())
        if pk not in known and user.is_active
    ]
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    written = Message.objects.filter(key=key, user__in=[m.user_id for m in fresh]).order_by("pk")
    Delivery.objects.bulk_create(
        [
            Delivery(message=message, channel=channel)
            for message in written
            if message.user_id not in away
            for channel in (settings.NOTICE_CHANNELS if channels is None else channels)
        ],
        ignore_conflicts=True,
    )
    return len(fresh)


def unread(user: User) -> int:
    """How many messages a person has not opened."""
    return Message.objects.filter(user=user, read_at__isnull=True).count()


def deliver(*, now: Callable[[], datetime], most: int = 100) -> int:
    """Sends what waits, each claimed by lease; a failure is tried again later, longer each time."""
    sent = 0
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now())
    for pk in (
        Delivery.objects.filter(free, sent_at__isnull=True).order_by("pk").values_list("pk", flat=True)[:most]
    ):
        at = now()
        won = Delivery.objects.filter(free, pk=pk, sent_at__isnull=True).update(
            claimed_until=at + LEASE, attempts=F("attempts") + 1
        )
        if won:
            sent += _send(Delivery.objects.select_related("message__user").get(pk=pk), at=at)
    return sent


def _send(delivery: Delivery, *, at: datetime) -> int:
    try:
        CHANNELS[delivery.channel].send(delivery)
    except Exception as error:  # whatever a relay may raise, the row stays and is tried again
        pause = timedelta(seconds=min(600, 15 * 2 ** min(delivery.attempts, 6)))
        Delivery.objects.filter(pk=delivery.pk).update(
            claimed_until=at + pause, last_error=f"{type(error).__name__}"[:300]
        )
        log.warning(
            "delivery.failed", channel=delivery.channel, delivery=delivery.pk, error=type(error).__name__
        )
        return 0
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=at, last_error="")
    return 1
