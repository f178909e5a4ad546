"""Signs that the letters' typeface cannot print, taken out before the layout: it would refuse the whole paper.

A pasted name or remark may bring control signs, private-use bullets of a word processor, or another script.
"""

import unicodedata
from functools import lru_cache
from typing import Final

from fontTools.ttLib import TTFont

from documents.fonts import faces

MISSING: Final = "□"
_LAYOUT: Final = frozenset("\n\t")
_NO_SIGN: Final = frozenset({"Cc", "Co", "Cn", "Cs", "Zl", "Zp"})


@lru_cache
def _drawn() -> frozenset[str]:
    """The signs that every face of one family has."""
    known: dict[str, set[str]] = {}
    for face in faces():
        with TTFont(face.path, lazy=True) as font:
            signs = {chr(code) for code in font.getBestCmap()}
            known[face.family] = known.get(face.family, signs) & signs
    return frozenset().union(*known.values()) | _LAYOUT


def printable(text: str) -> str:
    """NFC, with a space for what is no sign and a box for a sign that the typeface lacks."""
    return "".join(_sign(sign) for sign in unicodedata.normalize("NFC", text))


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""  # marks of direction and of joining, which draw nothing
    if kind in _NO_SIGN and sign not in _LAYOUT:
        return " "
    return sign if sign in _drawn() else MISSING
