"""Where the letters' typeface lies: four whole TTF files, put there by the assets build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings


@dataclass(frozen=True)
class Face:
    """One face of the family, as `@font-face` names it."""

    weight: str
    style: str
    path: Path

    @property
    def uri(self) -> str:
        return self.path.as_uri()


_FILES: Final = (
    ("normal", "normal", "Tinos-Regular.ttf"),
    ("bold", "normal", "Tinos-Bold.ttf"),
    ("normal", "italic", "Tinos-Italic.ttf"),
    ("bold", "italic", "Tinos-BoldItalic.ttf"),
)


def folder() -> Path:
    """The only folder a letter may read from (setting LETTER_FONTS)."""
    return Path(getattr(settings, "LETTER_FONTS", settings.BASE_DIR / "var/assets/letter-fonts")).resolve()


def faces() -> tuple[Face, ...]:
    base = folder()
    return tuple(Face(weight, style, base / name) for weight, style, name in _FILES)
