"""What every test lives under: no network, no unordered pages, no write on a GET, no undefined variable.

Warnings are errors (pyproject.toml), the order is random (pytest-randomly), the template and GET guards are
in strict_templates.py and read_only.py.
"""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from documents import limits
from journal import triggers
from scripts import services
from tests import counts
from tests.read_only import reading_only

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

for profile, examples in {"quick": 60, "soak": 2000}.items():
    hypothesis_settings.register_profile(
        profile, max_examples=examples, deadline=None, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )  # fmt: skip
hypothesis_settings.load_profile("soak" if counts.SOAK else "quick")


# --- no network ---


class NetworkForbidden(RuntimeError):
    """A test reached for another machine."""


def _is_here(host: object) -> bool:
    return str(host) in {"localhost", "::1", "", "None"} or str(host).startswith("127.")


def _guard_network(patch: pytest.MonkeyPatch) -> None:
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(line: socket.socket, address: Any) -> None:
        if line.family != socket.AF_UNIX and not _is_here(address[0]):
            raise NetworkForbidden(f"a test wanted to reach {address!r}")

    def guarded_connect(line: socket.socket, address: Any) -> None:
        check(line, address)
        connect(line, address)

    def guarded_connect_ex(line: socket.socket, address: Any) -> int:
        check(line, address)
        return connect_ex(line, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_here(host):
            raise NetworkForbidden(f"a test wanted to look up {host!r}")
        return look_up(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)


# --- no page of an unordered list ---


class UnorderedSlice(AssertionError):
    """A queryset without an order was cut: which rows it yields is left to chance."""


def _guard_slices(patch: pytest.MonkeyPatch) -> None:
    cut = QuerySet.__getitem__

    def guarded(rows: QuerySet[Any], key: Any) -> Any:
        caller = Path(sys._getframe(1).f_code.co_filename)
        ours = caller.is_relative_to(ROOT) and not caller.is_relative_to(ROOT / ".venv")
        if ours and rows._result_cache is None and not rows.ordered:
            raise UnorderedSlice(f"{caller.name}, line {sys._getframe(1).f_lineno}: {rows.model.__name__}")
        return cut(rows, key)

    patch.setattr(QuerySet, "__getitem__", guarded)


@pytest.fixture(scope="session", autouse=True)
def _guards() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        _guard_network(patch)
        _guard_slices(patch)
        yield


# --- the database ---


@pytest.fixture(scope="session", autouse=True)
def triggers_lifted_around_flush() -> Iterator[None]:
    """A test with real transactions ends in a flush, which the journal refuses: lift triggers for that."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_with_triggers_lifted(ops: Any, statements: list[str]) -> None:
        triggers.drop(ops.connection)
        try:
            flush(ops, statements)
        finally:
            triggers.create(ops.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_with_triggers_lifted)
        yield


@pytest.fixture
def read_only_connection() -> Callable[..., AbstractContextManager[None]]:
    """`with read_only_connection():` fails on a statement that writes (see tests/read_only.py)."""
    return reading_only


@pytest.fixture(autouse=True)
def _nothing_inherited() -> None:
    """The cache counts rate limits, and a request leaves its language with the thread: no test inherits them."""
    cache.clear()
    translation.deactivate()


@pytest.fixture
def portal_environment(transactional_db: None) -> dict[str, str]:
    """Environment of a process (worker, beat, command) that shares this test's database and folder."""
    name = connection.settings_dict
    url = f"sqlite:///{name['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{name['USER']}@{name['HOST']}:{name['PORT']}/{name['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "restart_portal.settings",
        "PYTHONPATH": str(ROOT),
    }


# --- the limited child ---

# tests/measuring.py sees the process of the tests. What runs in the child is measured where its own tests are.
CHILD_MEASURED = tuple(ROOT / "tests" / room for room in ("documents", "workers", "stories"))


@pytest.fixture(autouse=True, scope="module")
def _measured_child(request: pytest.FixtureRequest) -> Iterator[None]:
    if "MEASURE" not in os.environ or not any(map(request.path.is_relative_to, CHILD_MEASURED)):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COVERAGE_PROCESS_START", str(ROOT / "pyproject.toml"))
        limits.start_over()
        yield
    limits.start_over()


# --- services ---


def service_missing(name: str) -> None:
    """End a test for want of a service: a failure where services are required, else a skip that names it."""
    if services.required():
        pytest.fail(f"{name} is missing and REQUIRE_SERVICES is set")
    pytest.skip(f"{name} is missing")


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis of this run's own."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    try:
        with services.redis() as url:
            yield url
    except services.ServiceMissing as missing:
        service_missing(str(missing))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything under tests/stories is a story; without Chromium, stories are left out and named."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "stories"):
            item.add_marker(pytest.mark.stories)
    if connection.vendor == "postgresql":
        _leave_out(items, [item for item in items if not _asks_a_database(item)], config)
    stories = [item for item in items if item.get_closest_marker("stories")]
    if stories and CHROMIUM is None and not services.required():
        _leave_out(items, stories, config)


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether a test can tell one database from the other. What cannot has been run on SQLite just before."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & {"db", "transactional_db", "portal", "portal_environment"}
    )


def _leave_out(items: list[pytest.Item], those: list[pytest.Item], config: pytest.Config) -> None:
    left = set(map(id, those))
    items[:] = [item for item in items if id(item) not in left]
    config.hook.pytest_deselected(items=those)


def pytest_report_header() -> list[str]:
    missing = [] if CHROMIUM else ["Chromium is missing: the browser stories are not run"]
    return [f"database: {connection.vendor}; counts: {'full' if counts.SOAK else 'reduced'}", *missing]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if lines := counts.used():
        terminalreporter.section("counts")
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, with the sessions ended that a killed worker or a thread of a race left behind.

    PostgreSQL drops no database that somebody else still has open; the server notices a dead client late.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
