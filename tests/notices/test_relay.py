"""E-mail through a relay that refuses first: tried again after a pause, sent once, always under one Message-ID."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mail

import pytest
from pytest_django.fixtures import Settings

from notices import telling
from notices.models import Delivery, Message
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT


class Relay(socketserver.ThreadingTCPServer):
    """As much of SMTP as a client needs; answers 451 to the first `refusals` messages, after reading them."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.refusals = 0
        self.seen: list[Mail] = []
        self.taken: list[Mail] = []


class Dialogue(socketserver.StreamRequestHandler):
    server: Relay

    def handle(self) -> None:
        self.say("220 relay")
        while line := self.rfile.readline():
            word = line.split(None, 1)[0].upper() if line.strip() else b""
            if word == b"DATA":
                self.say("354 go on")
                self.read_message()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def read_message(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        mail = message_from_bytes(b"".join(lines))
        self.server.seen.append(mail)
        if len(self.server.seen) <= self.server.refusals:
            self.say("451 try again later")
            return
        self.server.taken.append(mail)
        self.say("250 queued")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def relay(settings: Settings) -> Iterator[Relay]:
    with Relay() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()
        thread.join()


def tell() -> Delivery:
    telling.tell(
        [cast.make_person()],
        key="letter:1",
        title="Đã có quyết định",
        line="Đã có văn bản",
        path="/letters/",
        at=AT,
    )
    return Delivery.objects.get()


def deliver(at: datetime) -> int:
    return telling.deliver(now=lambda: at)


def test_a_relay_that_refuses_twice_gets_the_same_mail_three_times_and_keeps_one(relay: Relay) -> None:
    relay.refusals = 2
    delivery = tell()
    assert deliver(AT) == 0
    delivery.refresh_from_db()
    assert (delivery.sent_at, delivery.last_error) == (None, "SMTPDataError")
    assert deliver(AT + timedelta(seconds=29)) == 0
    assert len(relay.seen) == 1, "the pause was not kept"
    assert deliver(AT + timedelta(seconds=30)) == 0
    assert deliver(AT + timedelta(seconds=90)) == 1
    assert deliver(AT + timedelta(hours=1)) == 0
    assert len(relay.seen) == 3
    assert len(relay.taken) == 1
    assert {mail["Message-ID"] for mail in relay.seen} == {f"<notice-{delivery.pk}@127.0.0.1>"}
    assert relay.taken[0]["To"] == cast.make_person().email


def test_a_relay_that_is_down_keeps_every_mail_for_later(relay: Relay, settings: Settings) -> None:
    delivery = tell()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert deliver(AT) == 0
    settings.EMAIL_PORT = port
    assert deliver(AT + timedelta(minutes=1)) == 1
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.last_error) == (2, "")


def test_a_mail_that_a_killed_worker_was_sending_is_tried_when_its_lease_ends(relay: Relay) -> None:
    delivery = tell()
    Delivery.objects.filter(pk=delivery.pk).update(claimed_until=AT + telling.LEASE, attempts=1)
    assert deliver(AT + telling.LEASE - timedelta(seconds=1)) == 0
    assert deliver(AT + telling.LEASE) == 1


def test_no_relay_is_waited_for_longer_than_the_lease(settings: Settings) -> None:
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) < telling.LEASE


def test_a_person_who_left_is_not_written_to_and_one_told_before_is_not_told_again() -> None:
    one, gone = cast.make_person(), cast.make_person("cu@anh-duong.example", "Người Cũ")
    gone.is_active = False
    gone.save()
    message = {"key": "k", "title": "t", "line": "l", "path": "/inbox/", "at": AT}
    assert telling.tell([one, gone, one], **message) == 1
    assert telling.tell([one], **message) == 0
    assert Message.objects.get().user == one
