"""The form of the worker list: complete, the same every time, and readable by its own reader."""

import io
from datetime import date
from pathlib import Path

import openpyxl

from tests.workers.workbooks import GOOD, write
from workers.worker_list import read
from workers.worker_list_columns import (
    BY_KEY,
    COLUMNS,
    FORM_VERSION,
    REQUIRED,
    column_named,
    letters_of,
    stamp,
)
from workers.worker_list_form import worker_list_form

TODAY = date(2021, 10, 5)


def opened() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(worker_list_form()))


def test_the_form_is_the_same_bytes_every_time() -> None:
    assert worker_list_form() == worker_list_form()


def test_the_form_has_the_seven_columns_of_the_plan_first() -> None:
    assert [column.title for column in REQUIRED] == [
        "Họ và tên", "Ngày sinh", "Số CMND/CCCD/hộ chiếu", "Địa chỉ thường trú", "Nơi ở hiện tại",
        "Điện thoại", "Điện thoại người thân",
    ]  # fmt: skip
    page = opened().worksheets[0]
    headings = [cell.value for cell in page[3]]
    assert headings[:7] == [f"{column.title} *" for column in REQUIRED]
    assert headings == [f"{c.title} *" if c.is_required else c.title for c in COLUMNS]


def test_the_heading_stays_in_sight_and_columns_keep_their_zeros() -> None:
    page = opened().worksheets[0]
    assert page.freeze_panes == "B4"
    formats = {}
    for group in page.column_dimensions.values():
        formats |= dict.fromkeys(range(group.min, group.max + 1), group.number_format)
    assert formats.pop(2) == "dd/mm/yyyy"
    assert formats == dict.fromkeys([1, *range(3, len(COLUMNS) + 1)], "@")


def test_the_form_says_its_version_where_a_person_and_a_program_find_it() -> None:
    book = opened()
    assert book.worksheets[0]["A2"].value == stamp() == f"Mẫu DSLD phiên bản {FORM_VERSION}"
    assert book.properties.description == stamp()


def test_the_guide_explains_every_column_with_an_example() -> None:
    guide = opened()["Hướng dẫn"]
    explained = {row[0].value: row[3].value for row in guide.iter_rows(min_row=4, max_row=3 + len(COLUMNS))}
    assert explained == {column.title: column.example for column in COLUMNS}


def test_an_unfilled_form_is_told_to_be_filled_and_its_examples_are_nobody(tmp_path: Path) -> None:
    found = read(write(tmp_path, worker_list_form()), name="a.xlsx", on=TODAY)
    assert (found.count, found.rows, found.problems) == (0, (), ())
    assert found.columns_missing == ()
    assert "chưa có người nào" in found.message
    assert not found.is_usable


def test_a_filled_form_is_read_back(tmp_path: Path) -> None:
    book = opened()
    page = book.worksheets[0]
    for at, value in enumerate(GOOD, start=1):
        page.cell(4, at, value)
    written = io.BytesIO()
    book.save(written)
    found = read(write(tmp_path, written.getvalue()), name="a.xlsx", on=TODAY)
    assert found.is_usable
    assert found.form_version == FORM_VERSION
    assert [worker.row for worker in found.rows] == [4]


def test_every_example_of_the_guide_is_itself_accepted(tmp_path: Path) -> None:
    book = opened()
    page = book.worksheets[0]
    for at, column in enumerate(COLUMNS, start=1):
        page.cell(4, at, column.example)
    written = io.BytesIO()
    book.save(written)
    found = read(write(tmp_path, written.getvalue()), name="a.xlsx", on=TODAY)
    assert found.problems == ()
    assert found.warnings == ()
    assert found.count == 1


def test_headings_are_known_without_marks_case_or_spacing() -> None:
    for heading in (
        "HỌ VÀ TÊN",
        "ho va ten",
        "Họ  và\ntên *",
        "Họ và tên (chữ in hoa)",
        "Ho\u0323 va\u0300 te\u0302n",
    ):
        assert column_named(heading) == "full_name"
    for heading in ("Số CCCD", "CMND/CCCD", "Số căn cước công dân", "CMND"):
        assert column_named(heading) == "identity"
    assert column_named("ĐT người thân") == "relative_phone"
    assert column_named("Lương") == ""
    assert column_named("x" * 500) == ""


def test_no_name_of_a_column_belongs_to_two() -> None:
    names = [name for column in COLUMNS for name in column.names]
    assert len(names) == len(set(names))
    assert all(column_named(column.title) == column.key for column in BY_KEY.values())


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [letters_of(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
