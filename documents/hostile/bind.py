"""Binding, inside the child: parts after one another, a line of text on every sheet, one or more books.

The line is written in our own typeface, cut down to the signs it needs, so that it reads and copies everywhere.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Page, Pdf

_MM = 72 / 25.4
_SIZE = 8.0
_RIGHT, _BOTTOM = 16 * _MM, 11.5 * _MM
_ABOVE_THE_FOOT = 22 * _MM  # a page of a signing pack has its code in this corner
_FONT = "/VolumeLine"
_SMALL = 100 * _MM


@dataclass(frozen=True)
class Sheets:
    """One part to bind: its file, and whether its lower margin holds words or a code already."""

    path: Path
    has_foot: bool = False


@dataclass(frozen=True)
class Line:
    """The line on every sheet: "code · bản v · tr. n/N"; sheets before `first` (the cover) have none."""

    start: str
    total: int
    font: Path
    first: int = 2

    def text(self, page: int) -> str:
        return f"{self.start}{page}/{self.total}"


def bind(parts: list[Sheets], line: Line, books: list[tuple[Path, int, int]]) -> list[int]:
    """Write each book (target, first page, last page); gives how many pages each got."""
    with pikepdf.new() as whole:
        feet: list[bool] = []
        sources = [pikepdf.open(part.path) for part in parts]
        try:
            for part, source in zip(parts, sources, strict=True):
                feet += [part.has_foot] * len(source.pages)
                whole.pages.extend(source.pages)
            _write_lines(whole, line, feet)
            return [_book(whole, target, first, last) for target, first, last in books]
        finally:
            for source in sources:
                source.close()


def _book(whole: Pdf, target: Path, first: int, last: int) -> int:
    if first == 1 and last == len(whole.pages):
        _save(whole, target)
        return last
    with pikepdf.new() as book:
        book.pages.extend(whole.pages[first - 1 : last])
        _save(book, target)
        return len(book.pages)


def _save(pdf: Pdf, target: Path) -> None:
    pdf.remove_unreferenced_resources()
    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _write_lines(whole: Pdf, line: Line, feet: list[bool]) -> None:
    signs = sorted(set(line.start) | set("0123456789/"))
    font, glyphs, widths = _font(whole, line.font, signs)
    for number, (page, has_foot) in enumerate(zip(whole.pages, feet, strict=True), start=1):
        if number >= line.first:
            _write(page, line.text(number), font, glyphs, widths, has_foot)


def _write(
    page: Page,
    text: str,
    font: pikepdf.Object,
    glyphs: dict[str, int],
    widths: dict[str, float],
    has_foot: bool,
) -> None:
    """The text in the corner that is the lower right one once the page is turned as it is shown."""
    left, bottom, right, top = (float(each) for each in page.cropbox)
    turn = int(page.obj.get("/Rotate", 0)) % 360
    wide, high = (right - left, top - bottom) if turn % 180 == 0 else (top - bottom, right - left)
    small = min(1.0, min(wide, high) / _SMALL)
    length = sum(widths[sign] for sign in text) * _SIZE * small
    x = wide - _RIGHT * small - length
    y = (_ABOVE_THE_FOOT if has_foot else _BOTTOM) * small
    matrix = {
        0: (1, 0, 0, 1, left + x, bottom + y),
        90: (0, 1, -1, 0, right - y, bottom + x),
        180: (-1, 0, 0, -1, right - x, top - y),
        270: (0, -1, 1, 0, left + y, top - x),
    }[turn]
    place = " ".join(f"{each:.3f}" for each in matrix)
    shown = "".join(f"{glyphs[sign]:04x}" for sign in text)
    page.add_resource(font, Name.Font, Name(_FONT), replace_existing=True)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ\nq 0 g BT {_FONT} {_SIZE * small:.2f} Tf {place} Tm <{shown}> Tj ET Q\n".encode())


def _font(
    whole: Pdf, path: Path, signs: list[str]
) -> tuple[pikepdf.Object, dict[str, int], dict[str, float]]:
    """The typeface with these signs only, as a font of the PDF; the glyph and the width of each sign."""
    with TTFont(path, lazy=True) as face:
        options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[])
        cutter = Subsetter(options)
        cutter.populate(text="".join(signs))
        cutter.subset(face)
        written = io.BytesIO()
        face.save(written)
    with TTFont(io.BytesIO(written.getvalue())) as face:
        names, per_em = face.getBestCmap(), face["head"].unitsPerEm
        glyphs = {sign: face.getGlyphID(names[ord(sign)]) for sign in signs}
        widths = {sign: face["hmtx"][names[ord(sign)]][0] / per_em for sign in signs}
        box = [face["head"].xMin, face["head"].yMin, face["head"].xMax, face["head"].yMax]
    thousandths = [round(each * 1000 / per_em) for each in box]
    return _dictionary(whole, written.getvalue(), glyphs, widths, thousandths), glyphs, widths


def _dictionary(
    whole: Pdf, data: bytes, glyphs: dict[str, int], widths: dict[str, float], box: list[int]
) -> pikepdf.Object:
    name = Name("/AAAAAA+VolumeLine")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=Array(box), ItalicAngle=0,
        Ascent=box[3], Descent=box[1], CapHeight=660, StemV=80,
        FontFile2=whole.make_stream(data, Length1=len(data)),
    )  # fmt: skip
    listed = [part for sign, gid in glyphs.items() for part in (gid, Array([round(widths[sign] * 1000)]))]
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=whole.make_indirect(descriptor), W=Array(listed),
    )  # fmt: skip
    return whole.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([whole.make_indirect(descendant)]),
            ToUnicode=whole.make_stream(_to_unicode(glyphs)),
        )
    )  # fmt: skip


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    rows = "\n".join(f"<{gid:04x}> <{ord(sign):04x}>" for sign, gid in glyphs.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    ).encode()
