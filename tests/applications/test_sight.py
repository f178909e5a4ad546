"""Drafts belong to their enterprise, thrown away as well as open: nobody else has been handed anything."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from applications.models import Dossier
from applications.states import State
from organisations.models import User
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
