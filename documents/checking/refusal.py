"""A refusal: a stable code for programs, and a plain sentence for the person who sent the file."""

from pathlib import PurePath

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
    values: dict[str, str | int] = {"name": _short(name), **facts}
    if code == "active":
        return Refused(code, f"{ACTIVE[str(facts['part'])] % values} {ACTIVE_FIX}")
    if code == "not_accepted":
        sentence = NOT_ACCEPTED.get(str(facts["seems"]), NOT_ACCEPTED_OTHERWISE)
        return Refused(code, sentence % values)
    return Refused(code, SENTENCES[code] % values)


def megabytes(size: int) -> str:
    """A size as people read it: 40, or 0,3. Rounded up, so that what is too large never looks equal."""
    tenths = -(-size * 10 // _MEGABYTE)
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}" if rest else str(whole)


def _short(name: str) -> str:
    """The last part of the name, without control characters, cut in the middle when long."""
    clean = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    if len(clean) > _LONGEST_NAME:
        half = _LONGEST_NAME // 2
        return f"{clean[:half]}…{clean[-half:]}"
    return clean or str(UNNAMED)
