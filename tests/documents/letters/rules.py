"""The ruler's rules for every paper: Decree 30/2020, Annex I, and the project's own frame for A5 slips.

A rule is a function that yields what is wrong. `faults` names the broken ones.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from documents.letterforms import Paper, check_code
from tests.documents.letters.measure import Box, Line, Printed

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Frame:
    """Where things stand on a sheet, in mm; sizes in points."""

    page: tuple[float, float]
    left: float
    right: float
    floor: float
    axis: float
    agency_axis: float
    date_axis: float
    country: tuple[float, float]
    motto: tuple[float, float]
    head_size: float
    number_size: float
    page_number: float
    code: tuple[float, float]


A4 = Frame((210, 297), 30, 194, 272, 112, 66, 148, (12, 87.6), (13, 56.0), 12, 13, 13, (277.1, 291.9))
A5 = Frame((148, 210), 13, 138, 188, 75.5, 39, 101.5, (9.5, 69.4), (10.5, 45.2), 9.5, 10, 10, (192.2, 205.9))


def frame(paper: Paper) -> Frame:
    return A4 if paper.sheet_size == "a4" else A5


def page_size(printed: Printed) -> Iterator[str]:
    for page in printed.pages:
        if any(
            abs(a - b) > 0.2
            for a, b in zip((page.width, page.height), frame(printed.paper).page, strict=True)
        ):
            yield f"page {page.width:.1f} x {page.height:.1f}"


def typeface(printed: Printed) -> Iterator[str]:
    """Names alone would miss a bold faked from the regular face: its width tells."""
    families = {name for page in printed.pages for name in page.families}
    yield from (name for name in families if not name.startswith("Letter-Serif"))
    if not printed.archive()["embedded"]:
        yield "a font is not embedded"
    place = frame(printed.paper)
    for text, (_, width) in ((COUNTRY, place.country), (MOTTO, place.motto)):
        line = printed.line(text)
        if line is None or line.text != text or abs(line.width - width) > 0.5:
            yield f"{text}: {line and line.width}"


def head(printed: Printed) -> Iterator[str]:
    place = frame(printed.paper)
    wanted = {
        COUNTRY: (place.country[0], "bold", place.date_axis),
        MOTTO: (place.motto[0], "bold", place.date_axis),
        f"{printed.paper.place}, ": (place.number_size, "italic", place.date_axis),
    }
    wanted |= dict.fromkeys(printed.paper.agency, (place.head_size, "bold", place.agency_axis))
    wanted |= dict.fromkeys(printed.paper.superior, (place.head_size, "regular", place.agency_axis))
    if printed.paper.symbol:
        wanted["Số: "] = (place.number_size, "regular", place.agency_axis)
    for start, (size, face, axis) in wanted.items():
        line = printed.line(start)
        if line is None:
            yield f"{start!r} is not there"
        elif line.size != size or line.face != face or abs(line.axis - axis) > 0.5:
            yield f"{start!r}: {line.size} {line.face} on {line.axis:.1f}"


def number_row(printed: Printed) -> Iterator[str]:
    country, motto = printed.line(COUNTRY), printed.line(MOTTO)
    if country and motto and not 0 < motto.y - country.y < 6.2:
        yield f"motto {motto.y - country.y:.1f} under the country"
    if not printed.paper.symbol:
        return
    number, dated = printed.line("Số: "), printed.line(f"{printed.paper.place}, ")
    if number is None or dated is None or abs(number.y - dated.y) > 0.2:
        yield "number and date are not level"
    elif not re.fullmatch(r"Số: (\d{2,}|\(cấp khi ký\))/[A-ZĐa-z\d-]+", number.text):
        yield number.text


def rules_under(printed: Printed) -> Iterator[str]:
    """The motto's rule is as long as the motto; the others a third to a half of their last line."""
    rules = printed.pages[0].rules
    lines = [(printed.line(MOTTO), 1.0), (printed.line(printed.paper.agency[-1]), 0.42)]
    abstract = last_title_line(printed)
    if abstract:
        lines.append((abstract, 0.42))
    for line, share in lines:
        below = [
            rule for rule in rules if line and 0 < rule.top - line.y < 3 and abs(rule.axis - line.axis) < 0.5
        ]
        if len(below) != 1:
            yield f"{line and line.text}: {len(below)} rules"
        elif share == 1 and abs(below[0].width - line.width) > 1:
            yield f"{line.text}: {below[0].width:.1f} long"
        elif share < 1 and not 1 / 3 <= below[0].width / line.width <= 1 / 2:
            yield f"{line.text}: {below[0].width / line.width:.2f} of it"


def last_title_line(printed: Printed) -> Line | None:
    """Last line of the abstract of a named type; dispatches and slips have none."""
    drafted = ("PHƯƠNG ÁN", "QUY ĐỊNH", "KẾ HOẠCH", "BẢN CAM KẾT", "THÔNG TIN")
    kinds = ("QUYẾT ĐỊNH", "THÔNG BÁO", "PHIẾU XÁC NHẬN", *drafted)
    first = next((line for _, line in printed.lines if line.text in kinds), None)
    if first is None or printed.paper.sheet_size == "a5":
        return None
    block = [line for line in printed.pages[0].lines if line.y > first.y and line.face == "bold"]
    last = first
    for line in block:
        if line.y - last.y > 6.3:
            break
        last = line
    return last


def ink(printed: Printed) -> Iterator[str]:
    place = frame(printed.paper)
    for number, page in enumerate(printed.pages, start=1):
        shapes = [Box(line.x0, line.x1, line.y, line.y) for line in page.lines]
        for shape in [*shapes, *page.rules, *page.strokes]:
            if shape.x0 < place.left - 0.2 or shape.x1 > place.right + 1:
                yield f"page {number}: ink at {shape.x0:.1f}-{shape.x1:.1f}, y {shape.top:.1f}"
            in_foot = number == 1 and place.floor + 3 < shape.top and shape.bottom < place.code[1] + 0.3
            if shape.bottom > place.floor and not in_foot:
                yield f"page {number}: ink below the text, y {shape.bottom:.1f}"
        for line in page.lines:
            if line.y < place.page[1] * 0.055 and not (number > 1 and line.text == str(number)):
                yield f"page {number}: {line.text} above the text"


def page_numbers(printed: Printed) -> Iterator[str]:
    place = frame(printed.paper)
    for number, page in enumerate(printed.pages, start=1):
        shown = [line for line in page.lines if line.y < 15 and line.text.isdigit()]
        if number == 1 and shown:
            yield "the first page shows a number"
        if number > 1 and (len(shown) != 1 or shown[0].text != str(number)):
            yield f"page {number} shows {[line.text for line in shown]}"
        for line in shown:
            if abs(line.axis - place.axis) > 0.5 or line.size != place.page_number:
                yield f"page {number}: number at {line.axis:.1f}, {line.size} pt"


def code(printed: Printed) -> Iterator[str]:
    found = printed.codes()
    if printed.paper.is_preview:
        yield from (text for _, text, _ in found)
        return
    place = frame(printed.paper)
    if [(page, text) for page, text, _ in found] != [(1, check_code.check_address(printed.paper))]:
        yield str([(page, text) for page, text, _ in found])
        return
    box = found[0][2]
    if (
        abs(box.top - place.code[0]) > 0.6
        or abs(box.bottom - place.code[1]) > 0.6
        or abs(box.x0 - place.left) > 0.6
    ):
        yield f"code at {box}"


def text(printed: Printed) -> Iterator[str]:
    whole = printed.text
    if not unicodedata.is_normalized("NFC", whole):
        yield "not NFC"
    yield from (name for name in ("\u00a0", "\u00ad", "\u200b", "\ufffd") if name in whole)
    yield from (
        line.text for _, line in printed.lines if len(line.text) > 1 and re.search(r"\w-$", line.text)
    )
    for word in (printed.paper.dossier_code, printed.paper.full_number):
        if word and word not in whole and printed.paper.dossier_code:
            yield f"{word} does not come out whole"


def archive(printed: Printed) -> Iterator[str]:
    facts = printed.archive()
    if not facts["marked"] or facts["language"] != "vi" or facts["title"] != printed.paper.title:
        yield str(facts)
    if 'pdfaid:part="2"' not in facts["metadata"] or 'pdfaid:conformance="U"' not in facts["metadata"]:
        yield "XMP does not say PDF/A-2u"


EVERY_PAPER: tuple[Callable[[Printed], Iterator[str]], ...] = (
    page_size, typeface, head, number_row, rules_under, ink, page_numbers, code, text, archive,
)  # fmt: skip


def faults(printed: Printed, *more: Callable[[Printed], Iterator[str]]) -> dict[str, list[str]]:
    """Name of the broken rule → what is wrong."""
    found = {rule.__name__: list(rule(printed)) for rule in (*EVERY_PAPER, *more)}
    return {name: wrong for name, wrong in found.items() if wrong}
