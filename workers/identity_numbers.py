"""The shape of the papers that say who a person is: CMND, CCCD, passport. Shape only: none has a check digit."""

import re
from dataclasses import dataclass
from enum import StrEnum


class IdentityKind(StrEnum):
    """Which paper the number is from."""

    CMND = "cmnd"
    CCCD = "cccd"
    PASSPORT = "passport"


@dataclass(frozen=True)
class IdentityNumber:
    """A number without spaces or marks, letters in capitals."""

    kind: IdentityKind
    number: str


@dataclass(frozen=True)
class CitizenFacts:
    """What a CCCD says of its holder (Circular 07/2016/TT-BCA): useful to doubt, never to refuse."""

    birth_year: int
    sex: str
    province: int


class BadIdentityNumber(ValueError):
    """`code` is lost_zero, length, letter_o, scientific, same_digit or shape; `suggestion` a likely number."""

    def __init__(self, code: str, suggestion: str = "", digits: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.suggestion = suggestion
        self.digits = digits


_SHORT, _LONG = 9, 12
_MARKS = re.compile(r"[\s.\-'’]")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,8}")
_FOREIGN_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{6,9}")
_LAST_PROVINCE = 96


def parse_identity(text: str, *, is_foreign: bool = False, is_number_cell: bool = False) -> IdentityNumber:
    """The number in `text`. A foreigner's passport may be digits alone. Raises BadIdentityNumber.

    `is_number_cell` says the sheet held a number, not a text: then leading zeros are certainly lost.
    """
    if _SCIENTIFIC.fullmatch(text.strip()):
        raise BadIdentityNumber("scientific")
    number = _MARKS.sub("", text).upper()
    if len(set(number)) == 1:
        raise BadIdentityNumber("same_digit")
    if is_foreign and _FOREIGN_PASSPORT.fullmatch(number):
        return IdentityNumber(IdentityKind.PASSPORT, number)
    if number.isascii() and number.isdigit():
        return _from_digits(number, is_number_cell)
    if _PASSPORT.fullmatch(number) and len(number) <= _SHORT:
        return IdentityNumber(IdentityKind.PASSPORT, number)
    digits = number.replace("O", "0").replace("I", "1").replace("L", "1")
    if digits.isascii() and digits.isdigit() and len(digits) in (_SHORT, _LONG):
        raise BadIdentityNumber("letter_o", suggestion=digits)
    raise BadIdentityNumber("shape")


def citizen_facts(identity: IdentityNumber) -> CitizenFacts | None:
    """Birth year, sex (nam, nữ) and province of birth registration; None for other papers."""
    if identity.kind is not IdentityKind.CCCD:
        return None
    century, woman = divmod(int(identity.number[3]), 2)
    year = 1900 + 100 * century + int(identity.number[4:6])
    return CitizenFacts(year, "nữ" if woman else "nam", int(identity.number[:3]))


def is_known_province(province: int) -> bool:
    """Codes of the provinces lie in 001-096, with gaps; a birth abroad has others."""
    return 1 <= province <= _LAST_PROVINCE


def _from_digits(number: str, is_number_cell: bool) -> IdentityNumber:
    length = len(number)
    if length == _SHORT:
        return IdentityNumber(IdentityKind.CMND, number)
    if length == _LONG:
        return IdentityNumber(IdentityKind.CCCD, number)
    lost = {7: _SHORT, 8: _SHORT, 10: _LONG, 11: _LONG} if is_number_cell else {8: _SHORT, 11: _LONG}
    if length in lost:
        code = "lost_zero" if is_number_cell else "length"
        raise BadIdentityNumber(code, suggestion=number.zfill(lost[length]), digits=length)
    raise BadIdentityNumber("length", digits=length)
