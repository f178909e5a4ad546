"""A plan file is understood wholly or refused, naming file, table and key."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import plan
from plan.units import read_value
from tests.plan.provinces import HEAD, WITHOUT_PHASES, small_province, written
from tests.plan.whole_file import (
    FILE,
    OPTIONAL,
    WHOLE,
    changed,
    loaded,
    refused,
    rows_at,
    series,
    tables,
)


def part_with(table: str) -> dict[str, Any]:
    """The head and the one section a table stands in, to change."""
    section = table.split(".")[0]
    return deepcopy({name: WHOLE[name] for name in ("plan", section)})


def samples() -> list[tuple[str, str, list[dict[str, Any]]]]:
    """One list of dated values for each unit."""
    return list({rows[0]["unit"]: (table, key, rows) for table, key, rows in series(WHOLE)}.values())


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
            if (".slots." in path and key == "due") or (path == "plan" and key in ("province", "clauses")):
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


def test_the_small_province_says_what_it_is(tmp_path):
    law = written(tmp_path, WITHOUT_PHASES.replace("COUNTING", "calendar"))
    assert (law.number, law.status) == ("3591/UBND-KGVX", "issued")


def test_a_plan_says_whose_it_is_and_one_that_does_not_is_told_so() -> None:
    province = plan.load("tra_vinh_2021").province
    assert (province.name, province.code, province.place) == ("Trà Vinh", "84", "Trà Vinh")


def test_a_plan_without_a_province_names_the_missing_table(tmp_path: Path) -> None:
    law = written(tmp_path, HEAD)
    with pytest.raises(plan.PlanError) as caught:
        _ = law.province
    assert caught.value.table == "plan.province"
    assert law.clause_title("III.1.1-a") == ""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("province", {**WHOLE["plan"]["province"], "code": "4"}),
        ("clauses", [{"clause": "x y", "title": "z"}]),
        ("clauses", [{"clause": "III.1.1-a", "title": "z"}, {"clause": "III.1.1-a", "title": "y"}]),
    ],
)
def test_a_slip_in_the_words_of_a_plan_is_refused(tmp_path: Path, key: str, value: Any) -> None:
    error = refused(tmp_path, changed(lambda content: content["plan"].update({key: value})))
    assert f"{error.table}.{error.key}".startswith(f"plan.{key}")


def test_every_clause_that_a_value_cites_has_words() -> None:
    law = plan.load("tra_vinh_2021")
    cited = {value.clause for value in law.all_values()} - {plan.NOT_IN_THE_PLAN}
    assert {clause for clause, _words in law.clauses} >= cited
    assert law.clause_title("III.1.1-b") == "Thời gian sau mũi tiêm"
