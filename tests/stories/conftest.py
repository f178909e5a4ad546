"""A real browser for the stories: Debian's Chromium, driven by Playwright, against the live server.

    def test_an_enterprise_…(page, portal): page.goto(portal + "/")

A story fails by itself when a page throws, refuses something by its security policy, or asks another host.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.cast import HANOI
from tests.conftest import CHROMIUM, ROOT, service_missing

QUIET = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
DESKTOP = (1366, 768)
PATIENCE_MS = 30_000  # a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        service_missing("Chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """Ten in the morning of the day it is, and running: no story depends on the hour at which it is told."""
    start = datetime.now(HANOI).replace(hour=10, minute=0, second=0)
    with time_machine.travel(start, tick=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def lasting_statics() -> Iterator[None]:
    """The browser keeps scripts, styles and fonts, as behind the portal; else each page asks for all sixteen again."""
    serve = StaticFilesHandler.serve

    def lasting(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        answer = serve(self, request)
        answer["Cache-Control"] = "max-age=604800"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", lasting)
        yield


@pytest.fixture
def portal(live_server: object) -> str:
    """The address of the portal under test, without a slash at its end."""
    return str(live_server)


# Chromium reports each answer of 400 and more, and each broken line; stories ask for some of them on purpose.
ON_PURPOSE = (
    "the server responded with a status of",
    "net::ERR_CONNECTION_RESET",
    "net::ERR_INTERNET_DISCONNECTED",
)


def _listen(page: Page, host: str, complaints: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in ON_PURPOSE):
            complaints.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((host, "data:", "blob:", "about:")):
            complaints.append(f"asked another host: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("request", on_request)


@pytest.fixture
def new_page(browser: Browser, portal: str) -> Iterator[Callable[..., Page]]:
    """A maker of pages, each in a context of its own (one person, one browser): new_page(width=390)."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(*, width: int = DESKTOP[0], height: int = DESKTOP[1], script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        _listen(page, portal, complaints)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One person's page on a desk."""
    return new_page()


DRAIN = """
import django, sys
from datetime import datetime, timedelta
django.setup()
from django.utils import timezone
from journal import outbox
ahead = datetime.fromisoformat(sys.argv[1]) - timezone.now()
while outbox.drain(now=lambda: timezone.now() + ahead):
    pass
"""


@pytest.fixture
def work(portal_environment: dict[str, str]) -> Callable[[], None]:
    """Everything that waits in the outbox, done at the story's hour by a process of its own, as a worker is."""

    def run() -> None:
        command = [sys.executable, "-c", DRAIN, timezone.now().isoformat()]
        subprocess.run(command, env=portal_environment, cwd=ROOT, check=True)

    return run
