"""The one list of addresses that need no sign-in, each with its reason and how often one address may ask a minute.

Everything else answers with the sign-in page. Adding a row is a decision to review.
"""

from dataclasses import dataclass

# A district's offices may share one address, so that what is only read is generous; what can be guessed is not.
READ, GUESSED = 600, 20
OPENED = 60  # a link, its page and its answer are three: a room of new people, not a flood of sessions


@dataclass(frozen=True)
class Door:
    """Why a prefix is open; `a_minute` is None where what stands behind it limits by itself."""

    reason: str
    a_minute: int | None


OPEN_ROUTES: dict[str, Door] = {
    "/": Door("the public front page, this address only", READ),
    "/guide/": Door("anyone may ask what the plan asks of them before having an account", READ),
    "/plan/": Door("the law is public", READ),
    "/check/": Door("whoever holds a letter may ask whether it is genuine", GUESSED),
    "/track/": Door("whoever holds a dossier code and its tax code may ask where it stands", GUESSED),
    "/accounts/invitation/": Door("whoever holds a letter of invitation may open it", OPENED),
    "/accounts/": Door(  # after what it contains: the first prefix that fits is the door
        "sign-in, sign-up and password reset; allauth limits each by itself", None
    ),
    "/health/": Door("probes of the load balancer; say nothing but ok", READ),
    "/i18n/": Door("the language switch", READ),
    "/static/": Door("style, script and fonts; no data; served before any limit could count", None),
}


def door_of(path: str) -> str | None:
    """The prefix under which a path needs no sign-in; None where it needs one."""
    if path == "/":
        return path
    return next((each for each in OPEN_ROUTES if each != "/" and path.startswith(each)), None)


def is_open(path: str) -> bool:
    """Whether a path needs no sign-in."""
    return door_of(path) is not None
