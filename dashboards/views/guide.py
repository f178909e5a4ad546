"""What must I do? Where the site lies, how many workers, which mode: phase, agency, cap and papers. No account."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

import plan
from applications.forms.fields import CountField
from applications.phases import phase_on
from applications.road import cap_why, clause_url, clause_words, working_days
from applications.slot_guidance import guidance
from organisations.models import AdminUnit, Agency
from organisations.models.permit import Mode
from organisations.plan_in_force import law, rules_at, rules_on
from pages import parts
from pages.templatetags.ui import vn_number

PLACES = [
    ("zone", gettext_lazy("Trong khu công nghiệp, khu kinh tế")),
    ("outside", gettext_lazy("Ngoài khu, hoặc trong cụm công nghiệp")),
]


class GuideForm(forms.Form):
    """The questions; all of them stand in the address, none of them names anybody."""

    place = forms.ChoiceField(
        label=gettext_lazy("Cơ sở ở đâu?"), choices=PLACES, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn cơ sở ở trong hay ngoài khu.")},
    )  # fmt: skip
    district = forms.ChoiceField(label=gettext_lazy("Huyện, thị xã, thành phố"), required=False)
    workers = CountField(
        label=gettext_lazy("Số lao động hiện có"),
        help_text=gettext_lazy("Mọi người có hợp đồng lao động tại cơ sở, kể cả đang tạm nghỉ việc"),
        least=1,
        too_small=gettext_lazy("Số lao động phải từ 1 trở lên."),
        error_messages={"required": gettext_lazy("Nhập số lao động hiện có.")},
    )
    mode = forms.ChoiceField(label=gettext_lazy("Hình thức sản xuất"), required=False)

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        units = AdminUnit.objects.filter(level="district", parent=law().province.code, valid_from__lte=on)
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", _("Chưa chọn")),
            *[(unit.pk, unit.full_name) for unit in units.order_by("sort_key", "code")],
        ]
        self.fields["mode"].choices = [("", _("Chưa chọn")), *Mode.choices]  # type: ignore[attr-defined]


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The questions and, once answered, what follows from the plan."""
    now = timezone.now()
    today = plan.local_day(now)
    asked = "place" in request.GET or "workers" in request.GET
    form = GuideForm(request.GET, on=today) if asked else GuideForm(on=today)
    context: dict[str, Any] = {"form": form, "answer": None, "on": today}
    if asked and form.is_valid():
        context["answer"] = _answer(form.cleaned_data, at=now)
    return render(request, "dashboards/guide.html", context)


def _answer(data: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """Phase, receiving agency, cap and papers, each with its reason."""
    today = plan.local_day(at)
    number = phase_on(today)
    rules = rules_on(today)
    phase = rules.phase(number)
    workers = data["workers"]
    cap = phase.cap(baseline=workers, enterprise_total=workers)
    code = rules.receiving_agency(in_zone=data["place"] == "zone")
    agency = Agency.objects.get(code=code)
    slots = phase.papers()
    return {
        "phase": number,
        "agency": agency,
        "agency_why": _agency_why(data["place"], today),
        "cap": cap,
        "cap_words": _("Không giới hạn")
        if cap.limit is None
        else _("%(n)s người") % {"n": vn_number(cap.limit)},
        "cap_why": cap_why(cap, phase=number, baseline=workers, total=workers, at=at),
        "mode": dict(Mode.choices).get(data["mode"], ""),
        "mode_line": _mode_line(data["mode"]),
        "papers": [_paper(index, slot) for index, slot in enumerate(slots)],
        "papers_count": len(slots) - 1,
        "required": sum(1 for slot in slots if slot.required),
        "days": working_days(rules_at(at).value("stages.completeness_working_days").value),
        "health_slot": next((slot for slot in slots if slot.due_days_after_start is not None), None),
    }


def _agency_why(place: str, today: date) -> parts.Why:
    clause = "III.1.1-l"
    value = _("cơ sở trong khu kinh tế, khu công nghiệp") if place == "zone" else _("cơ sở ngoài khu")
    reading = _("Cụm công nghiệp không phải khu công nghiệp, nên nộp như cơ sở ngoài khu.")
    return parts.Why(clause_words(clause), clause_url(clause), value, today, reading, _("Vì sao nộp ở đây?"))


def _mode_line(mode: str) -> str:
    """What the chosen mode adds to the papers."""
    return {
        Mode.THREE_ON_SITE: _(
            "Người lao động làm, ăn, nghỉ tại cơ sở: quy định nơi ở và phương án khu cách ly cần kỹ."
        ),
        Mode.ONE_ROUTE: _(
            "Đưa đón tập trung giữa nơi ở và cơ sở: ghi tuyến đường, xe và nơi ở trong quy định."
        ),
        Mode.DAILY: _("Đi về hằng ngày: ghi cách kiểm soát ra vào và khai báo y tế mỗi ngày."),
        Mode.MIXED: _("Nhiều hình thức: ghi rõ nhóm nào theo hình thức nào."),
    }.get(mode, "")  # type: ignore[call-overload]


def _paper(number: int, slot: Any) -> dict[str, Any]:
    told = guidance(slot.code)
    later = ""
    if not slot.required:
        later = (
            _("nộp sau được, trong %(days)s ngày từ ngày bắt đầu") % {"days": slot.due_days_after_start}
            if slot.due_days_after_start is not None
            else _("không bắt buộc")
        )
    return {
        "number": number,
        "title": slot.title,
        "what": told.what,
        "needs": told.needs,
        "later": later,
        "clause": slot.clause,
        "clause_url": clause_url(slot.clause),
        "is_list": slot.code == "worker_list",
    }
