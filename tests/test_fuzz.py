"""Nonsense at every door: whatever is put into an address or a form, the portal never answers with a 500.

Bytes that no text has, numbers that no column holds, days outside the calendar, texts longer than any field,
lists where one value is meant. PostgreSQL refuses much of it that SQLite takes; the suite runs on both.
"""

import copy
import random
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.counts import count
from tests.permissions import PEOPLE, TABLE, Row
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
FORM = "application/x-www-form-urlencoded"

# Already encoded, as a hostile client would send them.
BAD: dict[str, str] = {
    "nothing": "",
    "NUL": "a%00b",
    "a lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE%C3",
    "a huge number": "1" + "0" * 400,
    "a number past 64 bits": "9223372036854775808",
    "a negative number": "-1",
    "an exponent": "1e999",
    "not a number": "NaN",
    "digits of another script": quote("٣²①"),
    "the first day": "0001-01-01",
    "the last day": "31%2F12%2F9999",
    "no day": "30%2F02%2F2021",
    "a moment past the end": "9999-12-31T23%3A59%3A59%2B14%3A00",
    "a long text": "x" * 100_000,
    "long in letters of three bytes": quote("ặ") * 3_000,
    "marks of direction": quote("\u202e\u200f\u2066abc"),
    "a key of nothing": "00000000-0000-0000-0000-000000000000",
    "half a key": "00000000-0000-0000",
    "wildcards": quote("%_\\'\"--;"),
    "a format": quote("%s %(x)s {0} {{ x }}"),
}
# What doors read by name without a form, found in the sources, so that a new one is tried by itself.
READ = re.compile(r"""(?:GET|POST|asked|data)(?:\.get|\.getlist)?[(\[]["']([\w-]+)["']""")
FIELD = re.compile(r"""<(?:input|select|textarea|button)[^>]*?\sname="([^"]+)\"""")


def names_read() -> list[str]:
    """Every name that a view asks an address or a form for."""
    found = set()
    for path in ROOT.glob("*/**/*.py"):
        if path.parts[len(ROOT.parts)] in {"applications", "dashboards", "documents", "inspections", "notices",
                                            "organisations", "pages", "workers"}:  # fmt: skip
            found |= set(READ.findall(path.read_text(encoding="utf-8")))
    return sorted(found)


NAMES = names_read()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for the module, in a transaction that ends with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world(timezone.now() - timedelta(hours=20))
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(world: World) -> None:
    """In the place of pytest-django's, as in test_permissions."""


class Visitor:
    """One person, who stays signed in whatever an answer does to the session."""

    def __init__(self, world: World, row: Row) -> None:
        allowed = sorted((row.post or row.get) & PEOPLE) or sorted((row.get | row.post) & PEOPLE)
        user = world.people.get(allowed[0]) if allowed else None
        stamp = timezone.now().timestamp()
        self.client: Client = cast.signed_in(user, authenticated_at=stamp, raise_request_exception=False)
        self.cookies = copy.deepcopy(self.client.cookies)

    def ask(self, path: str, body: str | None = None) -> HttpResponse:
        """GET, or POST with this body; rolled back, for the next attempt meets the same world."""
        self.client.cookies = copy.deepcopy(self.cookies)
        cache.clear()
        with transaction.atomic():
            if body is None:
                answer = self.client.get(path)
            else:
                answer = self.client.generic("POST", path, body, content_type=FORM)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer


def encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote(name)}={value}" for name, value in pairs)


def fault(answer: HttpResponse) -> str:
    error = getattr(answer, "exc_info", None)
    return f"{answer.status_code} {error[1]!r:.300}" if error else str(answer.status_code)


def test_the_names_that_doors_read_are_found() -> None:
    assert {"q", "page", "state", "paper", "back", "verdict", "w"} <= set(NAMES)


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.get))
def test_no_address_breaks_on_what_follows_its_question_mark(name: str, world: World) -> None:
    row = TABLE[name]
    visitor, path = Visitor(world, row), reverse(name, args=row.arguments(world))
    chosen = random.Random(name).sample(
        sorted(BAD), count("bad values in each address", quick=2, soak=len(BAD))
    )
    short = {what: BAD[what][:2_000] for what in chosen}  # a web server stops at some thousand signs
    for what, value in short.items():
        every = encoded([(each, value) for each in NAMES])
        answer = visitor.ask(f"{path}?{every}")
        assert answer.status_code < 500, f"{name}, {what} everywhere: {fault(answer)}"
    for number, each in enumerate(NAMES if name in LISTS else []):
        value = ("a%00b", quote("ẵ²"), "9" * 30)[number % 3]
        answer = visitor.ask(f"{path}?{each}={value}&{each}=x")
        assert answer.status_code < 500, f"{name}, {each}={value}: {fault(answer)}"


# Whose address is read the most: there each name is tried alone too.
LISTS = {"dossiers:list", "dossiers:detail", "sites", "documents:letters", "search", "guide"}


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.post))
def test_no_form_breaks_on_what_is_typed_into_it(name: str, world: World) -> None:
    row = TABLE[name]
    visitor, path = Visitor(world, row), reverse(name, args=row.arguments(world))
    good = {key: quote(str(value)) for key, value in row.data(world).items()}
    page = visitor.ask(path)
    shown = FIELD.findall(page.content.decode()) if page.status_code == 200 and not page.streaming else []
    fields = sorted({*shown, *good} - {"csrfmiddlewaretoken"}) or NAMES
    picked = random.Random(name)
    for what in picked.sample(sorted(BAD), count("bad values in each form", quick=2, soak=len(BAD))):
        pairs = [(each, BAD[what]) for each in fields]
        answer = visitor.ask(path, encoded(pairs))
        assert answer.status_code < 500, f"{name}, {what} everywhere: {fault(answer)}"
    for each in fields:
        for what in picked.sample(sorted(BAD), count("bad values in each field", quick=1, soak=len(BAD))):
            rest = [(key, value) for key, value in good.items() if key != each]
            answer = visitor.ask(path, encoded([*rest, (each, BAD[what]), (each, "x")]))
            assert answer.status_code < 500, f"{name}, {what} in {each}: {fault(answer)}"
    for body in ("", "%00=%00&[]=1&a[b]=2&=&"):
        assert visitor.ask(path, body).status_code < 500, f"{name}, {body!r}"
