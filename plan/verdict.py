"""The answer of a rule: what is unmet, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """A requirement that is not met: its code, its clause, and what is missing in Vietnamese."""

    code: str
    clause: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`fit` is true when nothing is unmet; `unmet` is in the order of the law."""

    fit: bool
    unmet: tuple[Unmet, ...]


def verdict(unmet: Iterable[Unmet]) -> Verdict:
    """The verdict over everything that is unmet."""
    found = tuple(unmet)
    return Verdict(fit=not found, unmet=found)
