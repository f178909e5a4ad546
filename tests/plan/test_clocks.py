"""Local days, the clock of "02 days", and the portal's working-day promises."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plan
from tests.plan.provinces import small_province
from tests.plan.reading import LOCAL, cases, local, phase, rules

NAIVE = datetime.fromisoformat("2021-10-11T09:00:00")
DAYS = st.dates(date(2021, 9, 1), date(2022, 12, 31))


def off(case):
    return {name: frozenset(case.get(name, ())) for name in ("holidays", "working_days")}


@pytest.mark.parametrize("case", cases("clocks"))
def test_clock(case, tmp_path):
    law = small_province(tmp_path, counting=case.get("counting", "calendar"))
    asked = {"days": case["days"], "accepted_at": local(case["accepted_at"]), **off(case)}
    due = law.due_after(**asked)
    assert due == datetime.combine(case["due_on"], datetime.max.time().replace(microsecond=0), tzinfo=LOCAL)
    lines = plan.clock_lines(law, **asked)
    assert [f"{each.on} {each.kind} {each.number or '-'}" for each in lines] == case["lines"]


def test_the_lines_cite_the_clause_of_the_count_and_call_a_roll_ours():
    lines = plan.clock_lines(
        rules(),
        days=2,
        accepted_at=local(datetime.fromisoformat("2021-09-30T09:00:00")),
        clause="III.1.3.1-c",
    )
    assert [each.clause for each in lines] == [
        "III.1.3.1-c",
        "III.1.3.1-c",
        "not in the plan",
        "not in the plan",
        "III.1.3.1-c",
    ]


def test_the_team_is_proposed_in_phase_1_and_sent_in_phase_2_within_two_days():
    accepted_at = local(datetime.fromisoformat("2021-09-30T09:00:00"))
    for number in (1, 2):
        due = phase(number).team_proposal_due(accepted_at=accepted_at)
        assert due == rules().due_after(days=2, accepted_at=accepted_at)
        assert due == local(datetime.fromisoformat("2021-10-04T23:59:59"))
    rolled = phase(1).team_proposal_due(
        accepted_at=accepted_at,
        holidays=frozenset({date(2021, 10, 4)}),
        working_days=frozenset({date(2021, 10, 3)}),
    )
    assert rolled == local(datetime.fromisoformat("2021-10-03T23:59:59"))


@pytest.mark.parametrize("case", cases("working_days"))
def test_working_days(case):
    ends = rules().add_working_days(
        at=local(case["at"]), days=case["days"], ends_at=case.get("ends_at"), **off(case)
    )
    assert ends == local(case["ends"])


@given(
    on=DAYS,
    days=st.integers(0, 12),
    counting=st.sampled_from(["calendar", "working"]),
    holidays=st.frozensets(DAYS, max_size=12),
    working_days=st.frozensets(DAYS, max_size=4),
)
def test_a_due_day_is_never_a_day_off(tmp_path_factory, on, days, counting, holidays, working_days):
    law = small_province(tmp_path_factory.getbasetemp(), counting=counting)
    accepted_at = datetime(on.year, on.month, on.day, 9, tzinfo=LOCAL)
    asked = {"days": days, "holidays": holidays, "working_days": working_days}
    due = plan.local_day(law.due_after(accepted_at=accepted_at, **asked))
    ends = plan.local_day(law.add_working_days(at=accepted_at, **asked))
    for day in (due, ends):
        assert day in working_days or (day.isoweekday() <= 5 and day not in holidays)
    assert due >= on + timedelta(days=days)
    lines = plan.clock_lines(law, accepted_at=accepted_at, **asked)
    assert lines[-1].on == due
    assert [line.number for line in lines if line.number] == list(range(1, days + 1))


def test_a_local_day_begins_at_17_hours_of_greenwich():
    assert plan.local_day(datetime.fromisoformat("2021-10-11T16:59:59+00:00")) == date(2021, 10, 11)
    assert plan.local_day(datetime.fromisoformat("2021-10-11T17:00:00+00:00")) == date(2021, 10, 12)


def test_naive_instants_and_negative_days_are_refused():
    aware = local(NAIVE)
    with pytest.raises(ValueError, match="timezone-aware"):
        plan.local_day(NAIVE)
    with pytest.raises(ValueError, match="timezone-aware"):
        rules().due_after(days=2, accepted_at=NAIVE)
    with pytest.raises(ValueError, match="days"):
        rules().due_after(days=-1, accepted_at=aware)
    with pytest.raises(ValueError, match="timezone-aware"):
        phase(1).team_proposal_due(accepted_at=NAIVE)
    with pytest.raises(ValueError, match="timezone-aware"):
        rules().add_working_days(at=NAIVE, days=1)
    with pytest.raises(ValueError, match="days"):
        rules().add_working_days(at=aware, days=-1)


@pytest.mark.parametrize("case", cases("first_months"))
def test_first_month(case):
    for number in (1, 2):
        assert phase(number).first_month_ends(started_on=case["started_on"]) == case["ends_on"]


@pytest.mark.parametrize("case", cases("next_samples"))
def test_a_worker_is_sampled_again(case):
    assert phase(1).next_sample_due(last_sample_on=case["last_sample_on"]) == case["due_on"]


def test_phase_2_samples_no_worker_again():
    with pytest.raises(plan.PlanError, match="phase_2"):
        phase(2).next_sample_due(last_sample_on=date(2021, 10, 1))


def test_an_instant_is_no_day():
    with pytest.raises(ValueError, match="started_on"):
        phase(1).first_month_ends(started_on=local(NAIVE))
    with pytest.raises(ValueError, match="last_sample_on"):
        phase(1).next_sample_due(last_sample_on=local(NAIVE))
