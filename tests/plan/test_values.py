"""Single values by their path, and the list of all of them in docs/plan.md."""

from __future__ import annotations

import ast
import re
from datetime import date, time
from fractions import Fraction
from pathlib import Path

import pytest

import plan
from tests.plan.reading import rules

ROOT = Path(plan.__file__).parent.parent
LISTED = re.compile(r"^\| `([a-z0-9_.]+)` \| `([a-z_]+)` \| (.+) \|$", re.MULTILINE)


@pytest.mark.parametrize(
    ("path", "value", "clause"),
    [
        ("reminders.offsets", (-5, -2, -1, 0), "not in the plan"),
        ("stages.completeness_working_days", 1, "not in the plan"),
        ("stages.office_closes", time(17), "not in the plan"),
        ("phase_1.cap.share", Fraction(1, 3), "III.1.2-a"),
        ("phase_1.fitness.recovered_days", None, "not in the plan"),
        ("phase_1.duties.partners_weekly.due", "friday", "III.1.1-l"),
        ("phase_1.slots.health_contract.required", False, "III.1.3.3-k"),
        ("agencies.tasks.monthly_report.due", 25, "not in the plan"),
        ("deployment.before", date(2021, 9, 27), "III.1.3.1-a"),
        ("targets.duties_in_time", Fraction(19, 20), "not in the plan"),
    ],
)
def test_a_value_is_found_by_its_path_with_its_clause(path, value, clause):
    assert rules().value(path) == plan.Cited(value=value, clause=clause)


@pytest.mark.parametrize("path", ["reminders", "reminders.offset", "offsets", "", "phase_1.duties.x.due"])
def test_an_unknown_path_is_refused(path):
    with pytest.raises(plan.PlanError, match=r"tra_vinh_2021\.toml"):
        rules().value(path)


def test_a_value_is_read_as_what_it_is():
    assert rules().words("worker_list.fields").value[0] == "full_name"
    with pytest.raises(plan.PlanError, match="holds no int"):
        rules().whole("reminders.offsets")


def test_duties_slots_and_tasks_have_titles():
    assert rules().title_of("agencies.tasks.monthly_report") == "Báo cáo kết quả thực hiện Kế hoạch"
    assert rules().phase(1).section.title_of("slots.commitment") == "Bản cam kết"
    with pytest.raises(plan.PlanError, match="no such table"):
        rules().title_of("reminders")


def test_a_site_in_a_zone_belongs_to_the_zone_board_and_any_other_to_dolisa():
    assert rules().receiving_agency(in_zone=True) == "EZB"
    assert rules().receiving_agency(in_zone=False) == "DOLISA"


def test_the_third_phase_is_unknown():
    for number in (0, 3, "1"):
        with pytest.raises(ValueError, match="phase must be"):
            rules().phase(number)


def test_all_values_are_listed_with_their_days():
    values = rules().values()
    assert values == plan.load("tra_vinh_2021").all_values()
    offsets = next(each for each in values if each.path == "reminders.offsets")
    assert offsets == plan.CitedValue(
        path="reminders.offsets",
        value=(-5, -2, -1, 0),
        unit="day_offsets",
        clause="not in the plan",
        since=date(2021, 9, 1),
        until=None,
    )
    assert rules().sections()[:2] == ("routing", "deployment")


def test_the_document_lists_every_path_with_its_unit_and_nothing_else():
    listed = [
        (path, unit)
        for path, unit, _ in LISTED.findall((ROOT / "docs" / "plan.md").read_text(encoding="utf-8"))
    ]
    assert listed == [(each.path, each.unit) for each in plan.load("tra_vinh_2021").all_values()]


NUMBERS_OF_THE_CALENDAR_AND_THE_TOOLS = {
    "clock.py": {6, 23, 59},  # Saturday in ISO weeks, the last second of a day
    "months.py": {12},
    "phase.py": {2},  # the phases are called 1 and 2
    "units.py": {28},  # the last day every month has
    "loader.py": {8},  # files kept parsed
    "form_sets.py": {8, 12},  # signs of a digest that are shown, files kept parsed; the longest version
}


@pytest.mark.parametrize("file", sorted((ROOT / "plan").glob("*.py")), ids=lambda file: file.name)
def test_no_rule_holds_a_number_of_the_plan(file):
    numbers = {
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }
    assert numbers <= {0, 1} | NUMBERS_OF_THE_CALENDAR_AND_THE_TOOLS.get(file.name, set())
