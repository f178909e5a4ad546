"""Icons, and how numbers, days, times and telephones are written. Built into every template."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from pages.deadline_words import LOCAL

register = template.Library()
Number = int | float | Decimal
IN_PAGE = "draws_icons_in_page"


@cache
def icon_names() -> frozenset[str]:
    """The icons that the sprite holds."""
    text = (Path(settings.BASE_DIR) / "static" / "icons.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def symbols() -> dict[str, tuple[str, str]]:
    """The view box and the lines of every icon of the built sprite, by name."""
    sprite = (Path(settings.BASE_DIR) / "var" / "assets" / "icons.svg").read_text(encoding="utf-8")
    found = re.findall(r'<symbol id="([\w-]+)" viewBox="([^"]+)">(.*)</symbol>', sprite)
    return {name: (box, lines) for name, box, lines in found}


@register.simple_tag(takes_context=True)
def icons_in_page(context: Context) -> str:
    """From here on icons are drawn in the page: a page with few of them need not ask for the whole sprite."""
    # An attribute, since a variable would not reach what is included with `only`.
    setattr(context, IN_PAGE, True)
    return ""


@register.inclusion_tag("components/icon.html", takes_context=True)
def icon(context: Context, name: str, css: str = "") -> dict[str, str]:
    """An icon of the sprite, silent for screen readers: words stand beside it or in aria-label."""
    if name not in icon_names():
        raise ValueError(f'no icon "{name}": add it to static/icons.txt and run npm run build')
    if not getattr(context, IN_PAGE, False):
        return {"name": name, "css": css, "sprite": static("icons.svg")}
    box, lines = symbols()[name]
    return {"css": css, "box": box, "lines": mark_safe(lines)}  # the build's own lines, from bootstrap-icons


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
def vn_time(value: datetime | time | int | None) -> str:
    """14:05, 06:00: of an instant in Viet Nam's time, or a time of day, or a whole hour, as it is."""
    if value is None:
        return ""
    value = time(value) if isinstance(value, int) else value
    return f"{value if isinstance(value, time) else _local(value):%H:%M}"


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
