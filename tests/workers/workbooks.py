"""Workbooks made on the spot: good lists, odd writers, and files that want to hurt the reader."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter

HEADINGS = (
    "Họ và tên", "Ngày sinh", "Số CMND/CCCD/hộ chiếu", "Địa chỉ thường trú", "Nơi ở hiện tại", "Điện thoại",
    "Điện thoại người thân", "Mã nhân viên", "Giới tính", "Quốc tịch", "Bộ phận", "Ca làm việc",
)  # fmt: skip
GOOD: tuple[object, ...] = (
    "Nguyễn Thị Ánh", date(1990, 6, 5), "084190012345", "Ấp Chợ, xã Long Đức", "Phường 7, TP Trà Vinh",
    "0912345678", "0834567890",
)  # fmt: skip


def worker(number: int = 0, **changes: object) -> list[object]:
    """A good row, with an identity of its own; changes by the keys of the columns."""
    keys = ("full_name", "birth_date", "identity", "permanent_address", "current_address", "phone",
            "relative_phone", "worker_code", "sex", "nationality", "section", "shift")  # fmt: skip
    row: list[object] = [*GOOD, "", "", "", "", ""]
    row[2] = f"0841900{number:05d}"
    for key, value in changes.items():
        row[keys.index(key)] = value
    return row


def workbook(
    rows: Iterable[Iterable[object]],
    headings: Iterable[str] = HEADINGS,
    *,
    top: int = 0,
    left: int = 0,
    sheet: str = "Danh sách",
    options: Mapping[str, object] | None = None,
    more: Callable[[xlsxwriter.Workbook], None] | None = None,
) -> bytes:
    """A list whose headings stand in row `top` (0 is the sheet's first) from column `left`."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, **(options or {})}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet(sheet)
        for at, heading in enumerate(headings, start=left):
            page.write(top, at, heading)
        for number, row in enumerate(rows, start=top + 1):
            for at, value in enumerate(row, start=left):
                if isinstance(value, (date, datetime)):
                    page.write_datetime(number, at, value, day)
                elif isinstance(value, str):
                    page.write_string(number, at, value)
                elif value is not None:
                    page.write(number, at, value)
        if more:
            more(book)
    return written.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    pairs = content.items() if isinstance(content, Mapping) else content
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, data in pairs:
            archive.writestr(name, data)
    return written.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    inside = parts(content)
    inside[name] = change(inside[name])
    return packed(inside)


SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"


def far_cell(reference: str = "XFD1048576") -> bytes:
    cell = f'<row r="{re.sub("[A-Z]", "", reference)}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
    return changed(workbook([worker()]), SHEET, lambda xml: xml.replace(b"</sheetData>", cell))


def unnamed_far_row() -> bytes:
    """Rows that do not say their number stand below one another."""
    rows = b"<row><c><v>1</v></c></row>" * 130_000 + b"</sheetData>"
    return changed(workbook([worker()]), SHEET, lambda xml: xml.replace(b"</sheetData>", rows))


def entities() -> bytes:
    lines = [b'<!DOCTYPE x [<!ENTITY a "' + b"A" * 1000 + b'">']
    lines += [b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8)]
    head = b"".join(lines) + b"]>"
    return changed(
        workbook([worker()]), SHEET, lambda xml: xml.replace(b"<worksheet", head + b"<worksheet", 1)
    )


def bare_declaration() -> bytes:
    head = b'<!DOCTYPE worksheet SYSTEM "http://x.example/a.dtd"><worksheet'
    return changed(workbook([worker()]), SHEET, lambda xml: xml.replace(b"<worksheet", head, 1))


def outside_entity() -> bytes:
    head = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><sst'
    return changed(workbook([worker()]), "xl/sharedStrings.xml", lambda xml: xml.replace(b"<sst", head, 1))


def inflating_part() -> bytes:
    """Four hundred megabytes of blanks in four hundred kilobytes."""
    inside = parts(workbook([worker()]))
    blanks = b" " * 100_000_000
    inside[SHEET] = inside[SHEET].replace(b"</sheetData>", b"</sheetData>" + blanks)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
        for number in range(3):
            archive.writestr(f"xl/media/image{number}.png", blanks)
    return written.getvalue()


def lying_size() -> bytes:
    """The directory says the part is ten bytes long."""
    content = bytearray(inflating_part())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        at, size = archive.start_dir, archive.getinfo(SHEET).file_size
    where = content.index(size.to_bytes(4, "little"), at)
    content[where : where + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def long_text_used_often() -> bytes:
    """One megabyte of text, pointed at by twelve thousand cells."""

    def point(xml: bytes) -> bytes:
        cells = b"".join(
            b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(3, 12_003)
        )
        return xml.replace(b"</sheetData>", cells + b"</sheetData>")

    content = changed(workbook([worker()]), SHEET, point)
    long = b"<t>" + b"x" * 1_048_576 + b"</t>"
    return changed(content, "xl/sharedStrings.xml", lambda xml: re.sub(rb"<t>.*?</t>", long, xml, count=1))


def no_sheets() -> bytes:
    return changed(workbook([worker()]), BOOK, lambda xml: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", xml))


def doubled_sheet() -> bytes:
    inside = list(parts(workbook([worker()])).items())
    return packed([*inside, (SHEET, parts(workbook([worker(1)]))[SHEET])])


def doubled_by_case() -> bytes:
    inside = parts(workbook([worker()]))
    return packed([*inside.items(), (SHEET.replace("sheet1", "SHEET1"), inside[SHEET])])


def with_part(name: str, data: bytes) -> bytes:
    return packed(parts(workbook([worker()])) | {name: data})


def with_dde() -> bytes:
    link = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    )
    return with_part("xl/externalLinks/externalLink1.xml", link)


def macro_type() -> bytes:
    return changed(
        workbook([worker()]),
        "[Content_Types].xml",
        lambda xml: xml.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"),
    )


def old_excel(stream: str = "Workbook") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(2000)


def strict(content: bytes) -> bytes:
    """The strict form of the format: other namespaces, same cells."""
    swaps = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip

    def swap(data: bytes) -> bytes:
        for old, new in swaps:
            data = data.replace(old, new)
        return data

    return packed({name: swap(data) for name, data in parts(content).items()})


def by_openpyxl(rows: Iterable[Iterable[object]]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.append(list(HEADINGS))
    for row in rows:
        page.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def damaged() -> bytes:
    content = bytearray(workbook([worker(number) for number in range(50)]))
    middle = len(content) // 3
    content[middle : middle + 300] = bytes(300)
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "one far cell": (far_cell, "far_cell", "XFD1048576"),
    "a cell too far right": (lambda: far_cell("GS5"), "far_cell", "GS5"),
    "a cell too far down": (lambda: far_cell("A120001"), "far_cell", "120.000 dòng"),
    "130,000 rows that do not say their number": (unnamed_far_row, "far_cell", "120.000 dòng"),
    "a cell of a nonsense place": (lambda: far_cell("A0"), "far_cell", "A0"),
    "entities in entities": (entities, "unsafe_workbook", "không an toàn"),
    "a declaration and nothing more": (bare_declaration, "unsafe_workbook", "không an toàn"),
    "an entity from outside": (outside_entity, "unsafe_workbook", "không an toàn"),
    "parts that inflate": (inflating_part, "too_heavy_workbook", "bung ra quá lớn"),
    "a part that lies about its size": (lying_size, "damaged", "hỏng"),
    "a long text used often": (long_text_used_often, "long_text", "32.767"),
    "no sheets": (no_sheets, "no_sheets", "không có trang tính"),
    "a part stored twice": (doubled_sheet, "doubled_part", "ghi trùng"),
    "a part stored twice in capitals": (doubled_by_case, "doubled_part", "ghi trùng"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "macros", "macro"),
    "macros by type alone": (macro_type, "macros", "macro"),
    "old macro sheets": (lambda: with_part("xl/macrosheets/sheet1.xml", b"<x/>"), "macros", "macro"),
    "an embedded object": (lambda: with_part("xl/embeddings/oleObject1.bin", b"x"), "macros", "nhúng"),
    "a call to another program": (with_dde, "unsafe_workbook", "gọi ra ngoài"),
    "three thousand parts": (
        lambda: packed(parts(workbook([worker()])) | {f"xl/x{n}.xml": b"<x/>" for n in range(3000)}),
        "too_heavy_workbook", "bung ra quá lớn"),
    "the binary kind": (lambda: with_part("xl/workbook.bin", b"x"), "binary_workbook", ".xlsb"),
    "a damaged file": (damaged, "damaged", "hỏng"),
    "a cut file": (lambda: workbook([worker()])[:3000], "damaged", "hỏng"),
    "old Excel": (old_excel, "not_accepted", ".xls"),
    "a password": (lambda: old_excel("EncryptedPackage"), "locked_workbook", "mật khẩu"),
    "a PDF": (lambda: b"%PDF-1.7\n%%EOF", "not_accepted", "biểu mẫu"),
    "a plain zip": (lambda: packed({"a.txt": zlib.compress(b"a")}), "not_accepted", "tệp nén"),
    "nothing": (lambda: b"", "empty", "trống"),
}  # fmt: skip


def write(folder: Path, content: bytes) -> Path:
    path = folder / "stored"
    path.write_bytes(content)
    return path
