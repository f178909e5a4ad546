"""The plan in public: every value with its clause, dates and unit; what the plan does not say is marked."""

from datetime import date, time
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

import plan
from dashboards.law_words import SECTIONS, leaf_of, subject_of, unit_of, words_of
from organisations.plan_in_force import law


def _day(request: HttpRequest) -> date:
    """The day asked for, or today; a day before the plan shows its first day."""
    today = plan.local_day(timezone.now())
    try:
        asked = parse_date(request.GET.get("on", "")) or today
        law().at(asked)
    except (ValueError, plan.PlanError):
        return today
    return asked


def _rows(values: list[Any]) -> list[dict[str, Any]]:
    """Values as the page lists them: label, value in words, unit, clause, dates."""
    return [
        {
            "path": v.path,
            "subject": subject_of(v.path),
            "label": leaf_of(v.path),
            "value": words(v.value),
            "unit": unit_of(v.unit, v.value),
            "clause": v.clause,
            "is_ours": v.clause == plan.NOT_IN_THE_PLAN,
            "since": v.since,
            "until": v.until,
        }
        for v in values
    ]


def words(value: Any) -> str:
    """A value as people read it; lists are joined."""
    if isinstance(value, tuple):
        return "; ".join(words(v) for v in value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return words_of(value)


@require_safe
def plan_page(request: HttpRequest) -> HttpResponse:
    """All values in force on a day, by section."""
    day = _day(request)
    values = sorted(law().at(day).values(), key=lambda v: _section_rank(v.path))
    groups = [
        {"title": SECTIONS.get(section, section), "anchor": section, "rows": _rows(list(rows))}
        for section, rows in groupby(values, key=lambda v: v.path.split(".")[0])
    ]
    return render(request, "dashboards/plan.html", {"law": law(), "on": day, "groups": groups})


def _section_rank(path: str) -> int:
    order = list(SECTIONS)
    section = path.split(".")[0]
    return order.index(section) if section in order else len(order)


@require_safe
def clause_page(request: HttpRequest, clause: str) -> HttpResponse:
    """The values of one clause, with every date they changed."""
    day = _day(request)
    rows = [v for v in law().all_values() if v.clause == clause]
    slots = [
        (phase, slot)
        for phase in (1, 2)
        for slot in law().at(day).phase(phase).slots()
        if slot.clause == clause
    ]
    if not rows and not slots:
        raise Http404(clause)
    context = {"law": law(), "clause": clause, "rows": _rows(rows), "slots": slots, "on": day}
    return render(request, "dashboards/clause.html", context)
