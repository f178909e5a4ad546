"""Phone numbers as typed."""

import pytest

from workers.phone_numbers import BadPhone, parse_phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("0912.345.678", "+84912345678"),
        ("(+84) 912-345-678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("912345678", "+84912345678"),
        ("0294 3855 555", "+842943855555"),
        ("0349999999", "+84349999999"),
        ("+8562055512345", "+8562055512345"),
    ],
)
def test_a_number_is_brought_to_one_form(text: str, number: str) -> None:
    assert parse_phone(text) == number


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("01234567890", "old_prefix", "0834567890"),
        ("0169 1234567", "old_prefix", "0391234567"),
        ("+841201234567", "old_prefix", "0701234567"),
        ("1234567890", "old_prefix", "0834567890"),
        ("0912345678, 0987654321", "several", ""),
        ("0912345678 / 0987654321", "several", ""),
        ("0912345678 0987654321", "several", ""),
        ("091234567", "invalid", ""),
        ("09123456789", "invalid", ""),
        ("0743855555", "invalid", ""),
        ("không có", "invalid", ""),
        ("113", "invalid", ""),
        ("0912345678 ext 5", "invalid", ""),
    ],
)
def test_a_number_that_cannot_be_dialled_is_refused(text: str, code: str, suggestion: str) -> None:
    with pytest.raises(BadPhone) as bad:
        parse_phone(text)
    assert (bad.value.code, bad.value.suggestion) == (code, suggestion)
