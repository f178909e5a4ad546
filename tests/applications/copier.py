"""A copier that nobody looks after: printed sheets in, the kind of scan out that enterprises send.

Every sheet may lie skew, on its side or upside down, be copied coarse, grey, noisy, soft, and pressed hard into
JPEG; stacks come shuffled, with sheets missing, doubled or from another stack, and a corner may be torn off.
"""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw, ImageFilter

DPIS = (150, 200, 300)


@dataclass(frozen=True)
class Sheet:
    """One printed page and what it truly is: the paper and page on it, or neither."""

    pdf: bytes = field(repr=False)
    index: int
    slot: str = ""
    page: int = 0


@dataclass(frozen=True)
class Wear:
    """What one pass through the copier does to a sheet."""

    dpi: int = 200
    skew: float = 0.0
    turn: int = 0
    blur: float = 0.0
    noise: int = 0
    quality: int = 70
    is_torn: bool = False
    is_signed: bool = True


def worn(dice: random.Random, *, torn: float = 0.0) -> Wear:
    """A pass as bad as the figures that the portal promises to read."""
    return Wear(
        dpi=dice.choice(DPIS),
        skew=dice.uniform(-5, 5),
        turn=dice.choice((0, 0, 0, 90, 180, 180, 270)),
        blur=dice.choice((0, 0.4, 0.8)),
        noise=dice.choice((0, 6, 14)),
        quality=dice.randint(40, 80),
        is_torn=dice.random() < torn,
    )


@lru_cache(maxsize=60)
def _drawn(pdf: bytes, index: int, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[index].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def copied(sheet: Sheet, wear: Wear, dice: random.Random) -> tuple[bytes, tuple[int, int]]:
    """The sheet as JPEG, and its size in dots."""
    picture = _drawn(sheet.pdf, sheet.index, wear.dpi).copy()
    if wear.is_signed:
        _sign(picture, wear.dpi, dice)
    if wear.is_torn:
        _tear(picture, wear.dpi)
    if wear.skew:
        picture = picture.rotate(wear.skew, Image.Resampling.BILINEAR, fillcolor=dice.randint(225, 255))
    if wear.turn:
        picture = picture.rotate(-wear.turn, expand=True)
    if wear.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(wear.blur * wear.dpi / 200))
    if wear.noise:
        noise = Image.effect_noise(picture.size, wear.noise)
        picture = Image.blend(picture, noise, 0.12)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=wear.quality)
    return out.getvalue(), picture.size


def _sign(picture: Image.Image, dpi: int, dice: random.Random) -> None:
    """A signature and a round seal over its left third, low on the right half."""
    pen, mm = ImageDraw.Draw(picture), dpi / 25.4
    left, top = dice.uniform(115, 140) * mm, dice.uniform(190, 235) * mm
    points = [(left + step * 3 * mm, top + dice.uniform(-6, 6) * mm) for step in range(14)]
    pen.line(points, fill=70, width=max(2, round(0.5 * mm)))
    pen.ellipse((left - 18 * mm, top - 18 * mm, left + 18 * mm, top + 18 * mm), outline=120, width=round(mm))


def _tear(picture: Image.Image, dpi: int) -> None:
    """The lower right corner is gone, and the code with it."""
    wide, high, mm = picture.width, picture.height, dpi / 25.4
    corner = [(wide - 45 * mm, high), (wide, high - 45 * mm), (wide, high)]
    ImageDraw.Draw(picture).polygon(corner, fill=20)


def scan(sheets: Sequence[Sheet], wears: Sequence[Wear], dice: random.Random) -> bytes:
    """The sheets as one PDF of pictures, as a copier mails it."""
    with pikepdf.new() as whole:
        for sheet, wear in zip(sheets, wears, strict=True):
            data, (wide, high) = copied(sheet, wear, dice)
            _add(whole, data, wide, high, wear.dpi)
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()


def _add(whole: pikepdf.Pdf, data: bytes, wide: int, high: int, dpi: int) -> None:
    size = (wide / dpi * 72, high / dpi * 72)
    whole.add_blank_page(page_size=size)
    page = whole.pages[-1]
    image = whole.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high, ColorSpace=Name.DeviceGray,
        BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    page.obj.Resources = Dictionary(XObject=Dictionary(Scan=image))
    page.obj.Contents = whole.make_stream(f"{size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Scan Do".encode())


def blank() -> Sheet:
    """The empty back of a sheet."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(595, 842))
    document.save(out)
    return Sheet(out.getvalue(), 0)
