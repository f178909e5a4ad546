"""The law: dated values with citations, and pure rules over them.

    law = plan.load("tra_vinh_2021")
    rules = law.at(date(2021, 10, 1))
    rules.phase(1).cap(baseline=149)          # Cap(limit=74, clause="III.1.2-b")

Nothing here reads a clock, a database or a setting. Instants are timezone-aware, days are local days in
Vietnam; a naive datetime, an unknown word or a negative number raises ValueError. docs/plan.md lists every
value.
"""

from __future__ import annotations

from plan.cap import Cap
from plan.clock import ClockLine, clock_lines, local_day
from plan.draw import draw, draw_order
from plan.errors import PlanError
from plan.history import Dose, HealthHistory
from plan.law import Law, Rules
from plan.loader import load
from plan.occurrences import Occurrence
from plan.phase import Phase
from plan.province import Province
from plan.samples import Sample
from plan.slots import PLAN_PAPER, Slot
from plan.values import NOT_IN_THE_PLAN, Cited, CitedValue
from plan.verdict import Unmet, Verdict
from plan.visits import Window

__all__ = [
    "NOT_IN_THE_PLAN",
    "PLAN_PAPER",
    "Cap",
    "Cited",
    "CitedValue",
    "ClockLine",
    "Dose",
    "HealthHistory",
    "Law",
    "Occurrence",
    "Phase",
    "PlanError",
    "Province",
    "Rules",
    "Sample",
    "Slot",
    "Unmet",
    "Verdict",
    "Window",
    "clock_lines",
    "draw",
    "draw_order",
    "load",
    "local_day",
]
