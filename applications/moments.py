"""A day and an hour typed as two fields, read as one instant of Vietnam."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plan.clock import LOCAL

FIRST_YEAR, LAST_YEAR = 2020, 2100
HOURS = [(f"{h:02d}:{m:02d}", f"{h:02d}:{m:02d}") for h in range(6, 19) for m in (0, 30)]


def is_visiting_hour(moment: datetime) -> bool:
    """Whether a visit may begin at this hour: at one that the forms offer."""
    return f"{moment.astimezone(LOCAL):%H:%M}" in dict(HOURS)


class NearDayField(forms.DateField):
    """A day of these years: a slip of the year is said, and no clock has to reckon with the year 1 or 9999."""

    def to_python(self, value: Any) -> Any:
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Năm %(year)s quá xa. Kiểm tra lại năm.") % {"year": day.year}, code="far"
            )
        return day


class VisitMomentForm(forms.Form):
    """When a team comes: a day, an hour."""

    visit_on = NearDayField(
        label=gettext_lazy("Ngày kiểm tra"),
        help_text=gettext_lazy("Ví dụ 15/10/2021"),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "class": "num w-12"}),
        error_messages={
            "required": gettext_lazy("Chưa có ngày kiểm tra. Nhập ngày, tháng, năm."),
            "invalid": gettext_lazy("Ngày kiểm tra không đọc được. Nhập như 15/10/2021."),
        },
    )
    visit_hour = forms.ChoiceField(label=gettext_lazy("Giờ bắt đầu"), choices=HOURS, initial="08:00")

    def visit_at(self) -> datetime:
        """The instant, once the form is valid."""
        hour, minute = map(int, self.cleaned_data["visit_hour"].split(":"))
        return datetime.combine(self.cleaned_data["visit_on"], time(hour, minute), tzinfo=LOCAL)


def next_working_morning(today: date) -> date:
    """A first guess for a visit: tomorrow, or Monday after a weekend; the officer changes it freely."""
    day = today + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day
