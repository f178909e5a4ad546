"""A letter with an annex: the table keeps the margins, and the annex counts its own pages (Decree 30, Annex I, III)."""

from dataclasses import replace

import pytest

from documents.letterforms import AnnexedDecision, AnnexItem
from tests.documents.letters import rules
from tests.documents.letters.printing import printed
from tests.documents.letters.samples import DECISION, FIRM

SHARED = (
    "agency", "symbol", "number", "place", "dated", "token", "printed_token", "check_host", "authority",
    "abstract", "plan_title", "legal_bases", "firm", "tax_code", "site", "start", "cap_until", "conditions", "team",
    "visit_frequency", "contact", "complaint", "recipients", "drafting_unit", "signer_lines", "signer_name",
    "addressees", "duty_holders",
)  # fmt: skip
ITEM = AnnexItem(
    firm=f"{FIRM} chi nhánh sản xuất, chế biến và xuất nhập khẩu", tax_code="2100987653-001", site=DECISION.site,
    dossier_code="01-211005-0004", cap=1_224, baseline=12_480, mode="Một cung đường, hai điểm đến",
    team="Tổ kiểm tra số 12", leader=DECISION.leader, conditions=("Giữ phòng cách ly tối thiểu bốn giường",),
)  # fmt: skip
ANNEXED = AnnexedDecision(
    kind="quyet_dinh", dossier_code="", recommendations=(DECISION.recommendation,), items=(ITEM,) * 22,
    **{name: getattr(DECISION, name) for name in SHARED},
)  # fmt: skip


@pytest.mark.parametrize("kind", ["quyet_dinh", "cong_van"])
def test_twenty_two_firms_stand_between_the_margins_on_pages_counted_anew(kind: str) -> None:
    paper = printed(replace(ANNEXED, kind=kind))
    right = rules.frame(paper.paper).right
    for page in paper.pages:
        assert max(shape.x1 for shape in [*page.lines, *page.rules, *page.strokes]) <= right + 1
    titles = [any(line.text == "PHỤ LỤC" for line in page.lines) for page in paper.pages]
    first = titles.index(True)
    shown = [
        [line.text for line in page.lines if line.y < 15 and line.text.isdigit()] for page in paper.pages
    ]
    counted = [[], *([str(number)] for number in range(2, len(paper.pages) + 1))]
    assert shown[:first] == counted[:first]
    assert shown[first:] == counted[: len(paper.pages) - first]
    assert len(paper.pages) - first > 2
