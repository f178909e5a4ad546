"""The worker list as a form to download: an empty list in the right columns, and a sheet that explains it."""

import io
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from workers.worker_list_columns import COLUMNS, Column, stamp

_TITLE = "DANH SÁCH NGƯỜI LAO ĐỘNG DỰ KIẾN LÀM VIỆC"
_LIST, _GUIDE = "Danh sách", "Hướng dẫn"
_HEADING_ROW = 2  # the third row of the sheet
_LAST_ROW = 20_000
_MADE = datetime(2021, 10, 1, tzinfo=UTC).replace(tzinfo=None)

_NOTES = (
    "Mỗi người một dòng, bắt đầu ngay dưới dòng tiêu đề. Không gộp ô, không đổi tên cột.",
    "Cột có dấu * phải điền. Cột khác để trống cũng được.",
    "Khi dán từ bảng khác, chọn Dán giá trị để giữ định dạng Văn bản và không mất số 0 đầu.",
    "Di động 11 số cũ (012x, 016x...) không còn dùng từ năm 2018: ghi số 10 chữ số.",
    "Tải lên xong, ô nào sai sẽ được chỉ rõ vị trí, lý do và cách sửa.",
)

FILE_NAME = "danh-sach-nguoi-lao-dong.xlsx"


def worker_list_form() -> bytes:
    """The workbook, the same bytes at every call."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": _TITLE, "comments": stamp(), "created": _MADE})
        book.set_custom_property("form", stamp())
        _write_list(book, book.add_worksheet(_LIST))
        _write_guide(book, book.add_worksheet(_GUIDE))
    return written.getvalue()


def _write_list(book: Workbook, sheet: Worksheet) -> None:
    sheet.write(0, 0, _TITLE, book.add_format({"bold": True, "font_size": 14}))
    sheet.write(1, 0, stamp(), book.add_format({"italic": True, "font_color": "#5A6472"}))
    text = book.add_format({"num_format": "@", "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "center", "valign": "top"})
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width, day if column.key == "birth_date" else text)
        sheet.write(_HEADING_ROW, at, _heading(column), _heading_format(book, column))
        _guard(sheet, at, column)
    sheet.freeze_panes(_HEADING_ROW + 1, 1)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F&RTrang &P/&N")


def _heading(column: Column) -> str:
    return f"{column.title} *" if column.is_required else column.title


def _heading_format(book: Workbook, column: Column) -> Format:
    look = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
    return book.add_format(look | {"bg_color": "#DCE9F5" if column.is_required else "#EEF1F4"})


def _guard(sheet: Worksheet, at: int, column: Column) -> None:
    """The spreadsheet warns while typing; what is pasted goes past it, so reading judges again."""
    first = _HEADING_ROW + 1
    shown = {"input_title": column.title[:32], "input_message": f"{column.rule} Ví dụ: {column.example}"}
    if column.key == "birth_date":
        rule = {
            "validate": "date", "criteria": ">=", "value": date(1900, 1, 1),
            "error_title": "Ngày sinh", "error_message": "Ghi ngày/tháng/năm, năm đủ 4 chữ số.",
        }  # fmt: skip
    elif column.key == "sex":
        rule = {"validate": "list", "source": ["Nam", "Nữ"]}
    else:
        rule = {"validate": "any"}
    sheet.data_validation(first, at, _LAST_ROW, at, rule | shown)


def _write_guide(book: Workbook, sheet: Worksheet) -> None:
    """Examples stand here and not in the list, so that nobody sends them in."""
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 36)
    sheet.write(0, 0, "Cách điền danh sách", book.add_format({"bold": True, "font_size": 14}))
    for at, title in enumerate(("Cột trong biểu mẫu", "Bắt buộc", "Cách ghi", "Ví dụ")):
        sheet.write(2, at, title, bold)
    for row, column in enumerate(COLUMNS, start=3):
        sheet.write(row, 0, column.title, wrap)
        sheet.write(row, 1, "Có" if column.is_required else "Không", wrap)
        sheet.write(row, 2, column.rule, wrap)
        sheet.write_string(row, 3, column.example, text)
    for row, note in enumerate(_NOTES, start=len(COLUMNS) + 4):
        sheet.write(row, 0, note)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
