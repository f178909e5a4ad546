"""The makers bring a dossier to every state by its own way."""

import pytest

from applications.states import State
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("phase", [1, 2])
@pytest.mark.parametrize("state", State)
def test_a_dossier_can_be_made_in_every_state(state: State, phase: int) -> None:
    if phase == 2 and state == State.TEAM_PROPOSED:
        with pytest.raises(KeyError):
            making.way_to(state, phase=2)
        return
    dossier = making.make_dossier(state, phase=phase)
    assert (dossier.state, dossier.phase, dossier.receiving_agency.code) == (state, phase, "DOLISA")


def test_a_site_in_a_park_gives_a_dossier_of_the_board() -> None:
    dossier = making.make_dossier(State.FORWARDED, site=cast.make_site())
    assert dossier.receiving_agency.code == "EZB"


def test_making_twice_on_one_site_gives_the_same_draft() -> None:
    assert making.draft() == making.draft()
