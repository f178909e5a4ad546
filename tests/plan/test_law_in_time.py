"""A value holds from its first day until the next or its end; an amendment leaves old facts alone."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime

import pytest

import plan
from tests.plan.provinces import HEAD, written
from tests.plan.whole_file import WHOLE, loaded, rows_at

REMINDERS = "{{ from = {}, value = [{}], unit = 'day_offsets', clause = 'not in the plan' }}"


def reminders(*rows: tuple[str, int]) -> str:
    return f"{HEAD}[reminders]\noffsets = [{', '.join(REMINDERS.format(*row) for row in rows)}]"


@pytest.mark.parametrize(
    "rows",
    [
        [("2021-09-01", 1), ("2021-09-01", 2)],
        [("2021-09-01, to = 2021-09-30", 1), ("2021-09-30", 2)],
        [("2021-09-10", 2), ("2021-09-01, to = 2021-09-30", 1)],
        [("2021-09-01, to = 2021-12-31", 1), ("2022-01-01", 2), ("2021-10-01, to = 2021-10-02", 3)],
        [("2021-09-02, to = 2021-09-01", 1)],
        [],
    ],
)
def test_two_values_for_one_day_are_refused(tmp_path, rows):
    with pytest.raises(plan.PlanError) as caught:
        written(tmp_path, reminders(*rows))
    assert (caught.value.table, caught.value.key) == ("reminders", "offsets")


def test_a_value_holds_until_its_end_or_until_the_next(tmp_path):
    law = written(
        tmp_path,
        reminders(
            ("2022-01-01", 4), ("2021-09-01", 1), ("2021-10-01, to = 2021-10-31", 2), ("2021-12-01", 3)
        ),
    )
    days = [(each.since, each.until, each.value) for each in law.all_values()]
    assert days == [
        (date(2021, 9, 1), date(2021, 9, 30), (1,)),
        (date(2021, 10, 1), date(2021, 10, 31), (2,)),
        (date(2021, 12, 1), date(2021, 12, 31), (3,)),
        (date(2022, 1, 1), None, (4,)),
    ]
    for on, value in [
        (date(2021, 9, 30), (1,)),
        (date(2021, 10, 1), (2,)),
        (date(2021, 10, 31), (2,)),
        (date(2021, 12, 31), (3,)),
        (date(2030, 1, 1), (4,)),
    ]:
        assert law.at(on).value("reminders.offsets").value == value
        assert [each.value for each in law.at(on).values()] == [value]
    between = law.at(date(2021, 11, 1))
    assert between.values() == ()
    with pytest.raises(plan.PlanError) as caught:
        between.value("reminders.offsets")
    assert (caught.value.table, caught.value.key) == ("reminders", "offsets")


def test_before_the_first_value_there_is_no_law():
    law = plan.load("tra_vinh_2021")
    with pytest.raises(plan.PlanError, match="2021-08-31"):
        law.at(date(2021, 8, 31))
    assert law.at(date(2021, 9, 1)).phase(2).number == 2
    with pytest.raises(ValueError, match="on must be"):
        law.at(datetime.fromisoformat("2021-10-01T00:00:00"))


def test_a_section_that_is_missing_is_missed_only_when_it_is_asked(tmp_path):
    rules = written(tmp_path, reminders(("2021-09-01", 1))).at(date(2021, 10, 1))
    assert rules.agency_occurrences(since=date(2021, 9, 1), until=date(2021, 12, 1)) == ()
    with pytest.raises(plan.PlanError, match="clock"):
        rules.due_after(days=2, accepted_at=datetime.fromisoformat("2021-10-11T09:00:00+07:00"))
    with pytest.raises(plan.PlanError, match="routing"):
        rules.receiving_agency(in_zone=False)


def test_an_amendment_changes_new_facts_and_leaves_old_ones(tmp_path):
    content = deepcopy(WHOLE)
    share = rows_at(content, "phase_1.cap", "share")
    share.append({**share[0], "from": date(2021, 11, 1), "value": "1/2", "clause": "III.1.2-c"})
    duty = rows_at(content, "phase_1.duties.partners_weekly", "owners")
    duty[0]["to"] = date(2021, 10, 31)
    rolls = rows_at(content, "phase_1.duties.health_contract", "rolls")
    rolls.append({**rolls[0], "from": date(2021, 11, 1), "value": False})
    law = loaded(tmp_path, content)
    october, november = law.at(date(2021, 10, 31)).phase(1), law.at(date(2021, 11, 1)).phase(1)
    assert october.cap(baseline=300) == plan.Cap(limit=100, clause="III.1.2-a")
    assert november.cap(baseline=300) == plan.Cap(limit=150, clause="III.1.2-c")
    asked = {"started_on": date(2021, 11, 6), "until": date(2021, 11, 30)}
    assert "partners_weekly" in {each.rule for each in october.occurrences(**asked)}
    assert "partners_weekly" not in {each.rule for each in november.occurrences(**asked)}
    contract = [each for each in november.occurrences(**asked) if each.rule == "health_contract"]
    assert [plan.local_day(each.due_at) for each in contract] == [date(2021, 11, 13)]  # a Saturday


def test_two_doses_and_no_declaration_are_a_change_of_the_file(tmp_path):
    content = deepcopy(WHOLE)
    rows_at(content, "phase_1.fitness", "doses")[0]["value"] = 2
    rows_at(content, "phase_2.fitness.recruit", "declaration")[0]["value"] = False
    rules = loaded(tmp_path, content).at(date(2021, 10, 1))
    starts_at = datetime.fromisoformat("2021-10-16T07:00:00+07:00")
    doses = (plan.Dose(on=date(2021, 9, 1)), plan.Dose(on=date(2021, 10, 1)))
    for some, unmet in ((doses[:1], True), (doses, False)):
        verdict = rules.phase(1).fitness(plan.HealthHistory(mode="daily", doses=some), starts_at=starts_at)
        assert ("vaccination" in {each.code for each in verdict.unmet}) is unmet
    verdict = rules.phase(2).fitness(plan.HealthHistory(mode="daily", recruit=True), starts_at=starts_at)
    assert "health_declaration" not in {each.code for each in verdict.unmet}
