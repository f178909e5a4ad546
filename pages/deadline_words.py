"""How the portal words a deadline, the same on a page, in a PDF, an e-mail and a calendar.

A due time at a day's end (23:59 in Viet Nam) is a day: it reads "hết ngày 18/10/2021", on that day "hết hạn
hôm nay", afterwards in whole days. Any other due time is a moment and is counted to the minute.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
ICONS = {"calm": "clock", "wait": "hourglass-split", "late": "exclamation-triangle", "paused": "pause-circle"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """Words, the absolute time beside them, and how they look; `paused` holds why no time is counted."""

    words: str
    absolute: str
    tone: str
    icon: str
    paused: str = ""

    @property
    def head(self) -> str:
        """First of the two lines."""
        return _("chưa tính") if self.paused else self.words

    @property
    def foot(self) -> str:
        """Second line: the absolute time, or why the clock stands still."""
        return self.paused or self.absolute

    def __str__(self) -> str:
        return self.words if self.paused else f"{self.words} ({self.absolute})"


def deadline(
    due_at: datetime | None, *, at: datetime, paused: str | None = None, day_end: bool = True
) -> Deadline:
    """What a reader sees at a moment; `day_end=False` counts even 23:59 to the minute."""
    if paused or due_at is None:
        why = paused or _("chưa bắt đầu")
        return Deadline(_("chưa tính: %(why)s") % {"why": why}, "", "calm", ICONS["paused"], why)
    due, now = due_at.astimezone(LOCAL), at.astimezone(LOCAL)
    whole_day = day_end and _ends_a_day(due)
    edge = _day_edge(due) if whole_day else due
    over = now >= edge if whole_day else now > edge
    tone = "late" if over else "wait" if edge - now <= DAY else "calm"
    words = _overdue if over else _remaining
    return Deadline(words(edge, now, whole_day), absolute(due, whole_day=whole_day), tone, ICONS[tone])


def due_words(due_at: datetime | None) -> str:
    """The due time alone: "17:00, 13/10/2021" or "hết ngày 18/10/2021"; empty where no time runs."""
    if due_at is None:
        return ""
    due = due_at.astimezone(LOCAL)
    return absolute(due, whole_day=_ends_a_day(due))


def absolute(due: datetime, *, whole_day: bool) -> str:
    """The due time itself, in Viet Nam's time."""
    day = f"{due:%d/%m/%Y}"
    return _("hết ngày %(day)s") % {"day": day} if whole_day else f"{due:%H:%M}, {day}"


def duration(span: timedelta) -> str:
    """The two largest parts of a span, zero parts dropped: "1 ngày 3 giờ", "5 giờ 20 phút", "1 ngày"."""
    hours, minutes = divmod(span.seconds // 60, 60)
    if span.days:
        return _join(days(span.days), _hours(hours))
    return _join(_hours(hours), _minutes(minutes))


def days(count: int) -> str:
    """A number of days in words."""
    return ngettext("%(n)d ngày", "%(n)d ngày", count) % {"n": count}


def _ends_a_day(due: datetime) -> bool:
    return (due.hour, due.minute) == (23, 59)


def _day_edge(due: datetime) -> datetime:
    return due.replace(hour=0, minute=0, second=0, microsecond=0) + DAY


def _remaining(edge: datetime, now: datetime, whole_day: bool) -> str:
    if whole_day and edge - now <= DAY:
        return _("hết hạn hôm nay")
    left = edge - now
    return _("còn chưa đến 1 phút") if left < MINUTE else _("còn %(span)s") % {"span": duration(left)}


def _overdue(edge: datetime, now: datetime, whole_day: bool) -> str:
    if whole_day:
        return _("quá %(span)s") % {"span": days((now.date() - edge.date()).days + 1)}
    over = now - edge
    return _("vừa quá hạn") if over < MINUTE else _("quá %(span)s") % {"span": duration(over)}


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _hours(count: int) -> str:
    return ngettext("%(n)d giờ", "%(n)d giờ", count) % {"n": count} if count else ""


def _minutes(count: int) -> str:
    return ngettext("%(n)d phút", "%(n)d phút", count) % {"n": count} if count else ""
