"""Reading the cells, inside the child: which sheet is the list, where its heading is, and the rows as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from documents.hostile.finding import Finding, fault
from documents.hostile.workbook import inspect_workbook
from workers.worker_list_columns import COLUMNS, column_named, stamped_version

Cell = str | int | float | bool | date | datetime | time | timedelta
_HEADING_WITHIN = 40
_KEPT_LETTERS = 2_000


@dataclass
class Heading:
    """The row of headings: its number in the sheet, and the sheet's column of each key."""

    row: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    repeated: list[tuple[str, int, int]] = field(default_factory=list)
    version: int = 0


@dataclass
class RawSheet:
    """The list as it stands: each row is its number in the sheet and one cell per column of COLUMNS."""

    name: str = ""
    heading: Heading = field(default_factory=Heading)
    rows: list[tuple[int, tuple[Cell, ...]]] = field(default_factory=list)


def extract(path: Path, most_columns: int, most_rows: int, most_bytes: int) -> RawSheet | Finding:
    """The sheet that looks most like the list, or the fault that keeps it from being read."""
    finding = inspect_workbook(path, most_columns, most_rows, most_bytes)
    if finding.fault:
        return finding
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return _best_sheet(workbook) or fault("no_sheets")
    except CalamineError:
        return fault("damaged")


def _best_sheet(workbook: CalamineWorkbook) -> RawSheet | None:
    best: tuple[CalamineSheet, Heading] | None = None
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        heading = _find_heading(sheet)
        if best is None or len(heading.columns) > len(best[1].columns):
            best = sheet, heading
    if best is None:
        return None
    sheet, heading = best
    return RawSheet(sheet.name, heading, _rows_below(sheet, heading) if heading.row else [])


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, int, list[Cell]]]:
    """Row number in the sheet, first column, cells. The reader pads leading rows but not leading columns."""
    if sheet.start is None:
        return
    first_column = sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, first_column, cells


def _find_heading(sheet: CalamineSheet) -> Heading:
    """The row with most headings we know, among the first; titles and logos may stand above it."""
    best, version = Heading(), 0
    for number, first, cells in _numbered(sheet):
        if number > _HEADING_WITHIN:
            break
        heading = Heading(number)
        for column, cell in enumerate(cells, start=first):
            text = cell[:_KEPT_LETTERS] if isinstance(cell, str) else ""
            version = version or stamped_version(text)
            _note(heading, column_named(text), column)
        if len(heading.columns) > len(best.columns):
            best = heading
    best.version = version
    return best


def _note(heading: Heading, key: str, column: int) -> None:
    if key and key in heading.columns:
        heading.repeated.append((key, heading.columns[key], column))
    elif key:
        heading.columns[key] = column


def _rows_below(sheet: CalamineSheet, heading: Heading) -> list[tuple[int, tuple[Cell, ...]]]:
    """Rows with anything in a column we use; a row that only has its ordinal filled in is no row."""
    wanted = [heading.columns.get(column.key, -1) for column in COLUMNS]
    rows = []
    for number, first, cells in _numbered(sheet):
        if number <= heading.row:
            continue
        row = tuple(_kept(cells, at - first) for at in wanted)
        if any(not isinstance(cell, str) or cell.strip() for cell in row):
            rows.append((number, row))
    return rows


def _kept(cells: list[Cell], at: int) -> Cell:
    if not 0 <= at < len(cells):
        return ""
    cell = cells[at]
    return cell[:_KEPT_LETTERS] if isinstance(cell, str) else cell
