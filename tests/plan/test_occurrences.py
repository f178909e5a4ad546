"""What enterprises and agencies owe, and when the team comes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plan
from tests.plan.provinces import WITHOUT_PHASES, small_province, written
from tests.plan.reading import cases, local, phase, rules

STARTS = st.dates(date(2021, 9, 1), date(2022, 12, 31))
SPANS = st.integers(0, 400)
HOLIDAYS = st.frozensets(st.dates(date(2021, 9, 1), date(2022, 3, 1)), max_size=20)
AN_INSTANT = local(datetime.fromisoformat("2021-10-11T09:00:00"))


def line(each: plan.Occurrence) -> str:
    due, report = plan.local_day(each.due_at), plan.local_day(each.report_due_at)
    facts = [
        f"opens {each.opens_on}",
        f"due {due}" if str(due) != each.period.split("/")[0] else "",
        f"report {report}" if str(report) != each.period.split("/")[0] else "",
        each.recipient,
        "" if each.share is None else str(each.share),
        each.clause,
    ]
    return f"{each.rule} {each.period}: {', '.join(fact for fact in facts if fact)}"


@pytest.mark.parametrize("case", cases("occurrences"))
def test_enterprises_owe(case):
    owed = phase(case["phase"]).occurrences(
        started_on=case["started_on"],
        until=case["until"],
        holidays=frozenset(case.get("holidays", ())),
        working_days=frozenset(case.get("working_days", ())),
    )
    shown = [each for each in owed if each.rule in case.get("rules", [each.rule])]
    assert [line(each) for each in shown if each.period >= case.get("from_period", "")] == case["owed"]
    assert {each.owner for each in owed} <= {"ENT"}


@pytest.mark.parametrize("case", cases("agencies"))
def test_agencies_owe(case):
    owed = rules().agency_occurrences(since=case["since"], until=case["until"])
    assert [f"{each.rule} {each.period} {each.owner}: opens {each.opens_on}" for each in owed] == case["owed"]
    for each in owed:
        assert (each.recipient, each.share, each.clause) == ("CHAIR", None, "V.1-f")
        assert each.due_at == each.report_due_at == local(datetime.fromisoformat(f"{each.period}T23:59:59"))


@pytest.mark.parametrize("case", cases("visits"))
def test_team_comes(case):
    windows = phase(case["phase"]).visits(started_on=case["started_on"], until=case["until"])
    assert [f"{each.opens_on} to {each.due_on} {each.clause}" for each in windows] == case["windows"]


def test_what_is_due_is_due_through_the_last_second_of_the_local_day():
    first = phase(1).occurrences(started_on=date(2021, 10, 1), until=date(2021, 10, 1))[0]
    assert first.due_at.isoformat() == "2021-10-01T23:59:59+07:00"


def test_every_duty_of_both_phases_is_owed():
    over_a_year = {"started_on": date(2021, 10, 1), "until": date(2022, 10, 1)}
    shares = {each.rule: each.share for number in (1, 2) for each in phase(number).occurrences(**over_a_year)}
    assert shares == {
        "supplier_workers_weekly": None,
        "partners_weekly": None,
        "screening_all": Fraction(1),
        "screening_monthly": Fraction(1, 2),
        "health_contract": None,
        "screening_twice_monthly": Fraction(1, 5),
        "roster_monthly": None,
        "partners_monthly": None,
        "caterer_screening_monthly": Fraction(1, 5),
    }


@settings(max_examples=60)
@given(number=st.sampled_from([1, 2]), started_on=STARTS, span=SPANS, holidays=HOLIDAYS)
def test_occurrences_are_sorted_unique_and_inside_their_bounds(number, started_on, span, holidays):
    until = started_on + timedelta(days=span)
    owed = phase(number).occurrences(started_on=started_on, until=until, holidays=holidays)
    assert list(owed) == sorted(owed, key=lambda each: (each.due_at, each.rule, each.period, each.owner))
    assert len({(each.rule, each.owner, each.period) for each in owed}) == len(owed)
    for each in owed:
        due = plan.local_day(each.due_at)
        assert started_on <= each.opens_on <= date.fromisoformat(each.period[:10]) <= due <= until
        assert each.due_at <= each.report_due_at


@settings(max_examples=60)
@given(number=st.sampled_from([1, 2]), started_on=STARTS, spans=st.tuples(SPANS, SPANS), holidays=HOLIDAYS)
def test_asking_for_longer_only_adds_at_the_end(number, started_on, spans, holidays):
    shorter, longer = (started_on + timedelta(days=span) for span in sorted(spans))
    asked = {"started_on": started_on, "holidays": holidays}
    few = phase(number).occurrences(until=shorter, **asked)
    assert phase(number).occurrences(until=longer, **asked)[: len(few)] == few
    visits = phase(number).visits(started_on=started_on, until=shorter)
    assert phase(number).visits(started_on=started_on, until=longer)[: len(visits)] == visits


@settings(max_examples=40)
@given(number=st.sampled_from([1, 2]), started_on=STARTS, holidays=HOLIDAYS)
def test_holidays_never_change_what_is_owed(number, started_on, holidays):
    until = started_on + timedelta(days=200)
    with_holidays, without = (
        phase(number).occurrences(started_on=started_on, until=until, holidays=each)
        for each in (holidays, frozenset())
    )
    assert {(each.rule, each.period, each.opens_on) for each in with_holidays} == {
        (each.rule, each.period, each.opens_on) for each in without
    }
    for each in with_holidays:
        rolls, due = each.rule == "health_contract", plan.local_day(each.due_at)
        assert not rolls or (due.isoweekday() <= 5 and due not in holidays)
        assert rolls or str(due) == each.period[:10]


@settings(max_examples=60)
@given(number=st.sampled_from([1, 2]), started_on=STARTS, span=SPANS)
def test_periods_of_a_duty_follow_each_other(number, started_on, span):
    by_rule: dict[str, list[plan.Occurrence]] = {}
    for each in phase(number).occurrences(started_on=started_on, until=started_on + timedelta(days=span)):
        by_rule.setdefault(each.rule, []).append(each)
    for rule, owed in by_rule.items():
        windows = sorted({(each.opens_on, each.period[:10]) for each in owed})
        if rule != "screening_monthly":  # opens on the first of its month
            assert windows[0][0] == started_on
            for (_, due), (opens_on, _) in pairwise(windows):
                assert opens_on == date.fromisoformat(due) + timedelta(days=1)
        else:
            assert all(opens_on.day == 1 for opens_on, _ in windows)


@settings(max_examples=60)
@given(number=st.sampled_from([1, 2]), started_on=STARTS, span=SPANS)
def test_visits_follow_each_other(number, started_on, span):
    until = started_on + timedelta(days=span)
    windows = phase(number).visits(started_on=started_on, until=until)
    ends = phase(number).first_month_ends(started_on=started_on)
    for before, after in pairwise(windows):
        assert before.due_on < after.opens_on
    for each in windows:
        assert started_on <= each.opens_on <= each.due_on <= until
        assert each.due_on <= ends or (each.opens_on > ends and each.due_on.day == 14)
    blocks, monthly = {1: (4, None), 2: (2, 3)}[number]
    inside = [each for each in windows if each.due_on <= ends]
    assert len(inside) == blocks or until < ends
    assert monthly is None or len(windows) - len(inside) <= monthly


@pytest.mark.parametrize("number", [1, 2])
def test_an_instant_is_no_day(number):
    day = date(2021, 10, 11)
    for asked in ({"started_on": AN_INSTANT, "until": day}, {"started_on": day, "until": AN_INSTANT}):
        with pytest.raises(ValueError, match="must be a date"):
            phase(number).occurrences(**asked)
        with pytest.raises(ValueError, match="must be a date"):
            phase(number).visits(**asked)
    for asked in ({"since": AN_INSTANT, "until": day}, {"since": day, "until": AN_INSTANT}):
        with pytest.raises(ValueError, match="must be a date"):
            rules().agency_occurrences(**asked)


@pytest.mark.parametrize("case", cases("before_dates"))
def test_before_a_day_is_due_on_the_eve(case, tmp_path):
    task = WITHOUT_PHASES.replace("COUNTING", "calendar").replace("2021-10-11", "2021-09-01")
    law = written(tmp_path, task.replace("2021-11-10", str(case["before"])))
    owed = law.at(date(2021, 9, 1)).agency_occurrences(since=date(2021, 9, 1), until=date(2021, 12, 31))
    assert [each.due_at for each in owed if each.rule == "steering_committee"] == [local(case["due_at"])]


def test_another_province_owes_by_its_own_dates(tmp_path):
    since, until = date(2021, 9, 1), date(2022, 3, 1)
    in_october = small_province(tmp_path).agency_occurrences(since=since, until=until)
    assert [(each.rule, each.period, each.opens_on) for each in in_october] == [
        ("monthly_report", "2021-09-25", date(2021, 8, 26)),
        ("monthly_report", "2021-10-25", date(2021, 9, 26)),
        ("steering_committee", "2021-11-09", date(2021, 10, 11)),
    ]
    in_november = small_province(tmp_path, on=date(2021, 11, 1)).agency_occurrences(since=since, until=until)
    assert [each.period for each in in_november if each.rule == "monthly_report"] == [
        "2021-11-14",
        "2021-12-14",
    ]
    in_september = small_province(tmp_path, on=date(2021, 9, 1)).agency_occurrences(since=since, until=until)
    assert {each.rule for each in in_september} == {"monthly_report"}
    in_january = small_province(tmp_path, on=date(2022, 1, 1)).agency_occurrences(since=since, until=until)
    assert {each.rule for each in in_january} == {"steering_committee"}
    for later in (date(2021, 11, 10), date(2022, 2, 1)):
        assert small_province(tmp_path).agency_occurrences(since=later, until=until) == ()
