"""Channels: e-mail is real; SMS and Zalo are adapters whose console implementation stands for the gateway.

The console adapters write to the log that a line would leave: no gateway exists in a demo. A province puts its gateway
into CHANNELS behind the same `send`; NOTICE_CHANNELS says which of them are used.
"""

from typing import Protocol

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from notices.models import Delivery

log = structlog.get_logger(__name__)


class Channel(Protocol):
    """What a channel does: send one delivery or raise."""

    def send(self, delivery: Delivery) -> None:
        """Sends; an exception leaves the delivery for the next try."""


class Email:
    """E-mail through Django's configured relay. The Message-ID is the delivery's: a repeat is seen as one."""

    def send(self, delivery: Delivery) -> None:
        message = delivery.message
        body = render_to_string("notices/email.txt", {"message": message, "host": settings.CHECK_HOST})
        host = settings.CHECK_HOST.split("//")[-1].split(":")[0]
        EmailMessage(
            subject=message.title,
            body=body,
            to=[message.user.email],
            headers={"Message-ID": f"<notice-{delivery.pk}@{host}>"},
        ).send()


class Console:
    """Stands for a gateway that lies outside: writes that a line would leave, without the number."""

    def __init__(self, name: str) -> None:
        self.name = name

    def send(self, delivery: Delivery) -> None:
        log.info("channel.console", channel=self.name, delivery=delivery.pk)


CHANNELS: dict[str, Channel] = {"email": Email(), "sms": Console("sms"), "zalo": Console("zalo")}
