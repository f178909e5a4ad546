"""The writer of exports: nothing hostile comes alive, nothing is lost, memory does not grow."""

import csv
import io
import random
import tracemalloc
import zipfile
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from pages.exporting import Export, csv_lines, inert, is_live, response, write_xlsx

STRINGS = 10_000
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "|",
    "%",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u00a0=",
    "\ufeff@",
    "",
    "a",
)
SIGNS = "=+-@\t\r\n\"',;|%&<>{}()!ạđ…0123456789 ABCcmd\x00\x0b\x1f"


def hostile(count: int) -> list[str]:
    dice = random.Random(2021)
    return [dice.choice(STARTS) + "".join(dice.choices(SIGNS, k=dice.randint(0, 24))) for _ in range(count)]


def workbook(rows: list[tuple]) -> bytes:
    written = io.BytesIO()
    write_xlsx(Export("x", "Danh sách", ("A", "B"), iter(rows)), written)
    return written.getvalue()


def test_ten_thousand_hostile_strings_become_no_formula_in_a_csv() -> None:
    texts = hostile(STRINGS)
    lines = "".join(csv_lines(Export("x", "x", ("A", "B"), ((text, 1) for text in texts))))
    rows = list(csv.reader(io.StringIO(lines.removeprefix("\ufeff"))))[1:]
    assert len(rows) == STRINGS
    assert [row[0] for row in rows if is_live(row[0])] == []
    assert all(sign.isprintable() for row in rows for sign in row[0])


def test_ten_thousand_hostile_strings_become_no_formula_and_no_link_in_a_workbook() -> None:
    texts = [*hostile(STRINGS), "http://a.example/", "mailto:a@b", "=HYPERLINK(1)"]
    made = workbook([(text, 1) for text in texts])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert not [tag for tag in (b"<f>", b"<f ", b"<hyperlink") if tag in sheet]
        assert not [name for name in archive.namelist() if "externalLink" in name]
    with CalamineWorkbook.from_filelike(io.BytesIO(made)) as book:
        rows = book.get_sheet_by_index(0).to_python()[1:]
    assert len(rows) == len(texts)
    assert rows[-1][0] == "=HYPERLINK(1)"


def test_what_is_written_is_what_comes_back() -> None:
    at = datetime(2021, 10, 14, 16, 20, tzinfo=HANOI)
    made = workbook([("Đặng Thị Ẩn", 12), (date(2021, 10, 5), at), (None, 2.5)])
    with CalamineWorkbook.from_filelike(io.BytesIO(made)) as book:
        rows = book.get_sheet_by_index(0).to_python()
    assert rows[1] == ["Đặng Thị Ẩn", 12.0]
    assert rows[2] == [date(2021, 10, 5), at.replace(tzinfo=None)]
    assert rows[3] == ["", 2.5]
    lines = list(csv_lines(Export("x", "x", ("A",), [(date(2021, 10, 5),), (at,), (None,), (3,)])))
    assert lines[1:] == ["05/10/2021\r\n", "14/10/2021 16:20\r\n", '""\r\n', "3\r\n"]


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-5", "@SUM", "\t=1", "  =1", "＝1", "%x"])
def test_a_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert inert(text).startswith("'")


@pytest.mark.parametrize("text", ["Cơ sở 1", "0912 345 678", "1-2", "a=b", ""])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def peak(rows: int) -> int:
    export = Export("x", "x", ("A", "B"), ((f"Cơ sở số {n}", n) for n in range(rows)))
    tracemalloc.start()
    try:
        answer = response(export, "xlsx")
        for _ in answer:
            pass
        answer.close()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.django_db  # an answer that is closed looks at the connection, if a test before it left one
def test_memory_does_not_grow_with_the_list() -> None:
    small, large = peak(500), peak(20_000)
    assert large < 3 * small + 1_000_000


def test_the_answer_is_an_attachment_that_nobody_keeps() -> None:
    answer = response(Export("ho-so", "x", ("A",), [("b",)]), "csv")
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''ho-so.csv"
    assert answer["Cache-Control"] == "private, no-store"
    with pytest.raises(KeyError):
        response(Export("x", "x", ("A",), []), "pdf")
