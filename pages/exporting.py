"""The one writer of exports: CSV and XLSX of exactly the rows of a list, with nothing in them that a sheet would run.

    export = Export("ho-so-20211014", _("Hồ sơ"), (_("Mã hồ sơ"), …), rows)
    return response(export, "xlsx")

Rows are read once and never held together: a list of a hundred thousand costs no more memory than one of ten.
"""

import csv
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from pages.deadline_words import LOCAL

Cell = str | int | float | date | datetime | None
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST = 32_000  # a cell of a workbook holds 32,767 letters
_STARTS = frozenset("=+-@|%\t\r\n")
_BOM = "\ufeff"


@dataclass(frozen=True)
class Export:
    """A list to hand over: the stem of the file's name, the sheet's title, headings and rows."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def is_live(text: str) -> bool:
    """Whether a sheet might take the text for a formula: by its first sign, wide forms and leading space included."""
    first = unicodedata.normalize("NFKC", text.lstrip(" \u00a0\ufeff\u200b")[:1])[:1]
    return bool(text) and (text[0] in _STARTS or first in _STARTS)


def inert(text: str) -> str:
    """The text as a CSV may carry it: one line, no control signs, an apostrophe before what would be run."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)[:LONGEST]
    return f"'{plain}" if is_live(text) or is_live(plain) else plain


def csv_lines(export: Export) -> Iterator[str]:
    """Lines of a CSV for Excel: marked as UTF-8, quoted where needed."""
    writer = csv.writer(_Echo())
    yield _BOM + str(writer.writerow([inert(str(column)) for column in export.columns]))
    for row in export.rows:
        yield str(writer.writerow([_csv_cell(cell) for cell in row]))


class _Echo:
    """What a csv.writer writes to: each line comes straight back."""

    def write(self, line: str) -> str:
        return line


def _csv_cell(cell: Cell) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(LOCAL):%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return cell if isinstance(cell, (int, float)) else inert(str(cell))


def write_xlsx(export: Export, target: IO[bytes]) -> int:
    """Writes the workbook, a row at a time; strings are strings whatever they begin with. How many rows."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(sheet_name(export.title))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        looks = {
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            date: book.add_format({"num_format": "dd/mm/yyyy"}),
            "live": book.add_format({"quote_prefix": True}),
        }
        sheet.set_column(0, max(len(export.columns) - 1, 0), 22)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(export.columns):
            sheet.write_string(0, at, str(column), head)
        count = 0
        for count, row in enumerate(export.rows, start=1):
            for at, cell in enumerate(row):
                _write_cell(sheet, count, at, cell, looks)
        sheet.autofilter(0, 0, count, max(len(export.columns) - 1, 0))
    return count


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, looks: dict[Any, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        local = cell.astimezone(LOCAL).replace(tzinfo=None)
        sheet.write_datetime(row, column, local, looks[datetime])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, looks[date])
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    else:
        text = str(cell)[:LONGEST]
        sheet.write_string(row, column, text, looks["live"] if is_live(text) else None)


def sheet_name(title: str) -> str:
    """A title as the tab of a sheet may bear it."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip() or "1"


def response(export: Export, kind: str) -> HttpResponseBase:
    """The file as an attachment; KeyError for an unknown kind."""
    media_type = KINDS[kind]
    if kind == "csv":
        lines = (line.encode() for line in csv_lines(export))
        return _attached(StreamingHttpResponse(lines, content_type=media_type), f"{export.name}.{kind}")
    target = workbook_file()
    write_xlsx(export, target)
    return handed(target, kind, f"{export.name}.{kind}")


def workbook_file() -> IO[bytes]:
    """A file of no name to write a workbook into; the response that hands it over closes it."""
    return tempfile.TemporaryFile(prefix="export-")


def handed(target: IO[bytes], kind: str, name: str) -> HttpResponseBase:
    """What was written, from its beginning, as an attachment."""
    target.seek(0)
    return _attached(FileResponse(target, content_type=KINDS[kind]), name)


def _attached(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
