"""A PDF judged without trusting it: lock, cut, pages, active content. The file itself is never changed."""

from pathlib import Path

import pikepdf

from documents.hostile.finding import Finding, fault
from documents.hostile.pdf_actions import active_part
from documents.hostile.pdf_pages import BrokenTree, count_pages

_TAIL = 2048
_CERTIFICATE_WORDS = ("unsupported encryption", "security handler", "encryption dictionary", "public key")


def inspect_pdf(path: Path, most_pages: int, most_pixels: int) -> Finding:
    """Pages of the PDF, or the first fault: locked, damaged, cut, no_pages, too_many_pages, active, pixels."""
    try:
        return _inspect(path, most_pages, most_pixels)
    except pikepdf.PasswordError:
        return fault("locked")
    except pikepdf.PdfError as error:
        if any(word in str(error).lower() for word in _CERTIFICATE_WORDS):
            return fault("locked")
        return fault("damaged")
    except (BrokenTree, ValueError, TypeError, RecursionError):
        return fault("damaged")


def _inspect(path: Path, most_pages: int, most_pixels: int) -> Finding:
    if _is_cut(path):
        return fault("cut")
    with pikepdf.open(path, inherit_page_attributes=False) as pdf:  # True lists all pages at once
        if pdf.is_encrypted and not pdf.user_password_matched:
            return fault("locked")
        pages = count_pages(pdf, most_pages)
        if pages == 0:
            return fault("no_pages")
        if pages > most_pages:
            return fault("too_many_pages", most=most_pages)
        part = active_part(pdf, most_pixels)
        if part == "pixels":
            return fault("pixels_in_pdf")
        return fault("active", part=part) if part else Finding(pages=pages)


def _is_cut(path: Path) -> bool:
    """A download that stopped has no end mark; qpdf would repair it in silence, with pages missing."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return b"%%EOF" not in file.read()
