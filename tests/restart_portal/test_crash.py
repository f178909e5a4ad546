"""A worker killed between decision and letter, the broker's memory gone: the letter comes, once.

Real worker processes, on both brokers, killed with everything they started.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from pytest_django.fixtures import Settings
from redis import Redis

from applications.models import Decision
from applications.states import State
from applications.telling import people_of
from documents.models import Counter, Letter, StoredFile
from journal.models import OutboxRow
from notices.models import Delivery, Message
from organisations.models import Permit
from restart_portal import celery
from scripts.services import end_with_parent
from tests import cast
from tests.applications import making
from tests.conftest import ROOT

SECONDS = 90
WORKER = [
    "-m",
    "celery",
    "--app",
    "restart_portal.celery",
    "worker",
    "--concurrency",
    "1",
    "--loglevel",
    "INFO",
]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def until(what: Callable[[], object], *, pause: float = 0.1) -> None:
    deadline = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < deadline, f"{SECONDS} s passed"
        time.sleep(pause)


class Worker:
    """One worker in a process group of its own."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, *WORKER, *QUIET], env=environment, stdout=out, stderr=out, cwd=ROOT,
                start_new_session=True, preexec_fn=end_with_parent(signal.SIGKILL),
            )  # fmt: skip

    def wait_until_ready(self) -> None:
        until(lambda: b" ready." in self.log.read_bytes() or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()

    def kill(self) -> None:
        """kill -9, the worker and its children."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Broker:
    """The doorbell under test: how to ring it, and how to lose all it holds."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.app = Celery("beat", broker=url, set_as_current=False)
        self.app.conf.update(broker_transport_options=celery.broker_options(), task_ignore_result=True)

    def tick(self, task: str = "journal.tasks.drain") -> None:
        """What beat does: send one task by its name."""
        self.app.send_task(task)

    def lose_everything(self) -> None:
        if self.url.startswith("redis"):
            with Redis.from_url(self.url) as line:
                line.flushdb()
        else:
            shutil.rmtree(self.folder)


@pytest.fixture(params=["files", "redis"])
def broker(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Broker:
    url = "filesystem://"
    if request.param == "redis":  # a database of its own, since it is emptied
        url = request.getfixturevalue("redis_url").rpartition("/")[0] + "/9"
    settings.CELERY_BROKER_URL = url
    settings.CELERY_BROKER_FOLDER = tmp_path / "var" / "broker"
    return Broker(url, settings.CELERY_BROKER_FOLDER)


@contextmanager
def a_worker(environment: dict[str, str], log: Path) -> Iterator[Worker]:
    worker = Worker(environment, log)
    try:
        worker.wait_until_ready()
        yield worker
    finally:
        worker.kill()


def time_passes() -> None:
    """The leases of the dead end."""
    now = timezone.now()
    OutboxRow.objects.filter(done_at__isnull=True, claimed_until__gt=now).update(claimed_until=now)


def all_answered(broker: Broker) -> bool:
    """Beat rings for as long as something waits: an answer that failed, for a locked database say, is tried again."""
    if not OutboxRow.objects.filter(done_at__isnull=True).exists():
        return True
    time_passes()
    broker.tick()
    return False


def mails(folder: Path) -> list[str]:
    """Message-ID of every mail sent; two of one second may stand in one file of the embedded portal."""
    heads = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)
    return sorted(found.decode() for path in folder.glob("*") for found in heads.findall(path.read_bytes()))


def test_a_worker_killed_between_decision_and_letter_costs_nothing(
    broker: Broker, portal_environment: dict[str, str], tmp_path: Path
) -> None:
    environment = {
        **portal_environment,
        "PORTAL_VAR": str(tmp_path / "var"),
        "PORTAL_FILES": str(settings.MEDIA_ROOT),
        "CELERY_BROKER_URL": broker.url,
    }
    dossier = making.make_dossier(State.FORWARDED)
    OutboxRow.objects.update(done_at=cast.AT)
    with a_worker(environment, tmp_path / "first.log") as worker:
        dossier = making.approve(dossier, cast.AT + 9 * making.HOUR)
        letter = Letter.objects.get(pk=Decision.objects.get(dossier=dossier).letter_id)
        row = OutboxRow.objects.get(event="letter.issued", subject_id=str(letter.pk))
        broker.tick()
        until(lambda: OutboxRow.objects.get(pk=row.pk).attempts == 1, pause=0.01)
        worker.kill()
    row.refresh_from_db()
    assert row.done_at is None, "the worker was quicker than kill -9; the test proves nothing"
    broker.lose_everything()
    with a_worker(environment, tmp_path / "second.log"):
        for _ in range(2):
            time_passes()
            broker.tick()
        until(lambda: all_answered(broker), pause=3)
        for _ in range(2):
            broker.tick("notices.tasks.deliver")
        until(lambda: not Delivery.objects.filter(sent_at__isnull=True).exists())
    assert_once(letter, people=people_of(dossier.site.enterprise_id), sent=mails(tmp_path / "var" / "mail"))


def assert_once(letter: Letter, *, people: list[object], sent: list[str]) -> None:
    letter.refresh_from_db()
    assert letter.pdf.content.open("rb").read(5) == b"%PDF-"
    letter.pdf.content.close()
    assert (Letter.objects.filter(kind=Letter.Kind.DECISION).count(), Permit.objects.count()) == (1, 1)
    assert Counter.objects.get(key="letters:PPC:2021:UBND").next == 2
    assert StoredFile.objects.filter(sha256=letter.sha256).count() == 1
    told = Message.objects.filter(key=f"letter:{letter.pk}")
    assert not told.values("user").annotate(n=Count("pk")).filter(n__gt=1).order_by("user").exists()
    assert {person.pk for person in people} <= set(told.values_list("user_id", flat=True))
    expected = [f"<notice-{pk}@127.0.0.1>" for pk in Delivery.objects.values_list("pk", flat=True)]
    assert sent == sorted(expected)
