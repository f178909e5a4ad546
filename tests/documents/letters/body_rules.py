"""The ruler's rules for A4 letters: the body's lines and paragraphs, recipients, signature."""

from collections.abc import Iterator
from itertools import pairwise

from documents.letterforms import ConfirmationSheet, DraftPaper, SignedLetter
from tests.documents.letters.measure import Line, Printed
from tests.documents.letters.rules import A4, last_title_line

INDENT = 42.7
CENTRED = ("QUYẾT ĐỊNH:", "CHỦ TỊCH ỦY BAN")


def first_signer_line(printed: Printed) -> str:
    paper = printed.paper
    return paper.leader_title if isinstance(paper, ConfirmationSheet) else paper.signer_lines[0]


def signature_start(printed: Printed) -> tuple[int, float]:
    """Page and baseline where the closing block begins."""
    start = first_signer_line(printed)
    found = [(number, line.y) for number, line in printed.lines if line.text == start and line.axis > 120]
    return found[-1]


def body_start(printed: Printed) -> float:
    """The last baseline of what stands over the body on page 1."""
    over = [line.y for line in printed.pages[0].lines if line.text.startswith(("Kính gửi", "Số: "))]
    title = last_title_line(printed)
    over += [title.y] if title else []
    over += [line.y for line in printed.pages[0].lines if abs(line.x0 - 90.6) < 0.4 and line.text[0] == "-"]
    return max(over)


def body_lines(printed: Printed) -> list[tuple[int, Line]]:
    """Lines of the body in order, without tables, centred lines, page numbers and the closing block."""
    last_page, last_y = signature_start(printed)
    start = body_start(printed)
    found = []
    for number, line in printed.lines:
        top, bottom = printed.pages[number - 1].table(A4.floor)
        outside = (number == 1 and line.y <= start) or (number, line.y) >= (last_page, last_y - 0.4)
        apart = line.y < 18 or line.y > A4.floor or top < line.y < bottom or line.text.startswith(CENTRED)
        if not outside and not apart:
            found.append((number, line))
    return found


def body_shape(printed: Printed) -> Iterator[str]:
    """Sizes, indent, justification, steps."""
    lines = body_lines(printed)
    for number, line in lines:
        clauses = {11.0} if isinstance(printed.paper, DraftPaper) else set()
        if not {14.0} <= line.sizes <= {14.0} | clauses:
            yield f"page {number}: {line.text[:30]} in {sorted(line.sizes)} pt"
        if min(abs(line.x0 - A4.left), abs(line.x0 - INDENT)) > 0.3:
            yield f"page {number}: {line.text[:30]} starts at {line.x0:.1f}"
    for (page, line), (next_page, following) in pairwise(lines):
        inner = abs(following.x0 - A4.left) < 0.3
        if inner and not 193.0 <= line.x1 <= 194.9:
            yield f"page {page}: {line.text[:30]} ends at {line.x1:.1f}"
        if page != next_page:
            continue
        step = following.y - line.y
        if inner and not 5.6 <= step <= 8.6:
            yield f"page {page}: step {step:.1f} before {following.text[:30]}"
        if not inner and step < 6.17 + 2.0:
            yield f"page {page}: paragraph step {step:.1f} before {following.text[:30]}"


def closing_mark(printed: Printed) -> Iterator[str]:
    last = body_lines(printed)[-1][1].text
    if not last.endswith("./."):
        yield f"the text ends {last[-12:]!r}"


def signature(printed: Printed) -> Iterator[str]:
    """Room to sign, one axis, never alone on its page."""
    page, y = signature_start(printed)
    paper = printed.paper
    name = paper.leader if isinstance(paper, ConfirmationSheet) else paper.signer_name
    titles = (paper.leader_title,) if isinstance(paper, ConfirmationSheet) else paper.signer_lines
    block = [
        line for line in printed.pages[page - 1].lines if y - 0.1 <= line.y <= A4.floor and line.x0 > 102
    ]
    if len(block) < 2 or " ".join(line.text for line in block) != " ".join([*titles, name]):
        yield f"signer: {[line.text for line in block]}"
        return
    if any(abs(line.axis - 148) > 0.6 or line.face != "bold" or line.size != 14 for line in block):
        yield f"signer lines: {[(line.text, round(line.axis, 1), line.face) for line in block]}"
    if block[-1].y - block[-2].y < 31.5:
        yield f"{block[-1].y - block[-2].y:.1f} mm to sign"
    if sum(number == page for number, _ in body_lines(printed)) < 2:
        yield "the signature stands alone on its page"


def recipients(printed: Printed) -> Iterator[str]:
    paper = printed.paper
    if not isinstance(paper, SignedLetter):
        return
    page, y = signature_start(printed)
    word = printed.line("Nơi nhận:")
    if word is None or word.face != "bold italic" or word.size != 12 or abs(word.y - y) > 0.3:
        yield f"Nơi nhận: {word}"
        return
    listed = [line for line in printed.pages[page - 1].lines if y + 1 < line.y < A4.floor and line.x1 < 103]
    if any(line.size != 11 or line.face != "regular" or line.x0 < 29.8 for line in listed):
        yield "recipients are not 11 pt upright"
    text = " ".join(line.text for line in listed)
    if text != " ".join([*(f"- {who};" for who in paper.recipients), f"- Lưu: VT, {paper.drafting_unit}."]):
        yield text


A4_LETTER = (body_shape, closing_mark, signature, recipients)
