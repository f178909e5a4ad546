"""No false alarm: scans of every make that an office machine sends, drawn from a seed, are all taken."""

import io
import random
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from documents.checking import Kind, check
from tests.documents.hostile_files import write

SIZES = {
    "A4": (595, 842),
    "A4 landscape": (842, 595),
    "A3": (842, 1191),
    "A5": (420, 595),
    "letter": (612, 792),
}
DEVICES = ("RICOH Aficio MP", "Canon iR-ADV", "HP Scan", "Adobe Scan for iOS", "CamScanner", "ToupView", "")


def page_picture(rng: random.Random, mode: str, size: tuple[int, int], dpi: int) -> Image.Image:
    """A sheet with lines of ink, a red seal and the dust of a glass."""
    width, height = (side * dpi // 72 for side in size)
    sheet = Image.new("RGB", (width, height), (250, 249, 245))
    pen = ImageDraw.Draw(sheet)
    for line in range(height // 12, height, height // 30):
        pen.line([(width // 8, line), (width * rng.randint(5, 7) // 8, line)], fill=(30, 30, 35), width=2)
    pen.ellipse(
        [width // 2, height // 2, width // 2 + dpi, height // 2 + dpi], outline=(200, 30, 40), width=4
    )
    for _speck in range(60):
        pen.point((rng.randrange(width), rng.randrange(height)), fill=(90, 90, 90))
    return sheet.convert(mode)


def pillow_scan(rng: random.Random) -> bytes:
    """As phone apps and simple drivers write: one picture a page, pictures straight into the file."""
    mode, size = rng.choice(("RGB", "L", "1", "P")), rng.choice(list(SIZES.values()))
    sheets = [page_picture(rng, mode, size, rng.choice((60, 72, 100))) for _page in range(rng.randint(1, 4))]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], producer=rng.choice(DEVICES))
    return out.getvalue()


def copier_scan(rng: random.Random) -> bytes:
    """As copiers write: strips of JPEG, rotation, invisible text under the picture, metadata, an opening page."""
    pdf = pikepdf.new()
    size = rng.choice(list(SIZES.values()))
    for _page in range(rng.randint(1, 5)):
        page = pdf.add_blank_page(page_size=size)
        strips = rng.randint(1, 3)
        drawn = []
        page.obj.Resources = Dictionary(XObject=Dictionary(), Font=Dictionary())
        for strip in range(strips):
            picture = page_picture(rng, rng.choice(("RGB", "L")), (size[0], size[1] // strips), 72)
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=rng.randint(30, 90))
            space = Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray
            page.obj.Resources.XObject[f"/S{strip}"] = pdf.make_stream(
                out.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=picture.width,
                Height=picture.height, ColorSpace=space, BitsPerComponent=8, Filter=Name.DCTDecode,
            )  # fmt: skip
            high = size[1] / strips
            drawn.append(f"q {size[0]} 0 0 {high} 0 {strip * high} cm /S{strip} Do Q")
        if rng.random() < 0.5:
            page.obj.Resources.Font["/F1"] = Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
            )
            drawn.append("BT 3 Tr /F1 10 Tf 72 700 Td (CONG HOA XA HOI CHU NGHIA VIET NAM) Tj ET")
        page.obj.Contents = pdf.make_stream("\n".join(drawn).encode())
        page.obj.Rotate = rng.choice((0, 90, 180, 270))
    with pdf.open_metadata() as metadata:
        metadata["xmp:CreatorTool"] = rng.choice(DEVICES) or "scanner"
    if rng.random() < 0.3:
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    if rng.random() < 0.3:
        pdf.Root.PageMode = Name.UseThumbs
    out = io.BytesIO()
    streams = rng.choice((pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable))
    pdf.save(
        out,
        object_stream_mode=streams,
        linearize=rng.random() < 0.3,
        force_version=rng.choice(("1.4", "1.6")),
    )
    return out.getvalue()


@pytest.mark.parametrize("tenth", range(10))
def test_ten_clean_scans_of_a_hundred_raise_no_alarm(tenth: int, tmp_path: Path) -> None:
    for number in range(tenth * 10, tenth * 10 + 10):
        rng = random.Random(number)
        content = (pillow_scan if number % 2 else copier_scan)(rng)
        checked = check(write(tmp_path, f"scan-{number}", content), name=f"scan-{number}.pdf")
        assert checked.kind is Kind.PDF, number
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert checked.pages == len(pdf.pages), number
