"""A photograph judged by decoding it to the end: a cut file opens well and fails only on the last rows."""

import warnings
from pathlib import Path

import pillow_heif
from PIL import Image, ImageFile, UnidentifiedImageError

from documents.hostile.finding import Finding, fault

FORMATS = {"jpeg": ["JPEG"], "png": ["PNG"], "heic": ["HEIF"]}
_LONGEST_SIDE = 40_000


def ready_to_read() -> None:
    """Pillow with HEIC, one thread (each takes memory of its own), and no limit but ours.

    WeasyPrint, where it is imported, tells Pillow to forgive cut files; here they must fail.
    """
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("ignore")


def inspect_picture(path: Path, kind: str, most_pixels: int) -> Finding:
    """One page, or the fault: damaged, cut, pixels (with megapixels)."""
    ready_to_read()
    try:
        with Image.open(path, formats=FORMATS[kind]) as picture:
            width, height = picture.size
            if width * height > most_pixels or max(width, height) > _LONGEST_SIDE:
                return fault(
                    "pixels", megapixels=round(width * height / 1_000_000), width=width, height=height
                )
            if min(width, height) < 1:
                return fault("damaged")
            picture.load()
    except UnidentifiedImageError:
        return fault("damaged")
    except OSError as error:
        return fault("cut" if "truncated" in str(error) else "damaged")
    except (SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError, RuntimeError):
        return fault("damaged")
    return Finding(pages=1)
