"""Phone numbers as people type them, to the one form that can be dialled and compared (E.164)."""

import re

import phonenumbers

_HOME = "VN"
_OLD_MOBILE = re.compile(r"(?:\+?84|0)?(1(?:2[0-9]|6[2-9]|8[68]|99))(\d{7})")
_TWO_NUMBERS = re.compile(r"\d{9,}\s*[/;,\n]\s*\+?\d{9,}|\d{9,}\s+\+?\d{9,}")
_NOT_DIALLED = re.compile(r"[\s.()\-]")

# The eleven-digit mobile prefixes that ended in 2018, and what took their place.
_NEW_PREFIX = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip


class BadPhone(ValueError):
    """`code` is old_prefix, several or invalid; `suggestion` a number that is likely meant."""

    def __init__(self, code: str, suggestion: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.suggestion = suggestion


def parse_phone(text: str) -> str:
    """The number in E.164 (+84912345678). A zero that a spreadsheet dropped is understood. Raises BadPhone."""
    if _TWO_NUMBERS.search(text):
        raise BadPhone("several")
    old = _OLD_MOBILE.fullmatch(_NOT_DIALLED.sub("", text))
    if old and old[1] in _NEW_PREFIX:
        raise BadPhone("old_prefix", suggestion=f"0{_NEW_PREFIX[old[1]]}{old[2]}")
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        raise BadPhone("invalid") from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise BadPhone("invalid")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
