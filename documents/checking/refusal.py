"""A refusal: a stable code for programs, and a plain sentence for the person who sent the file."""

from pathlib import PurePath

from django.utils.formats import get_format, number_format

from documents.checking.words import (
    ACTIVE,
    ACTIVE_FIX,
    NOT_ACCEPTED,
    NOT_ACCEPTED_OTHERWISE,
    SENTENCES,
    UNNAMED,
)

_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 60


class Refused(Exception):
    """The file is not taken. `message` says what is wrong with it and how to put it right."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


def refusal(code: str, *, name: str, **facts: str | int) -> Refused:
    """The refusal for a fault; `name` is what the sender calls the file. In the language of the moment."""
    values = {"name": _short(name)} | {key: _shown(value) for key, value in facts.items()}
    if code == "active":
        return Refused(code, f"{ACTIVE[str(facts['part'])] % values} {ACTIVE_FIX}")
    if code == "not_accepted":
        sentence = NOT_ACCEPTED.get(str(facts["seems"]), NOT_ACCEPTED_OTHERWISE)
        return Refused(code, sentence % values)
    return Refused(code, SENTENCES[code] % values)


def megabytes(size: int) -> str:
    """A size as people read it: 40, or 0,3. Rounded up, so that what is too large never looks equal."""
    tenths = -(-size * 10 // _MEGABYTE)
    return number_format(tenths / 10, decimal_pos=1 if tenths % 10 else 0)


def _shown(value: str | int) -> str:
    """Thousands apart: 120.000. The language's own separator, which Django leaves out for Vietnamese."""
    return value if isinstance(value, str) else f"{value:,}".replace(",", get_format("THOUSAND_SEPARATOR"))


def _short(name: str) -> str:
    """The last part of the name, without control characters, cut in the middle when long."""
    clean = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    if len(clean) > _LONGEST_NAME:
        half = _LONGEST_NAME // 2
        return f"{clean[:half]}…{clean[-half:]}"
    return clean or str(UNNAMED)
