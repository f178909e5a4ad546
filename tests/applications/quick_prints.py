"""Prints without a printer: the row of a print and sheets that bear its codes, for tests of what follows."""

import io
from collections.abc import Sequence

import pikepdf
import segno
from pikepdf import Dictionary, Name
from PIL import Image

import plan
from applications.models import Dossier, SigningPack
from applications.packing import printing
from applications.packing.slots import sign_of
from documents import page_codes
from tests import cast
from tests.applications import making

DPI = 110


def a_print(
    dossier: Dossier, pages: dict[str, int], *, code: str = "ABCDEFGH", version: int = 1, stands: bool = True
) -> SigningPack:
    """The row of a print of these papers, as the worker leaves it; with `stands=False` the text has changed since."""
    texts = printing.text_digests(dossier, on=plan.local_day(cast.AT))
    rows = [
        {
            "slot": slot, "sign": sign_of(slot), "title": slot, "pages": count,
            "digest": texts[slot] if stands else "0" * 64,
        }
        for slot, count in pages.items()
    ]  # fmt: skip
    return SigningPack.objects.create(
        dossier=dossier, version=version, code=code, text_digest="0" * 64, printed=rows, pages=sum(pages.values()),
        made_at=cast.AT, made_by=making.owner_of(dossier), rendered_at=cast.AT,
    )  # fmt: skip


def separators(dossier: Dossier, *slots: str, code: str = "SEPARATE") -> SigningPack:
    """The row of a print of separators."""
    rows = [{"slot": slot, "sign": sign_of(slot), "title": slot, "pages": 0, "digest": ""} for slot in slots]
    return SigningPack.objects.create(
        dossier=dossier, kind=SigningPack.Kind.SEPARATORS, version=1, code=code, text_digest="0" * 64, printed=rows,
        pages=len(rows), made_at=cast.AT, made_by=making.owner_of(dossier), rendered_at=cast.AT,
    )  # fmt: skip


def code_of(pack: SigningPack, slot: str, page: int) -> str:
    """What stands on one page of a print."""
    row = next(row for row in pack.printed if row["slot"] == slot)
    return page_codes.code(
        pack=pack.code, slot=row["sign"], page=page, pages=row["pages"], version=pack.version
    ).text


def pages_of(pack: SigningPack, slot: str) -> list[str]:
    """The codes of one paper, in order."""
    row = next(row for row in pack.printed if row["slot"] == slot)
    return [code_of(pack, slot, page) for page in range(1, row["pages"] + 1)]


def scan_of(codes: Sequence[str], *, turn: int = 0) -> bytes:
    """A scan with one sheet a code; "" is a written sheet without one, "blank" an empty one."""
    with pikepdf.new() as whole:
        for number, code in enumerate(codes):
            _add(whole, _sheet(code, number).rotate(-turn, expand=True))
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()


def _sheet(code: str, number: int) -> Image.Image:
    mm = DPI / 25.4
    sheet = Image.new("L", (round(210 * mm), round(297 * mm)), 252)
    if code == "blank":
        return sheet
    for line in range(12 + number % 5):  # writing, another on each sheet
        top = round((40 + 8 * line) * mm)
        sheet.paste(40, (round(30 * mm), top, round((60 + (number * 37 + line * 11) % 130) * mm), top + 4))
    if code:
        out = io.BytesIO()
        made = segno.make(code, version=1, error="q", mode="alphanumeric", boost_error=False, micro=False)
        made.save(out, kind="png", scale=8, border=0)
        side = round(12.6 * mm)
        drawn = Image.open(out).convert("L").resize((side, side), Image.Resampling.LANCZOS)
        sheet.paste(drawn, (round(181.4 * mm), round(278.1 * mm)))
    return sheet


def _add(whole: pikepdf.Pdf, picture: Image.Image) -> None:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    size = (picture.width / DPI * 72, picture.height / DPI * 72)
    whole.add_blank_page(page_size=size)
    image = whole.make_stream(
        out.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    whole.pages[-1].obj.Resources = Dictionary(XObject=Dictionary(Scan=image))
    whole.pages[-1].obj.Contents = whole.make_stream(
        f"{size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Scan Do".encode()
    )
