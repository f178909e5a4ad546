"""A letter that went out is recalled: its permit ends, and the dossier goes back."""

import pytest

from applications import deciding_many, lifecycle, recalling
from applications.states import State
from applications.unmet import NotAllowed, Refused
from documents.reading import status_of
from organisations import permits
from tests import cast
from tests.applications import making
from tests.applications.test_office import LATER, TODAY, advice_of, many

pytestmark = pytest.mark.django_db


def test_a_recalled_decision_ends_its_permit_and_the_next_letter_takes_its_place() -> None:
    dossier, chairman = making.make_dossier(State.APPROVED), cast.OFFICIALS["chairman"]()
    old = dossier.decision
    recalling.recall(dossier=dossier, reason="Ghi nhầm số người", by=chairman, at=LATER)
    old.refresh_from_db()
    old.letter.refresh_from_db()
    assert making.fresh(dossier).state == State.INSPECTED
    assert making.fresh(dossier).decision is None
    assert old.recalled_at == LATER
    assert status_of(old.letter, on=TODAY).words == "Đã thu hồi"
    assert not permits.in_force(on=old.permit.starts_on).filter(site=dossier.site).exists()
    again = making.approve(
        making.forward(making.fresh(dossier), LATER + making.HOUR), LATER + 2 * making.HOUR
    )
    new = again.decision
    assert new.pk != old.pk
    assert new.permit.basis == f"dossier:{dossier.pk}:1"
    old.letter.refresh_from_db()
    assert old.letter.replaced_by == new.letter
    assert new.letter.full_number in status_of(old.letter, on=TODAY).words


def test_a_recall_needs_a_reason_and_who_signs_or_the_office() -> None:
    dossier = making.make_dossier(State.APPROVED)
    with pytest.raises(Refused):
        recalling.recall(dossier=dossier, reason=" ", by=cast.OFFICIALS["chairman"](), at=LATER)
    with pytest.raises(NotAllowed):
        recalling.recall(dossier=dossier, reason="Nhầm", by=cast.OFFICIALS["dolisa_officer"](), at=LATER)


def test_a_refusal_is_not_recalled_over_a_newer_dossier() -> None:
    dossier = making.make_dossier(State.REFUSED)
    making.make_dossier(State.SUBMITTED, site=dossier.site)
    with pytest.raises(Refused):
        recalling.recall(dossier=dossier, reason="Nhầm", by=cast.OFFICIALS["chairman"](), at=LATER)


def test_an_annexed_letter_is_recalled_whole() -> None:
    dossiers, chairman = many(2), cast.OFFICIALS["chairman"]()
    advices = [advice_of(dossier) for dossier in dossiers]
    letter = deciding_many.approve_many(advices=advices, kind="quyet_dinh", by=chairman, at=LATER)[0].letter
    with pytest.raises(Refused):
        recalling.recall(dossier=making.fresh(dossiers[0]), reason="Nhầm", by=chairman, at=LATER)
    recalling.recall_letter(letter=letter, reason="Nhầm ngày", by=chairman, at=LATER)
    assert {making.fresh(each).state for each in dossiers} == {State.INSPECTED}
    assert lifecycle.row_for("recall", making.fresh(dossiers[0])) is None
    with pytest.raises(Refused):
        recalling.recall_letter(letter=letter, reason="Nhầm ngày", by=chairman, at=LATER)
