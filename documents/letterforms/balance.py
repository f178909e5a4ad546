"""Titles in lines of nearly one width: WeasyPrint cannot balance, so the font's widths choose the breaks."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from documents.fonts import faces
from documents.letterforms.glue import units

_MM_PER_POINT: Final = 25.4 / 72
_TOO_WIDE: Final = 1e9


def width(text: str, *, size: float, weight: str = "normal") -> float:
    """Millimetres that the text takes at `size` points, upright, without kerning."""
    path = next(face.path for face in faces() if (face.weight, face.style) == (weight, "normal"))
    widths, per_em = _widths(path)
    missing = widths.get(0, per_em)
    return sum(widths.get(ord(sign), missing) for sign in text) / per_em * size * _MM_PER_POINT


def balanced(
    text: str, *, room: float, size: float, weight: str = "normal", keep: str = ""
) -> tuple[str, ...]:
    """The text in as few lines as `room` millimetres allow, of the least differing widths."""
    if keep and width(keep, size=size, weight=weight) > room:
        keep = ""
    words = units(text, keep=keep)
    widths = [width(word, size=size, weight=weight) for word in words]
    space = width(" ", size=size, weight=weight)
    for count in range(1, len(words) + 1):
        cost, breaks = _breaks(widths, space, room, count)
        if cost < _TOO_WIDE:
            return tuple(" ".join(words[a:b]) for a, b in pairwise(breaks))
    return tuple(words)


def _breaks(widths: list[float], space: float, room: float, count: int) -> tuple[float, list[int]]:
    """The cheapest cut into `count` lines: its cost (sum of squared widths) and the places of the cuts."""
    length = len(widths)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for _ in range(count):
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, cuts) in best.items():
            line = -space
            for stop in range(start + 1, length + 1):
                line += space + widths[stop - 1]
                if line > room:
                    break
                total = cost + line * line
                if stop not in following or total < following[stop][0]:
                    following[stop] = (total, [*cuts, stop])
        best = following
    return best.get(length, (_TOO_WIDE, []))


@lru_cache(maxsize=4)
def _widths(path: Path) -> tuple[dict[int, int], int]:
    """Advance width by code point (0 stands for a missing glyph) and units per em."""
    with TTFont(path, lazy=True) as font:
        metrics = font["hmtx"].metrics
        widths = {code: metrics[name][0] for code, name in font.getBestCmap().items()}
        widths[0] = metrics[".notdef"][0]
        return widths, font["head"].unitsPerEm
