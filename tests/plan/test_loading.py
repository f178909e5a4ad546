"""A plan file is understood wholly or refused, naming file, table and key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import plan
from plan.units import read_value
from tests.plan.provinces import HEAD, WITHOUT_PHASES, small_province, written

FILE = Path(plan.__file__).parent / "data" / "tra_vinh_2021.toml"
WHOLE: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
OPTIONAL = {
    "months", "first_due_after", "opens", "draws", "draws_apart", "share", "report_after", "rolls", "to",
}  # fmt: skip


def toml(value: Any) -> str:
    """Any parsed TOML as text again."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml(each)}' for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, date | time):
        return value.isoformat()
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def loaded(folder: Path, content: dict[str, Any]) -> plan.Law:
    return written(folder, "\n".join(f"{key} = {toml(each)}" for key, each in content.items()))


def refused(folder: Path, content: dict[str, Any]) -> plan.PlanError:
    with pytest.raises(plan.PlanError) as caught:
        loaded(folder, content)
    assert caught.value.file == "province.toml"
    for part in (caught.value.file, caught.value.table, caught.value.key):
        assert part in str(caught.value)
    return caught.value


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    content = deepcopy(WHOLE)
    change(content)
    return content


def tables(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of a parsed file with its dotted path; tables in a list go by their code."""
    for key, held in node.items():
        here = f"{path}.{key}" if path else key
        if isinstance(held, dict):
            yield here, held
            yield from tables(held, here)
        elif isinstance(held, list) and "code" in held[0]:
            for each in held:
                yield f"{here}.{each['code']}", each


def series(content: dict[str, Any]) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Every list of dated values as (table, key, rows)."""
    for path, table in tables(content):
        for key, held in table.items():
            if isinstance(held, list) and "from" in held[0]:
                yield path, key, held


def part_with(table: str) -> dict[str, Any]:
    """The head and the one section a table stands in, to change."""
    section = table.split(".")[0]
    return deepcopy({name: WHOLE[name] for name in ("plan", section)})


def samples() -> list[tuple[str, str, list[dict[str, Any]]]]:
    """One list of dated values for each unit."""
    return list({rows[0]["unit"]: (table, key, rows) for table, key, rows in series(WHOLE)}.values())


def rows_at(content: dict[str, Any], table: str, key: str) -> list[dict[str, Any]]:
    return next(rows for path, each, rows in series(content) if (path, each) == (table, key))


def test_the_file_survives_being_written_again(tmp_path):
    again = loaded(tmp_path, WHOLE)
    assert again.all_values() == plan.load("tra_vinh_2021").all_values()


def test_the_head_says_what_the_plan_is():
    law = plan.load("tra_vinh_2021")
    assert law.title.startswith("Kế hoạch tổ chức lại hoạt động sản xuất")
    assert (law.number, law.status) == ("", "draft")
    assert law.source


def test_the_digest_is_that_of_the_bytes_of_the_file():
    law = plan.load("tra_vinh_2021")
    assert law.digest == law.at(date(2021, 10, 1)).digest == sha256(FILE.read_bytes()).hexdigest()
    assert law == plan.load("tra_vinh_2021", folder=FILE.parent)
    assert len({law.at(date(2021, 10, 1)), law.at(date(2021, 10, 1)), law.at(date(2021, 10, 2))}) == 2


@pytest.mark.parametrize("name", ["kien_giang_2021", "../data/tra_vinh_2021", "tra_vinh_2021.toml", ""])
def test_an_unknown_plan_is_refused(name):
    with pytest.raises(plan.PlanError, match="no such plan"):
        plan.load(name)


@pytest.mark.parametrize("content", [b"[plan", b"\xff\xfe", b'a = 1\na = "2"'])
def test_what_is_no_toml_is_refused(tmp_path, content):
    (tmp_path / "broken.toml").write_bytes(content)
    with pytest.raises(plan.PlanError, match=r"broken\.toml"):
        plan.load("broken", folder=tmp_path)


@pytest.mark.parametrize("section", [name for name in WHOLE if name != "plan"])
def test_every_section_is_optional(tmp_path, section):
    law = loaded(tmp_path, changed(lambda content: content.pop(section)))
    rules = law.at(date(2021, 10, 1))
    assert section not in rules.sections()
    assert list(rules.sections()) == [name for name in WHOLE if name not in ("plan", section)]


def test_the_head_is_not(tmp_path):
    error = refused(tmp_path, changed(lambda content: content.pop("plan")))
    assert error.key == "plan"


def test_a_section_that_is_there_is_complete(tmp_path):
    for path, table in tables(WHOLE):
        for key in set(table) - (OPTIONAL if ".duties." in path else set()):
            if ".slots." in path and key == "due":
                continue
            content = part_with(path)
            del next(each for name, each in tables(content) if name == path)[key]
            error = refused(tmp_path, content)
            assert "Field required" in str(error)
            if key != "code":
                assert (error.table, error.key) == (path, key)


def test_every_value_needs_its_first_day_its_unit_and_its_clause(tmp_path):
    for table, key, rows in samples():
        for part in rows[0]:
            content = part_with(table)
            del rows_at(content, table, key)[0][part]
            error = refused(tmp_path, content)
            assert (error.table, error.key) == (table, f"{key}.{part}")


def test_unknown_keys_are_refused_everywhere(tmp_path):
    for path, _table in tables(WHOLE):
        content = part_with(path)
        next(each for name, each in tables(content) if name == path)["surprise"] = 1
        error = refused(tmp_path, content)
        assert (error.table, error.key) == (path, "surprise")
    for table, key, _rows in samples():
        content = part_with(table)
        rows_at(content, table, key)[0]["note"] = "why"
        assert refused(tmp_path, content).key == f"{key}.note"


def test_an_unknown_section_is_refused(tmp_path):
    error = refused(tmp_path, {**part_with("clock"), "phase_3": {"cap": 1}})
    assert error.table == "phase_3"


def test_units_are_known_and_fit_their_key(tmp_path):
    for table, key, _rows in samples():
        for unit, part in (("parsecs", f"{key}.unit"), ("volumes", key)):
            content = part_with(table)
            row = rows_at(content, table, key)[0]
            if unit == row["unit"]:
                continue
            row.update(unit=unit, value=1)
            error = refused(tmp_path, content)
            assert (error.table, error.key) == (table, part)
            assert "unknown unit" in str(error)


NEVER = [{}, 2.5, -1, "two words", [1.5], ["a", "a"], [{}]]
WRONG: dict[str, list[Any]] = {
    "days": ["3", True, *NEVER],
    "weeks": [0, *NEVER],
    "day_of_month": [0, 29, *NEVER],
    "before_day_of_month": [0, 29, *NEVER],
    "days_or_none": ["some", *NEVER],
    "weekday": ["saturn", 5, *NEVER],
    "share": ["3/2", "1/0", "0.5", 1, *NEVER],
    "flag": ["true", 1, *NEVER],
    "date": ["2021-09-01", datetime.fromisoformat("2021-09-01T00:00:00"), *NEVER],
    "time": ["17:00:00", date(2021, 9, 1), *NEVER],
    "day_offsets": [[2, 1], [1, 1], [True], ["1"], *NEVER],
    "agency": ["ENT", "dolisa", *NEVER],
    "owners": [[], "ENT", ["ENT", "ENT"], ["NOBODY"], *NEVER],
    "recipient": ["POL", *NEVER],
    "confirmations": [["police"], [], *NEVER],
    "counting": ["lunar", *NEVER],
    "months_of_operation": ["second", *NEVER],
    "document": ["", *NEVER],
    "fields": [[], *NEVER],
}


@pytest.mark.parametrize(("unit", "value"), [(unit, value) for unit in WRONG for value in WRONG[unit]])
def test_values_fit_their_unit(unit, value):
    with pytest.raises(ValueError, match="must be"):
        read_value(unit, value)


def test_a_value_that_does_not_fit_names_its_place(tmp_path):
    for table, key, rows in samples():
        content = part_with(table)
        rows_at(content, table, key)[0]["value"] = {} if rows[0]["unit"] != "flag" else "yes"
        error = refused(tmp_path, content)
        assert (error.table, error.key) == (table, key)


def test_days_or_none_may_be_days():
    assert read_value("days_or_none", 180) == 180


@pytest.mark.parametrize("clause", ["", " ", "TV-III.1.1-b", "ours", "III.1.1-", "Not in the plan"])
def test_a_clause_is_a_point_of_the_plan_or_says_that_there_is_none(tmp_path, clause):
    content = part_with("clock")
    rows_at(content, "clock", "counting")[0]["clause"] = clause
    assert refused(tmp_path, content).key == "counting.clause"


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


@pytest.mark.parametrize(
    "head",
    [HEAD.replace('"issued"', '"signed"'), HEAD.replace("number =", "no ="), HEAD + 'signed_on = "x"'],
)
def test_the_head_is_read_as_strictly(tmp_path, head):
    with pytest.raises(plan.PlanError) as caught:
        written(tmp_path, head)
    assert caught.value.table == "plan"


def test_a_code_stands_once(tmp_path):
    content = deepcopy(WHOLE)
    content["phase_2"]["slots"].append(content["phase_2"]["slots"][0])
    error = refused(tmp_path, content)
    assert (error.table, error.key) == ("phase_2", "slots")
    assert "request_letter" in str(error)


@pytest.mark.parametrize("wrong", [3, "phase", [], [1]])
def test_a_table_is_a_table(tmp_path, wrong):
    assert refused(tmp_path, {**part_with("clock"), "phase_1": wrong}).table in ("", "phase_1")
    content = part_with("phase_1")
    content["phase_1"]["cap"]["share"] = [wrong]
    assert refused(tmp_path, content).table == "phase_1.cap"


def test_a_province_without_phases_has_none(tmp_path):
    rules = small_province(tmp_path)
    for number in (1, 2):
        with pytest.raises(plan.PlanError, match=f"phase_{number}"):
            rules.phase(number)
    assert rules.receiving_agency(in_zone=True) == "EZB"
    due = rules.due_after(days=2, accepted_at=datetime.fromisoformat("2021-10-11T09:00:00+07:00"))
    assert due.isoformat() == "2021-10-13T23:59:59+07:00"
    assert rules.sections() == ("clock", "routing", "stages", "agencies")


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


def test_the_small_province_says_what_it_is(tmp_path):
    law = written(tmp_path, WITHOUT_PHASES.replace("COUNTING", "calendar"))
    assert (law.number, law.status) == ("3591/UBND-KGVX", "issued")
