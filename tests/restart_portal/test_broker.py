"""The doorbell: quick to give up when the broker is down, and working again when the folder of files is back."""

import shutil
import socket
import time
from pathlib import Path

import pytest
from celery import Celery
from django.db import transaction
from kombu import Connection, Exchange, Queue
from pytest_django.fixtures import Settings

from journal import recording, tasks
from journal.models import OutboxRow
from restart_portal import celery, file_broker
from tests import cast


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "broker"


@pytest.fixture
def file_connection(folder: Path, settings: Settings) -> Connection:
    settings.CELERY_BROKER_FOLDER = folder
    return Connection("filesystem://", transport_options=celery.broker_options())


def test_files_are_carried_by_our_own_transport(file_connection: Connection) -> None:
    assert isinstance(file_connection.transport, file_broker.Transport)


def test_a_process_that_runs_while_the_folder_is_deleted_rings_and_listens_again(
    file_connection: Connection, folder: Path
) -> None:
    with file_connection, file_connection.SimpleQueue(Queue("bell", routing_key="bell")) as queue:
        queue.put("one")
        assert queue.get(timeout=5).payload == "one"
        for text in ("two", "three"):
            shutil.rmtree(folder)
            queue.put(text)
            assert queue.get(timeout=5).payload == text
        shutil.rmtree(folder)
        with pytest.raises(queue.Empty):
            queue.get(block=False)


def test_a_message_that_was_cut_off_ends_no_worker(file_connection: Connection, folder: Path) -> None:
    with file_connection, file_connection.SimpleQueue(Queue("bell", routing_key="bell")) as queue:
        queue.put("one")
        queue.get(timeout=5)
        for content in (b"", b'{"body": "half'):
            (folder / "data" / "0_cut.bell.msg").write_bytes(content)
            with pytest.raises(queue.Empty):
                queue.get(block=False)
        queue.put("two")
        assert queue.get(timeout=5).payload == "two"


def test_a_message_has_its_name_only_once_it_is_whole(
    file_connection: Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[list[str]] = []
    write = Path.write_bytes

    def watched(path: Path, content: bytes) -> int:
        written = write(path, content)
        named.append([each.name for each in (folder / "data").glob("*.msg")])
        return written

    with file_connection, file_connection.SimpleQueue(Queue("bell", routing_key="bell")) as queue:
        monkeypatch.setattr(Path, "write_bytes", watched)
        queue.put("one")
        assert named == [[]]
        assert queue.get(timeout=5).payload == "one"


def test_a_table_of_queues_that_was_cut_off_is_written_again(
    file_connection: Connection, folder: Path
) -> None:
    with (
        file_connection,
        file_connection.SimpleQueue(Queue("bell", Exchange("bell"), routing_key="bell")) as queue,
    ):
        tables = list((folder / "control").glob("*.exchange"))
        assert tables
        for table in tables:
            table.write_bytes(b"")
        queue.put("one")
        assert queue.get(timeout=5).payload == "one"


def ring_through(url: str, options: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> float:
    """Seconds that a request waits for a doorbell on this broker, which does not work."""
    app = Celery("elsewhere", broker=url, set_as_current=False)
    app.conf.update(broker_transport_options=options, task_ignore_result=True)
    monkeypatch.setattr(tasks, "drain", app.task(tasks.drain.run, name="journal.tasks.drain"))
    recording.ring()  # the first one imports the transport
    began = time.monotonic()
    recording.ring()
    return time.monotonic() - began


@pytest.fixture
def redis_options(settings: Settings) -> dict[str, object]:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1/0"
    return celery.broker_options()


def test_a_redis_that_is_down_costs_no_error_and_no_wait(
    redis_options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert ring_through(f"redis://127.0.0.1:{port}/0", redis_options, monkeypatch) < 2


def test_a_redis_that_does_not_answer_costs_two_seconds(
    redis_options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        assert ring_through(f"redis://127.0.0.1:{port}/0", redis_options, monkeypatch) < 4


def test_a_folder_that_cannot_be_written_costs_no_error(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_FOLDER = folder
    options = celery.broker_options()
    shutil.rmtree(folder)
    folder.write_text("a file where the folder should be")
    assert ring_through("filesystem://", options, monkeypatch) < 2


@pytest.mark.django_db(transaction=True)
def test_a_transaction_rings_once_for_all_that_it_announces(monkeypatch: pytest.MonkeyPatch) -> None:
    rung = []
    monkeypatch.setattr(recording, "ring", lambda: rung.append(OutboxRow.objects.count()))
    with transaction.atomic():
        recording.announce("letter.issued", 1, at=cast.AT)
        with transaction.atomic():
            recording.announce("letter.issued", 2, at=cast.AT)
        assert rung == []
    assert rung == [2]
    recording.announce("letter.issued", 3, at=cast.AT)
    assert rung == [2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_rolled_back_takes_its_announcement_but_not_the_bell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rung = []
    monkeypatch.setattr(recording, "ring", lambda: rung.append(OutboxRow.objects.count()))
    with transaction.atomic():
        with transaction.atomic():
            recording.announce("letter.issued", 1, at=cast.AT)
            transaction.set_rollback(True)
        recording.announce("letter.issued", 2, at=cast.AT)
    assert rung == [1]
