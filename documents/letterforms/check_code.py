"""The code in a letter's foot, by which a phone opens the page that says what the letter is worth now."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final

import segno

from documents.letterforms.paper import Paper

LONGEST_ADDRESS: Final = 62
"""Bytes that version 4 with correction M holds; more would make the modules too small for a worn copy."""

_QUIET_ZONE: Final = 4


def origin(check_host: str) -> str:
    """The portal's origin; a bare host is taken as https."""
    host = check_host.rstrip("/")
    return host if "://" in host else f"https://{host}"


def check_address(paper: Paper) -> str:
    """The address the code holds. Raises ValueError where it would not fit."""
    address = f"{origin(paper.check_host)}/check/{paper.token}/"
    size = len(address.encode())
    if size > LONGEST_ADDRESS:
        raise ValueError(f"the address of a check page takes {size} bytes: shorten CHECK_HOST")
    return address


def printed_host(paper: Paper) -> str:
    """The host and path that a person types: "portal.example/check"."""
    return f"{origin(paper.check_host).partition('://')[2]}/check"


@lru_cache(maxsize=256)
def drawing(address: str) -> str:
    """The code as an SVG of 41 modules a side, quiet zone included."""
    code = segno.make(address, version=4, error="m", boost_error=False, micro=False)
    out = BytesIO()
    code.save(out, kind="svg", omitsize=True, xmldecl=False, svgns=True, border=_QUIET_ZONE, title=None)
    return out.getvalue().decode().strip()
