"""Twenty clicks at once add one site of a name; the others are told whose it is."""

from typing import Any

import pytest

from organisations import registering
from organisations.models import AdminUnit, Enterprise, Site
from tests import cast
from tests.applications.test_races import MANY, kinds, race

pytestmark = pytest.mark.django_db(transaction=True)


def form_of(firm: Enterprise) -> dict[str, Any]:
    """What every click of one form sends."""
    commune = AdminUnit.objects.select_related("parent").get(pk="29263")
    place = {"name": "Xưởng Long Đức", "address": "Lô C2", "commune": commune, "zone": None}
    return {"enterprise": firm, "by": firm.claimed_by, "at": cast.AT, **place}


def test_twenty_clicks_add_one_site() -> None:
    form = form_of(cast.make_enterprise())
    outcomes = race(lambda number: registering.add_new_site(**form))
    assert kinds(outcomes) == {"done": 1, "SiteExists": MANY - 1}
    assert Site.objects.count() == 1


def test_clicks_that_look_before_and_not_under_the_lock_add_more_than_one() -> None:
    """The negative control: each looked when there was no site yet."""
    form = form_of(cast.make_enterprise())
    free: dict[int, bool] = {}

    def look(number: int) -> None:
        free[number] = not Site.objects.exists()

    race(lambda number: free[number] and registering.add_site(**form), before=look)
    assert Site.objects.count() > 1
