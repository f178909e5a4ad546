"""Open doors: each may be asked only so often a minute by one address."""

from dataclasses import replace
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client

from restart_portal.open_routes import OPEN_ROUTES
from tests import cast

pytestmark = pytest.mark.django_db
LIMITED = sorted(prefix for prefix, door in OPEN_ROUTES.items() if door.a_minute is not None)
PAGES = {"/check/": "/check/KHONGCO22222/", "/health/": "/health/live", "/i18n/": "/i18n/setlang/"}
FEW = 3


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.1", "203.0.113.1", True),
        ("::ffff:203.0.113.1", "::ffff:203.0.113.2", False),
    ],
)
def test_a_door_counts_a_household_as_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, one: str, other: str, together: bool
) -> None:
    monkeypatch.setitem(OPEN_ROUTES, "/health/", replace(OPEN_ROUTES["/health/"], a_minute=FEW))
    with time_machine.travel(cast.AT, tick=False):
        for _ in range(FEW):
            assert client.get("/health/live", REMOTE_ADDR=one).status_code == HTTPStatus.OK
        last = client.get("/health/live", REMOTE_ADDR=other)
    assert (last.status_code == HTTPStatus.TOO_MANY_REQUESTS) is together


@pytest.mark.parametrize("prefix", LIMITED)
def test_who_asks_an_open_door_once_too_often_waits_for_the_next_minute(
    prefix: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.load_reference()
    monkeypatch.setitem(OPEN_ROUTES, prefix, replace(OPEN_ROUTES[prefix], a_minute=FEW))
    page = PAGES.get(prefix, prefix)
    with time_machine.travel(cast.AT, tick=False) as clock:
        asked = [client.get(page).status_code for _ in range(FEW + 1)]
        assert HTTPStatus.TOO_MANY_REQUESTS not in asked[:FEW]
        assert asked[FEW] == HTTPStatus.TOO_MANY_REQUESTS
        assert client.get(page, REMOTE_ADDR="203.0.113.9").status_code != HTTPStatus.TOO_MANY_REQUESTS
        clock.shift(60)
        assert client.get(page).status_code != HTTPStatus.TOO_MANY_REQUESTS
