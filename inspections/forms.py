"""What the team writes down of a visit."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Sheet
from applications.moments import NearDayField
from inspections import early
from inspections.models import Visit
from pages.templatetags.ui import vn_date, vn_moment
from plan.clock import LOCAL

NOT_A_DAY = {"invalid": gettext_lazy("Ngày không đọc được. Nhập như 15/10/2021.")}
NOT_A_TIME = {"invalid": gettext_lazy("Giờ không đọc được. Nhập như 09:15.")}
ANSWERS = [("yes", gettext_lazy("Đạt")), ("no", gettext_lazy("Chưa đạt"))]


def clock_input() -> forms.TimeInput:
    """hh:mm, typed or chosen."""
    return forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "class": "num w-8"})


class HourField(forms.TimeField):
    """08:00, and as people write it here: 8h, 8h30, 8.30."""

    def to_python(self, value: Any) -> Any:
        found = re.fullmatch(r"\s*(\d{1,2})\s*[h.g:]\s*(\d{0,2})\s*", str(value or "").lower())
        return super().to_python(f"{found[1]}:{found[2] or '00'}" if found else value)


class VisitForm(forms.Form):
    """Times, texts and one answer an item. Everything may be left for later: signing asks for it, saving does not."""

    visited_on = NearDayField(
        label=gettext_lazy("Ngày kiểm tra"),
        required=False,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "class": "num w-12"}),
        error_messages=NOT_A_DAY,
    )
    started_at = HourField(
        label=gettext_lazy("Giờ đến"), required=False, widget=clock_input(), error_messages=NOT_A_TIME
    )
    ended_at = HourField(
        label=gettext_lazy("Giờ xong"), required=False, widget=clock_input(), error_messages=NOT_A_TIME
    )
    firm_person = forms.CharField(
        label=gettext_lazy("Đại diện doanh nghiệp làm việc với tổ"), required=False, max_length=150
    )
    remarks = forms.CharField(
        label=gettext_lazy("Nhận xét"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    guidance = forms.CharField(
        label=gettext_lazy("Đã hướng dẫn doanh nghiệp"),
        help_text=gettext_lazy("Mọi doanh nghiệp phải được hướng dẫn trước khi mở lại (I.2)"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Kết luận chung"),
        choices=Sheet.Verdict.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    early = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, items: list[tuple[str, str, str]], planned_at: datetime, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.planned_at, self.at = items, planned_at, at
        self.fields["early"].label = _("Đúng, kiểm tra sớm hơn ngày hẹn %(day)s") % {
            "day": vn_date(planned_at)
        }
        for code, title, _clause in items:
            self.fields[f"item-{code}"] = forms.ChoiceField(
                label=title, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )
            self.fields[f"remark-{code}"] = forms.CharField(
                label=_("Thấy gì ở “%(item)s”") % {"item": title}, required=False, max_length=500
            )

    def clean(self) -> dict[str, Any]:
        """A visit is recorded once it has begun; one before its day is asked about first."""
        data = super().clean() or self.cleaned_data
        started, ended = self.moment("started_at"), self.moment("ended_at")
        if started and started > self.at:
            words = _("Giờ đến nằm sau lúc này (%(now)s). Xem lại ngày và giờ.")
            self.add_error("started_at", words % {"now": vn_moment(self.at)})
        elif self.is_before_its_day and (started or ended) and not data.get("early"):
            words = _("Hẹn là ngày %(day)s; ghi nhận sớm hơn? Đánh dấu ở dưới, hoặc sửa ngày kiểm tra.")
            self.add_error("early", words % {"day": vn_date(self.planned_at)})
        return data

    @property
    def is_before_its_day(self) -> bool:
        """Whether the day typed lies before the one that was agreed."""
        day = self.cleaned_data.get("visited_on")
        return day is not None and day < self.planned_at.astimezone(LOCAL).date()

    def rows(self) -> list[tuple[str, Any, Any, str]]:
        """(code, answer field, remark field, clause) of each item, in the plan's order."""
        return [
            (code, self[f"item-{code}"], self[f"remark-{code}"], clause) for code, _t, clause in self.items
        ]

    def moment(self, name: str) -> datetime | None:
        """A time of the visit's day as an instant; None while either is missing."""
        day, clock = self.cleaned_data.get("visited_on"), self.cleaned_data.get(name)
        if day is None or not isinstance(clock, time):
            return None
        return datetime.combine(day, clock, tzinfo=LOCAL)

    def findings(self) -> dict[str, tuple[bool | None, str]]:
        """One answer and remark an item."""
        answers = {"yes": True, "no": False}
        return {
            code: (answers.get(self.cleaned_data[f"item-{code}"]), self.cleaned_data[f"remark-{code}"])
            for code, _title, _clause in self.items
        }

    def texts(self) -> dict[str, str]:
        """The texts that the verb saves; a visit before its day says so in its remarks."""
        data = self.cleaned_data
        texts = {name: data[name] for name in ("firm_person", "remarks", "guidance", "verdict")}
        if self.is_before_its_day and data["early"]:
            texts["remarks"] = early.with_sentence(texts["remarks"], self.planned_at)
        return texts


def initial_of(visit: Visit) -> dict[str, Any]:
    """What was saved so far, as the form shows it."""
    started = visit.started_at.astimezone(LOCAL) if visit.started_at else None
    ended = visit.ended_at.astimezone(LOCAL) if visit.ended_at else None
    day = started or ended or visit.planned_at.astimezone(LOCAL)
    initial: dict[str, Any] = {
        "visited_on": day.date(),
        "started_at": started.time() if started else None,
        "ended_at": ended.time() if ended else None,
        "firm_person": visit.firm_person,
        "early": early.is_said(visit),
        "remarks": early.own_words(visit),
        "guidance": visit.guidance,
        "verdict": visit.verdict,
    }
    for finding in visit.findings.order_by("pk"):
        initial[f"item-{finding.item}"] = {True: "yes", False: "no", None: ""}[finding.in_order]
        initial[f"remark-{finding.item}"] = finding.remark
    return initial
