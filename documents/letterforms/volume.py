"""The bound volume's own sheets: cover, contents, and lists that stand for papers that few may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from documents.letterforms.paper import Paper
from documents.letterforms.words import moment


@dataclass(frozen=True, kw_only=True)
class BoundPart:
    """One part of the volume. `digest` is SHA-256 of the paper as it was filed, 64 hexadecimal signs.

    `short` is its name on the cover, where a line has little room beside the digest.
    """

    title: str
    short: str
    clause: str
    pages: int
    first_page: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Book:
    """Tập n: from one page to another of the volume."""

    number: int
    first_page: int
    last_page: int


@dataclass(frozen=True, kw_only=True)
class VolumeCover(Paper):
    """Paper 8: what the volume is, whose, and the digest of every part."""

    template: ClassVar[str] = "letters/volume_cover.html"
    style: ClassVar[str] = "letters/style/volume.css"

    firm: str
    tax_code: str
    site: str
    name: tuple[str, ...]
    facts: tuple[str, ...]
    version: int
    made_at: datetime
    made_on: date
    parts: tuple[BoundPart, ...]

    @property
    def made_moment(self) -> str:
        return moment(self.made_at)

    @property
    def month(self) -> str:
        """The cover is dated by the month."""
        number = f"{self.made_on.month:02d}" if self.made_on.month < 3 else str(self.made_on.month)
        return f"tháng {number} năm {self.made_on.year}"

    @property
    def foot_note(self) -> str:
        return "Dấu số của cả tập in trên giấy tiếp nhận và trang kiểm tra."

    @property
    def kind_name(self) -> str:
        return "Tập hồ sơ"


@dataclass(frozen=True, kw_only=True)
class VolumeContents(Paper):
    """The contents: each part with its clause, pages and first page."""

    template: ClassVar[str] = "letters/volume_contents.html"
    foot: ClassVar[str] = "letters/parts/no_foot.html"
    style: ClassVar[str] = "letters/style/volume.css"

    parts: tuple[BoundPart, ...]
    total: int
    books: tuple[Book, ...]
    notes: tuple[str, ...]

    @property
    def kind_name(self) -> str:
        return "Mục lục tập hồ sơ"


@dataclass(frozen=True, kw_only=True)
class ListedFile:
    """One file that stays on the portal: what it is, in words without a person's name, and its digest."""

    what: str
    pages: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class DigestList(Paper):
    """A sheet in the place of a paper that names people: its files by digest, and where they are kept."""

    template: ClassVar[str] = "letters/digest_list.html"
    foot: ClassVar[str] = "letters/parts/no_foot.html"
    style: ClassVar[str] = "letters/style/volume.css"

    heading: str
    firm: str
    lead: str
    files: tuple[ListedFile, ...]
    note: str

    @property
    def kind_name(self) -> str:
        return self.heading.capitalize()
