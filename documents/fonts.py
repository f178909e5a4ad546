"""Where the letters' typefaces lie: whole TTF files, put there by the assets build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings


@dataclass(frozen=True)
class Face:
    """One face of a family, as `@font-face` names it."""

    family: str
    weight: str
    style: str
    path: Path

    @property
    def uri(self) -> str:
        return self.path.as_uri()


SERIF, KHMER = "Letter Serif", "Letter Khmer"
_FILES: Final = (
    (SERIF, "normal", "normal", "Tinos-Regular.ttf"),
    (SERIF, "bold", "normal", "Tinos-Bold.ttf"),
    (SERIF, "normal", "italic", "Tinos-Italic.ttf"),
    (SERIF, "bold", "italic", "Tinos-BoldItalic.ttf"),
    # For names; a PDF holds a face only where it is used.
    (KHMER, "normal", "normal", "NotoSerifKhmer-Regular.ttf"),
    (KHMER, "bold", "normal", "NotoSerifKhmer-Bold.ttf"),
)


def folder() -> Path:
    """The only folder a letter may read from (setting LETTER_FONTS)."""
    return Path(getattr(settings, "LETTER_FONTS", settings.BASE_DIR / "var/assets/letter-fonts")).resolve()


def faces() -> tuple[Face, ...]:
    base = folder()
    return tuple(Face(family, weight, style, base / name) for family, weight, style, name in _FILES)
