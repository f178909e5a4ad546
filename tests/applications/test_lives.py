"""Whole lives of dossiers, walked at random: any actor, any move, any pause. What must always hold, holds."""

from collections import Counter as Tally
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import plan
from applications import deciding, filing, lifecycle, paper_signing, recalling, receiving
from applications.lifecycle import ROWS
from applications.models import Advice, Dossier, Move, Stage
from applications.states import CLOSED, OPEN, State
from applications.unmet import NotAllowed, Refused, Stale
from documents.models import Letter
from inspections import visiting
from journal.models import AuditEvent, OutboxRow
from organisations.models import Permit, TeamBinding, User
from tests import cast
from tests.applications import making
from tests.applications.making import HOUR, REASONS
from tests.applications.test_lifecycle import AGREED, NAMES, PARTIES, expected, people
from tests.counts import count

START = cast.instant("2021-10-04", "08:00")
NUMBERED = {
    "UBND": [Letter.Kind.DECISION, Letter.Kind.REFUSAL],
    "slips": [Letter.Kind.RECEIPT, Letter.Kind.DECLINE, Letter.Kind.SUPPLEMENT],
}


TYPED = 1_000  # numbers of letters on paper begin here, behind the portal's block


def act(dossier: Dossier, name: str, *, by: User, at: Any) -> object:
    """The verb of a transition, as its page would call it."""
    who: dict[str, Any] = {"dossier": dossier, "by": by, "at": at}
    team, ahead = cast.make_team(), at + HOUR / 2
    advice = dossier.advices.filter(voided_at__isnull=True).first()
    if name == "submit":
        return filing.submit(declared=True, **who)
    if name == "withdraw":
        return filing.withdraw(**who)
    if name == "decline":
        return receiving.decline(reasons=REASONS, **who)
    if name == "accept":
        return receiving.accept(**who)
    if name == "propose_team":
        return receiving.propose_team(team=team, visit_at=ahead, **who)
    if name == "assign_team":
        return deciding.assign_team(team=team, visit_at=ahead, **who)
    if name == "reinspect":
        return receiving.reinspect(visit_at=ahead, note="Kiểm tra lại", **who)
    if name == "forward":
        fields = {"number": "1", "starts_on": at.date() + timedelta(days=3), "hour": 7, "mode": dossier.mode}
        cap = dossier.cap and making.WORKERS
        return receiving.forward(
            verdict="approve", cap=cap, conditions=(), reasons=(), note="", **fields, **who
        )
    if name == "send_back":
        return deciding.send_back(question="Vì sao?", **who)
    if name == "conclude_visit" and dossier.state == State.TEAM_ASSIGNED:
        return visiting.sign(visit=making.see(dossier, at), by=by, at=at)
    if name == "approve" and advice:
        return deciding.approve(advice=advice, kind="quyet_dinh", **who)
    if name == "refuse" and advice:
        return deciding.refuse(advice=advice, reasons=REASONS, kind="thong_bao", **who)
    if name.startswith("record_") and advice:
        return sign_on_paper(dossier, advice, name, by=by, at=at)
    if name == "recall" and dossier.state in CLOSED:
        return recalling.recall(reason="Nhầm", **who)
    return lifecycle.perform(dossier.pk, name, by=by, at=at, note="Có lời", reasons=REASONS)


@transaction.atomic
def sign_on_paper(dossier: Dossier, advice: Advice, name: str, *, by: User, at: Any) -> object:
    """Types in a number of the register that lies behind the portal's block."""
    verdict, kind = ("approved", "quyet_dinh") if name == "record_approval" else ("refused", "thong_bao")
    kept = paper_signing.keep(
        dossier=dossier, advice=advice, verdict=verdict, kind=kind, signer=cast.make_chairman(), by=by, at=at,
        number=TYPED + Letter.objects.count(), dated=plan.local_day(at), reasons=REASONS,
        scan=making.stored_pdf(by=by, at=at),
    )  # fmt: skip
    return paper_signing.issue(signature=kept, by=by, at=at)


class Lives(RuleBasedStateMachine):
    """Up to three sites, both phases, everybody of the cast."""

    everybody: dict[str, User]
    ends: Tally[str] = Tally()

    @initialize()
    def begin(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = START
        self.moves = 0

    def teardown(self) -> None:
        Lives.ends.update(Dossier.objects.values_list("state", flat=True))
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def dossiers(self) -> list[Dossier]:
        return list(Dossier.objects.order_by("created_at", "pk"))

    # --- what happens ---

    @rule(hours=st.integers(0, 60), minutes=st.integers(0, 59))
    def time_passes(self, hours: int, minutes: int) -> None:
        self.now += timedelta(hours=hours, minutes=minutes)

    @rule(number=st.integers(0, 2), phase=st.sampled_from([1, 1, 2]), state=st.sampled_from(OPEN))
    def a_dossier_comes_some_way(self, number: int, phase: int, state: State) -> None:
        """A new draft, filled unless it stays one, brought to an open state by the usual way."""
        draft = making.draft(cast.make_site(name=f"Cơ sở {number}", zone=None), self.now, phase=phase)
        if draft.state != State.DRAFT or draft.papers.exists() or (phase, state) == (2, State.TEAM_PROPOSED):
            return
        if state != State.DRAFT or number:
            draft = making.fill(draft, self.now)
        for step in making.way_to(state, phase=phase):
            draft = step(draft, self.now)
            self.moves += 1
            self.now += HOUR

    @precondition(lambda self: Dossier.objects.exists())
    @rule(data=st.data())
    def the_right_person_acts(self, data: st.DataObject) -> None:
        dossier = data.draw(st.sampled_from(self.dossiers()), label="dossier")
        fitting = [row for row in AGREED if dossier.state in row[1].split() and str(dossier.phase) in row[4]]
        ahead = [row for row in fitting if row[0] not in {"withdraw", "decline"}]
        row = data.draw(st.sampled_from(ahead * 4 + fitting or [AGREED[0]]), label="row")
        if row[0] == "accept" and data.draw(st.booleans(), label="papers marked"):
            making.mark_all(dossier, self.now)
        self.attempt(dossier, row[0], data.draw(st.sampled_from(sorted(PARTIES[row[3]])), label="role"))

    @precondition(lambda self: Dossier.objects.exists())
    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def anybody_tries_anything(self, data: st.DataObject, name: str) -> None:
        dossier = data.draw(st.sampled_from(self.dossiers()), label="dossier")
        self.attempt(dossier, name, data.draw(st.sampled_from(sorted(self.everybody)), label="role"))

    @precondition(
        lambda self: Dossier.objects.filter(state__in=[State.DRAFT, State.SUPPLEMENT_REQUESTED]).exists()
    )
    @rule(data=st.data())
    def a_paper_is_replaced(self, data: st.DataObject) -> None:
        rows = Dossier.objects.filter(state__in=[State.DRAFT, State.SUPPLEMENT_REQUESTED])
        dossier = data.draw(st.sampled_from(list(rows.order_by("created_at", "pk"))), label="dossier")
        making.put_paper(dossier, "commitment", self.now)
        assert not dossier.advices.filter(voided_at__isnull=True).exists()

    def attempt(self, dossier: Dossier, name: str, role: str) -> None:
        dossier = making.fresh(dossier)
        foreseen = expected(name, dossier, role)
        events = AuditEvent.objects.count()
        try:
            act(dossier, name, by=self.everybody[role], at=self.now)
        except (NotAllowed, Stale, Refused) as answer:
            found, words = type(answer), str(answer)
            if not (
                name == "conclude_visit" and dossier.state == State.TEAM_ASSIGNED
            ):  # the visit was looked at
                assert AuditEvent.objects.count() == events, "a refused move left a trace"
        else:
            found, words = Dossier.objects.get(pk=dossier.pk).state, ""
            self.moves += 1
        assert found == foreseen or (found is Refused and isinstance(foreseen, State)), (foreseen, words)

    # --- what holds ---

    @invariant()
    def the_clock_runs_exactly_while_officials_or_the_enterprise_are_asked(self) -> None:
        running = Tally(Stage.objects.filter(closed_at__isnull=True).values_list("dossier", flat=True))
        for dossier in self.dossiers():
            asked = dossier.state in OPEN and dossier.state != State.DRAFT
            assert running[dossier.pk] == asked, dossier.state

    @invariant()
    def the_state_is_where_the_last_move_led_and_moves_follow_one_another(self) -> None:
        for dossier in self.dossiers():
            moves = list(dossier.moves.order_by("pk"))
            states = [State.DRAFT, *(move.to_state for move in moves)]
            assert [move.from_state for move in moves] == states[:-1]
            assert dossier.state == states[-1]
            assert all(
                any(
                    m.name == row.name and m.from_state in row.sources and m.to_state == row.target
                    for row in ROWS
                )
                for m in moves
            )

    @invariant()
    def consent_and_permit_go_together_and_decisions_are_the_chairmans(self) -> None:
        for dossier in self.dossiers():
            decision = dossier.decision
            permits = Permit.objects.filter(basis__startswith=f"dossier:{dossier.pk}", until=None).count()
            assert permits == (dossier.state == State.APPROVED)
            assert (decision is not None) == (dossier.state in {State.APPROVED, State.REFUSED})
            if decision:
                assert decision.verdict == dossier.state
                assert decision.decided_by_id != decision.advice.by_id
                assert (decision.permit is not None) == (permits == 1)

    @invariant()
    def numbers_are_unique_and_without_gaps(self) -> None:
        codes: dict[str, list[int]] = {}
        for code in Dossier.objects.filter(code__isnull=False).values_list("code", flat=True):
            codes.setdefault(code[:-5], []).append(int(code[-4:]))
        registers = [
            list(Letter.objects.filter(kind__in=kinds).values_list("number", flat=True))
            for kinds in NUMBERED.values()
        ]
        assert all(len(set(numbers)) == len(numbers) for numbers in registers)
        given = [[number for number in numbers if number < TYPED] for numbers in registers]
        assert all(in_row(numbers) for numbers in [*codes.values(), *given])

    @invariant()
    def the_journal_and_the_outbox_grow_by_moves(self) -> None:
        verbs = [f"dossier.{name}" for name in NAMES]
        assert Move.objects.count() == self.moves
        assert AuditEvent.objects.filter(verb__in=verbs).count() == self.moves
        assert OutboxRow.objects.filter(event__in={row.event for row in ROWS}).count() == self.moves

    @invariant()
    def a_site_has_one_live_dossier_a_phase_and_one_team(self) -> None:
        live = Tally((d.site_id, d.phase) for d in self.dossiers() if d.state in {*OPEN, State.APPROVED})
        bound = Tally(TeamBinding.objects.filter(ended_at__isnull=True).values_list("site", flat=True))
        assert set(live.values()) | set(bound.values()) <= {1}


def in_row(numbers: Iterable[int]) -> bool:
    found = sorted(numbers)
    return found == list(range(1, len(found) + 1))


@pytest.mark.django_db
def test_whatever_people_do_a_dossier_lives_by_the_table() -> None:
    Lives.everybody = people()
    for number in range(3):
        cast.make_site(name=f"Cơ sở {number}", zone=None)
    lives = count("whole lives of dossiers, walked at random", quick=10, soak=500)
    walk = settings(
        max_examples=lives, stateful_step_count=40, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    Lives.ends.clear()
    run_state_machine_as_test(Lives, settings=walk)
