"""The newest seal is mailed to outsiders."""

from datetime import timedelta

import pytest
from django.core import mail

from journal import sealing, tasks
from journal.recording import record
from tests import cast

pytestmark = pytest.mark.django_db


def test_outsiders_get_the_head_that_a_check_then_asks_for(settings) -> None:
    settings.JOURNAL_HEAD_TO = ["kiem-toan@nha-nuoc.example"]
    record("test.done", by=None, at=cast.AT, kind="test", subject_id="1")
    sealing.seal(at=cast.AT + timedelta(minutes=5))
    assert tasks.mail_head() == 1
    position, mac = mail.outbox[0].body.split()
    assert position == "1"
    assert not sealing.verify(head=mac)
    assert sealing.verify(head="f" * 64)


def test_without_outsiders_or_seals_nothing_is_mailed(settings) -> None:
    settings.JOURNAL_HEAD_TO = []
    assert tasks.mail_head() == 0
    settings.JOURNAL_HEAD_TO = ["kiem-toan@nha-nuoc.example"]
    assert tasks.mail_head() == 0
    assert not mail.outbox
