"""Twenty people at once, each on a connection of their own: one of them is first, the others are told so."""

import threading
from collections import Counter as Tally
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from applications import deciding, filing, lifecycle, receiving
from applications.models import Advice, Decision, Dossier, Move, Paper, Sheet
from applications.states import State
from applications.unmet import Stale
from documents.models import Counter, Letter
from documents.numbers import BlockUsedUp, take
from inspections import visiting
from journal.models import AuditEvent, OutboxRow
from organisations.models import Permit, User
from organisations.roles import Role
from tests import cast
from tests.applications import making
from tests.applications.making import HOUR, REASONS
from tests.counts import count

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 20
LATER = cast.AT + 9 * HOUR


def race(act: Callable[[int], object], *, before: Callable[[int], object] = lambda number: None) -> list[Any]:
    """What each of twenty threads got from `act(number)`, value or exception; all start at the same instant."""
    outcomes: list[Any] = [None] * MANY
    together = threading.Barrier(MANY)

    def run(number: int) -> None:
        try:
            before(number)
            together.wait(timeout=60)
            outcomes[number] = act(number)
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes: list[Any]) -> dict[str, int]:
    """How often each kind of answer came: the exception's name, or "done"."""
    return dict(Tally(type(each).__name__ if isinstance(each, Exception) else "done" for each in outcomes))


def deciders() -> list[User]:
    """The Chairman and three deputies."""
    deputies = [
        cast.make_official(f"pct-{n}@tra-vinh.example", f"Phó {n}", Role.VICE_CHAIRMAN, "PPC", "Phó Chủ tịch")
        for n in (2, 3)
    ]
    return [cast.make_chairman(), cast.make_vice_chairman(), *deputies]


def decide(dossier: Dossier, advice: Advice, by: User, number: int) -> Decision:
    """Even numbers consent, odd ones refuse."""
    by = User.objects.get(pk=by.pk)
    if number % 2:
        return deciding.refuse(
            dossier=dossier, advice=advice, reasons=REASONS, kind="thong_bao", by=by, at=LATER
        )
    return deciding.approve(dossier=dossier, advice=advice, kind="quyet_dinh", by=by, at=LATER)


def test_twenty_decisions_on_one_dossier_give_one_and_nineteen_refusals() -> None:
    people = deciders()
    for number in range(count("rounds of 20 simultaneous decisions", quick=3, soak=50)):
        site = cast.make_site(name=f"Cơ sở số {number}", zone=None)
        dossier = making.make_dossier(State.FORWARDED, site=site)
        advice = making.advice_of(dossier)
        letters, permits = Letter.objects.count(), Permit.objects.count()
        outcomes = race(lambda n, d=dossier, a=advice: decide(d, a, people[n % len(people)], n))
        assert kinds(outcomes) == {"done": 1, "Stale": MANY - 1}
        decision = Decision.objects.get(dossier=dossier)
        assert Move.objects.filter(dossier=dossier, from_state=State.FORWARDED).count() == 1
        assert Letter.objects.count() == letters + 1
        assert Permit.objects.count() == permits + (decision.verdict == "approved")
        assert decision.letter.number == number + 1
        assert Dossier.objects.get(pk=dossier.pk).state == decision.verdict
        verbs = AuditEvent.objects.filter(
            subject_id=str(dossier.pk), verb__in=["dossier.approve", "dossier.refuse"]
        )
        bells = OutboxRow.objects.filter(
            subject_id=str(dossier.pk), event__in=["dossier.approved", "dossier.refused"]
        )
        assert (verbs.count(), bells.count()) == (1, 1)


# --- the test bites ---


def without_the_lock(monkeypatch: pytest.MonkeyPatch, *dossiers: Dossier) -> Callable[[int], None]:
    """Nobody takes the lock: each acts on the rows that the returned function read before the start."""
    read: dict[tuple[int, UUID], Dossier] = {}
    monkeypatch.setattr(lifecycle, "held", lambda pk: read[threading.get_ident(), pk])

    def look(number: int) -> None:
        read.update({(threading.get_ident(), each.pk): making.fresh(each) for each in dossiers})

    return look


def without_the_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A move trusts what it read."""

    def trusting(dossier: Dossier, row: lifecycle.Transition, *, by: User, at: datetime, **rest: Any) -> None:
        Dossier.objects.filter(pk=dossier.pk).update(state=row.target)
        Move.objects.create(
            dossier=dossier, name=row.name, from_state=dossier.state, to_state=row.target, at=at, by=by,
            by_name=by.full_name, by_post="",
        )  # fmt: skip

    monkeypatch.setattr(lifecycle, "_move", trusting)


def race_on_pages_read_before(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The same race where nobody takes the lock: each decides on the row read before the start."""
    people, look = deciders(), without_the_lock(monkeypatch, dossier)

    def move(number: int) -> Dossier:
        name, by = ("refuse", "approve")[number % 2], people[number % len(people)]
        return lifecycle.perform(dossier.pk, name, by=by, at=LATER, reasons=REASONS)

    return race(move, before=look)


def test_without_the_lock_the_compare_and_swap_alone_lets_one_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier = making.make_dossier(State.FORWARDED)
    assert kinds(race_on_pages_read_before(dossier, monkeypatch)) == {"done": 1, "Stale": MANY - 1}
    assert Move.objects.filter(dossier=dossier, from_state=State.FORWARDED).count() == 1


def test_without_the_compare_and_swap_several_would_win(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a move that trusts what it read decides the dossier more than once."""
    without_the_swap(monkeypatch)
    dossier = making.make_dossier(State.DRAFT)
    officer = cast.make_dolisa_officer()
    Advice.objects.create(
        dossier=dossier, verdict="approve", number="1", starts_on=LATER.date(), cap=1, by=officer, at=LATER
    )  # fmt: skip
    Dossier.objects.filter(pk=dossier.pk).update(state=State.FORWARDED)
    outcomes = race_on_pages_read_before(dossier, monkeypatch)
    assert kinds(outcomes)["done"] > 1
    assert Move.objects.filter(dossier=dossier, from_state=State.FORWARDED).count() > 1


# --- double clicks elsewhere ---


def test_twenty_submissions_give_one_code() -> None:
    dossier = making.make_dossier()
    owner = making.owner_of(dossier)
    outcomes = race(lambda n: filing.submit(dossier=dossier, by=owner, at=LATER, declared=True))
    assert kinds(outcomes) == {"done": 1, "Stale": MANY - 1}
    assert Dossier.objects.get(pk=dossier.pk).code.endswith("-0001")
    assert Counter.objects.get(key__startswith="dossiers:").next == 2
    assert Letter.objects.filter(kind=Letter.Kind.SUBMISSION).count() == 1


def test_twenty_sites_submitted_at_once_are_numbered_without_a_gap() -> None:
    drafts = [making.make_dossier(site=cast.make_site(name=f"Cơ sở {n}", zone=None)) for n in range(MANY)]
    owner = making.owner_of(drafts[0])
    outcomes = race(lambda n: filing.submit(dossier=drafts[n], by=owner, at=LATER, declared=True))
    assert kinds(outcomes) == {"done": MANY}
    assert sorted(int(done.code[-4:]) for done in outcomes) == list(range(1, MANY + 1))


def test_twenty_acceptances_start_one_clock_and_give_one_receipt() -> None:
    dossier = making.mark_all(making.make_dossier(State.SUBMITTED))
    people = [cast.make_dolisa_officer(), cast.make_dolisa_head()]
    outcomes = race(
        lambda n: receiving.accept(dossier=dossier, by=User.objects.get(pk=people[n % 2].pk), at=LATER)
    )
    assert kinds(outcomes) == {"done": 1, "Stale": MANY - 1}
    assert Letter.objects.get(kind=Letter.Kind.RECEIPT).number == 1
    assert dossier.stages.filter(state=State.ACCEPTED).count() == 1


def test_accepting_and_handing_back_a_paper_at_once_never_accepts_a_returned_paper() -> None:
    dossier = making.mark_all(making.make_dossier(State.SUBMITTED))
    paper = dossier.papers.order_by("pk").first()
    officer = cast.make_dolisa_officer()

    def act(number: int) -> object:
        if number % 2:
            return receiving.accept(dossier=dossier, by=officer, at=LATER)
        return receiving.mark_paper(
            paper=paper, verdict="returned", reason="Thiếu dấu", fix="Đóng dấu", by=officer, at=LATER
        )

    outcomes = race(act)
    assert set(kinds(outcomes)) <= {"done", "Stale", "Refused"}
    # Once the paper is handed back nobody accepts; after an acceptance it may still be handed back.
    seen = list(
        AuditEvent.objects.filter(subject_id=str(dossier.pk)).order_by("pk").values_list("verb", flat=True)
    )
    seen = seen[seen.index("paper.marked") + dossier.papers.count() :]
    assert "dossier.accept" not in seen[1:]


def test_twenty_advices_leave_one_in_force_and_no_error() -> None:
    dossier = making.make_dossier(State.INSPECTED)
    cast.make_dolisa_officer()
    outcomes = race(lambda n: making.forward(dossier, LATER, number=f"{n}/TTr"))
    assert kinds(outcomes) == {"done": 1, "Stale": MANY - 1}
    assert dossier.advices.count() == 1


def test_twenty_signatures_make_one_sheet() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    visit, leader = making.see(dossier, LATER), cast.make_team_leader()
    outcomes = race(lambda n: visiting.sign(visit=visit, by=User.objects.get(pk=leader.pk), at=LATER))
    assert kinds(outcomes) == {"done": 1, "Stale": MANY - 1}
    assert (Sheet.objects.count(), Letter.objects.filter(kind=Letter.Kind.SHEET).count()) == (1, 1)


def test_twenty_visits_opened_are_one() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    outcomes = race(lambda n: visiting.open_visit(dossier=dossier, at=LATER))
    assert {visit.pk for visit in outcomes} == {outcomes[0].pk}


def test_twenty_drafts_of_one_site_are_one() -> None:
    site = cast.make_site()
    owner = site.enterprise.claimed_by
    outcomes = race(lambda n: filing.create_draft(site=site, phase=1, by=owner, at=LATER))
    assert kinds(outcomes) == {"done": MANY}
    assert {draft.pk for draft in outcomes} == {Dossier.objects.get().pk}
    assert AuditEvent.objects.filter(verb="dossier.created").count() == 1


def test_twenty_versions_of_one_paper_follow_one_another() -> None:
    dossier = making.draft()
    owner = making.owner_of(dossier)
    outcomes = race(
        lambda n: making.put_paper(dossier, "commitment", LATER, by=User.objects.get(pk=owner.pk))
    )
    assert kinds(outcomes) == {"done": MANY}
    assert sorted(dossier.papers.values_list("version", flat=True)) == list(range(1, MANY + 1))
    assert Paper.objects.get(dossier=dossier, replaced_at__isnull=True).version == MANY


def test_deciding_and_withdrawing_at_once_leave_one_end() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    advice, people = making.advice_of(dossier), deciders()

    def act(number: int) -> object:
        if number % 2:
            return decide(dossier, advice, people[number % len(people)], number)
        return making.withdraw(dossier, LATER)

    assert kinds(race(act)) == {"done": 1, "Stale": MANY - 1}
    state = Dossier.objects.get(pk=dossier.pk).state
    assert Decision.objects.filter(dossier=dossier).count() == (state != State.WITHDRAWN)


# --- numbers ---


def test_numbers_taken_at_once_are_all_different_and_what_is_rolled_back_leaves_no_gap() -> None:
    class Changed(Exception):
        """The transaction that took the number does not end well."""

    def act(number: int) -> int:
        with transaction.atomic():
            taken = take("letters:PPC:2021:UBND")
            if number % 3 == 0:
                raise Changed
            return taken

    outcomes = race(act)
    kept = sorted(each for each in outcomes if isinstance(each, int))
    assert kinds(outcomes) == {"done": len(kept), "Changed": MANY - len(kept)}
    assert kept == list(range(1, len(kept) + 1))


def test_a_reserved_block_is_not_overrun() -> None:
    Counter.objects.create(key="block", next=8, last=12)

    def act(number: int) -> int:
        with transaction.atomic():
            return take("block")

    outcomes = race(act)
    assert kinds(outcomes) == {"done": 5, BlockUsedUp.__name__: MANY - 5}
    assert sorted(each for each in outcomes if isinstance(each, int)) == [8, 9, 10, 11, 12]
    assert isinstance(next(each for each in outcomes if isinstance(each, Exception)), BlockUsedUp)


def test_stale_says_what_the_dossier_became() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    advice, chairman = making.advice_of(dossier), cast.make_chairman()
    outcomes = race(lambda n: decide(dossier, advice, chairman, n))
    late = [each for each in outcomes if isinstance(each, Stale)]
    assert {each.dossier.state for each in late} == {Dossier.objects.get(pk=dossier.pk).state}
