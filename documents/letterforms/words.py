"""How a letter says days, moments and numbers (Decree 30, Annex I): always in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_LAST_MINUTE: Final = time(23, 59)
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"


def local(at: datetime) -> datetime:
    """The moment on a Vietnamese clock; a moment without a zone already is."""
    return at.astimezone(_LOCAL) if at.tzinfo else at


def day(on: date) -> str:
    """ "ngày 05 tháng 01 năm 2021" but "tháng 9": the leading zero is for days below 10, months 1 and 2."""
    if isinstance(on, datetime):
        on = local(on).date()
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def moment(at: datetime) -> str:
    """ "15 giờ 20 phút, ngày 28 tháng 9 năm 2021"; the last second of a day is its 24:00."""
    at = local(at)
    return f"{hour(at)}, {day(at)}"


def short_moment(at: datetime) -> str:
    """ "15 giờ 20 phút, ngày 28/9/2021", for the narrow columns of a slip."""
    at = local(at)
    month = f"{at.month:02d}" if at.month < 3 else str(at.month)
    return f"{hour(at)}, ngày {at:%d}/{month}/{at.year}"


def hour(at: datetime) -> str:
    at = local(at)
    if at.time() >= _LAST_MINUTE:
        return "24 giờ 00 phút"
    return f"{at:%H} giờ {at:%M} phút"


def span(start: datetime, end: datetime) -> str:
    """From start to end, the day said once when it is the same."""
    start, end = local(start), local(end)
    if end - start < timedelta(days=1) and start.date() == end.date():
        return f"từ {hour(start)} đến {hour(end)}, {day(end)}"
    return f"từ {moment(start)} đến {moment(end)}"


def number(value: int) -> str:
    """ "1.836"."""
    return f"{value:,}".replace(",", ".")


def joined(parts: Sequence[str]) -> str:
    """ "a, b và c"; parts that hold a comma themselves are parted by semicolons."""
    if len(parts) < 2:
        return "".join(parts)
    mark = "; " if any("," in part for part in parts) else ", "
    return f"{mark.join(parts[:-1])} và {parts[-1]}"


def letter(position: int) -> str:
    """The sign of a point, counted from 1, in the alphabet of Vietnamese legal texts."""
    return _LETTERS[position - 1] if 0 < position <= len(_LETTERS) else str(position)
