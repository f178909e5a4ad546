"""Words, glue, balanced lines and the code, without a page around them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.letterforms import check_code, glue, html, words
from documents.letterforms.balance import balanced, width
from documents.templatetags import letter as letter_tags
from tests.documents.letters import samples
from tests.documents.letters.samples import DECISION, VIETNAM


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2022, 1, 5), "ngày 05 tháng 01 năm 2022"),
        (date(2022, 2, 15), "ngày 15 tháng 02 năm 2022"),
        (date(2021, 9, 28), "ngày 28 tháng 9 năm 2021"),
        (date(2021, 10, 4), "ngày 04 tháng 10 năm 2021"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_have_a_zero(on: date, said: str) -> None:
    assert words.day(on) == said


def test_a_moment_is_said_on_the_vietnamese_clock() -> None:
    late_evening_in_greenwich = datetime(2021, 10, 14, 17, 30, tzinfo=UTC)
    assert words.moment(late_evening_in_greenwich) == "00 giờ 30 phút, ngày 15 tháng 10 năm 2021"
    assert words.day(late_evening_in_greenwich) == "ngày 15 tháng 10 năm 2021"


def test_the_last_second_of_a_day_is_its_midnight() -> None:
    end = datetime(2021, 9, 30, 23, 59, 59, tzinfo=VIETNAM)
    assert words.moment(end) == "24 giờ 00 phút, ngày 30 tháng 9 năm 2021"


def test_a_visit_of_one_day_says_the_day_once() -> None:
    start = datetime(2021, 9, 30, 8, 0, tzinfo=VIETNAM)
    assert (
        words.span(start, start.replace(hour=11))
        == "từ 08 giờ 00 phút đến 11 giờ 00 phút, ngày 30 tháng 9 năm 2021"
    )
    assert words.span(start, start.replace(month=10, day=1)).count("năm 2021") == 2


def test_lists_numbers_and_points_are_said_the_vietnamese_way() -> None:
    assert words.joined(["a", "b", "c"]) == "a, b và c"
    assert words.joined(["a", "b, c", "d"]) == "a; b, c và d"
    assert words.joined(["a"]) == "a"
    assert words.number(1836) == "1.836"
    assert [words.letter(n) for n in (1, 4, 5, 6, 30)] == ["a", "d", "đ", "e", "30"]


@pytest.mark.parametrize(
    "whole",
    ["số 118/TTr-BQLKKT", "ngày 01", "tháng 10", "năm 2021", "COVID-19", "H59.07-210928-0007", "0294 3555 020",
     "III.1.1-d", "612 người", "Điều 5"],
)  # fmt: skip
def test_what_belongs_together_is_tight_but_for_its_first_letter(whole: str) -> None:
    found = glue.pieces(f"Theo văn bản {whole} của Ủy ban nhân dân tỉnh", end=".")
    tight = [piece.text for piece in found if piece.tight]
    assert whole[1:] in tight or whole[1:-1] in tight


@given(
    st.lists(
        st.sampled_from(["ngày 01", "tháng 10", "năm 2021", "COVID-19", "và", "số 5/QĐ-UBND", "a"]),
        min_size=1,
    )
)
def test_glue_loses_no_letter_and_leaves_no_gap_alone(parts: list[str]) -> None:
    found = glue.pieces(" ".join(parts), end="./.")
    assert "".join(piece.text for piece in found) == " ".join(parts) + "./."
    assert all(piece.text.strip() for piece in found)


@given(
    st.lists(st.sampled_from(["hoạt", "động", "sản", "xuất", "trở", "lại", "Công", "ty", "TNHH"]), min_size=1)
)
def test_balanced_lines_fit_and_keep_every_word(parts: list[str]) -> None:
    lines = balanced(" ".join(parts), room=60, size=14, weight="bold")
    assert " ".join(lines) == " ".join(parts)
    assert all(width(line, size=14, weight="bold") <= 60.01 for line in lines)


def test_balanced_lines_are_of_nearly_one_width() -> None:
    lines = balanced("chống dịch trong tình hình mới " * 4, room=140, size=14, weight="bold")
    widths = [width(line, size=14, weight="bold") for line in lines]
    assert max(widths) - min(widths) < 20


def test_a_firms_name_is_not_broken_unless_it_must_be() -> None:
    kept = balanced(DECISION.abstract_line, room=90, size=14, weight="bold", keep=samples.FIRM)
    assert any(samples.FIRM in line for line in kept)
    assert len(balanced(samples.LONG_FIRM, room=90, size=14, weight="bold", keep=samples.LONG_FIRM)) > 1


def test_an_address_too_long_for_a_clear_code_is_refused() -> None:
    with pytest.raises(ValueError, match="shorten CHECK_HOST"):
        check_code.check_address(replace(DECISION, check_host="https://" + "a" * 60 + ".vn"))


def test_the_code_works_for_a_bare_host_and_on_a_laptop() -> None:
    bare = replace(DECISION, check_host="khoiphuc.example")
    assert check_code.check_address(bare) == "https://khoiphuc.example/check/Q7K4M2XD9F/"
    here = replace(DECISION, check_host="http://127.0.0.1:8000/")
    assert check_code.check_address(here) == "http://127.0.0.1:8000/check/Q7K4M2XD9F/"
    assert check_code.printed_host(here) == "127.0.0.1:8000/check"


@pytest.mark.parametrize("name", samples.PLAIN)
def test_no_letter_holds_a_no_break_space(name: str) -> None:
    page = html(samples.PLAIN[name])
    assert "\u00a0" not in page
    assert "&nbsp;" not in page


def test_a_sentence_that_already_closes_gets_no_second_mark() -> None:
    assert "".join(piece.text for piece in glue.pieces("Chờ trả lời.", end=".")) == "Chờ trả lời."
    assert "".join(piece.text for piece in glue.pieces("Chờ trả lời;", end="./.")) == "Chờ trả lời./."


def test_every_basis_begins_with_its_word_once() -> None:
    assert all(basis.count("Căn cứ") == 1 and basis.startswith("Căn cứ ") for basis in DECISION.bases)


def test_a_conclusion_closes_before_its_terms() -> None:
    sheet = replace(samples.SHEET, conclusion="Đủ điều kiện. ", cap=612, mode="“3 tại chỗ”")
    assert sheet.closing == "Đủ điều kiện. Quy mô nhiều nhất 612 người; cách bố trí lao động: “3 tại chỗ”"
    assert replace(sheet, cap=None, mode="").closing == "Đủ điều kiện"


def test_an_agency_too_wide_for_a_slip_is_broken_at_its_dash_and_not_within_a_word_pair() -> None:
    lines = ("SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI")
    assert letter_tags.fitted(lines, 66, 12) == list(lines)
    assert letter_tags.fitted(lines, 50, 9.5) == ["SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"]
