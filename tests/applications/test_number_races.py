"""Twenty clerks type one number of the paper register at once: it goes to one letter, whatever its kind."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction

import plan
from applications import paper_numbers, paper_signing
from applications.decision_letters import REGISTER, committee
from applications.models import PaperPermit, PaperSignature
from applications.numbers_on_paper import of_permits
from applications.states import State
from documents import issuing, numbers
from documents.issuing import OnPaper, issue
from documents.models import Counter, Letter
from organisations.models import Site, User
from tests import cast
from tests.applications import making
from tests.applications.test_paper_permits_shown import entered
from tests.applications.test_races import LATER, MANY, kinds, race, without_the_lock, without_the_swap
from tests.documents.letters.samples import DECISION

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = (("QĐ-UBND", "decision"), ("TB-UBND", "refusal"))
BLOCK = {"year": 2021, "first": 1900, "last": 1950, "at": LATER}


def typing(clerk: User) -> Callable[..., Letter]:
    """What a clerk does who puts number 1912 on the letter of a thread: a decision, or a refusal where it is odd."""
    agency, scan = committee(), making.stored_pdf(by=clerk, at=LATER)
    paper = OnPaper(number=1912, dated=plan.local_day(LATER), scan=scan, recorded_by=clerk)

    def type_it(number: int, *, of: int = len(KINDS)) -> Letter:
        symbol, kind = KINDS[number % of]
        with transaction.atomic():
            return issue(
                subject_key=f"race:{number}", kind=kind, agency=agency, symbol=symbol, register=REGISTER,
                compose=lambda **common: replace(DECISION, **common), site_id=None, dossier_code="",
                abstract="cho phép", signer_name="Võ Thanh Bình", by=clerk, at=LATER, on_paper=paper,
            )  # fmt: skip

    return type_it


def test_a_typed_number_goes_to_one_of_twenty_letters_of_two_kinds() -> None:
    assert kinds(race(typing(cast.make_office_clerk()))) == {"done": 1, "NumberTaken": MANY - 1}
    assert Letter.objects.filter(number=1912).count() == 1


def test_a_number_that_was_free_when_each_clerk_looked_goes_to_a_letter_of_each_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: nobody holds the register, each trusts the look taken before the start."""
    free: list[bool] = []
    monkeypatch.setattr(issuing, "_number", lambda *given, **day: 1912)
    outcomes = race(
        typing(cast.make_office_clerk()),
        before=lambda number: free.append(not Letter.objects.filter(number=1912).exists()),
    )
    assert free == [True] * MANY
    assert kinds(outcomes) == {"done": len(KINDS), "IntegrityError": MANY - len(KINDS)}
    assert Letter.objects.filter(number=1912).count() == len(KINDS)


def test_a_block_and_a_letter_with_a_number_of_it_never_both_come_about() -> None:
    clerk = cast.make_office_clerk()
    type_it, reserve = partial(typing(clerk), of=1), partial(paper_numbers.reserve, by=clerk, **BLOCK)
    outcomes = race(lambda number: reserve() if number % 2 else type_it(number))
    typed, reserved = kinds(outcomes[::2]), kinds(outcomes[1::2])
    assert (typed, reserved) in (
        ({"done": 1, "NumberTaken": MANY // 2 - 1}, {"BlockInUse": MANY // 2}),
        ({"NumberTaken": MANY // 2}, {"done": MANY // 2}),
    )
    assert Letter.objects.filter(number=1912).count() == typed.get("done", 0)
    assert Counter.objects.filter(last=1950).exists() == ("done" in reserved)


def test_a_block_and_a_letter_both_come_about_where_each_trusts_an_earlier_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: the Office and the clerk have looked before either has written."""
    clerk, key = cast.make_office_clerk(), numbers.letters_key(committee().code, year=2021, register=REGISTER)
    type_it, free = partial(typing(clerk), of=1), []
    monkeypatch.setattr(issuing, "_number", lambda *given, **day: 1912)

    def look(number: int) -> None:
        free.append(not (Letter.objects.exists() or Counter.objects.filter(last=1950).exists()))

    def reserve() -> None:
        Counter.objects.update_or_create(key=key, defaults={"next": 1900, "last": 1950})

    race(lambda number: reserve() if number % 2 else type_it(number), before=look)
    assert free == [True] * MANY
    assert Letter.objects.filter(number=1912).exists()
    assert Counter.objects.filter(last=1950).exists()


def test_a_block_and_a_permit_from_paper_with_a_number_of_it_never_both_come_about() -> None:
    reserve = partial(paper_numbers.reserve, by=cast.make_office_clerk(), **BLOCK)
    site = cast.make_site(zone=None)
    cast.make_dolisa_officer()
    outcomes = race(lambda number: reserve() if number % 2 else entered(site, number="1912/QĐ-UBND"))
    permits, blocks = kinds(outcomes[::2]), kinds(outcomes[1::2])
    assert (permits, blocks) in (
        ({"done": 1, "Refused": MANY // 2 - 1}, {"BlockInUse": MANY // 2}),
        ({"Refused": MANY // 2}, {"done": MANY // 2}),
    )
    assert PaperPermit.objects.exists() == ("done" in permits)
    assert Counter.objects.filter(last=1950).exists() == ("done" in blocks)


def kept_annex() -> list[PaperSignature]:
    """What a clerk kept of one paper for two sites, as it is read back before the issue."""
    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in range(2)]
    dossiers = [making.make_dossier(State.FORWARDED, site=site) for site in sites]
    clerk = cast.make_office_clerk()
    rows = paper_signing.keep_many(
        advices=[making.advice_of(each) for each in dossiers], kind="quyet_dinh", number=1912, by=clerk, at=LATER,
        dated=plan.local_day(LATER), signer=cast.make_chairman(), scan=making.stored_pdf(by=clerk, at=LATER),
    )  # fmt: skip
    return paper_signing.of_scan(rows[0].scan_id)


def test_twenty_clerks_issue_one_paper_with_an_annex_once() -> None:
    read = kept_annex()
    clerk = read[0].by
    outcomes = race(lambda number: paper_signing.issue_many(signatures=read, by=clerk, at=LATER))
    assert kinds(outcomes) == {"done": 1, "Stale": MANY - 1}
    assert Letter.objects.filter(kind=Letter.Kind.DECISION).count() == 1


def test_without_lock_and_checks_every_clerk_would_come_to_write_and_the_database_alone_stops_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: each trusts the dossiers read before the start, and that the number is free."""
    read = kept_annex()
    clerk = read[0].by
    look = without_the_lock(monkeypatch, *[row.advice.dossier for row in read])
    without_the_swap(monkeypatch)
    monkeypatch.setattr(issuing, "_number", lambda *given, **day: 1912)
    outcomes = race(lambda number: paper_signing.issue_many(signatures=read, by=clerk, at=LATER), before=look)
    assert kinds(outcomes) == {"done": 1, "IntegrityError": MANY - 1}


def signing_and_entering(site: Site, clerk: User) -> Callable[[int], object]:
    """Even threads enter a paper with the next number of the block, odd ones sign in the portal and are given it."""
    agency = committee()

    def act(number: int) -> object:
        if number % 2 == 0:
            return entered(site, number="1900/QĐ-UBND")
        with transaction.atomic():
            return issue(
                subject_key=f"race:{number}", kind="decision", agency=agency, symbol="QĐ-UBND", register=REGISTER,
                compose=lambda **common: replace(DECISION, **common), site_id=None, dossier_code="",
                abstract="cho phép", signer_name="Võ Thanh Bình", by=clerk, at=LATER, elsewhere=of_permits,
            )  # fmt: skip

    return act


def test_a_number_given_in_the_portal_is_never_entered_from_a_paper_as_well() -> None:
    clerk, site = cast.make_office_clerk(), cast.make_site(zone=None)
    cast.make_dolisa_officer()
    paper_numbers.reserve(by=clerk, **BLOCK)
    outcomes = race(signing_and_entering(site, clerk))
    assert kinds(outcomes[::2]) == {"Refused": MANY // 2}
    assert kinds(outcomes[1::2]) == {"done": MANY // 2}
    assert sorted(Letter.objects.values_list("number", flat=True)) == list(range(1900, 1900 + MANY // 2))
    assert not PaperPermit.objects.exists()


def test_it_is_given_and_entered_where_the_desk_trusts_an_earlier_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: the desk looks among the letters alone, before the start."""
    clerk, site = cast.make_office_clerk(), cast.make_site(zone=None)
    cast.make_dolisa_officer()
    paper_numbers.reserve(by=clerk, **BLOCK)
    free: list[bool] = []
    monkeypatch.setattr(paper_numbers, "not_given", lambda *given, **day: None)
    outcomes = race(
        signing_and_entering(site, clerk),
        before=lambda number: free.append(not Letter.objects.filter(number=1900).exists()),
    )
    assert free == [True] * MANY
    assert kinds(outcomes[::2]) == {"done": 1, "Refused": MANY // 2 - 1}
    assert Letter.objects.filter(number=1900).exists()
    assert PaperPermit.objects.filter(number="1900/QĐ-UBND").exists()
