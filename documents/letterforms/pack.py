"""What lies around the papers to sign: the cover of the stack, and the sheets that part papers from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from documents.letterforms.paper import Paper
from documents.letterforms.words import moment


@dataclass(frozen=True, kw_only=True)
class StackPaper:
    """One paper of the stack, in signing order."""

    title: str
    pages: int


@dataclass(frozen=True, kw_only=True)
class PackCover(Paper):
    """The first sheet of a signing pack: what lies behind it, where to sign, how to bring it back."""

    template: ClassVar[str] = "letters/pack_cover.html"
    foot: ClassVar[str] = "letters/parts/no_foot.html"
    style: ClassVar[str] = "letters/style/pack.css"

    firm: str
    site: str
    version: int
    printed_at: datetime
    papers: tuple[StackPaper, ...]
    signer: str

    @property
    def pages(self) -> int:
        return sum(paper.pages for paper in self.papers)

    @property
    def printed_moment(self) -> str:
        return moment(self.printed_at)

    @property
    def kind_name(self) -> str:
        return "Bộ giấy tờ để ký"


@dataclass(frozen=True, kw_only=True)
class SeparatorSheet(Paper):
    """A sheet that says in a code, and in large letters, which paper lies behind it."""

    template: ClassVar[str] = "letters/separator.html"
    foot: ClassVar[str] = "letters/parts/no_foot.html"
    style: ClassVar[str] = "letters/style/pack.css"

    firm: str
    site: str
    behind: str

    @property
    def kind_name(self) -> str:
        return f"Tờ ngăn cách: {self.behind}"
