"""Several files of one paper become one PDF: upright, bare of metadata, the same bytes every time."""

import hashlib
import io
import time
from pathlib import Path

import pikepdf
import pillow_heif
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

from documents.checking import check
from documents.joining import to_pdf
from documents.limits import ChildFailed
from documents.page_images import page_count, page_png
from tests.documents.hostile_files import action, cut, pdf_bytes, photo, unchanged, write
from tests.documents.test_clean_papers import CLEAN_PDFS, CLEAN_PICTURES

ROTATIONS = {
    1: None,
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


def held_upright(size: tuple[int, int] = (900, 1200)) -> Image.Image:
    """White, with a red block in the top left corner."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    return picture


def phone_photo(orientation: int, kind: str = "JPEG") -> bytes:
    """As the sensor saw it, with a note of how the phone was held, and where."""
    pillow_heif.register_heif_opener()
    turn = ROTATIONS[orientation]
    picture = held_upright().transpose(turn) if turn is not None else held_upright()
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    picture.save(written, kind, exif=exif.tobytes(), comment=b"SecretComment")
    return written.getvalue()


def drawn(pdf: Path, page: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=1).to_pil()


def is_red(point: tuple[int, ...]) -> bool:
    return point[0] > 200 and point[1] < 80 and point[2] < 80


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", ROTATIONS)
def test_a_photograph_stands_upright_on_a4(orientation: int, kind: str, tmp_path: Path) -> None:
    path = write(tmp_path, "photo", phone_photo(orientation, kind))
    joined = to_pdf([(path, kind.lower())], tmp_path / "paper.pdf")
    assert joined.pages == 1
    page = drawn(tmp_path / "paper.pdf")
    assert page.size == (596, 842)
    assert is_red(page.getpixel((30, 60)))
    assert not is_red(page.getpixel((560, 60)))
    assert not is_red(page.getpixel((30, 800)))


@pytest.mark.parametrize("orientation", ROTATIONS)
def test_a_heic_is_not_turned_twice(orientation: int, tmp_path: Path) -> None:
    path = write(tmp_path, "photo", phone_photo(orientation, "HEIF"))
    to_pdf([(path, "heic")], tmp_path / "paper.pdf")
    page = drawn(tmp_path / "paper.pdf")
    assert page.size == (596, 842)
    assert is_red(page.getpixel((30, 60)))


def test_a_wide_photograph_gets_a_wide_page(tmp_path: Path) -> None:
    written = io.BytesIO()
    held_upright((1600, 1000)).save(written, "JPEG")
    to_pdf([(write(tmp_path, "photo", written.getvalue()), "jpeg")], tmp_path / "paper.pdf")
    assert drawn(tmp_path / "paper.pdf").size == (842, 596)


def test_a_large_photograph_comes_down_to_200_dpi_and_a_small_one_stays(tmp_path: Path) -> None:
    sizes = []
    for size in ((4000, 5600), (500, 700)):
        path = write(tmp_path, "photo", photo(size=size))
        to_pdf([(path, "jpeg")], tmp_path / "paper.pdf")
        with pikepdf.open(tmp_path / "paper.pdf") as pdf:
            image = pdf.pages[0].Resources.XObject.Photo
            sizes.append((int(image.Width), int(image.Height)))
    assert sizes[0][0] <= 1654
    assert sizes[0][1] <= 2339
    assert max(sizes[0][0] / 1654, sizes[0][1] / 2339) > 0.99
    assert sizes[1] == (500, 700)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_nothing_of_the_phone_or_the_place_is_left(kind: str, tmp_path: Path) -> None:
    content = phone_photo(6, kind)
    assert b"SecretPhone" in content
    path = write(tmp_path, "photo", content)
    to_pdf([(path, {"HEIF": "heic"}.get(kind, kind.lower()))], tmp_path / "paper.pdf")
    with pikepdf.open(tmp_path / "paper.pdf") as pdf:
        stored = pdf.pages[0].Resources.XObject.Photo.read_raw_bytes()
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
    with Image.open(io.BytesIO(stored)) as picture:
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)
    written = (tmp_path / "paper.pdf").read_bytes()
    assert b"SecretPhone" not in written
    assert b"SecretComment" not in written
    assert path.read_bytes() == content


def lively(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "SecretAuthor"
    look = pdf.make_stream(
        b"1 0 0 rg 0 0 100 100 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100])
    )
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=Array([100, 100, 200, 200]), AP=Dictionary(N=look)
    )
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 9, 9]),
        A=action("URI", URI=String("https://x.example")),
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp), pdf.make_indirect(link)])
    pdf.pages[0].obj.PieceInfo = Dictionary(Tool=Dictionary(Private=String("SecretTool")))


def test_what_a_stamp_shows_is_kept_and_what_it_does_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, "a", pdf_bytes(lively))
    to_pdf([(path, "pdf")], tmp_path / "paper.pdf")
    assert is_red(drawn(tmp_path / "paper.pdf").getpixel((150, 842 - 150)))
    with pikepdf.open(tmp_path / "paper.pdf") as pdf:
        assert not {"/Annots", "/PieceInfo", "/AA"} & set(pdf.pages[0].keys())
        printed = b" ".join(
            item.unparse(resolved=True) for item in pdf.objects if not isinstance(item, pikepdf.Stream)
        )
    for secret in (b"SecretAuthor", b"SecretTool", b"x.example"):
        assert secret not in printed


def test_files_come_one_after_another_in_the_order_given(tmp_path: Path) -> None:
    files = [
        (write(tmp_path, "a", pdf_bytes(unchanged, pages=2)), "pdf"),
        (write(tmp_path, "b", phone_photo(6)), "jpeg"),
        (write(tmp_path, "c", photo("PNG", (1000, 500))), "png"),
        (write(tmp_path, "d", pdf_bytes(unchanged, pages=1)), "pdf"),
    ]
    target = tmp_path / "paper.pdf"
    joined = to_pdf(files, target)
    assert joined.pages == 5
    assert joined.size == target.stat().st_size
    assert joined.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert [drawn(target, page).size for page in range(5)] == [
        (595, 842), (595, 842), (596, 842), (842, 596), (595, 842)
    ]  # fmt: skip
    assert check(target, name="paper.pdf").pages == 5


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    files = [
        (write(tmp_path, "a", pdf_bytes(lively, pages=2)), "pdf"),
        (write(tmp_path, "b", phone_photo(8)), "jpeg"),
        (write(tmp_path, "c", phone_photo(6, "HEIF")), "heic"),
    ]
    first = to_pdf(files, tmp_path / "one.pdf")
    time.sleep(1.1)  # an identifier made of the hour, to the second, would differ
    second = to_pdf(files, tmp_path / "two.pdf")
    assert first == second
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_restricted_pdf_is_joined_without_its_lock(tmp_path: Path) -> None:
    locked = pdf_bytes(unchanged, encryption=pikepdf.Encryption(owner="o", user=""))
    to_pdf([(write(tmp_path, "a", locked), "pdf")], tmp_path / "paper.pdf")
    with pikepdf.open(tmp_path / "paper.pdf") as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize("case", [*CLEAN_PDFS, *CLEAN_PICTURES])
def test_every_clean_paper_can_be_joined_and_drawn(case: str, tmp_path: Path) -> None:
    make, kind = CLEAN_PICTURES.get(case) or (CLEAN_PDFS[case], "pdf")
    target = tmp_path / "paper.pdf"
    joined = to_pdf([(write(tmp_path, "stored", make()), kind)], target)
    assert joined.pages == page_count(target)
    assert page_png(target, page=joined.pages, width=200).startswith(b"\x89PNG")
    assert check(target, name="paper.pdf").pages == joined.pages


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_drawn_on_white(mode: str, tmp_path: Path) -> None:
    picture = (
        Image.new("I;16", (200, 300), 65_535)
        if mode == "I;16"
        else Image.new("L", (200, 300), 255).convert(mode)
    )
    if mode in ("LA", "RGBA"):
        picture.putalpha(0)
    written = io.BytesIO()
    picture.save(written, "PNG")
    to_pdf([(write(tmp_path, "a", written.getvalue()), "png")], tmp_path / "paper.pdf")
    assert drawn(tmp_path / "paper.pdf").convert("L").getextrema()[0] > 250


def test_a_file_that_breaks_leaves_no_target(tmp_path: Path) -> None:
    path = write(tmp_path, "a", cut(photo()))
    with pytest.raises(ChildFailed):
        to_pdf([(path, "jpeg")], tmp_path / "paper.pdf")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
