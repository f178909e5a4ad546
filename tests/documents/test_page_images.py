"""A page of a kept paper as a picture."""

import io
from pathlib import Path

import pytest
from pikepdf import Array, Pdf
from PIL import Image

from documents.limits import ChildFailed
from documents.page_images import PageMissing, page_count, page_png
from tests.documents.hostile_files import pdf_bytes, unchanged, write


def red_second_page(pdf: Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.make_stream(b"1 0 0 rg 0 0 595 842 re f")


def as_long_as_a_street(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 10, 14_400])


def test_a_page_is_drawn_at_the_width_asked(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf_bytes(red_second_page, pages=2))
    assert page_count(path) == 2
    with Image.open(io.BytesIO(page_png(path, page=2, width=700))) as picture:
        assert picture.format == "PNG"
        assert picture.size in ((700, 991), (701, 991))
        assert picture.convert("RGB").getpixel((300, 300)) == (255, 0, 0)
    with Image.open(io.BytesIO(page_png(path, page=1, width=700))) as picture:
        assert picture.convert("RGB").getpixel((300, 300)) == (255, 255, 255)


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf_bytes(red_second_page, pages=2))
    assert page_png(path, page=2, width=300) == page_png(path, page=2, width=300)


@pytest.mark.parametrize("page", [0, -1, 3, 10_000])
def test_a_page_that_is_not_there_is_said_to_be_missing(page: int, tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf_bytes(unchanged, pages=2))
    with pytest.raises(PageMissing):
        page_png(path, page=page, width=300)


def test_a_page_as_long_as_a_street_is_drawn_smaller(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf_bytes(as_long_as_a_street))
    with Image.open(io.BytesIO(page_png(path, page=1, width=1400))) as picture:
        assert picture.width * picture.height <= 41_000_000


def test_a_broken_file_fails_in_the_child_only(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", b"%PDF-1.7 nothing")
    with pytest.raises(ChildFailed):
        page_png(path, page=1, width=300)
    with pytest.raises(ChildFailed):
        page_count(path)
