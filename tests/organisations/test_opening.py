"""Which page opens to whom, and what of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import (
    User,
)
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference() -> None:
    cast.load_reference()


def words(answer: Any) -> str:
    return str(answer.content.decode())


ENTERPRISE_PAGES = ["claim", "new_site", "ask_access", "access_asked", "colleagues"]
ADMIN_PAGES = [
    "people", "invite_official", "catalogues", "holidays", "new_holiday", "zones", "teams", "agencies",
]  # fmt: skip


@pytest.mark.parametrize("name", ENTERPRISE_PAGES)
def test_pages_of_enterprises_are_closed_to_officials(name: str) -> None:
    cast.make_enterprise()
    url = reverse(f"organisations:{name}")
    assert cast.signed_in(cast.make_person()).get(url).status_code == 200
    assert cast.signed_in(cast.make_dolisa_officer()).get(url).status_code == 403
    assert Client().get(url)["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("role", [*sorted(cast.OFFICIALS), "person", "stranger"])
def test_pages_of_the_administrator_open_to_nobody_else(role: str) -> None:
    cast.make_admin()
    user = (
        cast.OFFICIALS[role]() if role in cast.OFFICIALS else cast.make_person() if role == "person" else None
    )
    client, expected = cast.signed_in(user), {"admin": 200, "stranger": 302}.get(role, 403)
    for name in ADMIN_PAGES:
        # A receiving agency keeps the people of its own teams.
        reads = name == "teams" and role.startswith(("dolisa", "zone"))
        assert client.get(reverse(f"organisations:{name}")).status_code == (200 if reads else expected), name


@pytest.mark.parametrize("role", sorted(cast.OFFICIALS))
def test_the_register_opens_to_every_official(role: str) -> None:
    cast.make_site()
    assert cast.signed_in(cast.OFFICIALS[role]()).get(reverse("sites")).status_code == 200


@pytest.mark.parametrize(
    ("maker", "status"),
    [
        (cast.make_person, 200),
        (cast.make_zone_officer, 200),
        (cast.make_dolisa_officer, 404),
        (cast.make_district, 200),
        (lambda: cast.make_district("844"), 404),
        (cast.make_chairman, 200),
        (cast.make_admin, 404),
        (lambda: cast.make_person("la@example.vn", "Người Lạ"), 404),
    ],
)
def test_an_enterprise_outside_ones_sight_is_not_found(maker: Callable[[], User], status: int) -> None:
    enterprise = cast.make_site().enterprise
    client = cast.signed_in(maker())
    assert client.get(reverse("enterprise", args=[enterprise.pk])).status_code == status


def test_only_the_near_see_telephones_and_people() -> None:
    enterprise = cast.make_site().enterprise
    url = reverse("enterprise", args=[enterprise.pk])
    email = enterprise.claimed_by.email
    assert email in words(cast.signed_in(cast.make_zone_officer()).get(url))
    assert email in words(cast.signed_in(enterprise.claimed_by).get(url))
    assert email not in words(cast.signed_in(cast.make_police()).get(url))
