"""Drafts belong to their enterprise, thrown away as well as open: nobody else has been handed anything."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from applications.models import Dossier
from applications.states import State
from organisations.models import Enterprise, Site, User
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db

OFFICIALS = [cast.make_dolisa_officer, cast.make_chairman, cast.make_health, cast.make_police]


def thrown_away() -> Dossier:
    return making.withdraw(making.fill(making.draft()))


@pytest.mark.parametrize("maker", OFFICIALS)
def test_officials_never_see_a_draft_that_was_thrown_away(maker: Callable[[], User]) -> None:
    dossier, client = thrown_away(), cast.signed_in(maker())
    ref = dossier.reference
    for name, more in {
        "detail": [],
        "paper_file": ["commitment", 1],
        "paper_original": ["worker_list", 1, 1],
        "evidence": ["baseline"],
        "timeline": [],
    }.items():
        assert client.get(reverse(f"dossiers:{name}", args=[ref, *more])).status_code == 404, name


@pytest.mark.parametrize("maker", OFFICIALS)
def test_officials_keep_a_dossier_that_was_withdrawn_after_it_was_filed(maker: Callable[[], User]) -> None:
    dossier = making.withdraw(making.make_dossier(State.SUBMITTED))
    page = cast.signed_in(maker()).get(reverse("dossiers:detail", args=[dossier.reference]))
    assert page.status_code == 200


def test_the_enterprise_still_opens_the_draft_that_it_threw_away() -> None:
    dossier = thrown_away()
    client = cast.signed_in(making.owner_of(dossier))
    assert client.get(reverse("dossiers:detail", args=[dossier.reference])).status_code == 200


def test_a_dossier_stays_on_the_desk_that_received_it_when_its_site_moves() -> None:
    dossier, day = making.make_dossier(State.ACCEPTED), cast.AT.date()
    first, second = cast.make_dolisa_officer(), cast.make_zone_officer()
    Site.objects.filter(pk=dossier.site_id).update(receiving_agency=cast.agency("EZB"))
    assert dossier in Dossier.objects.on_desks(first, on=day)
    assert dossier not in Dossier.objects.on_desks(second, on=day)
    assert dossier in Dossier.objects.visible_to(second, on=day)


def test_enterprises_in_sight_are_those_of_which_one_site_is() -> None:
    dossier, day = making.make_dossier(State.SUBMITTED), cast.AT.date()
    firm = dossier.site.enterprise
    assert firm in Enterprise.objects.visible_to(cast.make_dolisa_officer(), on=day)
    assert firm not in Enterprise.objects.visible_to(cast.make_zone_officer(), on=day)
    assert list(Enterprise.objects.visible_to(making.owner_of(dossier), on=day)) == [firm]
