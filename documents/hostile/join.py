"""Joining, inside the child: each file adds pages to one new PDF that takes nothing else from it."""

import io
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageOps

from documents.hostile.picture import FORMATS, ready_to_read

_A4 = (595.276, 841.89)
_DPI = 200
_QUALITY = 85
_LEFT_BEHIND = (
    "/AA",
    "/Annots",
    "/B",
    "/LastModified",
    "/Metadata",
    "/PieceInfo",
    "/StructParents",
    "/Thumb",
)


def join(files: list[tuple[Path, str]], target: Path) -> int:
    """Pages written to the target."""
    ready_to_read()
    with pikepdf.new() as whole:
        for path, kind in files:
            if kind == "pdf":
                _add_pdf(whole, path)
            else:
                _add_picture(whole, path, kind)
        whole.remove_unreferenced_resources()
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(whole.pages)


def _add_pdf(whole: pikepdf.Pdf, path: Path) -> None:
    """What annotations show (a stamp, a filled field, a visible signature) is drawn in; the rest of them goes."""
    with pikepdf.open(path) as part:
        part.flatten_annotations("screen")
        for page in part.pages:
            for key in _LEFT_BEHIND:
                if key in page.obj:
                    del page.obj[key]
        whole.pages.extend(part.pages)


def _add_picture(whole: pikepdf.Pdf, path: Path, kind: str) -> None:
    data, (width, height), is_gray = _upright_jpeg(path, kind)
    page_width, page_height = _A4 if height >= width else _A4[::-1]
    scale = min(page_width / width, page_height / height)
    drawn = (width * scale, height * scale)
    left, bottom = (page_width - drawn[0]) / 2, (page_height - drawn[1]) / 2
    whole.add_blank_page(page_size=(page_width, page_height))
    page = whole.pages[-1]
    page.obj.Resources = Dictionary(XObject=Dictionary(Photo=_image(whole, data, (width, height), is_gray)))
    drawing = f"{drawn[0]:.3f} 0 0 {drawn[1]:.3f} {left:.3f} {bottom:.3f} cm /Photo Do"
    page.obj.Contents = whole.make_stream(drawing.encode())


def _image(whole: pikepdf.Pdf, data: bytes, size: tuple[int, int], is_gray: bool) -> pikepdf.Object:
    return whole.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=Name.DeviceGray if is_gray else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def _upright_jpeg(path: Path, kind: str) -> tuple[bytes, tuple[int, int], bool]:
    """The picture as it was held, no finer than needed, and nothing of the phone, the place or the hour in it."""
    with Image.open(path, formats=FORMATS[kind]) as picture:
        upright = ImageOps.exif_transpose(picture)
        flat = _on_white(upright)
    short, long = sorted(round(side / 72 * _DPI) for side in _A4)
    flat.thumbnail((short, long) if flat.height >= flat.width else (long, short), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    bare = Image.frombytes(flat.mode, flat.size, flat.tobytes())
    bare.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue(), flat.size, flat.mode == "L"


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    if picture.mode.startswith("I"):  # sixteen bits of grey
        return picture.point(lambda value: value / 256).convert("L")
    if "A" in picture.mode or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        white = Image.new("RGB", layered.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return picture.convert("RGB")
