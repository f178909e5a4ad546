"""The cells of a register, read inside the limited child: which sheet, where its heading is, the rows as text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from documents.hostile.finding import Finding, fault
from documents.hostile.workbook import inspect_workbook
from documents.register.columns import COLUMNS, column_named, stamped_version

_HEADING_WITHIN = 40
_KEPT_LETTERS = 2_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@dataclass
class Sheet:
    """The list as it stands: each row is its number in the sheet and a text per column of COLUMNS."""

    name: str = ""
    heading: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    repeated: list[tuple[str, int, int]] = field(default_factory=list)
    version: int = 0
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)


def extract(path: Path, most_columns: int, most_rows: int, most_bytes: int) -> Sheet | Finding:
    """The sheet that looks most like a register, or the fault that keeps it from being read."""
    finding = inspect_workbook(path, most_columns, most_rows, most_bytes)
    if finding.fault:
        return finding
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return _best(workbook) or fault("no_sheets")
    except CalamineError:
        return fault("damaged")


def _best(workbook: CalamineWorkbook) -> Sheet | None:
    best: tuple[Any, Sheet] | None = None
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        cells = workbook.get_sheet_by_name(about.name)
        sheet = _headed(cells, about.name)
        if best is None or len(sheet.columns) > len(best[1].columns):
            best = cells, sheet
    if best is None:
        return None
    cells, sheet = best
    if sheet.heading:
        sheet.rows = list(_below(cells, sheet))
    return sheet


def _numbered(cells: Any) -> Iterator[tuple[int, int, list[Any]]]:
    """Row number in the sheet, first column, cells: the reader pads leading rows but not leading columns."""
    if cells.start is not None:
        for number, row in enumerate(cells.iter_rows(), start=1):
            yield number, cells.start[1], row


def _headed(cells: Any, name: str) -> Sheet:
    """The row with most headings that we know, among the first ones."""
    best, version = Sheet(name), 0
    for number, first, row in _numbered(cells):
        if number > _HEADING_WITHIN:
            break
        found = Sheet(name, number)
        for column, cell in enumerate(row, start=first):
            text = cell[:_KEPT_LETTERS] if isinstance(cell, str) else ""
            version = version or stamped_version(text)
            _note(found, column_named(text), column)
        if len(found.columns) > len(best.columns):
            best = found
    best.version = version
    return best


def _note(sheet: Sheet, key: str, column: int) -> None:
    if key and key in sheet.columns:
        sheet.repeated.append((key, sheet.columns[key], column))
    elif key:
        sheet.columns[key] = column


def _below(cells: Any, sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    wanted = [sheet.columns.get(column.key, -1) for column in COLUMNS]
    for number, first, row in _numbered(cells):
        if number > sheet.heading:
            texts = tuple(_text(row[at - first]) if 0 <= at - first < len(row) else "" for at in wanted)
            if any(texts):
                yield number, texts


def _text(cell: Any) -> str:
    """The cell as a person reads it: composed letters, single spaces, whole numbers without a point."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (date, datetime)):
        return cell.strftime("%d/%m/%Y")
    if not isinstance(cell, str):
        return str(cell)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell[:_KEPT_LETTERS])
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())
