"""A phone held over a printed sheet: perspective, shade, a dark table, a thumb, and the turn that a gallery shows."""

import io
import random
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from tests.applications.copier import Sheet

SIZE = (3000, 4000)  # twelve million dots, as phones have them
FORMATS = ("JPEG", "HEIF", "PNG")
_EXIF_TURN = 274
_EXIF_OF = {0: 1, 90: 6, 180: 3, 270: 8}


@dataclass(frozen=True)
class Shot:
    """How one photograph was taken: `fill` is the part of the frame that the sheet takes."""

    fill: float = 0.88
    tilt: float = 0.04
    shade: float = 0.4
    skew: float = 0.0
    turn: int = 0
    blur: float = 0.6
    quality: int = 80
    has_thumb: bool = False
    kind: str = "JPEG"
    size: tuple[int, int] = SIZE


def a_shot(dice: random.Random, **fixed: object) -> Shot:
    """A photograph as people take them in an office."""
    values: dict[str, object] = {
        "fill": dice.uniform(0.75, 0.95), "tilt": dice.uniform(0, 0.07), "shade": dice.uniform(0.1, 0.6),
        "skew": dice.uniform(-5, 5), "turn": dice.choice((0, 0, 90, 180, 270)), "blur": dice.uniform(0.3, 1.5),
        "quality": dice.randint(60, 90), "has_thumb": dice.random() < 0.4,
    }  # fmt: skip
    return Shot(**{**values, **fixed})  # type: ignore[arg-type]


def photographed(sheet: Sheet, shot: Shot, dice: random.Random) -> bytes:
    """The file that the phone sends."""
    paper = _printed(sheet, shot.size)
    frame = _laid_out(paper, shot, dice)
    _light(frame, shot, dice)
    frame = frame.filter(ImageFilter.GaussianBlur(shot.blur))
    return _written(frame, shot)


def _printed(sheet: Sheet, size: tuple[int, int]) -> Image.Image:
    with pypdfium2.PdfDocument(sheet.pdf) as document:
        page = document[sheet.index]
        return page.render(scale=size[1] / page.get_height()).to_pil().convert("RGB")


def _laid_out(paper: Image.Image, shot: Shot, dice: random.Random) -> Image.Image:
    """The sheet on a table, seen aslant: its corners moved as the phone's tilt moves them."""
    wide, high = shot.size
    paper = paper.rotate(shot.skew, Image.Resampling.BICUBIC, expand=True, fillcolor=(92, 70, 52))
    scale = shot.fill * min(wide / paper.width, high / paper.height)
    across, down = paper.width * scale, paper.height * scale
    left, top = (wide - across) / 2, (high - down) / 2
    corners = [(left, top), (left, top + down), (left + across, top + down), (left + across, top)]
    moved = [
        (x + dice.uniform(-1, 1) * shot.tilt * wide, y + dice.uniform(-1, 1) * shot.tilt * high)
        for x, y in corners
    ]
    right, low = float(paper.width), float(paper.height)
    source = [(0.0, 0.0), (0.0, low), (right, low), (right, 0.0)]
    return paper.transform(
        shot.size, Image.Transform.PERSPECTIVE, _coefficients(moved, source), Image.Resampling.BICUBIC,
        fillcolor=(92, 70, 52),
    )  # fmt: skip


def _coefficients(seen: list[tuple[float, float]], source: list[tuple[float, float]]) -> list[float]:
    """The eight numbers that Pillow asks: from a dot of the photograph to a dot of the sheet."""
    rows = []
    for (x, y), (u, v) in zip(seen, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):  # Gauss and Jordan
        pivot = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for row in range(8):
            if row != at:
                share = rows[row][at]
                rows[row] = [value - share * other for value, other in zip(rows[row], rows[at], strict=True)]
    return [row[8] for row in rows]


def _light(frame: Image.Image, shot: Shot, dice: random.Random) -> None:
    """A lamp from one side, the shadow of a hand, and where asked a thumb on the left edge."""
    slope = Image.linear_gradient("L").rotate(dice.choice((0, 90, 180, 270))).resize(frame.size)
    frame.paste((0, 0, 0), mask=slope.point(lambda value: round(value * shot.shade)))
    if dice.random() < 0.5:
        shadow = Image.new("L", frame.size)
        across, down = (side * dice.uniform(0.2, 0.9) for side in frame.size)
        box = (across - 700, down - 500, across + 700, down + 500)
        ImageDraw.Draw(shadow).ellipse(box, fill=round(255 * shot.shade))
        small = shadow.resize((frame.width // 20, frame.height // 20)).filter(ImageFilter.GaussianBlur(6))
        frame.paste((0, 0, 0), mask=small.resize(frame.size))
    if shot.has_thumb:
        down = dice.uniform(0.3, 0.7) * frame.height
        ImageDraw.Draw(frame).ellipse((-300, down - 170, 420, down + 170), fill=(196, 140, 116))


def _written(frame: Image.Image, shot: Shot) -> bytes:
    """As a file: a gallery shows it turned by `turn`, by EXIF or, in a PNG, by the dots themselves."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[_EXIF_TURN] = _EXIF_OF[shot.turn]
    if shot.kind == "PNG":  # a screenshot or an edited photograph: no EXIF, the dots lie as they lie
        frame.rotate(-shot.turn, expand=True).save(out, "PNG", compress_level=1)
    else:
        frame.save(out, shot.kind, quality=shot.quality, exif=exif)
    return out.getvalue()


def covered(photo: bytes) -> bytes:
    """The photograph with a thumb on the corner where the code stands."""
    with Image.open(io.BytesIO(photo)) as picture:
        wide, high = picture.size
        ImageDraw.Draw(picture).ellipse(
            (wide * 0.6, high * 0.75, wide * 1.2, high * 1.2), fill=(196, 140, 116)
        )
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=85, exif=picture.getexif())
    return out.getvalue()


def code_corner(picture: Image.Image) -> str:
    """The corner of a picture in which a code can be read."""
    (found,) = zxingcpp.read_barcodes(picture)
    down = "lower" if found.position.top_left.y > picture.height / 2 else "upper"
    across = "right" if found.position.top_left.x > picture.width / 2 else "left"
    return f"{down} {across}"
