"""What a file is, by its first bytes; the name it came with says nothing."""

from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """The five we take."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.HEIC: "image/heic",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PAPERS = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.HEIC})
WORKBOOKS = frozenset({Kind.XLSX})

_HEAD = 4096
_TAIL = 65_536
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs"}
_STARTS = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "word"),
)


def kind_of(path: Path) -> Kind | str:
    """One of ours, or a word for what it seems to be: program, word, xls, archive, picture, page, unknown."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    for start, kind in _STARTS:
        if head.startswith(start):
            return _ole(head + tail) if kind == "ole" else kind
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head + tail)
    if head[4:8] == b"ftyp":
        return Kind.HEIC if _brands(head) & _HEIC_BRANDS else "picture"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "picture"
    return _text_like(head)


def _brands(head: bytes) -> set[bytes]:
    """The major brand and the compatible ones: many phones say mif1 first and heic after."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}


def _zipped(sample: bytes) -> Kind | str:
    """A .docx and an .xlsx are both zips; the names of their parts lie open at both ends."""
    if b"word/document" in sample:
        return "word"
    if b"xl/" in sample:
        return Kind.XLSX
    return "archive"


def _ole(sample: bytes) -> str:
    """The old container: .xls and .doc, and also an .xlsx under a password."""
    if "EncryptedPackage".encode("utf-16-le") in sample:
        return "locked"
    if "WordDocument".encode("utf-16-le") in sample:
        return "word"
    if "Workbook".encode("utf-16-le") in sample or "Book".encode("utf-16-le") in sample:
        return "xls"
    return "ole"


def _text_like(head: bytes) -> Kind | str:
    """A PDF may have a byte-order mark, blank lines or a printer's prelude before it, and nothing else."""
    start = head.find(b"%PDF-", 0, 1029)
    prelude = head[:start].removeprefix(b"\xef\xbb\xbf").strip() if start >= 0 else b""
    if start >= 0 and (not prelude or prelude.startswith((b"\x1b%-12345X", b"@PJL"))):
        return Kind.PDF
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if begins.startswith((b"<!doctype html", b"<html", b"<script", b"<?xml", b"<svg")):
        return "page"
    return "unknown"
