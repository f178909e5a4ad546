"""Twenty clerks type one number of the paper register at once: it goes to one letter, whatever its kind."""

from dataclasses import replace

import pytest
from django.db import transaction

import plan
from applications.decision_letters import REGISTER, committee
from documents import numbers
from documents.issuing import OnPaper, issue
from documents.models import Counter, Letter
from tests import cast
from tests.applications import making
from tests.applications.test_races import LATER, MANY, kinds, race
from tests.documents.letters.samples import DECISION

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_typed_number_goes_to_one_of_twenty_letters_of_two_kinds() -> None:
    clerk, agency = cast.make_office_clerk(), committee()
    scan = making.stored_pdf(by=clerk, at=LATER)
    paper = OnPaper(number=1912, dated=plan.local_day(LATER), scan=scan, recorded_by=clerk)

    def type_it(number: int) -> Letter:
        symbol, kind = (("QĐ-UBND", "decision"), ("TB-UBND", "refusal"))[number % 2]
        with transaction.atomic():
            return issue(
                subject_key=f"race:{number}", kind=kind, agency=agency, symbol=symbol, register=REGISTER,
                compose=lambda **common: replace(DECISION, **common), site_id=None, dossier_code="",
                abstract="cho phép", signer_name="Võ Thanh Bình", by=clerk, at=LATER, on_paper=paper,
            )  # fmt: skip

    assert kinds(race(type_it)) == {"done": 1, "NumberTaken": MANY - 1}
    assert Letter.objects.filter(number=1912).count() == 1


def test_a_block_and_a_letter_with_a_number_of_it_never_both_come_about() -> None:
    clerk, agency = cast.make_office_clerk(), committee()
    scan = making.stored_pdf(by=clerk, at=LATER)
    paper = OnPaper(number=1912, dated=plan.local_day(LATER), scan=scan, recorded_by=clerk)

    def reserve_or_type(number: int) -> None:
        if number % 2:
            numbers.reserve(
                agency=agency, year=2021, register=REGISTER, first=1900, last=1950, by=clerk, at=LATER
            )
            return
        with transaction.atomic():
            issue(
                subject_key=f"race:{number}", kind="decision", agency=agency, symbol="QĐ-UBND", register=REGISTER,
                compose=lambda **common: replace(DECISION, **common), site_id=None, dossier_code="",
                abstract="cho phép", signer_name="Võ Thanh Bình", by=clerk, at=LATER, on_paper=paper,
            )  # fmt: skip

    outcomes = race(reserve_or_type)
    typed, reserved = kinds(outcomes[::2]), kinds(outcomes[1::2])
    assert (typed, reserved) in (
        ({"done": 1, "NumberTaken": MANY // 2 - 1}, {"BlockInUse": MANY // 2}),
        ({"NumberTaken": MANY // 2}, {"done": MANY // 2}),
    )
    assert Letter.objects.filter(number=1912).count() == typed.get("done", 0)
    assert Counter.objects.filter(last=1950).exists() == ("done" in reserved)
