"""What each role sees of enterprises and sites: own field, nothing beside it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from organisations.models import Enterprise, Membership, Post, Site, User
from tests import cast

pytestmark = pytest.mark.django_db
DAY = date(2021, 10, 14)


@pytest.fixture
def register() -> dict[str, Site]:
    """Three sites: in a park (city), outside (Càng Long), and somebody else's in a cluster (Cầu Ngang)."""
    return {
        "park": cast.make_site(),
        "plain": cast.make_site(name="Cơ sở Càng Long", zone=None, commune="29266"),
        "other": cast.make_site(
            cast.make_other_enterprise(), name="Nhà máy Hiệp Mỹ", zone="hiep-my-tay", commune="29455"
        ),
    }


def seen(user: User) -> set[str]:
    return set(Site.objects.visible_to(user, on=DAY).values_list("name", flat=True))


EVERYTHING = {"park", "plain", "other"}


@pytest.mark.parametrize(
    ("maker", "expected"),
    [
        (cast.make_person, {"park", "plain"}),
        (cast.make_dolisa_officer, {"plain", "other"}),
        (cast.make_dolisa_head, {"plain", "other"}),
        (cast.make_zone_officer, {"park"}),
        (cast.make_office_clerk, EVERYTHING),
        (cast.make_chairman, EVERYTHING),
        (cast.make_vice_chairman, EVERYTHING),
        (cast.make_leader, EVERYTHING),
        (cast.make_health, EVERYTHING),
        (cast.make_police, EVERYTHING),
        (cast.make_union, EVERYTHING),
        (cast.make_department, EVERYTHING),
        (cast.make_district, {"park"}),
        (lambda: cast.make_district("844"), {"plain"}),
        (cast.make_team_leader, set()),
        (cast.make_admin, set()),
    ],
)
def test_a_role_sees_its_field(
    register: dict[str, Site], maker: Callable[[], User], expected: set[str]
) -> None:
    assert seen(maker()) == {register[name].name for name in expected}
    enterprises = {register[name].enterprise for name in expected}
    assert set(Enterprise.objects.visible_to(maker(), on=DAY)) == enterprises


def test_a_team_sees_the_sites_it_follows(register: dict[str, Site]) -> None:
    binding = cast.bind_team(register["plain"])
    assert seen(cast.make_team_leader()) == {"Cơ sở Càng Long"}
    assert seen(cast.make_team_member()) == {"Cơ sở Càng Long"}
    binding.ended_at = cast.AT
    binding.save()
    assert seen(cast.make_team_leader()) == set()


def test_a_post_that_has_ended_shows_nothing(register: dict[str, Site]) -> None:
    officer = cast.make_zone_officer()
    Post.objects.filter(user=officer).update(until=date(2021, 10, 13))
    assert seen(User.objects.get(pk=officer.pk)) == set()


def test_a_membership_that_has_ended_shows_nothing(register: dict[str, Site]) -> None:
    colleague = cast.make_colleague(register["park"].enterprise)
    assert len(seen(colleague)) == 2
    Membership.objects.filter(user=colleague).update(ended_at=cast.AT)
    assert seen(colleague) == set()


def test_nobody_signed_in_sees_nothing(register: dict[str, Site]) -> None:
    assert not Site.objects.visible_to(AnonymousUser(), on=DAY).exists()  # type: ignore[arg-type]
    assert not Enterprise.objects.visible_to(AnonymousUser(), on=DAY).exists()  # type: ignore[arg-type]


def test_two_posts_do_not_show_a_site_twice(register: dict[str, Site]) -> None:
    officer = cast.make_dolisa_officer()
    cast.make_official(officer.email, officer.full_name, "district", "DIST-844", "Chuyên viên")  # type: ignore[arg-type]
    rows = Site.objects.visible_to(User.objects.get(pk=officer.pk), on=DAY)
    assert len(rows) == 2
