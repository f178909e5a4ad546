"""The servers of one command: they answer while it runs and are gone after it, however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from scripts import services
from tests.conftest import service_missing

SCRIPT = Path(services.__file__)
SHOW = "import os, time; print(os.environ['TEST_REDIS_URL'], flush=True); time.sleep(60)"


@pytest.fixture(autouse=True)
def _installed() -> None:
    try:
        services.postgres_program("initdb")
        services.redis_program()
    except services.ServiceMissing as missing:
        service_missing(str(missing))


def answers(url: str) -> bool:
    with redis.Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False


def test_postgresql_is_one_that_the_portal_can_stand_on() -> None:
    with services.postgres() as url:
        line = psycopg2.connect(url)
        with line.cursor() as cursor:
            cursor.execute("SELECT datcollate, current_setting('server_encoding') FROM pg_database LIMIT 1")
            assert cursor.fetchone() == ("C.UTF-8", "UTF8")
        line.close()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(url)


def test_redis_answers_and_then_is_gone() -> None:
    with services.redis() as url:
        assert answers(url)
    assert not answers(url)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_ends_with_the_process_that_started_it(how: signal.Signals, tmp_path: Path) -> None:
    command = [sys.executable, SCRIPT, "--only", "redis", "--", sys.executable, "-c", SHOW]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert answers(url)
        process.send_signal(how)
    deadline = time.monotonic() + 10
    while answers(url) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not answers(url)


def test_the_exit_code_is_that_of_the_command() -> None:
    command = [sys.executable, SCRIPT, "--only", "redis", "--", sys.executable, "-c", "raise SystemExit(7)"]
    assert subprocess.run(command, check=False).returncode == 7


@pytest.mark.parametrize(("required", "code"), [("1", 1), ("", 0)])
def test_a_missing_service_is_named_and_fails_only_where_required(required: str, code: int) -> None:
    nothing = {**os.environ, "PATH": "/nowhere", "REQUIRE_SERVICES": required}
    command = [sys.executable, SCRIPT, "--only", "redis", "--", sys.executable, "-c", ""]
    done = subprocess.run(command, env=nothing, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Redis" in done.stdout + done.stderr
