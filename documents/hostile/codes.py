"""Reading the codes of scanned pages, inside the child: each page drawn grey, looked at, and thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

_LONG_SIDE = 2_339  # A4 at 200 dpi, whatever size the copier claims for its sheet
_MOST_WORDS = 400
_INK = 160
_BLANK_BELOW = 0.0006  # of all dots; a copier's dust is less, one written line is more
_SHOWS_MORE = (1.5, 0.75)


@dataclass(frozen=True)
class PageRead:
    """One page: the codes on it with how far the page lies turned, the words a PDF tells, whether it is empty."""

    number: int
    codes: tuple[tuple[str, int], ...]
    words: str
    is_blank: bool


def read_pages(path: Path, first: int, count: int) -> list[PageRead]:
    """Pages `first` to `first + count - 1`, as far as the PDF has them."""
    with pypdfium2.PdfDocument(path) as pdf:
        last = min(first + count - 1, len(pdf))
        return [_read(pdf, number) for number in range(first, last + 1)]


def _read(pdf: pypdfium2.PdfDocument, number: int) -> PageRead:
    page = pdf[number - 1]
    picture = _drawn(page, 1.0)
    codes = _codes(picture)
    is_blank = not codes and _is_blank(picture)
    if not codes and not is_blank:
        codes = _looked_at_longer(page, picture)
    return PageRead(number, codes, _words(page), is_blank)


def _drawn(page: pypdfium2.PdfPage, finer: float) -> Image.Image:
    scale = _LONG_SIDE * finer / max(page.get_size())
    return page.render(scale=scale, grayscale=True, no_smoothtext=False).to_pil().convert("L")


def _codes(
    picture: Image.Image, binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage
) -> tuple[tuple[str, int], ...]:
    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_invert=False,
        binarizer=binarizer,
    )
    texts = {each.text: round(each.orientation / 90) % 4 * 90 for each in found if each.text}
    return tuple(sorted(texts.items()))


def _looked_at_longer(page: pypdfium2.PdfPage, picture: Image.Image) -> tuple[tuple[str, int], ...]:
    """A page without a code is looked at more: otherwise parted, softened, sharpened; finer, coarser in corners."""
    for binarizer in (zxingcpp.Binarizer.GlobalHistogram, zxingcpp.Binarizer.FixedThreshold):
        if codes := _codes(picture, binarizer):
            return codes
    for filtered in (ImageFilter.GaussianBlur(1.2), ImageFilter.UnsharpMask(3, 250, 0)):
        if codes := _codes(picture.filter(filtered)):
            return codes
    for finer in _SHOWS_MORE:
        for corner in _corners(_drawn(page, finer)):
            if codes := _codes(corner.filter(ImageFilter.MedianFilter(3))):
                return codes
    return ()


def _corners(picture: Image.Image) -> Iterator[Image.Image]:
    """The four corners: the code stands in one of them, wherever the sheet's head points."""
    width, height = picture.size
    wide, high = round(width * 0.42), round(height * 0.42)
    for left in (0, width - wide):
        for top in (0, height - high):
            yield picture.crop((left, top, left + wide, top + high))


def _is_blank(picture: Image.Image) -> bool:
    """Whether nothing but paper lies in the inner part: a copier draws the sheet's own edges dark."""
    width, height = picture.size
    inner = picture.crop((width // 20, height // 20, width - width // 20, height - height // 20))
    inner = inner.resize((inner.width // 2, inner.height // 2), Image.Resampling.BOX)
    counts = inner.histogram()
    return sum(counts[:_INK]) / (inner.width * inner.height) < _BLANK_BELOW


def _words(page: pypdfium2.PdfPage) -> str:
    """The first words of a PDF that holds text; a scan holds none."""
    text = page.get_textpage()
    try:
        return " ".join(str(text.get_text_range(0, _MOST_WORDS * 2)).split())[:_MOST_WORDS]
    finally:
        text.close()
