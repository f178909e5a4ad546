"""The drafted papers: every one in PDF and .docx with the same words, true to the answers and to the law."""

import re
from collections import Counter
from dataclasses import replace
from datetime import time
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
import pypdfium2
import pytest

import plan
from applications import drafting
from applications.drafting import Draft, Gap
from applications.models.dossier import Caterer
from applications.plan_answers import Answers, Member, Shift
from documents import letterforms
from documents.letterforms import GAP, DraftPaper, Table
from documents.letterforms.balance import balanced
from organisations import plan_in_force
from organisations.models.permit import Mode
from tests import cast
from tests.applications import making, plan_samples
from tests.documents.letters.body_rules import A4_LETTER
from tests.documents.letters.printing import laid_out, printed
from tests.documents.letters.rules import faults

pytestmark = pytest.mark.django_db
ON = plan.local_day(cast.AT)
ORDER = [
    "request_letter", "plan", "screening_plan", "isolation_plan", "safety_regulation",
    "workplace_lodging_regulation", "safety_team_regulation", "labour_management_regulation",
    "caterer_information", "commitment",
]  # fmt: skip


def drafts_of(**given: Any) -> tuple[Draft, ...]:
    return drafting.drafts(plan_samples.answered_draft(cast.AT, **given), on=ON)


def words(text: str) -> Counter[str]:
    return Counter(text.split())


def pdf_text(paper: DraftPaper) -> str:
    """The text of all pages, their numbers included."""
    pages = pypdfium2.PdfDocument(laid_out(letterforms.html(paper)))
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def docx_text(paper: DraftPaper) -> str:
    """All text of the document in order, tables and first foot included."""
    document = python_docx.Document(BytesIO(letterforms.docx(paper)))
    found = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            found += [cell.text for row in part.rows for cell in row.cells]
        else:
            found.append(part.text)
    return "\n".join([*found, document.sections[0].first_page_footer.paragraphs[0].text])


def repeated_heads(paper: DraftPaper) -> set[str]:
    """Words of table heads, which a PDF says again on a next page."""
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return {word for table in tables for column in table.columns for word in column.title.split()}


def test_papers_come_in_the_order_in_which_they_are_signed() -> None:
    assert [draft.slot for draft in drafts_of()] == ORDER


@pytest.mark.parametrize("phase", [1, 2])
@pytest.mark.parametrize("mode", [Mode.THREE_ON_SITE, Mode.DAILY])
def test_pdf_and_docx_say_the_same_in_every_paper(phase: int, mode: str) -> None:
    for draft in drafts_of(phase=phase, mode=mode):
        said, written = words(pdf_text(draft.paper)), words(docx_text(draft.paper))
        page_numbers = {str(number) for number in range(2, 10)}
        assert set(said - written) <= repeated_heads(draft.paper) | page_numbers, draft.slot
        assert not written - said, (draft.slot, written - said)


def test_docx_keeps_the_reading_order_of_the_model() -> None:
    for draft in drafts_of():
        text = " ".join(docx_text(draft.paper).split())
        place = 0
        for each in draft.paper.texts():
            found = text.find(" ".join(each.split()), place)
            assert found >= 0, (draft.slot, each)
            place = found


def test_docx_has_the_page_and_type_of_a_letter() -> None:
    document = python_docx.Document(BytesIO(letterforms.docx(drafts_of()[1].paper)))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in sizes] == [210, 297, 30, 16]
    assert [round(each.mm) for each in (section.top_margin, section.bottom_margin)] == [20, 25]
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    assert section.different_first_page_header_footer
    assert document.paragraphs[-1].paragraph_format.keep_with_next


def test_answers_and_the_firm_are_woven_in() -> None:
    papers = {draft.slot: " ".join(draft.paper.texts()) for draft in drafts_of()}
    assert "Ca sáng từ 06 giờ 00 phút đến 14 giờ 00 phút" in papers["safety_regulation"]
    assert "Lê Thị Mỹ Ẩn (điện thoại 0912 345 001)" in papers["safety_team_regulation"]
    assert "Nhà nghỉ số 2" in papers["workplace_lodging_regulation"]
    assert "Dãy nhà phía bắc, cổng số 2" in papers["isolation_plan"]
    assert "74 người trên 149 lao động hiện có" in papers["commitment"]
    assert "Hợp tác xã Bình An" in papers["caterer_information"]


def test_a_full_answer_leaves_no_gap() -> None:
    for draft in drafts_of():
        assert draft.gaps == (), draft.slot
        assert GAP not in " ".join(draft.paper.texts()), draft.slot


def test_a_missing_fact_is_a_gap_that_is_named() -> None:
    dossier = making.draft()
    for draft in drafting.drafts(dossier, on=ON):
        assert draft.gaps, draft.slot
        assert GAP in " ".join(draft.paper.texts()) or draft.slot == "request_letter"
    letter = drafting.draft_of(dossier, "request_letter", on=ON)
    assert letter is not None
    assert Gap("Ngày muốn bắt đầu", "production#requested_start_on") in letter.gaps


def test_an_in_house_kitchen_needs_no_sheet_of_a_caterer() -> None:
    dossier = plan_samples.answered_draft(cast.AT, caterer=Caterer.IN_HOUSE)
    assert "caterer_information" not in drafting.drafted_slots(dossier, on=ON)
    assert drafting.draft_of(dossier, "caterer_information", on=ON) is None


def test_no_paper_has_a_rule_of_those_who_stay_where_nobody_stays() -> None:
    for draft in drafts_of(mode=Mode.DAILY):
        assert "III.1.1-g" not in " ".join(draft.paper.texts()), draft.slot


def changed_law(folder: Path, old: str, new: str) -> Any:
    text = (Path(plan.__file__).parent / "data" / "tra_vinh_2021.toml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (folder / "changed.toml").write_text(text.replace(old, new), encoding="utf-8")
    return plan.load("changed", folder=folder)


@pytest.mark.parametrize(
    ("old", "new", "slot", "before", "after"),
    [
        ('value = 72, unit = "hours"', 'value = 48, unit = "hours"', "screening_plan", "72 giờ", "48 giờ"),
        ('value = 3, unit = "days_apart"', 'value = 2, unit = "days_apart"', "commitment", "3 ngày một đợt",
         "2 ngày một đợt"),
        ('value = 14, unit = "full_days"', 'value = 21, unit = "full_days"', "labour_management_regulation",
         "cách ly 14 ngày", "cách ly 21 ngày"),
        ('value = "friday", unit = "weekday"', 'value = "monday", unit = "weekday"', "plan", "thứ sáu hằng tuần",
         "thứ hai hằng tuần"),
    ],
)  # fmt: skip
def test_the_numbers_of_a_paper_are_those_of_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, slot: str, before: str, after: str
) -> None:
    dossier = plan_samples.answered_draft(cast.AT)

    def text() -> str:
        draft = drafting.draft_of(dossier, slot, on=ON)
        assert draft is not None
        return " ".join(draft.paper.texts())

    assert before in text()
    assert after not in text()
    law = changed_law(tmp_path, old, new)
    monkeypatch.setattr(plan_in_force, "_rules", lambda name, day: law.at(day))
    assert after in text()


def test_every_cited_clause_is_a_clause_of_the_plan() -> None:
    cited = {
        clause
        for phase in (1, 2)
        for draft in drafts_of(phase=phase)
        for text in draft.paper.texts()
        for group in re.findall(r"\[([^\]]+)\]", text)
        for clause in group.split(", ")
    }
    assert len(cited) > 15
    assert all(re.fullmatch(r"(I|II|III|IV|V)(\.\d+)*-[a-z]", clause) for clause in cited), cited


def test_a_draft_names_the_set_of_forms_of_its_dossier() -> None:
    dossier = plan_samples.answered_draft(cast.AT)
    forms = drafting.form_set_of(dossier)
    for draft in drafting.drafts(dossier, on=ON):
        assert f"phiên bản {forms.version} (mã {forms.short_digest})" in draft.paper.foot_note


def test_a_name_that_looks_like_markup_is_printed_as_it_is() -> None:
    answers = plan_samples.FULL.model_copy(
        update={"isolation": plan_samples.FULL.isolation.model_copy(update={"place": "Kho <b>A</b> & B"})}
    )
    dossier = plan_samples.answer_all(plan_samples.answered_draft(cast.AT), cast.AT, Answers(**dict(answers)))
    draft = drafting.draft_of(dossier, "isolation_plan", on=ON)
    assert draft is not None
    assert "Kho <b>A</b> & B" in pdf_text(draft.paper)
    assert "Kho <b>A</b> & B" in docx_text(draft.paper)


@pytest.mark.parametrize("firm", ["Công ty \x08ABC", "Công ty " + "A" * 300])
def test_a_name_that_no_document_may_hold_is_written_as_it_can_be(firm: str) -> None:
    paper = replace(drafts_of()[0].paper, firm=firm, abstract=f"đề nghị của {firm}")
    known = python_docx.Document(BytesIO(letterforms.docx(paper))).core_properties
    for text in (known.author, known.title):
        assert "Công ty" in text
        assert "\x08" not in text
        assert len(text) <= 255


def test_a_paper_is_drafted_for_the_law_of_its_own_day() -> None:
    assert all(draft.paper.drafted_on == ON for draft in drafts_of())


def under_the_ruler(paper: DraftPaper) -> dict[str, list[str]]:
    """Broken rules of the page; the firm's name is measured in the lines that it is broken into."""
    lines = balanced(paper.agency[0], room=66, size=12, weight="bold")
    return faults(printed(replace(paper, agency=lines)), *A4_LETTER)


@pytest.mark.parametrize("phase", [1, 2])
def test_a_draft_keeps_every_rule_of_a_letter(phase: int) -> None:
    for draft in drafts_of(phase=phase):
        assert under_the_ruler(draft.paper) == {}, draft.slot


def test_a_large_firm_with_a_long_name_keeps_them_too() -> None:
    dossier = plan_samples.answered_draft(cast.AT)
    dossier.site.enterprise.name = (
        "Công ty Trách nhiệm hữu hạn Một thành viên Sản xuất, Thương mại, Dịch vụ và Xuất nhập khẩu Đông Á"
    )
    shifts = tuple(
        Shift(name=f"Ca {number}", starts=time(number), ends=time(number + 1), people=150)
        for number in range(12)
    )
    members = tuple(
        Member(name=f"Nguyễn Thị Thanh Thảo Nguyên {number}", role="member", area="Chuyền may 1 đến 12, kho thành phẩm",
               phone="+84912345104")
        for number in range(60)
    )  # fmt: skip
    full = plan_samples.FULL
    answers = full.model_copy(
        update={
            "work": full.work.model_copy(update={"shifts": shifts}),
            "team": full.team.model_copy(update={"members": (*full.team.members, *members)}),
        }
    )
    plan_samples.answer_all(dossier, cast.AT, answers)
    for slot in ("plan", "safety_team_regulation", "request_letter"):
        draft = drafting.draft_of(dossier, slot, on=ON)
        assert draft is not None
        assert under_the_ruler(draft.paper) == {}, slot
