"""Papers of the demo: one rendering a firm, cut into one PDF a slot; a worker list of invented people.

Made in a temporary folder before any row is written.
"""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import xlsxwriter
from django.template.loader import render_to_string

from documents import pdf
from documents.fonts import faces
from pages.folding import fold
from restart_portal.demo.firms import Firm
from workers.worker_list_columns import COLUMNS

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Thạch", "Kim", "Sơn", "Lâm", "Huỳnh", "Võ", "Đặng", "Trương")
MIDDLE = ("Thị", "Văn", "Minh", "Ngọc", "Hữu", "Thị Mỹ", "Quốc", "Thanh")
GIVEN = (
    "Ánh",
    "Bình",
    "Đạt",
    "Đẹp",
    "Hằng",
    "Hồng",
    "Khôi",
    "Lan",
    "Nhựt",
    "Phia",
    "Sang",
    "Thắm",
    "Út",
    "Vinh",
    "Yến",
)


def make_papers(firm: Firm, slots: Sequence[Any], *, signed_on: date, folder: Path) -> dict[str, Path]:
    """One PDF a slot (the worker list apart), in the firm's name."""
    wanted = [slot for slot in slots if slot.code != "worker_list"]
    html = render_to_string(
        "demo/papers.html", {"firm": firm, "slots": wanted, "on": signed_on, "faces": faces()}
    )
    whole = folder / f"{firm.tax_code}.pdf"
    whole.write_bytes(pdf.render(html))
    made = {}
    with pikepdf.open(whole) as book:
        for slot, page in zip(wanted, book.pages, strict=True):
            path = folder / f"{firm.tax_code}-{slot.code}.pdf"
            with pikepdf.new() as part:
                part.pages.append(page)
                part.save(path, deterministic_id=True)
            made[slot.code] = path
    return made


def make_worker_list(firm: Firm, *, count: int, folder: Path) -> Path:
    """A filled worker-list form of invented people; the same list at every run."""
    dice = random.Random(firm.tax_code)
    path = folder / f"{firm.tax_code}-list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Danh sách")
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(2, column, heading.title)
        for row in range(count):
            for column, text in enumerate(_person(dice, row)):
                sheet.write_string(3 + row, column, text)
    return path


def _person(dice: random.Random, row: int) -> tuple[str, ...]:
    middle = dice.choice(MIDDLE)
    name = f"{dice.choice(FAMILY)} {middle} {dice.choice(GIVEN)}"
    woman = middle.startswith("Thị")
    year = dice.randint(1966, 2002)
    born = f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{year}"
    century = (2 if year >= 2000 else 0) + (1 if woman else 0)
    identity = f"084{century}{year % 100:02d}{row:06d}"
    home = f"Ấp {dice.randint(1, 9)}, tỉnh Trà Vinh"
    phones = (f"09{dice.randint(10, 99)}{row:06d}", f"08{dice.randint(30, 89)}{row:06d}")
    return (name, born, identity, home, home, *phones, f"NV{row + 1:04d}", "Nữ" if woman else "Nam")


def email_of(firm: Firm) -> str:
    """Address of a firm's person: letters of its name."""
    return f"{fold(firm.name.split()[-1])}.{firm.tax_code[-4:]}@doanh-nghiep.tra-vinh.example"
