"""May a worker begin, go on with, or visit the work at a site?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

import plan
from tests.plan.reading import LOCAL, cases, codes, history, local, phase, samples

NAIVE = datetime.fromisoformat("2021-10-16T07:00:00")
AWARE = NAIVE.replace(tzinfo=LOCAL)
NOBODY = plan.HealthHistory(mode="three_on_site")


@pytest.mark.parametrize("case", cases("fitness_phase_1"))
def test_begin_in_phase_1(case):
    verdict = phase(1).fitness(history(case), starts_at=local(case["starts_at"]))
    assert codes(verdict) == case["unmet"]


@pytest.mark.parametrize("case", cases("fitness_phase_2"))
def test_begin_in_phase_2(case):
    verdict = phase(2).fitness(history(case), starts_at=local(case["starts_at"]))
    assert codes(verdict) == case["unmet"]


@pytest.mark.parametrize("case", cases("continuing"))
def test_go_on(case):
    verdict = phase(case["phase"]).may_continue(history(case), at=local(case["at"]))
    assert codes(verdict) == case["unmet"]


@pytest.mark.parametrize("case", cases("visitors"))
def test_visit(case):
    verdict = phase(case["phase"]).visitor_fitness(
        samples(case["samples"]),
        visits_at=local(case["visits_at"]),
        last_visit_on=case.get("last_visit_on"),
        cleared_on=case.get("cleared_on"),
    )
    assert codes(verdict) == case["unmet"]
    if "clause" in case:
        assert [each.clause for each in verdict.unmet] == [case["clause"]]


def test_each_requirement_of_phase_1_cites_its_clause():
    facts = plan.HealthHistory(
        mode="three_on_site",
        returned_on=date(2021, 10, 15),
        samples=samples(["2021-10-01 08:00:00 positive rapid"]),
    )
    verdict = phase(1).fitness(facts, starts_at=AWARE)
    assert {each.code: each.clause for each in verdict.unmet} == {
        "health_confirmation": "III.1.1-a",
        "locality_confirmation": "III.1.1-a",
        "vaccination": "III.1.1-b",
        "negative_test": "III.1.1-c",
        "lodging": "III.1.1-d",
        "isolation": "III.1.1-g",
        "isolation_tests": "III.1.1-h",
        "positive_result": "not in the plan",
    }
    assert all(each.detail for each in verdict.unmet)


@pytest.mark.parametrize(
    ("recruit", "clauses"),
    [
        (False, {"risk_control": "III.2.1-a", "two_tests": "III.2.1-b", "last_test": "III.2.1-b"}),
        (
            True,
            {
                "risk_control": "III.2.1-a",
                "two_tests": "III.2.1-f",
                "last_test": "III.2.1-f",
                "health_declaration": "III.2.1-f",
            },
        ),
    ],
)
def test_each_requirement_of_phase_2_cites_its_clause(recruit, clauses):
    verdict = phase(2).fitness(plan.HealthHistory(mode="daily", recruit=recruit), starts_at=AWARE)
    assert {each.code: each.clause for each in verdict.unmet} == clauses


def test_an_instant_counts_by_its_local_day_wherever_it_is_written():
    facts = plan.HealthHistory(mode="daily", risk_controlled_on=date(2021, 10, 1))
    in_london = datetime.fromisoformat("2021-10-16T17:30:00+00:00")  # 00:30 on the 17th in Vietnam
    assert "risk_control" not in codes(phase(2).fitness(facts, starts_at=in_london - timedelta(hours=1)))
    assert "risk_control" in codes(phase(2).fitness(facts, starts_at=in_london))


def test_naive_instants_are_refused():
    for number in (1, 2):
        with pytest.raises(ValueError, match="timezone-aware"):
            phase(number).fitness(NOBODY, starts_at=NAIVE)
        with pytest.raises(ValueError, match="timezone-aware"):
            phase(number).may_continue(NOBODY, at=NAIVE)
        with pytest.raises(ValueError, match="timezone-aware"):
            phase(number).visitor_fitness((), visits_at=NAIVE)
    with pytest.raises(ValueError, match="taken_at"):
        plan.Sample(taken_at=NAIVE, result="negative", method="pcr")
    with pytest.raises(ValueError, match="taken_at"):
        plan.Sample(taken_at=date(2021, 10, 1), result="negative", method="pcr")


def test_unknown_words_are_refused():
    with pytest.raises(ValueError, match="mode"):
        plan.HealthHistory(mode="remote")
    with pytest.raises(ValueError, match="confirmations"):
        plan.HealthHistory(mode="daily", confirmations=frozenset({"police"}))
    with pytest.raises(ValueError, match="result"):
        plan.Sample(taken_at=AWARE, result="maybe", method="pcr")
    with pytest.raises(ValueError, match="method"):
        plan.Sample(taken_at=AWARE, result="negative", method="guess")


@pytest.mark.parametrize(
    "name", ["risk_controlled_on", "lodged_on", "returned_on", "working_since", "cleared_on"]
)
def test_an_instant_is_no_day(name):
    with pytest.raises(ValueError, match=name):
        plan.HealthHistory(mode="daily", **{name: AWARE})
    with pytest.raises(ValueError, match="on must be"):
        plan.Dose(on=AWARE)


@pytest.mark.parametrize("name", ["last_visit_on", "cleared_on"])
def test_an_instant_is_no_day_of_a_visit(name):
    with pytest.raises(ValueError, match=name):
        phase(1).visitor_fitness((), visits_at=AWARE, **{name: AWARE})


def test_facts_and_verdicts_are_frozen_and_hashable():
    facts = plan.HealthHistory(mode="daily", doses=(plan.Dose(on=date(2021, 9, 1)),))
    assert len({facts, plan.HealthHistory(mode="daily", doses=(plan.Dose(on=date(2021, 9, 1)),))}) == 1
    verdict = phase(1).fitness(facts, starts_at=AWARE)
    assert len({verdict, phase(1).fitness(facts, starts_at=AWARE)}) == 1
    with pytest.raises(AttributeError):
        facts.mode = "mixed"
