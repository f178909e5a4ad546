"""A copier that nobody looks after: printed sheets in, the kind of scan out that enterprises send.

Every sheet may lie skew, on its side or upside down, be copied coarse, noisy and soft: grey and pressed hard into JPEG,
or in black and white, coded as for a fax. Stacks come shuffled, with sheets missing, doubled or from another stack, and
a corner may be torn off.
"""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from PIL import Image, ImageChops, ImageDraw, ImageFilter

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
    """What one pass through the copier does to a sheet. `noise` is the deviation in grey levels of 256."""

    dpi: int = 200
    skew: float = 0.0
    turn: int = 0
    blur: float = 0.0
    noise: int = 0
    quality: int = 70
    is_torn: bool = False
    is_signed: bool = True
    is_black_and_white: bool = False


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
        is_black_and_white=dice.random() < 0.25,
    )


@lru_cache(maxsize=60)
def _drawn(pdf: bytes, index: int, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[index].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def copied(sheet: Sheet, wear: Wear, dice: random.Random) -> Image.Image:
    """The sheet as the copier sees it: grey ("L"), or black and white ("1")."""
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
        picture = ImageChops.add(picture, _noise(picture.size, wear.noise, dice), 1, -128)
    return picture.convert("1", dither=Image.Dither.NONE) if wear.is_black_and_white else picture


def _noise(size: tuple[int, int], deviation: int, dice: random.Random) -> Image.Image:
    """Normal noise about 128. Pillow's own cannot be thrown again, and a wrong filing must be."""
    levels = [round(128 + deviation * NormalDist().inv_cdf((each + 0.5) / 256)) for each in range(256)]
    return Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).point(levels)


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
            _add(whole, copied(sheet, wear, dice), wear)
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()


def _add(whole: pikepdf.Pdf, picture: Image.Image, wear: Wear) -> None:
    wide, high = picture.size
    size = (wide / wear.dpi * 72, high / wear.dpi * 72)
    whole.add_blank_page(page_size=size)
    page = whole.pages[-1]
    data, coding = _fax(picture) if picture.mode == "1" else _jpeg(picture, wear.quality)
    image = whole.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=wide,
        Height=high,
        ColorSpace=Name.DeviceGray,
        **coding,
    )
    page.obj.Resources = Dictionary(XObject=Dictionary(Scan=image))
    page.obj.Contents = whole.make_stream(f"{size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Scan Do".encode())


def _jpeg(picture: Image.Image, quality: int) -> tuple[bytes, dict[str, Any]]:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue(), {"BitsPerComponent": 8, "Filter": Name.DCTDecode}


def _fax(picture: Image.Image) -> tuple[bytes, dict[str, Any]]:
    """Group 4, the coding in which copiers mail black and white: the one strip of a TIFF."""
    out = io.BytesIO()
    picture.save(out, "TIFF", compression="group4", strip_size=picture.width * picture.height)
    with Image.open(out) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    form = Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=True)
    coding = {"BitsPerComponent": 1, "Filter": Name.CCITTFaxDecode, "DecodeParms": form}
    return out.getvalue()[start : start + length], coding


def blank() -> Sheet:
    """The empty back of a sheet."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(595, 842))
    document.save(out)
    return Sheet(out.getvalue(), 0)
