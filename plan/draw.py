"""Random draws that anybody can repeat."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256
from math import ceil


def draw_order(population: Iterable[str], *, seed: str) -> tuple[str, ...]:
    """Every member once, ranked by SHA-256 of the UTF-8 bytes `seed` + NUL + member, ties by member.

    Members are pseudonymous ids; the order they come in does not matter.
    """
    return tuple(sorted(set(population), key=lambda member: (_rank(seed, member), member)))


def draw(population: Iterable[str], *, share: Fraction, seed: str) -> tuple[str, ...]:
    """The first `ceil(share x N)` members of `draw_order`; the rest of it is the reserve, in order.

    `share` is a Fraction from 0 to 1; ValueError for anything else, a float included.
    """
    if not isinstance(share, Fraction) or not 0 <= share <= 1:
        raise ValueError(f"share must be a Fraction from 0 to 1, not {share!r}")
    order = draw_order(population, seed=seed)
    return order[: ceil(share * len(order))]


def _rank(seed: str, member: str) -> bytes:
    return sha256(f"{seed}\0{member}".encode()).digest()
