"""A workbook judged before any reader opens it: parts, sizes, and how far its cells reach.

A 5 KB file with one cell at XFD1048576 makes a reader ask for gigabytes and takes the process with it; so every
XML part is streamed here first, with declarations refused and its real, inflated bytes counted.
"""

import zipfile
import zlib
from pathlib import Path
from xml.sax import SAXException

from defusedxml import DefusedXmlException

from documents.hostile.finding import Finding, fault
from documents.hostile.workbook_part import PartReader, TooFar, TooLong, Unsafe

_MOST_PARTS = 2_000
_PIECE = 256 * 1024
_PROGRAMS = ("vbaproject", "/macrosheets/", "/activex/", "/embeddings/")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, OSError)


class TooHeavy(Exception):
    """The parts inflate to more bytes than allowed."""


def inspect_workbook(path: Path, most_columns: int, most_rows: int, most_bytes: int) -> Finding:
    """Sheets of the workbook, or the first fault found in its parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _judge_names(archive) or _read_parts(archive, most_columns, most_rows, most_bytes)
    except TooFar as far:
        return fault("far_cell", cell=far.cell, columns=most_columns, rows=most_rows)
    except TooLong as text:
        return fault("long_text", most=text.most)
    except TooHeavy:
        return fault("too_heavy")
    except (Unsafe, DefusedXmlException):
        return fault("unsafe_workbook")
    except RuntimeError:  # the library's word for a part under a password
        return fault("locked")
    except (*_BROKEN, SAXException):
        return fault("damaged")


def _judge_names(archive: zipfile.ZipFile) -> Finding | None:
    """Two parts of one name are read differently by different readers; letters' case does not tell them apart."""
    names = [part.filename.replace("\\", "/").lstrip("/").lower() for part in archive.infolist()]
    if len(names) > _MOST_PARTS:
        return fault("too_heavy")
    if len(set(names)) < len(names):
        return fault("doubled_part")
    if any(program in f"/{name}" for name in names for program in _PROGRAMS):
        return fault("macros")
    if "xl/workbook.bin" in names:
        return fault("binary_workbook")
    return None


def _read_parts(archive: zipfile.ZipFile, columns: int, rows: int, most_bytes: int) -> Finding:
    """Every part that is XML, whatever it is called: which of them a reader takes for a sheet is its own choice."""
    left, books, sheets = most_bytes, 0, 0
    for part in archive.infolist():
        if part.is_dir():
            continue
        reader = PartReader(columns, rows)
        left -= _feed(archive, part, reader, left)
        if reader.has_macros:
            return fault("macros")
        if reader.is_book:
            books, sheets = books + 1, reader.sheets
    if books != 1:
        return fault("damaged")
    return Finding(pages=sheets) if sheets else fault("no_sheets")


def _feed(archive: zipfile.ZipFile, part: zipfile.ZipInfo, reader: PartReader, left: int) -> int:
    """Bytes the part inflates to. A part that is not XML (a picture) is only measured."""
    inflated = 0
    with archive.open(part) as stream:
        piece = stream.read(_PIECE)
        is_xml = piece.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")
        while piece:
            inflated += len(piece)
            if inflated > left:
                raise TooHeavy
            if is_xml:
                reader.feed(piece)
            piece = stream.read(_PIECE)
    if is_xml:
        reader.close()
    return inflated
