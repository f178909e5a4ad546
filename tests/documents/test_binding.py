"""The line on every sheet of a volume, wherever the sheet's head points; and the code on every printed page."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from documents import binding, page_codes, scanned
from documents.letterforms import coded
from tests.documents.letters import samples

MM = 72 / 25.4
DPI = 100


def shown(path: Path, index: int) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        return document[index].render(scale=DPI / 72).to_pil().convert("L")
    finally:
        document.close()


def ink(picture: Image.Image) -> tuple[float, float, float, float]:
    """Millimetres from the left, the top, the right and the bottom to the nearest ink."""
    box = ImageChops.invert(picture).point(lambda value: 255 if value > 90 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    mm = 25.4 / DPI
    return left * mm, top * mm, (picture.width - right) * mm, (picture.height - bottom) * mm


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(595, 842), (842, 595), (1191, 842)])
def test_the_line_stands_low_on_the_right_of_any_sheet(
    turn: int, size: tuple[int, int], tmp_path: Path
) -> None:
    with pikepdf.new() as part:
        part.add_blank_page(page_size=size)
        part.add_blank_page(page_size=size)
        part.pages[1].rotate(turn, relative=True)
        part.save(tmp_path / "part.pdf")
    target = tmp_path / "volume.pdf"
    binding.bound(
        [binding.Sheets(tmp_path / "part.pdf")], start="01-210928-0007 · bản 2 · tr. ", total=2,
        books=[(target, 1, 2)],
    )  # fmt: skip
    left, top, right, bottom = ink(shown(target, 1))
    assert right == pytest.approx(16, abs=0.6)
    assert bottom == pytest.approx(11, abs=1.2)
    assert left > 60
    assert top > 100
    with pytest.raises(AssertionError):
        ink(shown(target, 0))  # the cover has none


def test_a_volume_is_cut_into_books_without_losing_a_page(tmp_path: Path) -> None:
    with pikepdf.new() as part:
        for _ in range(5):
            part.add_blank_page(page_size=(595, 842))
        part.save(tmp_path / "part.pdf")
    books = [(tmp_path / "1.pdf", 1, 2), (tmp_path / "2.pdf", 3, 5)]
    assert binding.bound([binding.Sheets(tmp_path / "part.pdf")], start="tr. ", total=5, books=books) == [
        2,
        3,
    ]


def test_codes_say_what_was_written_and_nothing_else() -> None:
    made = page_codes.code(pack="K7M2XD9F", slot="N", page=3, pages=12, version=38)
    assert len(made.text) == page_codes.LENGTH
    again = page_codes.read(made.text)
    assert again is not None
    assert (again.pack, again.slot, again.page, again.pages) == ("K7M2XD9F", "N", 3, 12)
    assert page_codes.version_sign(38) == page_codes.version_sign(again.version)
    for text in (
        "",
        "https://portal.example/check/ABC/",
        made.text[:-1],
        made.text.lower(),
        "K7M2XD9FN13122",
    ):
        assert page_codes.read(text) is None
    with pytest.raises(ValueError, match="no page code"):
        page_codes.code(pack="K7M2XD9F", slot="N", page=1, pages=100, version=1)


def test_every_page_of_a_print_carries_its_code_in_its_corner(tmp_path: Path) -> None:
    paper = samples.DECISION
    pages = coded.page_count(paper)
    codes = [
        coded.PrintedCode(
            page_codes.code(pack="K7M2XD9F", slot="N", page=page, pages=pages, version=1), "Hồ sơ", "trang"
        )
        for page in range(1, pages + 1)
    ]
    path = tmp_path / "print.pdf"
    path.write_bytes(coded.render(paper, codes))
    for page, code in zip(scanned.read(path, first=1, count=9), codes, strict=True):
        assert (code.code.text, 0) in page.codes
    corner = shown(path, 0).crop((round(180 / 25.4 * DPI), round(270 / 25.4 * DPI), 827, 1169))
    left, top, right, bottom = ink(corner)
    assert (left + 180, top + 270) == pytest.approx((181.4, 278.1), abs=0.4)
    assert (210 - right, 297 - bottom) == pytest.approx((194.0, 290.7), abs=0.5)
    with pytest.raises(coded.PagesChanged):
        coded.render(paper, codes[:-1])
