"""The plan in public: every value with its clause, dates and unit; what the plan does not say is marked."""

from datetime import date, time
from fractions import Fraction
from itertools import groupby
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

import plan
from applications.forms.fields import DayField
from dashboards.law_words import SECTIONS, leaf_of, subject_of, unit_of, words_of
from organisations.plan_in_force import law
from pages.templatetags.ui import vn_time


class DayForm(forms.Form):
    """The day whose values are shown."""

    on = DayField(label=gettext_lazy("Xem ngày"), required=False)


def _day(request: HttpRequest) -> tuple[DayForm, date]:
    """The form and the day asked for; today for no day, and for one before the plan or outside the calendar."""
    today = plan.local_day(timezone.now())
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    asked = form.cleaned_data["on"] if form.is_valid() else None
    try:
        law().at(asked or today)
    except plan.PlanError:
        form.add_error("on", _("Ngày này trước ngày đầu của Kế hoạch; trang cho xem hôm nay."))
        return form, today
    return form, asked or today


def _rows(values: list[Any]) -> list[dict[str, Any]]:
    """Values as the page lists them: label, value in words, unit, clause, dates."""
    titles = dict(law().titles)
    return [
        {
            "path": v.path,
            "subject": subject_of(v.path, titles),
            "label": leaf_of(v.path),
            "value": words(v.value, v.unit),
            "unit": unit_of(v.unit, v.value),
            "clause": v.clause,
            "is_ours": v.clause == plan.NOT_IN_THE_PLAN,
            "since": v.since,
            "until": v.until,
        }
        for v in values
    ]


def share_words(share: Fraction) -> str:
    """A part as the plan writes it, "1/3"; the whole and other even parts in per cent: "100 %", "95 %"."""
    percent = share * 100
    if share.denominator > 1 == share.numerator or percent.denominator > 1:
        return str(share)
    return f"{percent} %"


def words(value: Any, unit: str = "") -> str:
    """A value as people read it; lists are joined, and a whole share is 100 %."""
    if isinstance(value, tuple):
        return "; ".join(words(v) for v in value)
    if unit == "share":
        return share_words(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return vn_time(value)
    return words_of(value)


@require_safe
def plan_page(request: HttpRequest) -> HttpResponse:
    """All values in force on a day, by section."""
    form, day = _day(request)
    values = sorted(law().at(day).values(), key=lambda v: _section_rank(v.path))
    groups = [
        {"title": SECTIONS.get(section, section), "anchor": section, "rows": _rows(list(rows))}
        for section, rows in groupby(values, key=lambda v: v.path.split(".")[0])
    ]
    return render(request, "dashboards/plan.html", {"law": law(), "on": day, "groups": groups, "form": form})


def _section_rank(path: str) -> int:
    order = list(SECTIONS)
    section = path.split(".")[0]
    return order.index(section) if section in order else len(order)


@require_safe
def clause_page(request: HttpRequest, clause: str) -> HttpResponse:
    """What one clause is about: its values, with every date they changed, and its papers."""
    _form, day = _day(request)
    rows = [v for v in law().all_values() if v.clause == clause]
    slots = [
        (phase, slot)
        for phase in (1, 2)
        for slot in law().at(day).phase(phase).papers()
        if slot.clause == clause
    ]
    title = law().clause_title(clause)
    if not (rows or slots or title):
        raise Http404(clause)
    context = {
        "law": law(),
        "clause": clause,
        "title": title,
        "rows": _rows(rows),
        "slots": slots,
        "on": day,
    }
    return render(request, "dashboards/clause.html", context)
