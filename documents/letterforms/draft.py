"""Papers of an enterprise that the portal drafts: one model of plain blocks, which every writer lays out alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final

from documents.letterforms.paper import Paper
from documents.letterforms.words import letter

GAP: Final = "…………"
"""What stands where a fact is missing: seen at once, and wide enough to be written on."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The name of an article or part, with the clause of the plan that all of it rests on."""

    kind: ClassVar[str] = "heading"

    text: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A paragraph and the clauses beside it ("III.1.1-c, III.1.1-h"); `lead` stays with what follows."""

    kind: ClassVar[str] = "passage"

    text: str
    clause: str = ""
    lead: bool = False


@dataclass(frozen=True, kw_only=True)
class Point:
    """One of several points; `mark` is set by its list ("a)", "-", "1.")."""

    text: str
    clause: str = ""
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Points:
    """Points in order, marked by letters of the Vietnamese alphabet, numbers or dashes."""

    kind: ClassVar[str] = "points"

    items: tuple[Point, ...]
    marks: str = "letters"

    @property
    def marked(self) -> tuple[Point, ...]:
        """The points with their marks."""
        return tuple(replace(item, mark=self._mark(place)) for place, item in enumerate(self.items, start=1))

    def _mark(self, place: int) -> str:
        return {"letters": f"{letter(place)})", "numbers": f"{place}."}.get(self.marks, "-")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table, `width` in hundredths of the text's width."""

    title: str
    width: int
    centre: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A grid with a head that comes again on every page; every row has a cell for each column.

    `by_hand` gives the rows the height that writing needs.
    """

    kind: ClassVar[str] = "table"

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    by_hand: bool = False

    @property
    def cells(self) -> tuple[tuple[tuple[str, bool], ...], ...]:
        """Rows of (text, whether it is centred)."""
        return tuple(
            tuple((text, column.centre) for text, column in zip(row, self.columns, strict=True))
            for row in self.rows
        )


Block = Heading | Passage | Points | Table


@dataclass(frozen=True, kw_only=True)
class DraftPaper(Paper):
    """A paper in the enterprise's name, without a number. `agency` holds the lines of the firm's name.

    `heading` is the kind in capitals ("PHƯƠNG ÁN"); a dispatch has none: its abstract stands beside the date
    and its addressees above the text. `form_set` names the issued set of forms that the paper follows.
    """

    template: ClassVar[str] = "letters/draft.html"
    foot: ClassVar[str] = "letters/parts/draft_foot.html"
    style: ClassVar[str] = "letters/style/draft.css"

    slot: str
    firm: str
    heading: str
    name: str
    abstract: str
    addressees: tuple[str, ...] = ()
    blocks: tuple[Block, ...]
    signer_lines: tuple[str, ...]
    signer_name: str
    recipients: tuple[str, ...]
    form_set: str
    drafted_on: date

    @property
    def is_dispatch(self) -> bool:
        return not self.heading

    @property
    def abstract_line(self) -> str:
        """The abstract as a dispatch carries it."""
        return f"V/v {self.abstract}"

    @property
    def kind_name(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name a PDF reader shows in its window."""
        return f"{self.name} · {self.firm}"

    @property
    def foot_note(self) -> str:
        """Beneath the first page: which forms and values the paper was drafted on."""
        return f"Soạn theo {self.form_set}. Chữ trong ngoặc vuông là mục của Kế hoạch làm căn cứ."

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks, the last passage closed by the mark that ends a Vietnamese paper."""
        last = self.blocks[-1]
        if not isinstance(last, Passage):
            return self.blocks
        clause = f" [{last.clause}]" if last.clause else ""
        closed = f"{last.text.rstrip(' .;')}{clause}./."
        return (*self.blocks[:-1], replace(last, text=closed, clause=""))

    @property
    def column_widths(self) -> tuple[int, ...]:
        """Every width that a table of this paper asks for."""
        tables = (block for block in self.blocks if isinstance(block, Table))
        return tuple(sorted({column.width for table in tables for column in table.columns}))

    def texts(self) -> Iterator[str]:
        """Every text between head and signature, in reading order, clauses apart."""
        for block in self.body:
            if isinstance(block, Table):
                yield from (column.title for column in block.columns)
                yield from (cell for row in block.rows for cell in row)
            elif isinstance(block, Points):
                for item in block.marked:
                    yield f"{item.mark} {item.text}"
                    yield from _clause(item.clause)
            else:
                yield block.text
                yield from _clause(block.clause)


def _clause(clause: str) -> Iterator[str]:
    if clause:
        yield f"[{clause}]"
