"""Each thing that stands in a dossier's way is said: its code, its clause, and where to mend it."""

from datetime import date, timedelta
from typing import Any

import pytest

from applications import deciding, filing, guards, lifecycle, receiving
from applications.models import Advice, Dossier
from applications.states import State
from applications.unmet import NotAllowed, Stale
from inspections import visiting
from inspections.models import Visit
from organisations.models import TeamMember
from organisations.plan_in_force import rules_at
from tests import cast
from tests.applications import making
from tests.applications.making import HOUR, REASONS
from tests.applications.unmet import refused, told

pytestmark = pytest.mark.django_db

LATER = cast.AT + 9 * HOUR
OURS = "not in the plan"


# --- the receiving agency ---


def test_every_paper_is_seen_and_in_order_before_acceptance() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    officer = making.officer_of(dossier)
    slots = [slot for slot in rules_at(cast.AT).phase(1).papers() if slot.required]
    accept = lambda: receiving.accept(dossier=dossier, by=officer, at=LATER)  # noqa: E731
    assert refused(accept) == [("paper", slot.clause, slot.code) for slot in slots]
    making.mark_all(dossier)
    one = dossier.papers.get(slot="commitment")
    receiving.mark_paper(paper=one, verdict="returned", reason="Thiếu dấu", by=officer, at=LATER)
    assert refused(accept) == [("paper", "III.1.3.3-l", "commitment")]


@pytest.mark.parametrize(
    "reasons", [(), ({"clause": "", "text": "Vì"},), ({"clause": "III.1.2-a", "text": " "},)]
)
def test_a_decline_and_a_refusal_need_a_clause_and_words(reasons: Any) -> None:
    missing = [("reasons", "III.1.3.1-g", "reasons")]
    dossier = making.make_dossier(State.SUBMITTED)
    officer = making.officer_of(dossier)
    assert (
        refused(lambda: receiving.decline(dossier=dossier, reasons=reasons, by=officer, at=LATER)) == missing
    )
    dossier = making.make_dossier(State.FORWARDED, site=cast.make_site())
    advice = making.advice_of(dossier)
    assert missing == refused(
        lambda: deciding.refuse(
            dossier=dossier,
            advice=advice,
            reasons=reasons,
            kind="thong_bao",
            by=cast.make_chairman(),
            at=LATER,
        )
    )


def test_a_team_is_named_and_has_a_leader_that_day() -> None:
    dossier = making.make_dossier(State.ACCEPTED)
    assert told(lifecycle.unmet("propose_team", dossier, by=making.officer_of(dossier), at=LATER)) == [
        ("team", "III.1.3.1-c", "team")
    ]
    team = cast.make_team()
    TeamMember.objects.filter(team=team, is_leader=True).update(until=date(2021, 10, 14))
    assert refused(lambda: making.propose_team(dossier, LATER)) == [("leader", "III.1.3.1-d", "team")]


def test_a_visit_is_planned_ahead() -> None:
    missing = [("visit", "III.1.3.1-c", "visit_on")]
    dossier = making.make_dossier(State.ACCEPTED)
    who, team = making.officer_of(dossier), cast.make_team()
    assert missing == refused(
        lambda: receiving.propose_team(dossier=dossier, team=team, visit_at=LATER, by=who, at=LATER)
    )
    dossier = making.propose_team(dossier, LATER)
    clerk = cast.make_office_clerk()
    assert missing == refused(
        lambda: deciding.assign_team(dossier=dossier, team=team, visit_at=LATER, by=clerk, at=LATER)
    )
    dossier = making.conclude_visit(making.assign_team(dossier, LATER), LATER + HOUR)
    assert missing == refused(
        lambda: receiving.reinspect(dossier=dossier, visit_at=LATER, note="Lại", by=who, at=LATER)
    )


def test_no_visit_is_concluded_without_the_sheet_of_this_visit() -> None:
    dossier = making.make_dossier(State.INSPECTED)
    dossier = making.reinspect(dossier, LATER)
    leader = cast.make_team_leader()
    assert refused(lambda: lifecycle.perform(dossier.pk, "conclude_visit", by=leader, at=LATER)) == [
        ("sheet", "III.1.3.1-d", "visit")
    ]


def test_nothing_is_forwarded_without_sheet_and_advice() -> None:
    dossier = making.make_dossier(State.INSPECTED)
    officer = making.officer_of(dossier)
    assert told(guards.advice_given(dossier, by=officer, at=LATER)) == [("advice", "III.1.3.1-f", "advice")]
    dossier.sheets.all().update(dossier=making.draft(cast.make_site()))
    assert told(guards.advice_given(dossier, by=officer, at=LATER)) == [
        ("sheet", "III.1.3.1-d", "visit"),
        ("advice", "III.1.3.1-f", "advice"),
    ]


ADVICE = [
    ({"number": " "}, ("number", "III.1.3.1-f", "number")),
    ({"starts_on": None}, ("start", "III.1.3.1-f", "starts_on")),
    ({"starts_on": date(2021, 10, 15)}, ("start", "III.1.3.1-f", "starts_on")),
    ({"mode": ""}, ("mode", "III.1.3.3-b", "mode")),
    ({"cap": None}, ("cap", "III.1.2-a", "cap")),
    ({"cap": 0}, ("cap", "III.1.2-a", "cap")),
    ({"cap": 101}, ("cap", "III.1.2-a", "cap")),
    ({"verdict": "refuse", "reasons": ()}, ("reasons", "III.1.3.1-g", "reasons")),
]


@pytest.mark.parametrize(("changes", "missing"), ADVICE)
def test_each_fault_of_an_advice_is_named(changes: dict[str, Any], missing: tuple[str, str, str]) -> None:
    dossier = making.make_dossier(State.INSPECTED)
    assert refused(lambda: making.forward(dossier, LATER, **changes)) == [missing]
    assert not dossier.advices.exists()


def test_an_advice_in_phase_2_names_a_number_or_none_but_not_nought() -> None:
    dossier = making.make_dossier(State.INSPECTED, phase=2)
    assert refused(lambda: making.forward(dossier, LATER, cap=0)) == [("cap", OURS, "cap")]
    assert making.advice_of(making.forward(dossier, LATER, cap=None)).cap is None


# --- the decision ---


def decided(dossier: Dossier, at: Any = LATER) -> list[tuple[str, str, str]]:
    return told(lifecycle.unmet("approve", dossier, by=cast.make_chairman(), at=at))


def test_each_fault_that_keeps_the_chairman_from_consent_is_named() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    assert decided(dossier) == []
    advice = Advice.objects.filter(dossier=dossier)
    start = advice.get().starts_on
    assert decided(dossier, at=cast.instant(f"{start + timedelta(days=1)}", "00:30")) == [
        ("start", "III.1.3.1-f", "advice")
    ]
    assert decided(dossier, at=cast.instant(f"{start}", "23:30")) == []
    for cap in (None, dossier.cap + 1):
        advice.update(cap=cap)
        assert decided(dossier) == [("cap", "III.1.2-a", "advice")]
    advice.update(cap=10, starts_on=None)
    assert decided(dossier) == [("start", "III.1.3.1-f", "advice")]
    advice.update(by=cast.make_chairman())
    assert decided(dossier)[0] == ("same_person", OURS, "")
    advice.update(voided_at=LATER)
    assert decided(dossier) == [("advice", "III.1.3.1-f", "advice")]
    refusing = lifecycle.unmet("refuse", dossier, by=cast.make_chairman(), at=LATER, reasons=REASONS)
    assert told(refusing) == [("advice", "III.1.3.1-f", "advice")]


def test_the_advice_of_the_agency_does_not_bind_the_chairman() -> None:
    refusal = making.make_dossier(State.FORWARDED)
    assert making.refuse(refusal, LATER).state == State.REFUSED


# --- verbs that move no state ---


def test_a_dossier_is_taken_in_hand_once_and_by_its_agency() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    assert receiving.take_in_hand(dossier=dossier, by=cast.make_dolisa_officer(), at=LATER)
    assert not receiving.take_in_hand(dossier=dossier, by=cast.make_dolisa_head(), at=LATER)
    with pytest.raises(NotAllowed):
        receiving.take_in_hand(dossier=dossier, by=cast.make_zone_officer(), at=LATER)


def test_papers_are_marked_by_the_agency_while_it_works_on_them() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    paper = dossier.papers.order_by("pk").first()
    with pytest.raises(NotAllowed):
        receiving.mark_paper(paper=paper, verdict="in_order", by=cast.make_zone_officer(), at=LATER)
    with pytest.raises(Stale):
        receiving.mark_paper(paper=paper, verdict="in_order", by=cast.make_dolisa_officer(), at=LATER)


def test_advice_comes_from_the_agency_and_once() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    with pytest.raises(Stale):
        making.forward(dossier, LATER)
    assert dossier.advices.count() == 1
    fields: dict[str, Any] = {
        "verdict": "approve", "number": "1", "starts_on": None, "hour": 7, "cap": 1, "mode": "daily",
        "conditions": (), "reasons": (), "note": "",
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        receiving.forward(dossier=dossier, by=cast.make_zone_officer(), at=LATER, **fields)


def test_only_answers_are_answered_and_only_in_a_draft() -> None:
    dossier = making.make_dossier()
    owner = making.owner_of(dossier)
    with pytest.raises(ValueError, match="state"):
        filing.answer(dossier=dossier, answers={"state": "approved"}, by=owner, at=LATER)
    with pytest.raises(ValueError, match="no such slot"):
        making.put_paper(dossier, "diploma")
    with pytest.raises(NotAllowed):
        making.put_paper(dossier, "commitment", by=cast.make_dolisa_officer())
    assert filing.take_out(dossier=dossier, slot="commitment", by=owner, at=LATER)
    assert not filing.take_out(dossier=dossier, slot="commitment", by=owner, at=LATER)
    submitted = making.make_dossier(State.SUBMITTED, site=cast.make_site())
    for act in (
        lambda: filing.answer(dossier=submitted, answers={"baseline": 1}, by=owner, at=LATER),
        lambda: making.put_paper(submitted, "commitment", LATER),
        lambda: filing.take_out(dossier=submitted, slot="commitment", by=owner, at=LATER),
    ):
        with pytest.raises(Stale):
            act()


def test_no_visit_begins_before_the_team_was_assigned() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    visit = making.see(dossier, LATER)
    Visit.objects.update(started_at=dossier.state_since - HOUR)
    assert refused(lambda: visiting.sign(visit=visit, by=cast.make_team_leader(), at=LATER)) == [
        ("visit", "III.1.3.1-d", "started_at")
    ]


def test_a_sheet_is_signed_once_and_only_when_everything_was_judged() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    visiting.open_for(str(dossier.pk), at=LATER)
    visit = visiting.open_visit(dossier=dossier, at=LATER)
    leader = cast.make_team_leader()
    found = refused(lambda: visiting.sign(visit=visit, by=leader, at=LATER))
    assert {code for code, _clause, _anchor in found} == {"visit", "item"}
    visit = making.see(dossier, LATER)
    visit.findings.filter(item="commitment").update(in_order=False, remark=" ")
    assert refused(lambda: visiting.sign(visit=visit, by=leader, at=LATER)) == [
        ("item", "III.1.3.3-l", "item-commitment")
    ]
    visit.findings.update(in_order=True)
    visiting.sign(visit=visit, by=leader, at=LATER)
    with pytest.raises(Stale):
        visiting.sign(visit=visit, by=leader, at=LATER)
    with pytest.raises(Stale):
        visiting.save(visit=visit, texts={}, findings={}, started_at=None, ended_at=None, by=leader, at=LATER)
    with pytest.raises(NotAllowed):
        visiting.save(
            visit=visit,
            texts={},
            findings={},
            started_at=None,
            ended_at=None,
            by=cast.make_health(),
            at=LATER,
        )
