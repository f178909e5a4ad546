"""Reads a printed paper back as a person with a ruler would: lines of text, rules, codes, in millimetres."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pdfplumber
import pikepdf
import pypdfium2
import zxingcpp

from documents.letterforms import Paper

MM = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """Text on one baseline, without the gap to another column; `y` is the baseline from the page's top."""

    text: str
    y: float
    x0: float
    x1: float
    sizes: frozenset[float]
    fonts: frozenset[str]

    @property
    def size(self) -> float:
        return max(self.sizes)

    @property
    def axis(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def face(self) -> str:
        """bold, italic, bold italic or regular; "mixed" where one line holds several."""
        return next(iter(self.fonts)) if len(self.fonts) == 1 else "mixed"


@dataclass(frozen=True)
class Box:
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def axis(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: list[Line]
    rules: list[Box]
    strokes: list[Box]
    families: frozenset[str]

    def table(self, floor: float) -> tuple[float, float]:
        """From where to where the page's grid goes; nothing above `floor` belongs to the foot."""
        ys = [box.top for box in self.strokes if box.width > 7 and box.bottom < floor]
        return (min(ys), max(ys)) if ys else (0.0, 0.0)


@dataclass
class Printed:
    paper: Paper
    pdf: bytes
    pages: list[Page] = field(init=False)

    def __post_init__(self) -> None:
        with pdfplumber.open(io.BytesIO(self.pdf)) as document:
            self.pages = [_page(page) for page in document.pages]

    @property
    def lines(self) -> Iterator[tuple[int, Line]]:
        for number, page in enumerate(self.pages, start=1):
            for line in page.lines:
                yield number, line

    @cached_property
    def text(self) -> str:
        return " ".join(line.text for _, line in self.lines)

    def line(self, start: str) -> Line | None:
        return next((line for _, line in self.lines if line.text.startswith(start)), None)

    def page_of(self, start: str) -> int:
        return next((number for number, line in self.lines if line.text.startswith(start)), 0)

    def codes(self) -> list[tuple[int, str, Box]]:
        """Page, content and place of every QR a scanner finds."""
        found = []
        document = pypdfium2.PdfDocument(self.pdf)
        for number in range(len(document)):
            picture = document[number].render(scale=250 / 72).to_pil()
            for code in zxingcpp.read_barcodes(picture):
                corners = [getattr(code.position, name) for name in ("top_left", "bottom_right")]
                edges = [value * 25.4 / 250 for corner in corners for value in (corner.x, corner.y)]
                found.append((number + 1, code.text, Box(edges[0], edges[2], edges[1], edges[3])))
        document.close()
        return found

    def archive(self) -> dict[str, object]:
        with pikepdf.open(io.BytesIO(self.pdf)) as document:
            fonts = [font for page in document.pages for font in page.Resources.Font.values()]
            descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
            return {
                "marked": bool(document.Root.MarkInfo.Marked),
                "language": str(document.Root.Lang),
                "metadata": document.Root.Metadata.read_bytes().decode(),
                "embedded": all("/FontFile2" in descriptor for descriptor in descriptors),
                "title": str(document.docinfo.get("/Title", "")),
            }


def _page(page: pdfplumber.page.Page) -> Page:
    height = float(page.height)
    rows: dict[float, list[dict]] = {}
    for char in page.chars:
        baseline = round((height - char["matrix"][5]) * MM, 1)
        rows.setdefault(baseline, []).append(char)
    lines = [line for y in sorted(rows) for line in _columns(rows[y], y)]
    return Page(
        width=float(page.width) * MM,
        height=height * MM,
        lines=lines,
        rules=[_box(shape) for shape in page.rects],
        strokes=[_box(shape) for shape in page.lines],
        families=frozenset(char["fontname"].partition("+")[2] for char in page.chars),
    )


def _box(shape: dict) -> Box:
    return Box(*(shape[edge] * MM for edge in ("x0", "x1", "top", "bottom")))


def _columns(chars: list[dict], y: float) -> Iterator[Line]:
    """Words of one line have a drawn space between them; columns have a gap of nothing."""
    chars = sorted(chars, key=lambda char: char["x0"])
    start = 0
    for here in range(1, len(chars) + 1):
        if here == len(chars) or _gap(chars[here - 1], chars[here]) > 1.2:
            if any(not char["text"].isspace() for char in chars[start:here]):
                yield _line(chars[start:here], y)
            start = here


def _gap(before: dict, after: dict) -> float:
    return 0.0 if before["text"] == " " or after["text"] == " " else (after["x0"] - before["x1"]) * MM


def _line(chars: list[dict], y: float) -> Line:
    ink = [char for char in chars if not char["text"].isspace()]
    return Line(
        text="".join(char["text"] for char in chars).strip(),
        y=y,
        x0=ink[0]["x0"] * MM,
        x1=ink[-1]["x1"] * MM,
        sizes=frozenset(round(char["size"], 1) for char in ink),
        fonts=frozenset(_face(char["fontname"]) for char in ink),
    )


def _face(name: str) -> str:
    words = [word for word in ("bold", "italic") if word in name.lower()]
    return " ".join(words) or "regular"
