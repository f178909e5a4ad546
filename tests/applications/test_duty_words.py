"""A changed value of the plan changes what a letter says."""

from datetime import date
from pathlib import Path

import pytest

import plan
from applications import duty_words

FILE = Path(plan.__file__).parent / "data" / "tra_vinh_2021.toml"
START = date(2021, 10, 5)
RECIPIENTS = {"RA": "Sở Lao động", "DOH": "Sở Y tế", "CHAIR": "Chủ tịch"}


def phase(number: int, folder: Path, *changes: tuple[str, str]) -> plan.Phase:
    """A phase of the plan with some of its text changed."""
    text = FILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "changed.toml").write_text(text, encoding="utf-8")
    return plan.load("changed", folder=folder).at(START).phase(number)


def told(of: plan.Phase) -> str:
    until = of.first_month_ends(started_on=START)
    return "\n".join(duty_words.duties(of, started_on=START, until=until, recipients=RECIPIENTS))


def test_each_duty_says_how_often_to_whom_and_by_when(tmp_path: Path) -> None:
    words = told(phase(1, tmp_path))
    for line in (
        "Danh sách người lao động của đơn vị cung cấp: hằng tuần, trước thứ Sáu, gửi Sở Lao động, "
        "lần đầu chậm nhất ngày 07/10/2021 (III.1.1-o)",
        "Xét nghiệm người lao động trong tháng đầu: toàn bộ, 03 ngày một lần, báo kết quả cho Sở Y tế, "
        "lần đầu chậm nhất ngày 08/10/2021 (III.1.1-i)",
        "Hợp đồng với cơ sở y tế: nếu chưa nộp thì nộp trong 07 ngày từ ngày bắt đầu, gửi Sở Lao động, "
        "chậm nhất ngày 12/10/2021 (III.1.1-p)",
    ):
        assert line in words.splitlines()
    words = told(phase(2, tmp_path))
    assert "1/5 số người, hai lần mỗi kỳ, hằng tháng, trước ngày 20, báo kết quả cho Sở Lao động" in words


@pytest.mark.parametrize(
    ("number", "old", "new", "said"),
    [
        (1, 'value = 3, unit = "days_apart"', 'value = 5, unit = "days_apart"', "05 ngày một lần"),
        (1, 'value = "1", unit = "share", clause = "III.1.1-i"', 'value = "1/2", unit = "share", clause = "III.1.1-i"',
         "1/2 số người, 03 ngày"),
        (1, 'value = "friday", unit = "weekday"', 'value = "monday", unit = "weekday"', "hằng tuần, vào thứ Hai"),
        (1, 'value = 7, unit = "days_after_start"', 'value = 10, unit = "days_after_start"', "trong 10 ngày từ"),
        (2, 'value = 2, unit = "draws"', 'value = 3, unit = "draws"', "1/5 số người, ba lần mỗi kỳ"),
        (2, 'value = 20, unit = "before_day_of_month"', 'value = 25, unit = "day_of_month"', "vào ngày 25"),
    ],
)  # fmt: skip
def test_a_changed_value_changes_the_words_of_a_duty(
    tmp_path: Path, number: int, old: str, new: str, said: str
) -> None:
    assert said not in told(phase(number, tmp_path))
    assert said in told(phase(number, tmp_path, (old, new)))


def test_a_changed_value_changes_how_often_the_team_comes(tmp_path: Path) -> None:
    assert duty_words.visits(phase(1, tmp_path), started_on=START) == (
        "04 lần trong tháng đầu (mỗi tuần một lần), sau đó mỗi tháng một lần, trước ngày 15"
    )
    assert duty_words.visits(phase(2, tmp_path), started_on=START) == (
        "02 lần trong tháng đầu (hai tuần một lần), sau đó mỗi tháng một lần, trước ngày 15, trong ba tháng"
    )
    changed = phase(
        2, tmp_path, ('value = 3, unit = "visits"', 'value = 12, unit = "visits"'),
        ('value = 1, unit = "months", clause = "III.2.3.4-b"', 'value = 2, unit = "months", clause = "III.2.3.4-b"'),
        ('value = 2, unit = "weeks"', 'value = 1, unit = "weeks"'),
    )  # fmt: skip
    words = duty_words.visits(changed, started_on=START)
    assert "trong hai tháng đầu (mỗi tuần một lần)" in words
    assert words.endswith("trong 12 tháng")
