"""Icons, and how numbers, days, times and telephones are written. Built into every template."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

from pages.deadline_words import LOCAL

register = template.Library()
Number = int | float | Decimal


@cache
def icon_names() -> frozenset[str]:
    """The icons that the sprite holds."""
    text = (Path(settings.BASE_DIR) / "static" / "icons.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@register.inclusion_tag("components/icon.html")
def icon(name: str, css: str = "") -> dict[str, str]:
    """An icon of the sprite, silent for screen readers: words stand beside it or in aria-label."""
    if name not in icon_names():
        raise ValueError(f'no icon "{name}": add it to static/icons.txt and run npm run build')
    return {"name": name, "css": css, "sprite": static("icons.svg")}


@register.filter
def vn_number(value: Number | None, places: int | None = None) -> str:
    """12480 as 12.480, 2.1 as 2,1; nothing as an en dash."""
    if value is None:
        return "–"
    text = f"{value:,.{places}f}" if places is not None else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """05/10/2021, the day in Viet Nam."""
    return f"{_local(value):%d/%m/%Y}" if value else ""


@register.filter
def vn_time(value: datetime | time | None) -> str:
    """14:05, 06:00: of an instant in Viet Nam's time, or a time of day as it is."""
    return "" if value is None else f"{value if isinstance(value, time) else _local(value):%H:%M}"


@register.filter
def vn_moment(value: datetime | None) -> str:
    """16:20, 14/10/2021."""
    return f"{_local(value):%H:%M, %d/%m/%Y}" if value else ""


@register.filter
def vn_weekday(value: date | datetime | None) -> str:
    """The day of the week in words, to stand before a date."""
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[_local(value).weekday()] if value else ""


@register.filter
def vn_size(octets: int) -> str:
    """The size of a file: 1,8 MB, 340 kB."""
    if octets >= 1_000_000:
        return f"{vn_number(octets / 1_000_000, 1).removesuffix(',0')} MB"
    return f"{max(1, round(octets / 1000))} kB"


@register.filter
def vn_phone(value: str) -> str:
    """+842943555010 as 0294 3555 010: what people dial, in groups."""
    digits = _national(value)
    if len(digits) < 10 or not digits.isdigit():
        return value
    middle = 4 if len(digits) == 11 else 3
    return f"{digits[:4]} {digits[4 : 4 + middle]} {digits[4 + middle :]}"


@register.filter
def tel(value: str) -> str:
    """A number as a tel: address wants it, whatever spaces it was typed with."""
    digits = _national(value)
    return f"tel:+84{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


def _local(value: Any) -> Any:
    return value.astimezone(LOCAL) if isinstance(value, datetime) else value


def _national(value: str) -> str:
    try:
        number = phonenumbers.parse(value, "VN")
    except phonenumbers.NumberParseException:
        return value
    national = phonenumbers.national_significant_number(number)
    return f"0{national}" if number.country_code == 84 and len(national) > 8 else value
