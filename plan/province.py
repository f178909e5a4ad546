"""Whose plan it is: what letters and pages write of the province."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Province:
    """One province, in the words of its plan file.

    `name` "Trà Vinh"; `code` of the register of administrative units; `place` where letters are signed;
    `authority` the People's Committee in sentence case, with its short form; `letter_superior` the line over an
    agency's name; `decider` who consents, in sentence case.
    """

    name: str
    code: str
    place: str
    authority: str
    authority_short: str
    letter_superior: str
    decider: str
