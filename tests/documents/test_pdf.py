"""The PDF door: nothing but our fonts comes in, nothing but a clean PDF comes out, and it never hangs."""

import os
import time
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from documents import fonts, letterforms, pdf
from documents.letterforms.signs import printable
from tests.documents.letters import samples
from tests.documents.letters.printing import outcome
from tests.documents.test_limits import children

PAGE = '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title>{head}</head><body>{body}</body>'


def page(body: str = "Xin chào", head: str = "") -> str:
    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; src: url("{face.uri}"); font-weight: {face.weight};'
        f" font-style: {face.style} }}"
        for face in fonts.faces()
    )
    style = f"<style>{faces} html {{ font-family: 'Letter Serif' }}</style>"
    return PAGE.format(head=style + head, body=body)


def refusal(html: str, **limits: float) -> pdf.RenderError:
    with pytest.raises(pdf.RenderError) as failed:
        pdf.render(html, **limits)
    return failed.value


@pytest.mark.parametrize(
    "html",
    [
        page('<img src="http://127.0.0.1:9/x.png">'),
        page('<img src="https://elsewhere.example/x.png">'),
        page('<img src="file:///etc/passwd">'),
        page('<img src="data:image/png;base64,iVBORw0KGgo=">'),
        page('<object data="ftp://elsewhere.example/x"></object>'),
        page(head='<link rel="stylesheet" href="https://elsewhere.example/x.css">'),
        page(head='<link rel="attachment" href="file:///etc/hostname">'),
        page(head="<style>@import url('file:///etc/hostname');</style>"),
        page(head="<style>body { background: url('https://elsewhere.example/x.svg') }</style>"),
        page('<svg><image href="file:///etc/hostname" width="1" height="1"/></svg>'),
        page(
            head="<style>@font-face { font-family: x; src: url('file:///etc/hostname.ttf') } p { font: 9pt x }</style>"
        ),
    ],
)
def test_whatever_would_be_fetched_ends_the_rendering(html: str) -> None:
    assert outcome(html)[0] == "fetch"


def test_the_door_says_what_was_refused() -> None:
    failed = refusal(page('<img src="https://elsewhere.example/x.png">'))
    assert failed.reason == "fetch"
    assert "elsewhere.example" in failed.detail


@pytest.mark.parametrize("path", ["../letter-fonts-else/x.ttf", "../../../../etc/hostname", "missing.ttf"])
def test_the_fonts_folder_cannot_be_left(path: str) -> None:
    uri = f"{fonts.folder().as_uri()}/{path}"
    html = page(head=f"<style>@font-face {{ font-family: x; src: url('{uri}') }}</style>")
    assert outcome(html)[0] == "fetch"


def test_a_missing_font_is_no_letter_in_another_face() -> None:
    assert refusal(page().replace("Tinos-Bold.ttf", "Tinos-Heavy.ttf")).reason == "fetch"


def test_a_warning_of_the_renderer_is_fatal() -> None:
    failed = refusal(page(head="<style>p { colour: red }</style>"))
    assert failed.reason == "warning"
    assert "colour" in failed.detail


def test_a_page_that_takes_too_long_is_stopped() -> None:
    started = time.monotonic()
    assert refusal(page("<table>" + "<tr><td>chậm" * 60_000), seconds=2).reason == "time"
    assert time.monotonic() - started < 10


def test_a_page_that_asks_for_too_much_memory_is_stopped() -> None:
    """Where memory runs out is chance: in Python, in a library that aborts, or while a font is read."""
    before = _mapped()
    failed = refusal(page("<p>đầy " * 60_000), megabytes=60, seconds=60)
    assert failed.reason in {"memory", "killed"} or "cannot be loaded" in failed.detail
    assert _mapped() - before < 60 * 1024 * 1024


def _mapped() -> int:
    with open("/proc/self/statm") as usage:
        return int(usage.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def test_no_child_is_left_behind() -> None:
    before = children()
    pdf.render(page())
    refusal(page("<table>" + "<tr><td>chậm" * 60_000), seconds=1)
    assert children() == before


def test_the_same_page_and_time_give_the_same_bytes() -> None:
    at = datetime(2021, 10, 4, 9, 30, tzinfo=UTC)
    assert pdf.render(page(), at=at) == pdf.render(page(), at=at)
    assert pdf.render(page(), at=at) != pdf.render(page(), at=at.replace(hour=10))


def test_the_pdf_is_archival_tagged_and_dated() -> None:
    made = pdf.render(page(), at=datetime(2021, 10, 4, 9, 30, tzinfo=UTC))
    with pikepdf.open(BytesIO(made)) as document:
        metadata = document.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="2"' in metadata
        assert 'pdfaid:conformance="U"' in metadata
        assert document.Root.MarkInfo.Marked
        assert "/OutputIntents" in document.Root
        assert "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == "vi"
        assert str(document.docinfo.CreationDate).startswith("D:20211004093000")
        assert "2021-10-04" in metadata


def test_letters_with_loose_accents_come_out_whole() -> None:
    words = "Quyết định, Phú Lộc, ngữ nghĩa, Ủy ban, đường"
    loose = unicodedata.normalize("NFD", words)
    assert loose != words
    assert pdf.render(page(loose)) == pdf.render(page(words))
    document = pypdfium2.PdfDocument(pdf.render(page(loose)))
    assert document[0].get_textpage().get_text_range().strip() == words
    document.close()


def test_the_child_gives_the_bytes_that_weasyprint_gives_here() -> None:
    decision = letterforms.html(samples.DECISION)
    assert outcome(decision) == ("", pdf.render(decision))


def test_signs_that_the_typeface_lacks_never_stop_a_letter() -> None:
    odd = "Công ty \uf0b7 Ánh\u2028Dương \x01 ភ្នំ 漢字 \U0001f600"
    text = printable(odd)
    assert "Ánh Dương" in text
    assert "□" in text
    assert not set(text) & set("\uf0b7\u2028\x01漢")
    paper = replace(samples.DECISION, firm=odd)
    assert pdf.render(letterforms.html(paper)).startswith(b"%PDF")


def test_a_name_in_khmer_letters_is_printed_and_can_be_read_back() -> None:
    name = "ថាច់ សុខា"
    assert printable(name) == name
    made = pdf.render(letterforms.html(replace(samples.DECISION, firm=f"Cơ sở {name}")))
    with pdfplumber.open(BytesIO(made)) as opened:
        drawn = {letter["fontname"] for page in opened.pages for letter in page.chars}
        words = "".join(page.extract_text() for page in opened.pages)
    assert any("Khmer" in font for font in drawn)
    assert "ថ" in words
    assert "□" not in words
