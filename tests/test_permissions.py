"""The permission matrix: every address x every person x every method, held to tests/permissions.py."""

import copy
import html
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from applications.states import State
from restart_portal import views
from restart_portal.open_routes import OPEN_ROUTES, is_open
from tests import cast
from tests.permissions import ANYONE, ELSEWHERE, PEOPLE, TABLE, Row
from tests.world import World, make_world

pytestmark = pytest.mark.django_db

REFUSED = {403, 404, 405}
SIGN_IN = "/accounts/login/"


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, str]]:
    """(name, pattern) of every address of the portal."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", str(pattern.pattern)
        else:
            yield from routes(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


class Province:
    """The world, and a client for everybody in it; every request happens in a savepoint that is rolled back."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sign_in()

    def sign_in(self) -> None:
        """Everybody anew: what signs or decides asks for a password of the last five minutes."""
        self.since = time.monotonic()
        self.clients = {name: self.client(name) for name in ANYONE}
        self.cookies = {name: copy.deepcopy(client.cookies) for name, client in self.clients.items()}

    def client(self, name: str, **options: bool) -> Client:
        user = self.world.people.get(name)
        return cast.signed_in(user, authenticated_at=time.time(), raise_request_exception=False, **options)

    def ask(self, name: str, method: str, path: str, row: Row) -> HttpResponse:
        if time.monotonic() - self.since > 120:
            self.sign_in()
        client = self.clients[name]
        client.cookies = copy.deepcopy(self.cookies[name])
        cache.clear()
        with transaction.atomic():
            response = getattr(client, method)(path, row.data(self.world) if method == "post" else None)
            transaction.set_rollback(True)
        if response.streaming:
            b"".join(
                response.streaming_content
            )  # to its end: the client closes it then, the connection aside
        assert response.status_code < 500, f"{name} {method} {path}: {response.status_code}"
        assert_headers(response, signed_in=name != "anonymous" and "sessionid" in client.cookies)
        return response


def assert_headers(response: HttpResponse, *, signed_in: bool) -> None:
    """What every answer of the portal carries, a refusal too."""
    policy = response["Content-Security-Policy"]
    assert "default-src" in policy
    assert "frame-ancestors" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Request-ID"]
    if signed_in and response.status_code == 200:
        kept = {"private"} if response["Content-Type"] == "image/png" else {"private", "no-store"}
        assert kept <= set(response["Cache-Control"].replace(",", " ").split())


def to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(SIGN_IN)


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Province]:
    """Made once for the module, in a transaction that ends with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Province(make_world(timezone.now() - timedelta(hours=20)))
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(province: Province) -> None:
    """In the place of pytest-django's: a test of its own transaction closes the connection that the world is in."""


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of refusals without their drawn page: what counts here is the answer and its headers."""

    def bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
        return HttpResponse(template, status=status)

    monkeypatch.setattr(views, "render", bare)


# --- the table ---


def test_the_table_has_every_address_and_no_other() -> None:
    found = dict(routes())
    assert not [f"{name} ({found[name]})" for name in sorted(found) if name.endswith("None")], (
        "a route has no name"
    )
    assert set(TABLE) == set(found), "tests/permissions.py does not say who may"


def test_the_table_names_nobody_who_is_not_in_the_world(province: Province) -> None:
    assert set(province.world.people) == PEOPLE
    assert all(row.get | row.post <= ANYONE for row in TABLE.values())


def test_an_open_address_is_open_for_a_reason_and_every_reason_is_used(province: Province) -> None:
    paths = {name: reverse(name, args=row.arguments(province.world)) for name, row in TABLE.items()}
    for name, row in TABLE.items():
        if "anonymous" in row.get | row.post:
            assert is_open(paths[name]), (
                f"{name} is open to anybody, but not in restart_portal/open_routes.py"
            )
    for prefix, door in OPEN_ROUTES.items():
        assert len(door.reason.split()) >= 3
        if prefix != "/static/":
            assert any(
                path == prefix if prefix == "/" else path.startswith(prefix) for path in paths.values()
            ), prefix


# --- the matrix ---


@pytest.mark.parametrize("name", sorted(TABLE))
@pytest.mark.usefixtures("bare_refusals")
def test_everybody_gets_exactly_what_the_table_says(name: str, province: Province) -> None:
    row = TABLE[name]
    path = reverse(name, args=row.arguments(province.world))
    wrong = []
    for method, allowed in (("get", row.get), ("post", row.post)):
        for person in sorted(ANYONE):
            response = province.ask(person, method, path, row)
            code = response.status_code
            if person in allowed:
                good = code not in REFUSED and not (to_sign_in(response) and person == "anonymous")
            elif person == "anonymous":
                good = to_sign_in(response) or (is_open(path) and code in REFUSED)
            else:
                good = code in REFUSED
            if not good:
                wrong.append(f"{method} {person}: {code} {response.get('Location', '')}")
    assert wrong == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_knows_another_method(method: str, province: Province) -> None:
    for name, row in TABLE.items():
        path = reverse(name, args=row.arguments(province.world))
        for person in ("anonymous", "owner", "dolisa_head", "chairman", "admin"):
            assert province.ask(person, method, path, row).status_code == 405, f"{method} {name}"


def nowhere(argument: object) -> object:
    """The same kind of key, of a thing that does not exist."""
    if isinstance(argument, UUID):
        return uuid4()
    if isinstance(argument, int):
        return argument + 1_000_000
    return "01-990101-9999"


OF_A_THING = [
    name
    for name, row in TABLE.items()
    if not {"anonymous"} & (row.get | row.post) and "<" in dict(routes())[name]
]


@pytest.mark.parametrize("name", sorted(OF_A_THING))
@pytest.mark.usefixtures("bare_refusals")
def test_to_people_elsewhere_a_thing_looks_as_one_that_does_not_exist(name: str, province: Province) -> None:
    row = TABLE[name]
    first, *rest = row.arguments(province.world)
    here, none = reverse(name, args=[first, *rest]), reverse(name, args=[nowhere(first), *rest])
    for person in sorted(ELSEWHERE):
        for method in ("get", "post"):
            found = province.ask(person, method, here, row)
            missing = province.ask(person, method, none, row)
            assert found.status_code == missing.status_code, f"{method} {person}"
            assert found.status_code in REFUSED


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.post))
def test_no_post_acts_without_the_forms_token(name: str, province: Province) -> None:
    row = TABLE[name]
    person = sorted(row.post & PEOPLE)[0]
    client = province.client(person, enforce_csrf_checks=True)
    with transaction.atomic():
        response = client.post(reverse(name, args=row.arguments(province.world)), row.data(province.world))
        transaction.set_rollback(True)
    assert response.status_code == 403


def test_a_page_that_needs_signing_in_says_where_to_come_back(province: Province) -> None:
    answer = province.ask("anonymous", "get", "/inbox/", TABLE["notices:inbox"])
    assert answer["Location"] == f"{SIGN_IN}?next=/inbox/"


def test_an_address_that_does_not_exist_is_404_and_carries_the_headers(province: Province) -> None:
    with pytest.raises(Exception, match="nowhere"):
        resolve("/nowhere/at/all/")
    for person in sorted(ANYONE):
        assert province.ask(person, "get", "/nowhere/at/all/", Row(frozenset())).status_code == 404


# --- links ---

LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)')


@pytest.mark.parametrize("state", [State.INSPECTED, State.APPROVED])
@pytest.mark.usefixtures("bare_refusals")
def test_every_link_of_a_case_opens_for_who_is_shown_it(state: State, province: Province) -> None:
    """The table says who may open an address; this, that nobody is led where they may not go."""
    case = f"/dossiers/{province.world.dossier(state.value)}/"
    row = Row(get=frozenset(), post=frozenset())
    shut, followed = [], 0
    for name in sorted(province.world.people):
        links: set[str] = set()
        for page in (case, f"{case}?tab=answers", f"{case}?tab=visit"):
            answer = province.ask(name, "get", page, row)
            if answer.status_code == HTTPStatus.OK:
                links |= set(LINK.findall(html.unescape(answer.content.decode())))
        for link in sorted(links):
            status = province.ask(name, "get", link, row).status_code
            followed += 1
            if status >= HTTPStatus.BAD_REQUEST:
                shut.append(f"{name}: {link} {status}")
    assert followed > 100
    assert not shut, "\n".join(shut)
