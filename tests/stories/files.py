"""What people hold in their hands: photographs, signed papers, the filled form, and the files that go wrong."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pikepdf
from PIL import Image, ImageDraw

from tests.applications import making
from tests.workers.workbooks import workbook, worker

MEGABYTE = 1024 * 1024


def signed_paper(folder: Path, name: str = "giay-to.pdf") -> Path:
    """A scanned paper of one page."""
    path = folder / name
    path.write_bytes(making.pdf_bytes())
    return path


def photograph(folder: Path, number: int) -> Path:
    """A page of paper as a telephone takes it."""
    picture = Image.new("RGB", (900, 1200), "white")
    ImageDraw.Draw(picture).text((80, 80), f"Trang {number}", fill="black")
    path = folder / f"trang-{number}.jpg"
    picture.save(path, quality=70)
    return path


def filled_form(form: Path, folder: Path, rows: int = making.WORKERS) -> Path:
    """The downloaded form with so many workers written under its headings, as Excel would keep it."""
    book = openpyxl.load_workbook(BytesIO(form.read_bytes()))
    sheet = book.worksheets[0]
    headings = next(cell for column in sheet.iter_cols() for cell in column if cell.value == "Họ và tên *")
    for number in range(rows):
        for column, value in enumerate(worker(number)):
            sheet.cell(headings.row + 1 + number, headings.column + column).value = value or None
    path = folder / "danh-sach.xlsx"
    book.save(path)
    return path


def other_columns(folder: Path) -> Path:
    """A workbook of somebody's own."""
    path = folder / "cua-toi.xlsx"
    path.write_bytes(workbook([("Áo sơ mi", 12)], ("Mặt hàng", "Số lượng")))
    return path


def program_named_pdf(folder: Path) -> Path:
    path = folder / "cong-van.pdf"
    path.write_bytes(b"MZ\x90\x00" + b"This program cannot be run in DOS mode." * 60)
    return path


def locked_pdf(folder: Path) -> Path:
    written = BytesIO()
    with pikepdf.open(BytesIO(making.pdf_bytes())) as document:
        document.save(written, encryption=pikepdf.Encryption(owner="chu", user="khoa"))
    path = folder / "khoa.pdf"
    path.write_bytes(written.getvalue())
    return path


def huge(folder: Path, megabytes: int = 40) -> Path:
    """A PDF of so many megabytes, nearly all of them empty."""
    path = folder / "rat-lon.pdf"
    path.write_bytes(making.pdf_bytes())
    with path.open("r+b") as file:
        file.truncate(megabytes * MEGABYTE)
    return path
