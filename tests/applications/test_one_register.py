"""One register for paper and portal: the portal's reserved block, and the numbers on papers beside it (A-20)."""

import pytest

from applications import paper_signing
from applications.models import PaperPermit
from applications.numbers_on_paper import number_in
from applications.states import State
from applications.unmet import Refused
from documents.models import Letter
from organisations.models import Site
from tests import cast
from tests.applications import making
from tests.applications.test_office import LATER, signed_on_paper
from tests.applications.test_paper_permits_shown import entered

pytestmark = pytest.mark.django_db


def another(name: str) -> Site:
    return cast.make_site(name=name, zone=None)


@pytest.mark.parametrize(
    ("text", "number"),
    [("2156/QĐ-UBND", 2156), ("Số: 07/2021/QĐ-UBND", 7), ("12", 12), ("12/SYT-NVY", None), ("QĐ-UBND", None)],
)
def test_a_paper_stands_in_the_register_by_its_number(text: str, number: int | None) -> None:
    assert number_in(text) == number


def test_a_permit_from_paper_has_no_number_of_the_portals_block() -> None:
    with pytest.raises(Refused) as refused:
        entered(another("Cơ sở giấy"), number="499/QĐ-UBND")
    assert (refused.value.unmet[0].anchor, PaperPermit.objects.count()) == ("number", 0)
    entered(another("Cơ sở giấy"), number="500/QĐ-UBND")
    assert making.make_dossier(State.APPROVED, site=another("Xưởng")).decision.letter.number == 1


def test_another_years_and_another_agencys_numbers_are_free() -> None:
    entered(another("Cơ sở sở y tế"), number="1912/SYT-NVY")
    PaperPermit.objects.filter(pk=entered(another("Cơ sở cũ"), number="1912/QĐ-UBND").pk).update(
        signed_on="2020-10-05"
    )
    kept = signed_on_paper(making.make_dossier(State.FORWARDED, site=another("Xưởng")))
    assert paper_signing.issue(signature=kept, by=kept.by, at=LATER).letter.number == 1912


def test_a_permit_from_paper_does_not_take_the_number_of_a_letter() -> None:
    letter = making.make_dossier(State.APPROVED, site=another("Xưởng")).decision.letter
    with pytest.raises(Refused) as refused:
        entered(another("Cơ sở giấy"), number=f"{letter.number:02d}/QĐ-UBND")
    assert (refused.value.unmet[0].anchor, letter.full_number in refused.value.unmet[0].detail) == (
        "number",
        True,
    )
    assert not PaperPermit.objects.exists()
    entered(another("Cơ sở giấy"), number=f"{letter.number}/SYT-NVY")


def test_a_typed_number_is_not_one_of_a_permit_from_paper() -> None:
    entered(another("Cơ sở giấy"), number="1912/QĐ-UBND")
    kept = signed_on_paper(making.make_dossier(State.FORWARDED, site=another("Xưởng")))
    with pytest.raises(Refused) as refused:
        paper_signing.issue(signature=kept, by=kept.by, at=LATER)
    assert refused.value.unmet[0].anchor == "number"
    assert not Letter.objects.filter(number=1912).exists()


def test_one_paper_permits_several_sites() -> None:
    for name in ("Cơ sở một", "Cơ sở hai"):
        entered(another(name), number="1912/QĐ-UBND")
    assert PaperPermit.objects.count() == 2
