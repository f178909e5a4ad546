"""One XML part of a workbook, streamed: no tree is built, declarations are refused, cells are located."""

from typing import Any
from xml.sax.handler import ContentHandler

from defusedxml.expatreader import DefusedExpatParser

EXCEL_LONGEST_TEXT = 32_767
_CALLS_OUT = {"ddeLink", "oleLink", "ddeItem"}


class Unsafe(Exception):
    """The part calls another program."""


class TooFar(Exception):
    """A cell lies outside the allowed columns and rows."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


class TooLong(Exception):
    """A text longer than any spreadsheet writes."""

    most = EXCEL_LONGEST_TEXT


class PartReader(ContentHandler):
    """Feed it bytes; it raises at the first thing that may not be there."""

    def __init__(self, most_columns: int, most_rows: int) -> None:
        super().__init__()
        self.sheets = 0
        self.is_book = self.has_macros = False
        self._most_columns, self._most_rows = most_columns, most_rows
        self._row = self._column = 0
        self._text_length = 0
        self._in_text = False
        self._parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
        self._parser.setContentHandler(self)

    def feed(self, piece: bytes) -> None:
        self._parser.feed(piece)

    def close(self) -> None:
        self._parser.close()

    def startElement(self, name: str, attributes: Any) -> None:
        """Names with any prefix: the strict form of the format and odd writers use their own."""
        local = name.rpartition(":")[2]
        if local == "c":
            self._locate(attributes.get("r"))
        elif local == "row":
            self._start_row(attributes.get("r"))
        elif local in ("si", "is", "v", "t"):
            self._start_text(local)
        elif local == "sheet":
            self.sheets += 1
        elif local == "workbook":
            self.is_book = True
        elif local in ("Override", "Default"):
            self.has_macros = self.has_macros or "macroenabled" in attributes.get("ContentType", "").lower()
        elif local in _CALLS_OUT:
            raise Unsafe

    def characters(self, content: str) -> None:
        if self._in_text:
            self._text_length += len(content)
            if self._text_length > EXCEL_LONGEST_TEXT:
                raise TooLong

    def endElement(self, name: str) -> None:
        if name.rpartition(":")[2] in ("t", "v"):
            self._in_text = False

    def _start_text(self, local: str) -> None:
        """A text may come in several runs, each a `t` of one `si`."""
        self._in_text = local in ("t", "v")
        if local != "t":
            self._text_length = 0

    def _start_row(self, reference: str | None) -> None:
        self._row = int(reference) if reference else self._row + 1
        self._column = 0

    def _locate(self, reference: str | None) -> None:
        """A cell without a reference stands right of the one before it."""
        if reference:
            self._column, self._row = place(reference)
        else:
            self._column += 1
        if not (1 <= self._column <= self._most_columns and 1 <= self._row <= self._most_rows):
            raise TooFar(reference or f"#{self._row}")


def place(reference: str) -> tuple[int, int]:
    """Column and row of a reference: B7 is (2, 7). Raises ValueError."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or column > 1_000_000:
            raise ValueError(reference)
        column = column * 26 + ord(letter) - 64
    return column, int(reference[len(letters) :])
