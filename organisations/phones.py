"""Telephone numbers: kept as E.164; the filter `vn_phone` shows them as they are dialled at home."""

import phonenumbers


class BadPhone(ValueError):
    """Not a number that can be dialled."""


def clean_phone(text: str) -> str:
    """ "0294 3555 111" or "+84 912…" as E.164; BadPhone otherwise."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException as error:
        raise BadPhone(text) from error
    if not phonenumbers.is_valid_number(number):
        raise BadPhone(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
