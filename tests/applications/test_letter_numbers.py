"""Numbers of the Committee's letters: typed for a paper, or taken from the block that the Office reserved."""

import pytest

from applications import deciding, deciding_many, paper_signing
from applications.decision_letters import REGISTER, committee
from applications.states import State
from applications.unmet import Refused
from documents import numbers
from documents.models import Counter, Letter
from tests import cast
from tests.applications import making
from tests.applications.test_office import LATER, TODAY, advice_of, many, signed_on_paper

pytestmark = pytest.mark.django_db
KEY = f"letters:PPC:{TODAY.year}:UBND"


def reserve(first: int, last: int) -> None:
    clerk = cast.OFFICIALS["office_clerk"]()
    numbers.reserve(
        agency=committee(), year=TODAY.year, register=REGISTER, first=first, last=last, by=clerk, at=LATER
    )


def test_a_typed_number_is_free_in_the_year_and_outside_the_portals_block() -> None:
    clerk = cast.OFFICIALS["office_clerk"]()
    reserve(500, 501)
    dossier = making.make_dossier(State.FORWARDED)
    kept = signed_on_paper(dossier, number=501)
    with pytest.raises(Refused) as refused:
        paper_signing.issue(signature=kept, by=clerk, at=LATER)
    assert refused.value.unmet[0].anchor == "number"
    kept = signed_on_paper(dossier, number=499)
    assert paper_signing.issue(signature=kept, by=clerk, at=LATER).letter.number == 499
    other = making.make_dossier(State.FORWARDED, site=cast.make_site(name="Cơ sở hai", zone=None))
    kept = signed_on_paper(other, number=499, verdict="refused")
    with pytest.raises(Refused):
        paper_signing.issue(signature=kept, by=clerk, at=LATER)


def test_the_block_gives_its_numbers_and_then_says_that_it_is_used_up() -> None:
    reserve(500, 500)
    first = making.make_dossier(State.APPROVED)
    assert first.decision.letter.number == 500
    second = making.make_dossier(State.FORWARDED, site=cast.make_site(name="Cơ sở hai", zone=None))
    with pytest.raises(Refused) as refused:
        deciding.approve(
            dossier=second,
            advice=advice_of(second),
            kind="quyet_dinh",
            by=cast.OFFICIALS["chairman"](),
            at=LATER,
        )
    (why,) = refused.value.unmet
    assert (why.code, "Cấp số" in why.detail) == ("no_number", True)
    assert making.fresh(second).state == State.FORWARDED
    assert numbers.left(Counter.objects.get(key=KEY)) == 0


@pytest.mark.parametrize("counter", ["none", "without a block"])
def test_nothing_is_signed_in_the_portal_before_a_block_is_reserved(counter: str) -> None:
    dossiers, chairman = many(2), cast.OFFICIALS["chairman"]()
    Counter.objects.filter(key=KEY).delete()
    if counter != "none":
        Counter.objects.create(key=KEY, next=1912)
    given = {"advice": advice_of(dossiers[0]), "kind": "quyet_dinh", "by": chairman, "at": LATER}
    acts = (
        lambda: deciding.approve(dossier=dossiers[0], **given),
        lambda: deciding.refuse(dossier=dossiers[0], **given | {"kind": "thong_bao"}, reasons=making.REASONS),
        lambda: deciding_many.approve_many(
            advices=[advice_of(each) for each in dossiers], kind="quyet_dinh", by=chairman, at=LATER
        ),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert [each.code for each in refused.value.unmet] == ["no_number"]
    assert not Letter.objects.filter(kind=Letter.Kind.DECISION).exists()
    kept = signed_on_paper(dossiers[0])  # what is signed on paper has its number from there
    assert paper_signing.issue(signature=kept, by=kept.by, at=LATER).letter.number == 1912
