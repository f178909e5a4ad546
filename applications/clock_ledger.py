"""How a deadline is computed, line by line, so that anyone can do it again: moves, pauses, days off, due day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

import plan
from applications.models import CounterFiling, Dossier, Stage
from applications.road import clause_url, clause_words, working_days
from applications.stages import WORKING_DAYS, counted_from, received_on_paper
from applications.states import State
from organisations.models import Holiday
from organisations.plan_in_force import rules_at
from pages.deadline_words import LOCAL, due_words, duration
from pages.templatetags.ui import vn_date, vn_weekday
from plan.clock import clock_lines, is_off

ONE_DAY = timedelta(days=1)
MOST_DAYS = 14
NO_CLAUSE = plan.NOT_IN_THE_PLAN


@dataclass(frozen=True)
class Line:
    """A row of the ledger: when, what, what the clock does, by which clause."""

    when: str
    title: str
    sub: str
    icon: str
    tone: str
    clock: str
    clause: str
    clause_url: str
    due: bool = False


@dataclass(frozen=True)
class Day:
    """A day of the strip: kind is run, off, pause, due or empty."""

    when: str
    words: str
    kind: str


@dataclass(frozen=True)
class Calendar:
    """Days off, and days worked instead."""

    names: dict[date, str]
    holidays: frozenset[date]
    working: frozenset[date]

    def off(self, day: date) -> bool:
        """Whether nobody works that day."""
        return is_off(day, self.holidays, self.working)

    def why(self, day: date) -> str:
        """What kind of day it is."""
        if day in self.names:
            return self.names[day]
        return _("Ngày nghỉ cuối tuần") if self.off(day) else _("Ngày làm việc")


def calendar() -> Calendar:
    """The table of days off, once a page."""
    rows = list(Holiday.objects.order_by("on"))
    return Calendar(
        names={row.on: row.name for row in rows},
        holidays=frozenset(row.on for row in rows if row.kind == Holiday.Kind.OFF),
        working=frozenset(row.on for row in rows if row.kind == Holiday.Kind.WORKING),
    )


def short_day(day: date) -> str:
    """ "T5 14/10"; Sunday is CN."""
    names = (_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN"))
    return f"{names[day.weekday()]} {day:%d/%m}"


def long_day(day: date) -> str:
    """ "thứ Năm 14/10"."""
    return f"{vn_weekday(day)} {day:%d/%m}"


def at_moment(instant: datetime) -> str:
    """ "09:10, T5 14/10"."""
    local = instant.astimezone(LOCAL)
    return f"{local:%H:%M}, {short_day(local.date())}"


STARTS: dict[str, Any] = {
    State.SUBMITTED: lambda: _("Doanh nghiệp nộp hồ sơ"),
    State.SUPPLEMENT_REQUESTED: lambda: _("Yêu cầu bổ sung giấy tờ"),
    State.ACCEPTED: lambda: pgettext("event", "Tiếp nhận hồ sơ"),
    State.TEAM_PROPOSED: lambda: pgettext("event", "Đề xuất tổ kiểm tra"),
    State.TEAM_ASSIGNED: lambda: pgettext("event", "Phân công tổ kiểm tra"),
    State.INSPECTED: lambda: _("Tổ kiểm tra ký phiếu xác nhận"),
    State.FORWARDED: lambda: _("Trình Chủ tịch UBND tỉnh"),
}
DUE_FOR: dict[str, Any] = {
    State.SUBMITTED: lambda: _("kiểm tra đủ giấy tờ"),
    State.ACCEPTED: lambda: _("đề xuất tổ kiểm tra"),
    State.TEAM_PROPOSED: lambda: _("phân công tổ kiểm tra"),
    State.TEAM_ASSIGNED: lambda: _("kiểm tra tại cơ sở"),
    State.INSPECTED: lambda: _("trình Chủ tịch"),
    State.FORWARDED: lambda: _("Chủ tịch quyết định"),
}


def due_for(stage: Stage) -> str:
    """What the stage's deadline is for."""
    make = DUE_FOR.get(stage.state)
    return str(make()) if make else ""


def days_of(dossier: Dossier, stage: Stage) -> int:
    """How many days the stage has, by the law of the day it began."""
    rules = rules_at(stage.opened_at)
    if stage.state == State.ACCEPTED:
        return int(rules.value(f"phase_{dossier.phase}.procedure.team_within").value)
    return int(rules.value(WORKING_DAYS[State(stage.state)]).value)


def days_words(dossier: Dossier, stage: Stage) -> str:
    """ "2 ngày" for the plan's clock, "1 ngày làm việc" for the portal's promises."""
    count = days_of(dossier, stage)
    if stage.state == State.ACCEPTED:
        return ngettext("%(n)d ngày", "%(n)d ngày", count) % {"n": count}
    return working_days(_rule_of(dossier, stage).total)


def history(dossier: Dossier, stages: list[Stage], chosen: Stage | None) -> list[Line]:
    """One line for each beginning of a stage up to the chosen one, pauses included."""
    lines: list[Line] = []
    paused: Stage | None = None
    for stage in stages:
        if stage.state == State.DRAFT:
            continue
        lines.append(
            _pause(stage) if stage.state == State.SUPPLEMENT_REQUESTED else _start(dossier, stage, paused)
        )
        paused = stage if stage.state == State.SUPPLEMENT_REQUESTED else None
        if chosen is not None and stage.pk == chosen.pk:
            break
    return lines


def _pause(stage: Stage) -> Line:
    sub = _("Không tính thời gian cho đến khi doanh nghiệp nộp đủ")
    return _line(at_moment(stage.opened_at), stage, sub, "pause-fill", "wait", _("dừng"), NO_CLAUSE)


def _start(dossier: Dossier, stage: Stage, paused: Stage | None) -> Line:
    if paused is not None and paused.closed_at is not None:
        sub = _("Dừng %(span)s") % {"span": duration(paused.closed_at - paused.opened_at)}
        clock = _("chạy lại từ 0: %(days)s") % {"days": days_words(dossier, stage)}
    else:
        sub = _("Hạn %(what)s: %(due)s") % {
            "what": due_for(stage),
            "due": due_words(stage.due_at),
        }
        clock = _("bắt đầu: %(days)s") % {"days": days_words(dossier, stage)}
    if stage.closed_at is not None and stage.due_at is not None:
        sub += " · " + (_("xong đúng hạn") if stage.closed_at <= stage.due_at else _("xong quá hạn"))
    tone = "info" if stage.closed_at is None else "calm"
    return _line(at_moment(stage.opened_at), stage, sub, "play-fill", tone, clock, stage.clause or NO_CLAUSE)


def _line(when: str, stage: Stage, sub: str, icon: str, tone: str, clock: str, clause: str) -> Line:
    return Line(
        when, str(STARTS[stage.state]()), sub, icon, tone, clock, clause_words(clause), clause_url(clause)
    )


@dataclass(frozen=True)
class Count:
    """The chosen stage, day by day."""

    lines: list[Line]
    days: list[Day]
    say: str


def counted(dossier: Dossier, stage: Stage, days_off: Calendar) -> Count:
    """The days from the beginning of a stage to its due day, and the sentence that sums them up."""
    if stage.due_at is None:
        return Count([], [], "")
    if stage.state == State.ACCEPTED:
        return _plan_clock(dossier, stage, days_off)
    return _office_clock(dossier, stage, days_off)


def _plan_clock(dossier: Dossier, stage: Stage, days_off: Calendar) -> Count:
    """The plan's "02 days" by plan.clock_lines: calendar days, rolled off days off (A-19)."""
    total = days_of(dossier, stage)
    day = received_on_paper(dossier, at=stage.opened_at)
    walked = clock_lines(
        rules_at(stage.opened_at), days=total, accepted_at=counted_from(dossier, at=stage.opened_at),
        holidays=days_off.holidays, working_days=days_off.working, clause=stage.clause,
    )  # fmt: skip
    first = _("Nhận trên giấy") if day else pgettext("event", "Tiếp nhận")
    lines, strip = [_received(dossier, stage)] if day else [], [Day(short_day(walked[0].on), first, "run")]
    for each in walked[1:]:
        strip.append(_strip_day(each.on, each.kind, each.number, days_off))
        if each.kind == "due" and each.number is None:
            continue
        lines.append(_day_line(each, total, days_off))
    start, due = walked[0].on, walked[-1].on
    counted_to = next(each.on for each in walked if each.number == total)
    say = _("Tiếp nhận %(start)s. %(n)s ngày sau là %(last)s")
    if day:
        say = _("Nhận trên giấy %(start)s. %(n)s ngày sau là %(last)s")
    say %= {"start": long_day(start), "n": total, "last": long_day(counted_to)}
    if counted_to != due:
        say += _(", ngày nghỉ, nên hạn dời đến hết %(due)s.") % {"due": long_day(due)}
    else:
        say += _(", ngày làm việc, nên hạn là hết ngày đó.")
    return Count([*lines, _due_line(stage)], strip, say)


def _received(dossier: Dossier, stage: Stage) -> Line:
    """The day that the papers came before the portal: the enterprise's date counts from it."""
    words = received_words(dossier.counter)
    clause = stage.clause or NO_CLAUSE
    return Line(
        short_day(dossier.counter.received_on), _("Nhận hồ sơ trên giấy"), words, "play-fill", "calm",
        _("tính từ đây"), clause_words(clause), clause_url(clause),
    )  # fmt: skip


def received_words(filed: CounterFiling) -> str:
    """ "sổ giấy số 45/TN, nhận trên giấy 01/10/2021"; empty for papers that came with the counter filing."""
    words = []
    if filed.paper_number:
        words.append(_("sổ giấy số %(number)s") % {"number": filed.paper_number})
    if filed.received_on:
        words.append(_("nhận trên giấy %(day)s") % {"day": vn_date(filed.received_on)})
    return ", ".join(words)


def _strip_day(day: date, kind: str, number: int | None, days_off: Calendar) -> Day:
    if kind == "due":
        return Day(short_day(day), _("Hạn"), "due")
    words = _("Ngày %(n)s") % {"n": number} if number else _("Nghỉ")
    if number and days_off.off(day):
        words = _("Ngày %(n)s, nghỉ") % {"n": number}
    return Day(short_day(day), words, "off" if days_off.off(day) else "run")


def _day_line(each: Any, total: int, days_off: Calendar) -> Line:
    title = _("Ngày thứ %(n)s") % {"n": each.number} if each.number else days_off.why(each.on)
    sub = days_off.why(each.on) if each.number else _("Không tính")
    moved = each.kind == "rolled"
    clock = _("dời") if moved else _("%(n)s / %(total)s ngày") % {"n": each.number, "total": total}
    icon = "skip-forward-fill" if moved else ""
    when = _("hết %(day)s") % {"day": short_day(each.on)}
    return Line(when, title, sub, icon, "calm", clock, clause_words(each.clause), clause_url(each.clause))


def _office_clock(dossier: Dossier, stage: Stage, days_off: Calendar) -> Count:
    """The portal's promise in working days: the day it begins is left out, days off are not counted."""
    rule, due = _rule_of(dossier, stage), plan.local_day(stage.due_at)
    start = plan.local_day(rule.since)
    lines, strip, number = list(rule.lines), [Day(short_day(start), _("Bắt đầu"), "run")], 0
    day = start + ONE_DAY
    while day <= due and len(strip) < MOST_DAYS * 3:
        off = days_off.off(day)
        number += not off
        strip.append(_office_day(day, due, number, off))
        if day != due:
            lines.append(_office_line(day, number, rule.total, off, days_off))
        day += ONE_DAY
    say = _("Tính từ sau %(start)s: %(days)s, không kể ngày nghỉ, đến lúc cơ quan đóng cửa %(due)s.") % {
        "start": long_day(start),
        "days": days_words(dossier, stage),
        "due": f"{stage.due_at.astimezone(LOCAL):%H:%M}, {long_day(due)}" if stage.due_at else "",
    }
    return Count([*lines, _due_line(stage)], strip[:MOST_DAYS], say)


@dataclass(frozen=True)
class _Rule:
    """From which instant how many working days are counted, and the lines that say so where it is not plain."""

    since: datetime
    total: int
    lines: tuple[Line, ...] = ()


def _rule_of(dossier: Dossier, stage: Stage) -> _Rule:
    """The decision counts from the visit (A-20), unless the file came so late that the next working day holds."""
    total = days_of(dossier, stage)
    if stage.state != State.FORWARDED or dossier.visited_at is None or stage.due_at is None:
        return _Rule(stage.opened_at, total)
    holidays, working = Holiday.days()
    from_visit = rules_at(stage.opened_at).add_working_days(
        at=dossier.visited_at, days=total, holidays=holidays, working_days=working
    )
    words, link = clause_words(NO_CLAUSE), clause_url(NO_CLAUSE)
    visited = at_moment(dossier.visited_at)
    if from_visit == stage.due_at:
        sub = _("%(days)s của quyết định tính từ sau ngày này") % {"days": working_days(total)}
        clock = _("tính từ đây")
        line = Line(visited, _("Kiểm tra tại cơ sở"), sub, "play-fill", "calm", clock, words, link)
        return _Rule(dossier.visited_at, total, (line,))
    sub = _("Hồ sơ trình muộn: người quyết định có ít nhất một ngày làm việc kế tiếp")
    clock = _("tính từ lúc trình: %(days)s") % {"days": working_days(1)}
    line = Line(at_moment(stage.opened_at), _("Trình muộn"), sub, "info-circle", "calm", clock, words, link)
    return _Rule(stage.opened_at, 1, (line,))


def _office_day(day: date, due: date, number: int, off: bool) -> Day:
    if day == due:
        return Day(short_day(day), _("Hạn"), "due")
    return Day(short_day(day), _("Nghỉ") if off else _("Ngày %(n)s") % {"n": number}, "off" if off else "run")


def _office_line(day: date, number: int, total: int, off: bool, days_off: Calendar) -> Line:
    when = _("hết %(day)s") % {"day": short_day(day)}
    words, link = clause_words(NO_CLAUSE), clause_url(NO_CLAUSE)
    if off:
        return Line(
            when,
            days_off.why(day),
            _("Không tính"),
            "skip-forward-fill",
            "calm",
            _("không tính"),
            words,
            link,
        )
    clock = _("%(n)s / %(total)s ngày làm việc") % {"n": number, "total": total}
    return Line(when, _("Ngày làm việc thứ %(n)s") % {"n": number}, "", "", "calm", clock, words, link)


def _due_line(stage: Stage) -> Line:
    """The last line: the deadline itself."""
    local = stage.due_at.astimezone(LOCAL) if stage.due_at else stage.opened_at
    whole = (local.hour, local.minute) == (23, 59)
    day = short_day(local.date())
    when = _("hết %(day)s") % {"day": day} if whole else f"{local:%H:%M}, {day}"
    title = _("Hạn %(what)s") % {"what": due_for(stage)}
    clause = stage.clause or NO_CLAUSE
    return Line(
        when, title, "", "flag-fill", "calm", _("hạn"), clause_words(clause), clause_url(clause), due=True
    )
