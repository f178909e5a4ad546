"""Hostile workbooks: refused before any reader opens them, in plain words, by the check and by the reading."""

import resource
import time
from datetime import date
from pathlib import Path

import pytest

from documents.checking import WORKBOOKS, Refused, check
from tests.workers.workbooks import HOSTILE, far_cell, workbook, worker, write
from workers.worker_list import read

TODAY = date(2021, 10, 5)


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_workbook_is_refused_in_plain_words(case: str, tmp_path: Path) -> None:
    make, code, words = HOSTILE[case]
    path = write(tmp_path, make())
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        check(path, name="danh-sach.xlsx", accept=WORKBOOKS)
    assert refused.value.code == code, refused.value.message
    assert words in refused.value.message
    assert "danh-sach.xlsx" in refused.value.message
    assert "%(" not in refused.value.message
    assert "Traceback" not in refused.value.message
    assert time.monotonic() - started < 40


@pytest.mark.parametrize("case", HOSTILE)
def test_reading_does_not_lean_on_an_earlier_check(case: str, tmp_path: Path) -> None:
    make, code, words = HOSTILE[case]
    path = write(tmp_path, make())
    with pytest.raises(Refused) as refused:
        read(path, name="danh-sach.xlsx", on=TODAY)
    if case != "nothing":  # an empty file is of no kind
        assert refused.value.code == code
        assert words in refused.value.message


def test_the_far_cell_hides_in_five_kilobytes_and_costs_the_parent_nothing(tmp_path: Path) -> None:
    content = far_cell()
    assert len(content) < 8_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused, match="XFD1048576"):
        read(write(tmp_path, content), name="a.xlsx", on=TODAY)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_the_last_allowed_row_and_column_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, far_cell("GR120000"))
    assert check(path, name="a.xlsx", accept=WORKBOOKS).pages == 1
    assert read(path, name="a.xlsx", on=TODAY).count == 1


def test_a_clean_workbook_is_checked_with_its_sheets_counted(tmp_path: Path) -> None:
    content = workbook([worker()], more=lambda book: book.add_worksheet("Khác"))
    checked = check(write(tmp_path, content), name="a.pdf", accept=WORKBOOKS)
    assert (checked.kind, checked.pages) == ("xlsx", 2)
    assert checked.media_type.endswith("spreadsheetml.sheet")


def test_a_workbook_is_no_paper(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="bảng tính Excel"):
        check(write(tmp_path, workbook([worker()])), name="a.pdf")
