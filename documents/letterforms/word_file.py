"""A drafted paper as a .docx that the enterprise may edit: the same text, page and type as the PDF (Decree 30)."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.letterforms import words
from documents.letterforms.balance import balanced, width
from documents.letterforms.draft import DraftPaper, Heading, Passage, Points, Table
from documents.letterforms.signs import printable

FACE: Final = "Times New Roman"
TEXT_WIDTH: Final = 164.0
MOST: Final = 255  # of a core property, in python-docx
HEAD_COLUMNS: Final = (72.0, 92.0)
COUNTRY: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"


def docx(paper: DraftPaper) -> bytes:
    """The bytes of the document; the same paper gives the same text."""
    document = Document()
    _page(document)
    _properties(document, paper)
    _head(document, paper)
    _title(document, paper)
    for block in paper.body:
        _block(document, block)
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # the signature never stands alone
    _signature(document, paper)
    _foot(document, paper)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    """A4 with the letters' margins; the page number stands on top from page 2."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(25)
    section.left_margin, section.right_margin = Mm(30), Mm(16)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing = 1.09
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    _field(number, "PAGE", size=13)


def _properties(document: Any, paper: DraftPaper) -> None:
    known = document.core_properties
    known.title, known.author = printable(paper.title)[:MOST], printable(paper.firm)[:MOST]
    known.language = "vi-VN"
    known.created = known.modified = datetime.combine(paper.drafted_on, time(), tzinfo=UTC)
    known.comments = paper.form_set


def _head(document: Any, paper: DraftPaper) -> None:
    """The firm on the left, the country on the right, the place and date beneath it."""
    table = _grid(document, rows=2, widths=HEAD_COLUMNS)
    firm = [
        line for given in paper.agency for line in balanced(given, room=66, size=12, weight="bold")
    ]  # the same breaks as in the PDF
    left, right = table.rows[0].cells
    for place, line in enumerate(firm):
        paragraph = _line(left, line, size=12, bold=True, first=not place)
    _rule_under(paragraph, width(firm[-1], size=12, weight="bold") * 0.42, HEAD_COLUMNS[0])
    _line(right, COUNTRY, size=12, bold=True, first=True)
    motto = _line(right, MOTTO, size=13, bold=True)
    _rule_under(motto, width(MOTTO, size=13, weight="bold"), HEAD_COLUMNS[1])
    below_left, below_right = table.rows[1].cells
    lines = balanced(paper.abstract_line, room=68, size=12, keep=paper.firm) if paper.is_dispatch else ("",)
    for place, line in enumerate(lines):
        _line(below_left, line, size=12, first=not place)
    dated = words.day(paper.dated) if paper.dated else "ngày … tháng … năm …"
    _line(below_right, f"{paper.place}, {dated}", size=13, italic=True, first=True)


def _title(document: Any, paper: DraftPaper) -> None:
    """Kind and abstract, or the addressees of a dispatch."""
    if paper.is_dispatch:
        several = len(paper.addressees) > 1
        single = f" {paper.addressees[0]}." if not several else ""
        first = _centred(document, f"Kính gửi:{single}", before=18)
        first.paragraph_format.space_after = Pt(0 if several else 12)
        for place, addressee in enumerate(paper.addressees if several else (), start=1):
            line = _centred(document, f"- {addressee}{'.' if place == len(paper.addressees) else ';'}")
            line.paragraph_format.space_after = Pt(12 if place == len(paper.addressees) else 0)
        return
    _centred(document, paper.heading, bold=True, before=14)
    lines = balanced(paper.abstract, room=140, size=14, weight="bold", keep=paper.firm)
    for line in lines:
        paragraph = _centred(document, line, bold=True)
    _rule_under(paragraph, width(lines[-1], size=14, weight="bold") * 0.42, TEXT_WIDTH)
    paragraph.paragraph_format.space_after = Pt(12)


def _block(document: Any, block: Heading | Passage | Points | Table) -> None:
    if isinstance(block, Table):
        _data_table(document, block)
    elif isinstance(block, Points):
        for item in block.marked:
            _passage(document, f"{item.mark} {item.text}", item.clause)
    else:
        paragraph = _passage(document, block.text, block.clause, bold=isinstance(block, Heading))
        paragraph.paragraph_format.keep_with_next = isinstance(block, Heading) or block.lead


def _passage(document: Any, text: str, clause: str, *, bold: bool = False) -> Any:
    """A justified paragraph with its first line in, the clause small behind it."""
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    paragraph.alignment = ALIGN.JUSTIFY
    layout.first_line_indent, layout.space_before = Mm(12.7), Pt(6)
    layout.widow_control = True
    _run(paragraph, text, bold=bold)
    if clause:
        _run(paragraph, f" [{clause}]", size=11)
    return paragraph


def _data_table(document: Any, block: Table) -> None:
    widths = [TEXT_WIDTH * column.width / 100 for column in block.columns]
    table = _grid(document, rows=1 + len(block.rows), widths=widths, ruled=True)
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        _line(cell, column.title, size=13, bold=True, first=True)
    _repeat(table.rows[0])
    for row in table.rows[1:] if block.by_hand else ():
        row.height = Mm(9)
    for row, texts in zip(table.rows[1:], block.cells, strict=True):
        for cell, (text, centred) in zip(row.cells, texts, strict=True):
            _line(cell, text, size=13, first=True, align=ALIGN.CENTER if centred else ALIGN.LEFT)
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _signature(document: Any, paper: DraftPaper) -> None:
    """Recipients on the left, the signer on the right, level; room for signature and seal between."""
    table = _grid(document, rows=1, widths=HEAD_COLUMNS)
    left, right = table.rows[0].cells
    _line(left, "Nơi nhận:", size=12, bold=True, italic=True, first=True, align=ALIGN.LEFT)
    for recipient in paper.recipients:
        _line(left, f"- {recipient};", size=11, align=ALIGN.LEFT)
    _line(left, "- Lưu: VT.", size=11, align=ALIGN.LEFT)
    titles = [
        line for given in paper.signer_lines for line in balanced(given, room=90, size=14, weight="bold")
    ]
    for place, line in enumerate(titles):
        paragraph = _line(right, line, bold=True, first=not place)
        paragraph.paragraph_format.keep_with_next = True
    signed = _line(right, paper.signer_name, bold=True)
    signed.paragraph_format.space_before = Mm(30)


def _foot(document: Any, paper: DraftPaper) -> None:
    paragraph = document.sections[0].first_page_footer.paragraphs[0]
    _run(paragraph, paper.foot_note, size=8)


def _grid(document: Any, *, rows: int, widths: Any, ruled: bool = False) -> Any:
    """A table of fixed columns, its rows unbroken."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.style = document.styles["Table Grid" if ruled else "Normal Table"]
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for cell, each in zip(row.cells, widths, strict=True):
            cell.width = Mm(each)
    for column, each in zip(table.columns, widths, strict=True):
        column.width = Mm(each)
    return table


def _repeat(row: Any) -> None:
    """The head comes again on the next page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _line(cell: Any, text: str, *, first: bool = False, align: Any = ALIGN.CENTER, **type_: Any) -> Any:
    """A line of its own in a cell; the cell's own first paragraph is used first."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = 1.0
    _run(paragraph, text, **type_)
    return paragraph


def _centred(document: Any, text: str, *, bold: bool = False, before: int = 0) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, text, bold=bold)
    return paragraph


def _run(paragraph: Any, text: str, *, size: int = 14, bold: bool = False, italic: bool = False) -> Any:
    run = paragraph.add_run(printable(text))
    run.font.name, run.font.size, run.bold, run.italic = FACE, Pt(size), bold, italic
    return run


def _field(paragraph: Any, name: str, *, size: int) -> None:
    """A field that the word processor fills in, such as the number of the page."""
    run = _run(paragraph, "", size=size)
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _rule_under(paragraph: Any, long: float, room: float) -> None:
    """A rule under a centred line: an empty paragraph with a top edge, as long as asked (mm)."""
    rule = OxmlElement("w:p")
    layout = OxmlElement("w:pPr")
    edges, edge = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    spacing, indent = OxmlElement("w:spacing"), OxmlElement("w:ind")
    for name, value in (("before", "20"), ("after", "0"), ("line", "60"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    side = str(round((room - long) / 2 / 25.4 * 1440))
    indent.set(qn("w:left"), side)
    indent.set(qn("w:right"), side)
    layout.extend([edges, spacing, indent])
    rule.append(layout)
    paragraph._p.addnext(rule)
