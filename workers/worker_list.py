"""Reading a worker list: each row is good or has its problems, with cell, reason and fix, and the counts add up."""

from datetime import date
from pathlib import Path

from documents.checking import DEFAULT_LIMITS, WORKBOOKS, Limits, accepted_kind, refusal
from documents.hostile.finding import Finding
from documents.limits import ChildFailed, in_limited_child
from workers.worker_list_columns import BY_KEY, REQUIRED, letters_of
from workers.worker_list_results import ListedWorker, Problem, WorkerList
from workers.worker_list_rows import RowReader
from workers.worker_sheet import RawSheet, extract

__all__ = ["ListedWorker", "Problem", "WorkerList", "read"]


def read(path: Path, *, name: str, on: date, limits: Limits = DEFAULT_LIMITS) -> WorkerList:
    """The list in the workbook at `path`, judged as of `on`. Raises documents.checking.Refused when the
    workbook itself is unsafe or broken; a list with other columns comes back with `message` and no rows.
    """
    accepted_kind(path, name=name, accept=WORKBOOKS)
    sheet = _extracted(path, name, limits)
    missing = tuple(column.title for column in REQUIRED if column.key not in sheet.heading.columns)
    version = sheet.heading.version
    if missing:
        facts = {"columns": ", ".join(missing)}
        return WorkerList(
            columns_missing=missing, fault="columns.missing", facts=facts, sheet=sheet.name, form_version=version
        )  # fmt: skip
    if sheet.heading.repeated:
        fault, facts = "columns.repeated", _repeated(sheet)
        return WorkerList(fault=fault, facts=facts, sheet=sheet.name, form_version=version)
    if not sheet.rows:
        return WorkerList(fault="rows.none", sheet=sheet.name, form_version=version)
    return _judged(sheet, on=on)


def _extracted(path: Path, name: str, limits: Limits) -> RawSheet:
    bounds = (limits.columns, limits.rows, limits.unpacked_bytes)
    try:
        found = in_limited_child(extract, path, *bounds, seconds=limits.seconds, megabytes=limits.megabytes)
    except ChildFailed as failure:
        code = "damaged" if failure.reason in ("error", "killed") else "too_heavy_workbook"
        raise refusal(code, name=name) from failure
    if isinstance(found, Finding):
        code = f"{found.fault}_workbook" if found.fault in ("too_heavy", "locked") else found.fault
        raise refusal(code, name=name, **found.facts)
    return found


def _repeated(sheet: RawSheet) -> dict[str, str]:
    key, first, second = sheet.heading.repeated[0]
    return {
        "column": BY_KEY[key].title,
        "first": letters_of(first),
        "second": letters_of(second),
    }


def _judged(sheet: RawSheet, *, on: date) -> WorkerList:
    reader = RowReader(sheet.heading.columns, on=on)
    for number, cells in sheet.rows:
        reader.read(number, cells)
    return WorkerList(
        rows=tuple(reader.rows),
        problems=tuple(reader.problems),
        warnings=tuple(reader.warnings),
        count=len(sheet.rows),
        sheet=sheet.name,
        form_version=sheet.heading.version,
    )
