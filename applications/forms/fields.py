"""Fields of the enterprise's forms: numbers as people write them, days with a direction, files as kept."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 200_000
EARLIEST, LATEST = date(2015, 1, 1), date(2100, 12, 31)


def reason_field(label: Any, *, max_length: int = 500) -> forms.CharField:
    """Why the agency does a thing out of turn, which the enterprise reads."""
    return forms.CharField(
        label=label, max_length=max_length, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Doanh nghiệp đọc nguyên văn câu này"),
        error_messages={"required": gettext_lazy("Chưa ghi lý do. Doanh nghiệp đọc câu này.")},
    )  # fmt: skip


class NumberInput(forms.NumberInput):
    """Digits typed into a text box: "1.250" stays as it was typed when something else is wrong."""

    input_type = "text"


class DateInput(forms.DateInput):
    """A day typed dd/mm/yyyy."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%d/%m/%Y", **options)


class CountField(forms.Field):
    """A whole number of people or papers; a point or space between thousands is understood."""

    widget = NumberInput

    def __init__(self, *, least: int, too_small: Any, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.too_small = least, too_small

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"[\s.\u00a0]", "", str(value or ""))
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]{1,12}", text):
            raise ValidationError(
                _("“%(text)s” không phải số nguyên. Chỉ nhập chữ số, ví dụ 149.") % {"text": value}
            )
        number = int(text)
        if number < self.least:
            raise ValidationError(str(self.too_small))
        if number > LARGEST:
            raise ValidationError(
                _("Số %(number)s quá lớn. Kiểm tra lại, có thể thừa chữ số.") % {"number": text}
            )
        return number


class DayField(forms.DateField):
    """A day in words people understand; `past=True` refuses days to come, `future=True` days gone by."""

    widget = DateInput

    def __init__(self, *, past: bool = False, future: bool = False, **options: Any) -> None:
        super().__init__(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"], **options)
        self.past, self.future = past, future
        self.today: date | None = None  # set by the form, which is told the day
        self.error_messages["invalid"] = gettext_lazy(
            "Ngày này không có trong lịch. Nhập ngày/tháng/năm đủ 4 số, ví dụ 30/06/2021."
        )

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is None:
            return day
        shown = f"{day:%d/%m/%Y}"
        if not EARLIEST <= day <= LATEST and not self.past and not self.future:
            raise ValidationError(_("Ngày %(day)s quá xa. Kiểm tra lại năm.") % {"day": shown}, code="far")
        if self.today is None:
            return day
        if self.past and day > self.today:
            raise ValidationError(
                _("Ngày %(day)s chưa đến. Nhập ngày đã qua.") % {"day": shown}, code="future"
            )
        if self.past and day < EARLIEST:
            raise ValidationError(_("Ngày %(day)s quá xa. Kiểm tra lại năm.") % {"day": shown}, code="far")
        if self.future and day <= self.today:
            raise ValidationError(
                _("Ngày %(day)s đã qua. Nhập ngày sau hôm nay.") % {"day": shown}, code="past"
            )
        if self.future and (day - self.today).days > 366:
            raise ValidationError(_("Ngày %(day)s quá xa. Kiểm tra lại năm.") % {"day": shown}, code="far")
        return day


class KeptFileInput(forms.FileInput):
    """A file to choose, beside the one that is kept already."""


class KeptFileField(forms.FileField):
    """A file that answers a question. What is kept counts; the door checks and keeps a new one."""

    widget = KeptFileInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, max_length=500, **options)
        self.widget.attrs["class"] = "form-control"
