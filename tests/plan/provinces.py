"""Small plan files, to see that the law is data: one province without phases, one that amends a value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import plan

HEAD = """
[plan]
title = "Công văn phục hồi sản xuất"
number = "3591/UBND-KGVX"
status = "issued"
source = "UBND tỉnh"
"""

WITHOUT_PHASES = (
    HEAD
    + """
[clock]
counting = [{ from = 2021-09-01, value = "COUNTING", unit = "counting", clause = "not in the plan" }]

[routing]
in_zone = [{ from = 2021-09-01, value = "EZB", unit = "agency", clause = "2-a" }]
elsewhere = [{ from = 2021-09-01, value = "DOLISA", unit = "agency", clause = "2-a" }]

[stages]
office_closes = [{ from = 2021-09-01, value = 16:30:00, unit = "time", clause = "not in the plan" }]
completeness_working_days = [{ from = 2021-09-01, value = 1, unit = "working_days", clause = "not in the plan" }]
team_assignment_working_days = [{ from = 2021-09-01, value = 1, unit = "working_days", clause = "not in the plan" }]
visit_working_days = [{ from = 2021-09-01, value = 2, unit = "working_days", clause = "not in the plan" }]
advice_working_days = [{ from = 2021-09-01, value = 1, unit = "working_days", clause = "not in the plan" }]
decision_working_days = [{ from = 2021-09-01, value = 3, unit = "working_days", clause = "not in the plan" }]
visit_report_working_days = [{ from = 2021-09-01, value = 1, unit = "working_days", clause = "not in the plan" }]
relay_working_days = [{ from = 2021-09-01, value = 1, unit = "working_days", clause = "not in the plan" }]
answer_working_days = [{ from = 2021-09-01, value = 3, unit = "working_days", clause = "not in the plan" }]
late_start_days = [{ from = 2021-09-01, value = 30, unit = "days", clause = "not in the plan" }]
late_contract_days = [{ from = 2021-09-01, value = 3, unit = "days", clause = "not in the plan" }]

[[agencies.tasks]]
code = "steering_committee"
title = "Lập Ban Chỉ đạo phục hồi sản xuất"
owners = [{ from = 2021-10-11, value = ["DPI"], unit = "owners", clause = "1-a" }]
due = [{ from = 2021-10-11, value = 2021-11-10, unit = "before_date", clause = "1-a" }]
recipient = [{ from = 2021-10-11, value = "CHAIR", unit = "recipient", clause = "1-a" }]

[[agencies.tasks]]
code = "monthly_report"
title = "Báo cáo hằng tháng"
owners = [
  { from = 2021-09-01, to = 2021-12-31, value = ["DPI"], unit = "owners", clause = "1-b" },
]
due = [
  { from = 2021-11-01, value = 15, unit = "before_day_of_month", clause = "1-b" },
  { from = 2021-09-01, value = 25, unit = "day_of_month", clause = "1-b" },
]
recipient = [{ from = 2021-09-01, value = "CHAIR", unit = "recipient", clause = "1-b" }]
"""
)


def written(folder: Path, text: str, *, name: str = "province") -> plan.Law:
    """A plan file with that text, loaded."""
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return plan.load(name, folder=folder)


def small_province(folder: Path, *, counting: str = "calendar", on: date = date(2021, 10, 11)) -> plan.Rules:
    """The rules of a province that has no phases, with calendar or working days."""
    return written(folder, WITHOUT_PHASES.replace("COUNTING", counting)).at(on)
