"""The confirmation sheet: what the inspection team found on site, signed by leader and enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from documents.letterforms.paper import Paper
from documents.letterforms.words import number


@dataclass(frozen=True, kw_only=True)
class SheetItem:
    """One slot or condition as seen on site. `ok` is None where the team did not judge it."""

    title: str
    ok: bool | None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmationSheet(Paper):
    """Paper 7. The volume's version and digest are named in the foot once a bound volume exists.

    `guidance` and `conclusion` are whole sentences without the last full stop.
    """

    template: ClassVar[str] = "letters/sheet.html"

    abstract: str
    firm: str
    site: str
    team: str
    visited_from: datetime
    visited_to: datetime
    items: tuple[SheetItem, ...]
    guidance: str = ""
    conclusion: str
    cap: int | None = None
    mode: str = ""
    leader_title: str = "TỔ TRƯỞNG"
    leader: str
    firm_title: str = "ĐẠI DIỆN DOANH NGHIỆP"
    firm_person: str
    volume_version: int | None = None
    volume_digest: str = ""

    @property
    def closing(self) -> str:
        """The conclusion with cap and mode, where the team names them."""
        terms = [f"quy mô nhiều nhất {number(self.cap)} người"] if self.cap else []
        terms += [f"cách bố trí lao động: {self.mode}"] if self.mode else []
        sentence = "; ".join(terms)
        conclusion = self.conclusion.strip(" .;")
        return f"{conclusion}. {sentence[0].upper()}{sentence[1:]}" if sentence else conclusion

    @property
    def foot_note(self) -> str:
        if self.volume_version is None:
            return f"Gắn với hồ sơ {self.dossier_code}."
        volume = f"Gắn với tập hồ sơ {self.dossier_code}, bản {self.volume_version}"
        return f"{volume}, dấu số SHA-256 {self.volume_digest[:16]}…" if self.volume_digest else f"{volume}."

    @property
    def kind_name(self) -> str:
        return "Phiếu xác nhận"
