"""The register as a form to download, and the list that comes back: the rows as read, with result and faults."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from documents.register.columns import COLUMNS, REQUIRED, stamp
from documents.register.sheet import Sheet
from documents.register.words import STATUS
from pages.exporting import is_live

FILE_NAME = "danh-sach-doanh-nghiep.xlsx"
TITLE = "DANH SÁCH DOANH NGHIỆP VÀ CƠ SỞ SẢN XUẤT"
HEADING_ROW = 2  # the third row of the sheet
LAST_ROW = 20_000
_MADE = datetime(2021, 10, 1, tzinfo=UTC).replace(tzinfo=None)
_NOTES = (
    "Mỗi cơ sở một dòng, bắt đầu ngay dưới dòng tiêu đề. Doanh nghiệp có nhiều cơ sở thì lặp lại mã số thuế và tên.",
    "Cột có dấu * phải điền. Không gộp ô, không đổi tên cột.",
    "Khi dán từ bảng khác, chọn Dán giá trị để giữ định dạng Văn bản và không mất số 0 đầu.",
    "Chỉ ghi cơ sở do cơ quan mình tiếp nhận. Doanh nghiệp, cơ sở đã có trên Cổng thì không đổi.",
)


def register_form() -> bytes:
    """The empty list with its guide, the same bytes at every call."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": TITLE, "comments": stamp(), "created": _MADE})
        sheet = book.add_worksheet("Danh sách")
        sheet.write_string(0, 0, TITLE, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, stamp(), book.add_format({"italic": True, "font_color": "#5A6472"}))
        text = book.add_format({"num_format": "@", "valign": "top"})
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, column.width, text)
            sheet.write_string(HEADING_ROW, at, _heading(column), _look(book, required=column.is_required))
            shown = {
                "input_title": column.title[:32],
                "input_message": f"{column.rule} Ví dụ: {column.example}"[:255],
            }
            sheet.data_validation(HEADING_ROW + 1, at, LAST_ROW, at, {"validate": "any"} | shown)
        _page(sheet)
        _guide(book)
    return written.getvalue()


def _heading(column: Any) -> str:
    return f"{column.title} *" if column.is_required else str(column.title)


def _look(book: Any, *, required: bool) -> Any:
    look = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
    return book.add_format(look | {"bg_color": "#DCE9F5" if required else "#EEF1F4"})


def _page(sheet: Any) -> None:
    sheet.freeze_panes(HEADING_ROW + 1, 2)
    sheet.repeat_rows(HEADING_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F&RTrang &P/&N")


def _guide(book: Any) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for at, (title, width) in enumerate((("Cột", 28), ("Bắt buộc", 11), ("Cách ghi", 56), ("Ví dụ", 38))):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, bold)
    for row, column in enumerate(COLUMNS, start=1):
        cells = (column.title, "Có" if column in REQUIRED else "Không", column.rule, column.example)
        for at, cell in enumerate(cells):
            sheet.write_string(row, at, cell, wrap)
    for row, note in enumerate(_NOTES, start=len(COLUMNS) + 2):
        sheet.write_string(row, 0, note)


def write_back(
    target: IO[bytes], sheet: Sheet, *, statuses: Mapping[int, str], problems: Sequence[Mapping[str, Any]]
) -> None:
    """The rows as they were read, the bad cells marked, and two columns more: the result, and what to mend."""
    faults: dict[int, list[Mapping[str, Any]]] = {}
    for each in problems:
        faults.setdefault(each["row"], []).append(each)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        out = book.add_worksheet("Kết quả")
        looks = {
            "": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "bad": book.add_format(
                {"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#FBE5E3", "border": 1}
            ),
            "live": book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True}),
        }
        for at, column in enumerate(COLUMNS):
            out.set_column(at, at, column.width)
        out.set_column(len(COLUMNS), len(COLUMNS) + 1, 44)
        out.write_string(0, 0, TITLE)
        out.write_string(1, 0, stamp())
        headings = [*(_heading(column) for column in COLUMNS), _("Kết quả"), _("Cần sửa")]
        for at, heading in enumerate(headings):
            out.write_string(HEADING_ROW, at, heading, _look(book, required=at >= len(COLUMNS)))
        out.freeze_panes(HEADING_ROW + 1, 2)
        for place, (number, texts) in enumerate(sheet.rows, start=HEADING_ROW + 1):
            wrong = faults.get(number, [])
            _row(out, place, texts, wrong, str(STATUS[statuses.get(number, "bad")]), looks)


def _shown(text: str) -> str:
    """The text of a bad cell as a sheet can hold it: what nobody can see, half an emoji among it, is marked."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _row(
    out: Any, place: int, texts: Sequence[str], wrong: Sequence[Mapping[str, Any]], status: str, looks: Any
) -> None:
    bad = {each["key"] for each in wrong}
    for at, (column, text) in enumerate(zip(COLUMNS, texts, strict=True)):
        look = looks["bad"] if column.key in bad else looks["live" if is_live(text) else ""]
        if text:
            out.write_string(place, at, _shown(text), look)
        else:
            out.write_blank(place, at, None, look)
    out.write_string(place, len(COLUMNS), status, looks[""])
    words = "\n".join(f"{each['where']}: {each['reason']} {each['fix']}" for each in wrong)
    out.write_string(place, len(COLUMNS) + 1, words, looks[""])
