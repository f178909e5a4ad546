"""The clock that acceptance starts, laid out day by day before the officer decides to start it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import plan
from applications.clock_ledger import short_day
from applications.models import Dossier
from applications.stages import counted_from, received_on_paper
from organisations.models import Holiday
from organisations.plan_in_force import rules_at
from pages.deadline_words import Deadline, days, deadline
from pages.templatetags.ui import vn_date, vn_weekday

CSS = {"accepted": "", "counted": "is-run", "rolled": "is-off", "due": "is-due"}


@dataclass(frozen=True)
class Day:
    """One day of the strip."""

    when: str
    what: str
    css: str


@dataclass(frozen=True)
class Ahead:
    """When the proposal would fall due if the dossier were accepted now, and how that is counted."""

    deadline: Deadline
    days: tuple[Day, ...]
    sentence: str
    clause: str


def ahead(dossier: Dossier, *, at: datetime) -> Ahead:
    """The two-day clock of an acceptance at that instant (III.1.3.1-c, III.2.3.1-a)."""
    rules = rules_at(at)
    value = rules.phase(dossier.phase).section.whole("procedure.team_within")
    holidays, working = Holiday.days()
    on_paper, start = received_on_paper(dossier, at=at) is not None, counted_from(dossier, at=at)
    lines = plan.clock_lines(
        rules,
        days=value.value,
        accepted_at=start,
        holidays=holidays,
        working_days=working,
        clause=value.clause,
    )
    due = rules.phase(dossier.phase).team_proposal_due(
        accepted_at=start, holidays=holidays, working_days=working
    )
    strip = tuple(Day(short_day(line.on), _what(line, on_paper), CSS[line.kind]) for line in lines)
    return Ahead(deadline(due, at=at), strip, _sentence(lines, value.value, on_paper), value.clause)


def _what(line: plan.ClockLine, on_paper: bool) -> str:
    if line.kind == "accepted":
        return _("Nhận trên giấy") if on_paper else pgettext("event", "Tiếp nhận")
    if line.kind == "due":
        return _("Hạn")
    if line.number is None:
        return _("Nghỉ")
    words = _("Ngày %(n)s, nghỉ") if line.kind == "rolled" else _("Ngày %(n)s")
    return words % {"n": line.number}


def _sentence(lines: tuple[plan.ClockLine, ...], count: int, on_paper: bool) -> str:
    first, last = lines[0].on, lines[-1].on
    words = _("Tiếp nhận %(start)s thì %(days)s tính đến hết %(weekday)s %(due)s.")
    if on_paper:
        words = _("Đã nhận trên giấy %(start)s nên %(days)s tính đến hết %(weekday)s %(due)s.")
    words %= {
        "start": f"{vn_weekday(first)} {first:%d/%m}", "days": days(count),
        "weekday": vn_weekday(last), "due": vn_date(last),
    }  # fmt: skip
    rolled = next((line for line in lines if line.kind == "rolled" and line.number == count), None)
    if rolled is None:
        return words
    off = f"{vn_weekday(rolled.on)} {rolled.on:%d/%m}"
    moved = _("Ngày cuối rơi vào %(off)s, ngày nghỉ, nên dời sang ngày làm việc kế tiếp.") % {"off": off}
    return f"{words} {moved}"
