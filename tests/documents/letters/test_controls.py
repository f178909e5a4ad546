"""Does the ruler bite? Each paper here is spoiled in one way and must be found out by the rule named."""

import pytest

from documents.letterforms import Paper
from tests.documents.letters.body_rules import A4_LETTER
from tests.documents.letters.printing import printed_with
from tests.documents.letters.rules import faults
from tests.documents.letters.samples import DECISION, DISPATCH, RECEIPT, REFUSAL

CSS = {
    "a head of 14 points": ("head", DECISION, ".country { font-size: 14pt }"),
    "a left margin of 25": ("ink", DECISION, "@page { margin-left: 25mm }"),
    "a right margin of 13": ("ink", DECISION, "@page { margin-right: 13mm }"),
    "ragged lines": ("body_shape", DECISION, ".body { text-align: left }"),
    "an indent of 5": ("body_shape", DECISION, ".body > p { text-indent: 5mm }"),
    "a body of 11 points": ("body_shape", DECISION, ".body { font-size: 11pt }"),
    "lines too far apart": ("body_shape", DECISION, ".body { line-height: 1.9 }"),
    "paragraphs without a gap": ("body_shape", DECISION, ".body > p { margin-top: 0 }"),
    "a rule of 60 percent": ("rules_under", DECISION, ".ruled::after { width: 60% }"),
    "a short rule under the motto": ("rules_under", DECISION, ".ruled-whole::after { width: 80% }"),
    "a number on the first page": (
        "page_numbers",
        DECISION,
        "@page :first { @top-center { content: counter(page) } }",
    ),
    "no number on the second page": ("page_numbers", DECISION, "@page { @top-center { content: none } }"),
    "an upright date": ("head", DECISION, ".dated { font-style: normal }"),
    "number and date apart": ("number_row", DECISION, ".dated { padding-top: 2mm }"),
    "a motto far below": ("number_row", DECISION, ".motto { margin-top: 2mm }"),
    "a signature at the top": ("recipients", DECISION, ".signature .columns-row > * { vertical-align: top }"),
    "ten millimetres to sign": ("signature", DISPATCH, ".signed-name { margin-top: 10mm }"),
    "a signature off its axis": ("signature", DISPATCH, ".signer { padding-left: 8mm }"),
    "a signature alone": ("signature", REFUSAL, ".signature { break-before: page }"),
    "recipients of 13 points": ("recipients", DECISION, ".recipients { font-size: 13pt }"),
    "no code": ("code", DECISION, ".foot-code svg { display: none }"),
    "a code in the corner of the seal": ("code", DECISION, ".foot { padding-top: 12mm }"),
    "a slip on A4": ("page_size", RECEIPT, "@page { size: A4 }"),
    "a slip's head of 12 points": ("typeface", RECEIPT, ".country { font-size: 12pt }"),
    "a slip's wide rule": ("rules_under", RECEIPT, ".ruled::after { width: 60% }"),
    "a slip over its floor": (
        "ink",
        RECEIPT,
        ".signed-name { margin-top: 20mm } @page { margin-bottom: 10mm }",
    ),
    "a shrunken code on a slip": ("code", RECEIPT, ".foot-code svg { width: 12mm; height: 12mm }"),
}
SWAPS = {
    "bold faked from regular": ("typeface", DECISION, ("Tinos-Bold.ttf", "Tinos-Regular.ttf")),
    "a face of the system": (
        "typeface",
        DECISION,
        ('font-family: "Letter Serif", "Letter Khmer"; color', "font-family: serif; color"),
    ),
    "a word broken with a hyphen": ("text", DECISION, ("Phạm vi được phép", "Phạm vi được ph-<br>ép")),
    "a number without its zero": ("number_row", DISPATCH, ("Số: 05/", "Số: 5/")),
    "a letter that stops short": ("closing_mark", DECISION, ("ký./.", "ký.")),
    "another letter's code": ("code", DECISION, ("</svg>", '<path d="M8 8h25v25h-25z"/></svg>')),
    "another language": ("archive", DECISION, ('lang="vi"', 'lang="en"')),
}


def _names(paper: Paper, **spoiled: object) -> set[str]:
    rules = A4_LETTER if paper.sheet_size == "a4" else ()
    return set(faults(printed_with(paper, **spoiled), *rules))


@pytest.mark.parametrize("name", CSS)
def test_a_spoiled_shape_is_found(name: str) -> None:
    rule, paper, css = CSS[name]
    assert rule in _names(paper, css=css)


@pytest.mark.parametrize("name", SWAPS)
def test_a_spoiled_text_is_found(name: str) -> None:
    rule, paper, swap = SWAPS[name]
    assert rule in _names(paper, swap=swap)
