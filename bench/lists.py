"""Worker lists: reading 10,000 workers safely and cell by cell, against the bare reader on the same workbook."""

import os
import random
import sys
import tempfile
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

import xlsxwriter  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from bench.figures import Figure, figure, hand_over, seconds  # noqa: E402
from workers import worker_list  # noqa: E402
from workers.worker_list_columns import COLUMNS  # noqa: E402

ROWS, ROUNDS = 10_000, 3
ON = date(2021, 10, 14)
NAMES = ("Nguyễn Thị Ánh", "Trần Văn Đạt", "Thạch Thị Sa Ry", "Kim Ngọc Hằng", "Lâm Quốc Ẩn", "Huỳnh Hữu Đẹp")


def write_list(path: Path, *, rows: int) -> Path:
    """A filled worker list of invented people, all of them right."""
    dice = random.Random(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Danh sách")
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(2, column, heading.title)
        for row in range(rows):
            for column, text in enumerate(_person(dice, row)):
                sheet.write_string(3 + row, column, text)
    return path


def _person(dice: random.Random, row: int) -> tuple[str, ...]:
    year = dice.randint(1966, 1999)
    woman = dice.random() < 0.6
    born = f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{year}"
    identity = f"084{int(woman)}{year % 100:02d}{row:06d}"
    home = f"Ấp {row % 9 + 1}, xã Long Đức, thành phố Trà Vinh"
    phones = (f"090{row:07d}", f"083{row:07d}")
    sex = "Nữ" if woman else "Nam"
    return (
        dice.choice(NAMES),
        born,
        identity,
        home,
        home,
        *phones,
        f"NV{row:05d}",
        sex,
        "",
        f"Xưởng {row % 7}",
        "Ca 1",
    )


def _bare(path: Path) -> int:
    with CalamineWorkbook.from_path(path) as book:
        return sum(1 for _ in book.get_sheet_by_index(0).iter_rows())


def _whole(path: Path) -> None:
    found = worker_list.read(path, name=path.name, on=ON)
    if found.count != ROWS or found.problems:
        raise RuntimeError(f"{found.count} rows, {found.problems[:3]}")


def figures() -> list[Figure]:
    """Both readings in turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_list(Path(folder, "list.xlsx"), rows=ROWS)
        bare, whole = [], []
        for _ in range(ROUNDS):
            bare.append(seconds(lambda: _bare(path)))
            whole.append(seconds(lambda: _whole(path)))
    alone = figure("worker list", f"calamine alone, {ROWS:,} rows", bare)
    return [alone, figure("worker list", f"checked and read, {ROWS:,} rows", whole, base=alone.seconds)]


if __name__ == "__main__":
    hand_over(figures())
    sys.exit(0)
