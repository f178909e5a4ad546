"""One rule for which day's law holds: a submission is judged by its own day, on every page and at the door."""

from datetime import timedelta

import pytest

from applications import filing
from applications.slot_states import law_day
from applications.states import State
from applications.unmet import NotAllowed, Refused
from organisations.plan_in_force import rules_at
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db
LATER = cast.AT + timedelta(days=30)


@pytest.mark.parametrize("state", list(State))
def test_what_may_still_be_submitted_is_read_by_today_and_the_rest_by_its_submission(state: State) -> None:
    dossier = making.make_dossier(state, at=cast.AT)
    if state in filing.EDITABLE:
        assert law_day(dossier, at=LATER) == LATER
    else:
        assert law_day(dossier, at=LATER) == dossier.submitted_at < LATER


def test_a_dossier_handed_in_again_has_the_law_that_its_pages_showed_before() -> None:
    dossier = making.make_dossier(State.SUPPLEMENT_REQUESTED, at=cast.AT)
    shown = rules_at(law_day(dossier, at=LATER))
    cap = shown.phase(dossier.phase).cap(
        baseline=dossier.baseline, enterprise_total=dossier.enterprise_total or dossier.baseline
    )
    moved = making.submit(making.mend(dossier, LATER), LATER)
    assert moved.rules_digest == shown.digest
    assert (moved.cap, moved.cap_clause) == (cap.limit, cap.clause)
    assert rules_at(law_day(moved, at=LATER + timedelta(days=90))).digest == shown.digest


def test_who_may_not_submit_is_told_so_and_not_that_a_box_is_empty() -> None:
    dossier = making.draft(at=cast.AT)
    with pytest.raises(NotAllowed):
        filing.submit(dossier=dossier, by=cast.make_colleague(), at=cast.AT, declared=False)
    with pytest.raises(Refused):
        filing.submit(dossier=dossier, by=making.owner_of(dossier), at=cast.AT, declared=False)
