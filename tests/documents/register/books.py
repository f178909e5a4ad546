"""Registers of invented firms as workbooks."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from stdnum.vn import mst

from documents.register.columns import COLUMNS


def tax_code(number: int) -> str:
    """A tax code whose check digit is right; some numbers have none, the next ones do."""
    while True:
        nine = f"{210_000_000 + number:09d}"
        for last in "0123456789":
            if mst.is_valid(nine + last):
                return nine + last
        number += 1_000_000


def firm(number: int, **changes: Any) -> dict[str, Any]:
    """A good row of a firm outside zones: DOLISA's."""
    row = {
        "tax_code": tax_code(number), "name": f"Công ty TNHH Số {number}", "address": "12 Nguyễn Đáng",
        "phone": "0294 3555 111", "site": f"Xưởng {number}", "site_address": "Ấp 1", "commune": "Xã Long Đức",
        "district": "Thành phố Trà Vinh", "zone": "", "email": f"firm-{number}@example.vn", "signer": "Lê Văn Ánh",
        "signer_title": "",
    }  # fmt: skip
    return row | changes


def book(rows: Sequence[dict[str, Any]], *, without: Sequence[str] = ()) -> bytes:
    """The workbook, its heading in the third row as in the form."""
    written = io.BytesIO()
    columns = [column for column in COLUMNS if column.key not in without]
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as made:
        sheet = made.add_worksheet("Danh sách")
        for at, column in enumerate(columns):
            sheet.write_string(2, at, column.title)
        for place, row in enumerate(rows, start=3):
            for at, column in enumerate(columns):
                sheet.write(place, at, row[column.key])
    return written.getvalue()
