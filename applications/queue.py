"""The officials' list of dossiers: its groups and counts in one query, its rows in two, however many there are."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, TypedDict

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import plan
from applications.filters import NOBODY
from applications.models import Dossier
from applications.states import CLOSED, LOOKS, WITH_OFFICIALS, State
from applications.visit_clashes import latest
from organisations import reference
from organisations.models import User
from organisations.roles import May
from pages.deadline_words import Deadline, deadline
from pages.templatetags.ui import vn_date, vn_moment, vn_number
from plan.clock import LOCAL

PER_PAGE = 15
# Groups by the clock, and the states that make the others.
DATED = ("overdue", "today", "tomorrow")
BY_STATE: dict[str, str] = {
    State.SUBMITTED: "new",
    State.SUPPLEMENT_REQUESTED: "supplement",
    State.TEAM_PROPOSED: "visit",
    State.TEAM_ASSIGNED: "visit",
    State.FORWARDED: "decision",
}
# States in which the receiving agency has the dossier in hand, and what it does there.
AGENCY_WORK: dict[str, str | Promise] = {
    State.SUBMITTED: gettext_lazy("kiểm tra giấy tờ"),
    State.ACCEPTED: gettext_lazy("đề xuất tổ kiểm tra"),
    State.INSPECTED: gettext_lazy("trình Chủ tịch"),
}
# Few joins: a planner's time grows with each. Districts are named from their file.
COLUMNS = (
    "pk", "code", "state", "state_since", "due_at", "baseline", "listed_workers", "handled_by_id",
    "handled_by__full_name", "visit_planned_at", "team__name", "site__name", "site__enterprise__name",
    "site__district_id",
)  # fmt: skip
ORDERS = {
    "due": (F("due_at").asc(nulls_last=True), "pk"),
    "-due": (F("due_at").desc(nulls_last=True), "pk"),
    "code": ("code", "pk"),
    "-code": ("-code", "pk"),
}


@dataclass(frozen=True)
class Group:
    """A count over the list that filters it."""

    name: str
    label: str | Promise
    tone: str = ""
    icon: str = ""


GROUPS = (
    Group("", gettext_lazy("Tất cả")),
    Group("overdue", gettext_lazy("Quá hạn"), "late", "exclamation-triangle"),
    Group("today", gettext_lazy("Hạn hôm nay"), "wait", "hourglass-split"),
    Group("tomorrow", gettext_lazy("Hạn ngày mai")),
    Group("new", gettext_lazy("Mới nộp")),
    Group("supplement", gettext_lazy("Chờ bổ sung")),
    Group("visit", gettext_lazy("Chờ kiểm tra")),
    Group("decision", gettext_lazy("Chờ quyết định")),
)


def group(name: str, *, at: datetime) -> Q:
    """Which of the open dossiers belong to a group at an instant; the empty name means all of them."""
    tomorrow = datetime.combine(plan.local_day(at) + timedelta(days=1), time.min, tzinfo=LOCAL)
    within: dict[str, Q] = {
        "": Q(),
        "overdue": Q(due_at__lt=at),
        "today": Q(due_at__gte=at, due_at__lt=tomorrow),
        "tomorrow": Q(due_at__gte=tomorrow, due_at__lt=tomorrow + timedelta(days=1)),
    }
    return within[name] if name in within else Q(state__in=[s for s, of in BY_STATE.items() if of == name])


# In the order of the road; a draft is nobody's business but the enterprise's.
STATES = (*WITH_OFFICIALS, *CLOSED)
Cells = list[dict[str, Any]]


def cells(rows: Any, *, at: datetime) -> Cells:
    """Some open dossiers counted by state and officer, with how many are dated how: one query for all counts."""
    dated = {name: Count("pk", filter=group(name, at=at)) for name in DATED}
    return list(rows.order_by().values("state", "handled_by").annotate(all=Count("pk"), **dated))


def counts(of: Cells) -> dict[str, int]:
    """How many each group holds, and "all"."""
    sums = dict.fromkeys(["all", *(each.name for each in GROUPS if each.name)], 0)
    for cell in of:
        for name in ("all", *DATED):
            sums[name] += cell[name]
        if cell["state"] in BY_STATE:
            sums[BY_STATE[cell["state"]]] += cell["all"]
    return sums


def handlers(of: Cells, *, by: User) -> list[tuple[str, str]]:
    """Officers who have something in hand, and the person, by their names."""
    keys = {by.pk} | {cell["handled_by"] for cell in of if cell["handled_by"] is not None}
    rows = User.objects.filter(pk__in=keys).order_by("full_name", "pk").values_list("pk", "full_name")
    return [(NOBODY, _("Chưa ai nhận")), *((str(pk), name) for pk, name in rows)]


def ordered(rows: Any, order: str) -> Any:
    """The rows in an order of the list, ending in the primary key."""
    return rows.order_by(*ORDERS.get(order, ORDERS["due"]))


class Row(TypedDict):
    """One dossier as the list shows it, all words made. A dictionary: templates look those up fastest."""

    url: str
    site: str
    enterprise: str
    code: str
    district: str
    workers: str
    state: str
    tone: str
    icon: str
    due: str
    due_foot: str
    due_tone: str
    due_icon: str
    holder: str
    holder_line: str
    claimable: bool


def page_of(keys: Any, *, order: str = "due", by: User, at: datetime) -> list[Row]:
    """The rows of one page in an order of the list; `keys` is a list of keys or a cut query of them."""
    rows = Dossier.objects.filter(pk__in=keys).annotate(asked_for=latest("visit_at"))
    found = ordered(rows, order).values(*COLUMNS, "asked_for")
    labels = {state: str(State(state).label) for state in {row["state"] for row in found}}
    words = _Words(labels, reverse("dossiers:list"), by.may(May.RECEIVE, on=at))
    return [_row(row, words, at=at) for row in found]


@dataclass(frozen=True)
class _Words:
    """What the rows of a page share."""

    labels: dict[str, str]
    where: str
    receives: bool


def _row(row: dict[str, Any], words: _Words, *, at: datetime) -> Row:
    state = row["state"]
    look = LOOKS[state]
    due = due_of(state, row["due_at"], since=row["state_since"], at=at)
    holder, line = _holder(row, at=at)
    return {
        "url": f"{words.where}{row['code'] or row['pk']}/",
        "site": row["site__name"],
        "enterprise": row["site__enterprise__name"],
        "code": row["code"] or "",
        "district": short_districts().get(row["site__district_id"], ""),
        "workers": _workers(row),
        "state": words.labels[state],
        "tone": look.tone,
        "icon": look.icon,
        "due": due.head,
        "due_foot": due.foot,
        "due_tone": due.tone,
        "due_icon": due.icon,
        "holder": holder,
        "holder_line": line,
        "claimable": words.receives and state in AGENCY_WORK and row["handled_by_id"] is None,
    }


def due_of(state: str, due_at: datetime | None, *, since: datetime, at: datetime) -> Deadline:
    """The clock of a dossier: running, standing still while the enterprise is asked, or done with."""
    if state in CLOSED:
        return Deadline(_("đã xong"), vn_moment(since), "calm", "check2")
    paused = _("chờ doanh nghiệp bổ sung") if state == State.SUPPLEMENT_REQUESTED else None
    return deadline(due_at, at=at, paused=paused)


def _workers(row: dict[str, Any]) -> str:
    """ "74 / 149": listed, of those employed."""
    if row["listed_workers"] is None or row["baseline"] is None:
        return "–"
    return f"{vn_number(row['listed_workers'])} / {vn_number(row['baseline'])}"


def _holder(row: dict[str, Any], *, at: datetime) -> tuple[str, str]:
    """Who has it now, and what they do with it."""
    state = row["state"]
    if state in AGENCY_WORK:
        return row["handled_by__full_name"] or _("Chưa ai nhận"), str(AGENCY_WORK[state])
    if state == State.SUPPLEMENT_REQUESTED:
        return _("Doanh nghiệp"), _("bổ sung giấy tờ")
    if state == State.TEAM_PROPOSED:
        return _("Chủ tịch UBND tỉnh"), _assigning(row["asked_for"], at=at)
    if state == State.FORWARDED:
        return _("Chủ tịch UBND tỉnh"), _("quyết định")
    if state == State.TEAM_ASSIGNED:
        return row["team__name"], _("hẹn %(when)s") % {"when": vn_moment(row["visit_planned_at"])}
    return "–", vn_date(row["state_since"])


def _assigning(asked_for: datetime | None, *, at: datetime) -> str:
    """What is waited for; a proposed day that went by meanwhile is said."""
    if asked_for is None or asked_for > at:
        return _("phân công tổ")
    return _("phân công tổ; ngày đề xuất %(day)s đã qua") % {"day": vn_date(asked_for)}


@cache
def short_districts() -> dict[str, str]:
    """Districts as tables print them: "H. Càng Long"."""
    short = {"Huyện": "H.", "Thị xã": "TX.", "Thành phố": "TP."}
    names = {}
    for code, name in reference.districts():
        kind = next(kind for kind in short if name.startswith(kind))
        names[code] = f"{short[kind]}{name.removeprefix(kind)}"
    return names


def states() -> list[tuple[str, str]]:
    """The states with their words."""
    return [(state.value, str(state.label)) for state in STATES]
