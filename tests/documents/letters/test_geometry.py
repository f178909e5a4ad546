"""Every paper, plain and bent, under the ruler."""

from dataclasses import replace
from itertools import pairwise

import pytest

from documents import pdf
from documents.letterforms import Paper, fragment, html
from tests.documents.letters import extremes, samples
from tests.documents.letters.body_rules import A4_LETTER, body_lines, signature_start
from tests.documents.letters.printing import laid_out, printed
from tests.documents.letters.rules import faults

EVERY = samples.PLAIN | extremes.PAPERS


def broken(paper: Paper) -> dict[str, list[str]]:
    return faults(printed(paper), *(A4_LETTER if paper.sheet_size == "a4" else ()))


@pytest.mark.parametrize("name", EVERY)
def test_a_paper_keeps_every_rule(name: str) -> None:
    assert broken(EVERY[name]) == {}


@pytest.mark.parametrize("name", samples.PLAIN)
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    paper = samples.PLAIN[name]
    assert laid_out(html(paper)) == printed(paper).pdf


def test_the_door_gives_the_bytes_that_were_measured() -> None:
    assert pdf.render(html(samples.DECISION)) == printed(samples.DECISION).pdf


@pytest.mark.parametrize("name", samples.PLAIN)
def test_a_paper_is_small_enough_to_mail(name: str) -> None:
    assert len(printed(samples.PLAIN[name]).pdf) < 60_000


@pytest.mark.parametrize(
    ("paper", "pages"),
    [
        (samples.RECEIPT, 1),
        (samples.DECLINE, 1),
        (samples.SUPPLEMENT, 1),
        (samples.SUBMISSION, 1),
        (samples.REFUSAL, 1),
        (samples.SHEET, 1),
    ],
)
def test_an_everyday_paper_fits_its_page(paper: Paper, pages: int) -> None:
    assert len(printed(paper).pages) == pages


def test_the_previewed_letter_is_the_issued_one_but_for_number_and_day() -> None:
    before = printed(extremes.PAPERS["decision unsigned"])
    after = printed(samples.DECISION)
    assert [(page, line.text, line.y) for page, line in body_lines(before)] == [
        (page, line.text, line.y) for page, line in body_lines(after)
    ]
    assert signature_start(before) == signature_start(after)
    assert before.line("Số: ").text == "Số: (cấp khi ký)/QĐ-UBND"


def test_the_preview_inside_a_page_holds_the_same_words() -> None:
    inside = fragment(samples.DECISION)
    assert "<html" not in inside
    assert "<style" not in inside
    whole = html(samples.DECISION)
    assert inside.strip() in whole


@pytest.mark.parametrize("name", ["decision", "dispatch"])
def test_a_permission_says_what_how_many_how_to_ask_and_how_to_complain(name: str) -> None:
    paper = samples.PLAIN[name]
    body = " ".join(line.text for _, line in body_lines(printed(paper)))
    wanted = [
        paper.firm,
        paper.tax_code,
        paper.site,
        "06 giờ 00 phút, ngày 06 tháng 10 năm 2021",
        paper.mode,
        "612 người trong 1.836 lao động",
        "hết ngày 06 tháng 11 năm 2021",
        *paper.conditions,
        paper.leader,
        paper.visit_frequency,
        paper.contact.phone,
        paper.complaint,
    ]
    assert [phrase for phrase in wanted if phrase not in body] == []


def test_a_refusal_says_why_what_stays_how_to_come_back_and_how_to_complain() -> None:
    paper = samples.REFUSAL
    body = " ".join(line.text for _, line in body_lines(printed(paper)))
    wanted = [paper.stays_valid, paper.resubmit, paper.contact.phone, paper.complaint, paper.plan_title]
    assert [phrase for phrase in wanted if phrase not in body] == []
    shown = {line.text for _, line in printed(paper).lines}
    assert {reason.clause for reason in paper.reasons} <= shown


def test_no_line_of_a_dispatch_breaks_before_it_is_full() -> None:
    """WeasyPrint breaks after the first word of a text that fits but for its closing space."""
    for name in ("decision", "dispatch", "refusal", "sheet"):
        lines = body_lines(printed(samples.PLAIN[name]))
        for (_, line), (_, following) in pairwise(lines):
            if abs(following.x0 - 30) < 0.3:
                assert len(line.text.split()) > 7, line.text


def test_the_head_of_a_table_comes_again_on_the_next_page() -> None:
    pages = printed(extremes.PAPERS["receipt of 30 papers"]).pages
    assert len(pages) == 2
    assert all(any(line.text == "Giấy tờ đã nhận" for line in page.lines) for page in pages)


def test_a_name_that_looks_like_markup_is_printed_as_it_is() -> None:
    paper = replace(samples.SUBMISSION, firm='Công ty <b>"A & B"</b>')
    assert 'Công ty <b>"A & B"</b>' in printed(paper).text
