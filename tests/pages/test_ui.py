"""How numbers, days, times, sizes and telephones are written."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from pages.frame import Frame
from pages.parts import Entry
from pages.templatetags import ui
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (12480, None, "12.480"),
        (7, None, "7"),
        (2.1, None, "2,1"),
        (Decimal("1234.5"), 2, "1.234,50"),
        (None, None, "–"),
    ],
)
def test_numbers_are_grouped_by_dots(value: ui.Number | None, places: int | None, text: str) -> None:
    assert ui.vn_number(value, places) == text


def test_an_instant_is_shown_on_its_day_in_viet_nam() -> None:
    late_evening = datetime(2021, 10, 4, 18, 30, tzinfo=UTC)
    assert ui.vn_date(late_evening) == "05/10/2021"
    assert ui.vn_time(late_evening) == "01:30"
    assert ui.vn_moment(late_evening) == "01:30, 05/10/2021"
    assert ui.vn_weekday(late_evening) == "thứ Ba"


def test_a_time_of_day_is_written_as_an_instant_is() -> None:
    assert ui.vn_time(time(6)) == "06:00"
    assert ui.vn_time(time(0)) == "00:00"
    assert (ui.vn_time(6), ui.vn_time(0)) == ("06:00", "00:00")


def sentences() -> Iterator[tuple[str, str]]:
    """(file, text) of the templates and of the texts in the rooms' code."""
    for path in (ROOT / "templates").rglob("*.*"):
        yield path.name, path.read_text()
    for room in (
        "applications",
        "dashboards",
        "documents",
        "inspections",
        "notices",
        "organisations",
        "pages",
    ):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield path.name, node.value


def test_no_sentence_writes_an_hour_with_one_digit() -> None:
    found = [
        (file, hour)
        for file, text in sentences()
        for hour in re.findall(r"(?<![\w:.#-])\d:[0-5]\d\b|\}\}:00", text)
    ]
    assert found == []


def test_a_day_needs_no_zone_and_nothing_stays_nothing() -> None:
    assert ui.vn_date(date(2021, 10, 5)) == "05/10/2021"
    assert ui.vn_date(None) == ui.vn_time(None) == ui.vn_moment(None) == ui.vn_weekday(None) == ""


@pytest.mark.parametrize(
    ("octets", "text"), [(1, "1 kB"), (340_000, "340 kB"), (1_800_000, "1,8 MB"), (25_000_000, "25 MB")]
)
def test_sizes_are_short(octets: int, text: str) -> None:
    assert ui.vn_size(octets) == text


@pytest.mark.parametrize(
    ("value", "shown", "address"),
    [
        ("+842943555024", "0294 3555 024", "tel:+842943555024"),
        ("0294 3555 010", "0294 3555 010", "tel:+842943555010"),
        ("0918555246", "0918 555 246", "tel:+84918555246"),
        ("115", "115", "tel:115"),
        ("hỏi bảo vệ", "hỏi bảo vệ", "tel:hỏi bảo vệ"),
    ],
)
def test_telephones_are_grouped_and_can_be_called(value: str, shown: str, address: str) -> None:
    assert ui.vn_phone(value) == shown
    assert ui.tel(value) == address


def frame(entries: int, current: int = -1, who: str = "") -> Frame:
    rows = tuple(Entry(f"e{n}", "/", current=n == current) for n in range(entries))
    return Frame("Trà Vinh", "UBND", "", "", entries=rows, who=who)


def test_a_phone_shows_five_entries_or_four_and_more() -> None:
    assert (len(frame(5).bottom), len(frame(5).more)) == (5, 0)
    assert (len(frame(6).bottom), len(frame(6).more)) == (4, 2)
    assert frame(6, current=5).more_is_current
    assert not frame(6, current=1).more_is_current


def test_the_initial_is_that_of_the_given_name() -> None:
    assert frame(0, who="Lê Thị Mỹ Ẩn").initial == "Ẩ"
    assert frame(0).initial == ""
