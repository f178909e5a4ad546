"""Fields of the plan's questionnaire. All may stay empty; what is typed must be understood."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.fields import CountField
from organisations.forms.fields import NameField, PhoneField

_TIME = re.compile(r"(\d{1,2})\s*(?:[:.h]|giờ)?\s*(\d{2})?\s*(?:phút)?", re.IGNORECASE)


class TimeInput(forms.TextInput):
    """A time of day typed as people write it."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num w-8"})


class TimeOfDayField(forms.Field):
    """ "06:00", "6h30", "6 giờ"; 24:00 is midnight."""

    widget = TimeInput

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = _TIME.fullmatch(text)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if hour == 24 and minute == 0:
            hour = 0
        if hour > 23 or minute > 59:
            raise ValidationError(_("“%(text)s” không phải giờ. Nhập như 06:00 hoặc 14h30.") % {"text": text})
        return time(hour, minute)


def text(label: Any, *, most: int = 120, hint: Any = "", lines: int = 0) -> forms.CharField:
    """A line of words, or a few lines."""
    widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(label=label, max_length=most, required=False, help_text=hint, widget=widget)


def name(label: Any) -> NameField:
    """A person's name."""
    return NameField(label=label, max_length=100, required=False)


def phone(label: Any) -> PhoneField:
    """A telephone number."""
    return PhoneField(label=label, required=False)


def count(label: Any, *, hint: Any = "", least: int = 0) -> CountField:
    """A number of people or things."""
    words = gettext_lazy("Số phải từ 0 trở lên.") if not least else gettext_lazy("Số phải từ 1 trở lên.")
    return CountField(label=label, least=least, too_small=words, required=False, help_text=hint)


def tick(label: Any, *, hint: Any = "") -> forms.BooleanField:
    """Yes, or nothing said."""
    return forms.BooleanField(label=label, required=False, help_text=hint)


def choice(label: Any, choices: Any, *, radios: bool = False, hint: Any = "") -> forms.ChoiceField:
    """One of a few; nothing chosen is allowed."""
    given = list(choices)
    if radios:
        return forms.ChoiceField(
            label=label, choices=given, required=False, widget=forms.RadioSelect, help_text=hint
        )
    return forms.ChoiceField(label=label, choices=[("", "–"), *given], required=False, help_text=hint)
