"""The outbox: leases, retries, keyed effects, the sweep. Handlers here note what they are asked."""

import ast
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from applications.lifecycle import ROWS
from applications.models import Dossier
from applications.states import State
from documents.models import Counter, Letter, StoredFile
from inspections.models import Visit
from journal import outbox, recording, tasks
from journal.models import AuditEvent, Effect, OutboxRow
from journal.request import request_id
from notices.models import Delivery, Message
from organisations.models import Permit
from restart_portal.celery import app
from restart_portal.events import EVENTS
from tests import cast
from tests.applications import making

ROOT = Path(__file__).resolve().parent.parent.parent
AT = cast.AT
SECOND = timedelta(seconds=1)

calls: list[tuple[str, str, str]] = []
failing: set[str] = set()


def first(subject_id: str, *, at: datetime) -> None:
    _note("first", subject_id)


def second(subject_id: str, *, at: datetime) -> None:
    _note("second", subject_id)


def marks_itself(subject_id: str, *, at: datetime) -> None:
    """As if another process had run the handler at the same time."""
    row = OutboxRow.objects.get(done_at__isnull=True)
    Effect.objects.create(key=f"{row.pk}:tests.journal.test_outbox.marks_itself", done_at=at)


def _note(name: str, subject_id: str) -> None:
    calls.append((name, subject_id, request_id.get()))
    if name in failing:
        words = "relay is down"
        raise ConnectionRefusedError(words)


TABLE = {
    "both": ("tests.journal.test_outbox.first", "tests.journal.test_outbox.second"),
    "one": ("tests.journal.test_outbox.first",),
    "none": (),
    "doubled": ("tests.journal.test_outbox.marks_itself",),
}


@pytest.fixture
def noted(settings: Settings) -> Iterator[list[tuple[str, str, str]]]:
    settings.JOURNAL_EVENTS = "tests.journal.test_outbox.TABLE"
    calls.clear()
    failing.clear()
    yield calls
    failing.clear()


def announce(event: str, subject: object = 1) -> OutboxRow:
    recording.announce(event, subject, at=AT)
    return OutboxRow.objects.order_by("pk").last()


def drain(at: datetime = AT) -> int:
    return outbox.drain(now=lambda: at)


@pytest.mark.django_db
def test_every_handler_of_a_row_runs_once_in_order_under_the_requests_id(
    noted: list[tuple[str, str, str]],
) -> None:
    token = request_id.set("abcdef-12345")
    announce("both", 7)
    request_id.reset(token)
    announce("none")
    assert drain() == 2
    assert drain() == 0
    assert noted == [("first", "7", "abcdef-12345"), ("second", "7", "abcdef-12345")]
    assert not OutboxRow.objects.filter(done_at__isnull=True).exists()
    assert request_id.get() == ""


@pytest.mark.django_db
def test_a_row_that_somebody_works_on_is_left_alone_until_the_lease_ends(
    noted: list[tuple[str, str, str]],
) -> None:
    row = announce("one")
    assert outbox.claim(at=AT) == row
    assert outbox.claim(at=AT + outbox.LEASE - SECOND) is None
    assert drain(AT + outbox.LEASE - SECOND) == 0
    assert timedelta(seconds=45) > outbox.LEASE, "three beats bring back what a killed worker held"
    assert drain(AT + outbox.LEASE) == 1
    assert len(noted) == 1
    assert OutboxRow.objects.get(pk=row.pk).attempts == 2


@pytest.mark.django_db
def test_a_failure_waits_longer_each_time_at_most_ten_minutes(noted: list[tuple[str, str, str]]) -> None:
    row = announce("one")
    failing.add("first")
    at, pauses = AT, []
    for _ in range(9):
        assert drain(at) == 1
        row.refresh_from_db()
        assert row.done_at is None
        pauses.append((row.claimed_until - at).total_seconds())
        assert drain(row.claimed_until - SECOND) == 0
        at = row.claimed_until
    assert pauses == [10, 20, 40, 80, 160, 320, 600, 600, 600]
    assert row.last_error == "ConnectionRefusedError"
    failing.clear()
    assert drain(at) == 1
    row.refresh_from_db()
    assert (row.done_at, row.last_error, row.attempts) == (at, "", 10)


@pytest.mark.django_db
def test_the_words_of_a_failure_may_name_people_and_are_kept_nowhere(
    noted: list[tuple[str, str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    announce("one")
    failing.add("first")
    drain()
    said = str([(record.msg, record.exc_info) for record in caplog.records])
    assert "outbox.failed" in said
    assert "in _note" in said, "where it failed is said"
    assert "relay is down" not in said + str(OutboxRow.objects.values())


@pytest.mark.django_db
def test_a_retry_runs_only_the_handlers_that_have_not_run_and_delays_no_other_row(
    noted: list[tuple[str, str, str]],
) -> None:
    announce("both", 1)
    announce("one", 2)
    failing.add("second")
    assert drain() == 2
    failing.clear()
    assert drain(AT + timedelta(minutes=1)) == 1
    names = [(name, subject) for name, subject, _request in noted]
    assert names == [("first", "1"), ("second", "1"), ("first", "2"), ("second", "1")]


@pytest.mark.django_db
def test_an_event_without_a_place_in_the_table_stays_and_says_so(noted: list[tuple[str, str, str]]) -> None:
    row = announce("unheard")
    drain()
    row.refresh_from_db()
    assert (row.done_at, row.last_error) == (None, "KeyError")


@pytest.mark.django_db
def test_two_processes_that_run_the_same_handler_leave_one_mark(noted: list[tuple[str, str, str]]) -> None:
    row = announce("doubled")
    assert drain() == 1
    row.refresh_from_db()
    assert (row.done_at, Effect.objects.count()) == (AT, 1)


@pytest.mark.django_db
def test_a_drain_ends_after_its_share(noted: list[tuple[str, str, str]]) -> None:
    for number in range(5):
        announce("one", number)
    assert outbox.drain(now=lambda: AT, most=3) == 3
    assert drain() == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_rows_and_none_is_answered_twice(noted: list[tuple[str, str, str]]) -> None:
    for number in range(40):
        announce("one", number)
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        try:
            while OutboxRow.objects.filter(done_at__isnull=True).exists():
                drain()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(subject) for _name, subject, _request in noted) == list(range(40))


@pytest.mark.django_db
def test_the_sweep_answers_a_row_whose_doorbell_was_lost(noted: list[tuple[str, str, str]]) -> None:
    announce("one")  # nobody listens to the bell in a test
    sweeps = [
        each["schedule"] for each in app.conf.beat_schedule.values() if each["task"] == "journal.tasks.drain"
    ]
    assert sweeps
    assert min(sweeps) <= 15.0
    assert tasks.drain() == 1
    assert len(noted) == 1


# --- the table ---


def announced_names() -> set[str]:
    """Names given to `announce` as a literal anywhere in the house, and those of the lifecycle's table."""
    found = {row.event for row in ROWS}
    for path in ROOT.glob("*/**/*.py"):
        if {"tests", ".venv", "node_modules", "var"} & set(path.relative_to(ROOT).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and "announce" in {
                getattr(node.func, "id", ""),
                getattr(node.func, "attr", ""),
            }:
                if node.args and isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
    return found


def test_the_table_of_events_is_exactly_what_is_announced() -> None:
    assert announced_names() == set(EVENTS)


# --- real handlers, run again and again ---


def everything() -> dict[str, object]:
    """What the handlers of a whole life have made."""
    return {
        "letters": sorted(Letter.objects.values_list("pk", "number", "pdf", "sha256")),
        "files": sorted(StoredFile.objects.values_list("pk", flat=True)),
        "messages": sorted(Message.objects.values_list("user", "key")),
        "deliveries": sorted(Delivery.objects.values_list("message", "channel")),
        "numbers": sorted(Counter.objects.values_list("key", "next")),
        "visits": sorted(Visit.objects.values_list("pk", "sheet")),
        "permits": sorted(Permit.objects.values_list("pk", flat=True)),
        "dossiers": list(Dossier.objects.values()),
    }


@pytest.mark.django_db
def test_a_whole_life_answered_three_times_leaves_the_rows_of_once() -> None:
    making.make_dossier(State.APPROVED)
    now = timezone.now()
    while drain(now):
        pass
    once, rows = everything(), OutboxRow.objects.count()
    assert not OutboxRow.objects.filter(done_at__isnull=True).exists()
    assert all(pdf for _pk, _number, pdf, _digest in once["letters"])
    for _ in range(2):
        Effect.objects.all().delete()
        OutboxRow.objects.update(done_at=None, claimed_until=None)
        while drain(now):
            pass
        assert everything() == once
    assert OutboxRow.objects.count() == rows
    assert AuditEvent.objects.filter(verb="letter.issued").count() == len(once["letters"])
