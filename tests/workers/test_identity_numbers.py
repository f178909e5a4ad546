"""The shape of identity numbers."""

import pytest

from workers.identity_numbers import (
    BadIdentityNumber,
    CitizenFacts,
    IdentityKind,
    IdentityNumber,
    citizen_facts,
    is_known_province,
    parse_identity,
)


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("334567890", IdentityKind.CMND, "334567890"),
        ("012345678", IdentityKind.CMND, "012345678"),
        ("084190012345", IdentityKind.CCCD, "084190012345"),
        (" 084 190 012 345 ", IdentityKind.CCCD, "084190012345"),
        ("084.190.012.345", IdentityKind.CCCD, "084190012345"),
        ("'084190012345", IdentityKind.CCCD, "084190012345"),
        ("B1234567", IdentityKind.PASSPORT, "B1234567"),
        ("c12345678", IdentityKind.PASSPORT, "C12345678"),
    ],
)
def test_a_number_of_the_right_shape_is_read(text: str, kind: IdentityKind, number: str) -> None:
    assert parse_identity(text) == IdentityNumber(kind, number)


@pytest.mark.parametrize("text", ["EA1234567", "M123A4567", "123456789", "TR1234567", "300123456"])
def test_a_foreigner_may_have_a_passport_of_any_make(text: str) -> None:
    assert parse_identity(text, is_foreign=True) == IdentityNumber(IdentityKind.PASSPORT, text)


@pytest.mark.parametrize(
    ("text", "is_number_cell", "code", "suggestion"),
    [
        ("84190012345", True, "lost_zero", "084190012345"),
        ("1190012345", True, "lost_zero", "001190012345"),
        ("12345678", True, "lost_zero", "012345678"),
        ("1234567", True, "lost_zero", "001234567"),
        ("84190012345", False, "length", "084190012345"),
        ("12345678", False, "length", "012345678"),
        ("1190012345", False, "length", ""),
        ("1234567890123", True, "length", ""),
        ("123", False, "length", ""),
        ("O84190012345", False, "letter_o", "084190012345"),
        ("33456789O", False, "letter_o", "334567890"),
        ("8.4190012345E+10", False, "scientific", ""),
        ("8,42E+10", False, "scientific", ""),
        ("000000000", False, "same_digit", ""),
        ("111111111111", False, "same_digit", ""),
        ("không có", False, "shape", ""),
        ("٣٣٤٥٦٧٨٩٠", False, "shape", ""),
        ("M123A4567", False, "shape", ""),
    ],
)
def test_a_number_of_another_shape_is_refused_with_its_likely_form(
    text: str, is_number_cell: bool, code: str, suggestion: str
) -> None:
    with pytest.raises(BadIdentityNumber) as bad:
        parse_identity(text, is_number_cell=is_number_cell)
    assert (bad.value.code, bad.value.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("084190012345", CitizenFacts(1990, "nữ", 84)),
        ("084090012345", CitizenFacts(1990, "nam", 84)),
        ("062301000001", CitizenFacts(2001, "nữ", 62)),
        ("001203000001", CitizenFacts(2003, "nam", 1)),
    ],
)
def test_a_cccd_tells_year_sex_and_province(number: str, facts: CitizenFacts) -> None:
    assert citizen_facts(parse_identity(number)) == facts


def test_other_papers_tell_nothing() -> None:
    assert citizen_facts(parse_identity("334567890")) is None
    assert citizen_facts(parse_identity("B1234567")) is None


def test_known_provinces_lie_between_1_and_96() -> None:
    assert [is_known_province(code) for code in (0, 1, 84, 96, 97, 999)] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]
