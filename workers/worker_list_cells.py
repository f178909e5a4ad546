"""From a cell as it stands to a value with a type, or the code of what is wrong with it."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from workers.identity_numbers import BadIdentityNumber, IdentityNumber, parse_identity
from workers.phone_numbers import BadPhone, parse_phone
from workers.worker_list_columns import Column, plain
from workers.worker_sheet import Cell

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_SHORT_DATE = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{1,2}")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_HOME = {"", "viet nam", "vietnam", "vn", "vnm"}
_SEXES = {"nam": "nam", "nu": "nữ", "male": "nam", "female": "nữ", "m": "nam", "f": "nữ"}
_EARLIEST_YEAR = 1900


class BadCell(ValueError):
    """`code` names the problem; `facts` are what its words need."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def as_text(cell: Cell) -> str:
    """The cell as a person reads it: composed letters, single spaces, whole numbers without a point."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (date, datetime)):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, (int, time, timedelta)):
        return str(cell)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return " ".join(text.split(" ")) if _has_controls(text) else " ".join(text.split())


def parse_text(cell: Cell, column: Column) -> str:
    """Plain text within the column's length; empty where the column may be. Raises BadCell."""
    text = as_text(cell)
    if _has_controls(text):
        raise BadCell("text.control")
    if not text and column.is_required:
        raise BadCell("missing", column=column.title)
    if len(text) > column.longest:
        raise BadCell("text.long", length=len(text), most=column.longest)
    return text


def parse_name(text: str) -> str:
    """A name has letters and no digits. Raises BadCell."""
    if not any(letter.isalpha() for letter in text) or any(letter.isdigit() for letter in text):
        raise BadCell("name.shape")
    return text


def parse_birth_date(cell: Cell, text: str, *, on: date) -> date:
    """A real date of the spreadsheet, or dd/mm/yyyy in full; not after `on`. Raises BadCell."""
    if isinstance(cell, datetime):
        born = cell.date()
    elif isinstance(cell, date):
        born = cell
    elif isinstance(cell, (int, float)):
        raise BadCell("birth.number")
    else:
        born = _typed_date(text)
    if born > on:
        raise BadCell("birth.future")
    if born.year < _EARLIEST_YEAR:
        raise BadCell("birth.too_old")
    return born


def parse_identity_cell(cell: Cell, text: str, nationality: str) -> IdentityNumber:
    """The identity number; digits alone may be a foreigner's passport. Raises BadCell."""
    is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    try:
        return parse_identity(text, is_foreign=is_foreign(nationality), is_number_cell=is_number)
    except BadIdentityNumber as bad:
        raise BadCell(f"identity.{bad.code}", suggestion=bad.suggestion, digits=bad.digits) from None


def parse_phone_cell(text: str) -> str:
    """E.164. Raises BadCell."""
    try:
        return parse_phone(text)
    except BadPhone as bad:
        raise BadCell(f"phone.{bad.code}", suggestion=bad.suggestion) from None


def parse_sex(text: str) -> str:
    """nam, nữ, or empty. Raises BadCell."""
    if text and plain(text) not in _SEXES:
        raise BadCell("sex.unknown")
    return _SEXES.get(plain(text), "")


def is_foreign(nationality: str) -> bool:
    return plain(nationality) not in _HOME


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\r\n" for letter in text)


def _typed_date(text: str) -> date:
    if _SHORT_DATE.fullmatch(text):
        raise BadCell("birth.two_digit_year")
    if text.isdigit():
        raise BadCell("birth.number")
    found = _DATE.fullmatch(text)
    if not found:
        raise BadCell("birth.shape", suggestion=_turned(text))
    day, month, year = map(int, found.groups())
    if month > 12 >= day:
        raise BadCell("birth.month_first", suggestion=f"{month:02}/{day:02}/{year}")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell("birth.impossible") from None


def _turned(text: str) -> str:
    """2021-06-05 as other programs write it, in our order; a guess to offer, not to take."""
    found = _YEAR_FIRST.fullmatch(text)
    return f"{int(found[3]):02}/{int(found[2]):02}/{found[1]}" if found else ""
