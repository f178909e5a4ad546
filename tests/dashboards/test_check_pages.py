"""What anyone opens from the QR of a letter: light on a weak line, dressed as the portal is, and without script."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from applications.models import Volume
from applications.states import State
from documents import issuing
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
MOST = 30_000
PAGES = ("asked", "unknown", "letter", "volume", "letter of an official")
FETCHES = re.compile(r'(?:href|src|srcset|data|poster)="(/static/[^"#?]+)')
CLASSES = re.compile(r'class="([^"]*)"')


def stored(path: str) -> bytes:
    """A static file by its address."""
    return Path(str(finders.find(path.removeprefix("/static/")))).read_bytes()


@pytest.fixture
def opened() -> Callable[[str], bytes]:
    """A check page by its name in PAGES, as it is sent."""
    dossier = making.make_dossier(State.APPROVED)
    letter = dossier.decision.letter
    issuing.make_pdf(str(letter.pk), at=cast.AT)
    common = {"dossier": dossier, "parts": [], "pages": 480, "digest": "0123456789abcdef" * 4}
    for n in (1, 2):
        Volume.objects.create(**common, version=n, key=str(n), token=f"VLVLVLVLVL2{n}", made_at=cast.AT)
    tokens = {"unknown": "KHNGC7222222", "volume": "VLVLVLVLVL21"}

    def page(name: str) -> bytes:
        client = cast.signed_in(cast.make_zone_head() if "official" in name else None)
        address = reverse("check") if name == "asked" else check_of(tokens.get(name, letter.token))
        return client.get(address).content

    return page


def check_of(token: str) -> str:
    return reverse("check_letter", args=[token])


@pytest.mark.parametrize("name", PAGES)
def test_a_check_page_weighs_little_with_all_that_it_makes_the_browser_fetch(name: str, opened) -> None:
    page = opened(name)
    files = {path: stored(path) for path in FETCHES.findall(page.decode())}
    assert "/static/css/check.css" in files
    # The page goes as it is: an answer that holds a token is not packed. Static files are.
    assert len(page) + sum(len(gzip.compress(content)) for content in files.values()) <= MOST
    assert not re.search(rb"<(script|img|use|iframe|object|video|style)\b", page)


def test_the_sheet_of_the_check_pages_fetches_nothing_more() -> None:
    sheet = stored("/static/css/check.css").decode()
    assert "@font-face" not in sheet
    assert "@import" not in sheet
    assert not re.findall(r"url\((?![\"']?data:)", sheet)
    assert "@font-face" in stored("/static/css/app.css").decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_check_page_is_dressed_in_all_that_the_portal_knows_of_it(name: str, opened) -> None:
    used = {word for found in CLASSES.findall(opened(name).decode()) for word in found.split()}
    portal, own = (styled_by(f"/static/css/{sheet}.css") for sheet in ("app", "check"))
    assert {"bar", "foot", "sheet"} <= used
    assert (used & portal) - own == set()


def styled_by(path: str) -> set[str]:
    """The classes that a sheet has rules for."""
    return set(re.findall(r"\.([a-z][\w-]*)", stored(path).decode()))


def test_every_tone_of_a_state_and_every_theme_is_in_the_sheet() -> None:
    sheet = stored("/static/css/check.css").decode()
    for tone in ("info", "ok", "wait", "late", "calm"):
        assert f".tag-{tone}{{" in sheet
    for theme in ("dark", "auto", "sunlight"):
        assert f"[data-theme={theme}]" in sheet
    assert "@media print" in sheet


@pytest.mark.parametrize("name", ["front", "account_login", "account_reset_password", "track"])
def test_every_other_page_keeps_the_sheet_of_the_portal_and_nothing_else_in_its_place(
    name: str, client: Client
) -> None:
    cast.load_reference()
    head = client.get(reverse(name)).content.decode().partition("</head>")[0]
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', head) == ["/static/css/app.css"]
    assert not re.search(r"<(form|div|p|input)\b", head)
