"""The officials' list of dossiers: its groups and counts in one query, its rows in two, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import plan
from applications.models import Dossier
from applications.states import CLOSED, LOOKS, OPEN, WITH_OFFICIALS, State
from organisations.models import Post, TeamMember, User
from organisations.roles import May, Role
from pages.deadline_words import Deadline, deadline
from pages.templatetags.ui import vn_date, vn_moment, vn_number
from plan.clock import LOCAL

PER_PAGE = 25
VISITS = (State.TEAM_PROPOSED, State.TEAM_ASSIGNED)
# States in which the receiving agency has the dossier in hand, and what it does there.
AGENCY_WORK: dict[str, str | Promise] = {
    State.SUBMITTED: gettext_lazy("kiểm tra giấy tờ"),
    State.ACCEPTED: gettext_lazy("đề xuất tổ kiểm tra"),
    State.INSPECTED: gettext_lazy("trình Chủ tịch"),
}
COLUMNS = (
    "pk", "code", "state", "state_since", "due_at", "baseline", "listed_workers", "cap", "handled_by_id",
    "handled_by__full_name", "team_id", "team__name", "site__name", "site__enterprise__name",
    "site__district__kind", "site__district__name", "receiving_agency__short_name",
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
    """Which open dossiers belong to a group at an instant; the empty name means all of them."""
    tomorrow = datetime.combine(plan.local_day(at) + timedelta(days=1), time.min, tzinfo=LOCAL)
    within = {
        "": Q(),
        "overdue": Q(due_at__lt=at),
        "today": Q(due_at__gte=at, due_at__lt=tomorrow),
        "tomorrow": Q(due_at__gte=tomorrow, due_at__lt=tomorrow + timedelta(days=1)),
        "new": Q(state=State.SUBMITTED),
        "supplement": Q(state=State.SUPPLEMENT_REQUESTED),
        "visit": Q(state__in=VISITS),
        "decision": Q(state=State.FORWARDED),
    }[name]
    return Q(state__in=WITH_OFFICIALS) & within


def counts(rows: Any, *, mine: Q | None, scope: Q | None = None, at: datetime) -> dict[str, int]:
    """How many open dossiers of a scope each group holds, and beside them "agency" and "mine", in one query."""
    sums = {g.name or "all": Count("pk", filter=(scope or Q()) & group(g.name, at=at)) for g in GROUPS}
    sums["agency"] = Count("pk")
    if mine is not None:
        sums["mine"] = Count("pk", filter=mine)
    found: dict[str, int] = rows.filter(state__in=WITH_OFFICIALS).order_by().aggregate(**sums)
    return found


def ordered(rows: Any, order: str) -> Any:
    """The rows in an order of the list, ending in the primary key."""
    return rows.order_by(*ORDERS.get(order, ORDERS["due"]))


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier as the list shows it, all words made."""

    reference: str
    site: str
    enterprise: str
    code: str
    district: str
    workers: str
    state: str
    public: str
    tone: str
    icon: str
    due: Deadline
    holder: str
    holder_line: str
    claimable: bool


def page_of(keys: Iterable[Any], *, by: User, at: datetime) -> list[Row]:
    """The rows of one page, in the order of the keys: two queries, whatever their number."""
    wanted = list(keys)
    found = {row["pk"]: row for row in Dossier.objects.filter(pk__in=wanted).order_by("pk").values(*COLUMNS)}
    leaders = _leaders(
        (row["team_id"] for row in found.values() if row["state"] == State.TEAM_ASSIGNED), at=at
    )
    receives = by.may(May.RECEIVE, on=at)
    return [_row(found[key], leaders, receives=receives, at=at) for key in wanted if key in found]


def _row(row: dict[str, Any], leaders: dict[int, str], *, receives: bool, at: datetime) -> Row:
    look = LOOKS[row["state"]]
    holder, line = _holder(row, leaders)
    return Row(
        reference=row["code"] or str(row["pk"]),
        site=row["site__name"],
        enterprise=row["site__enterprise__name"],
        code=row["code"] or "",
        district=f"{short_kind(row['site__district__kind'])} {row['site__district__name']}",
        workers=_workers(row),
        state=str(State(row["state"]).label),
        public=str(look.public),
        tone=look.tone,
        icon=look.icon,
        due=due_of(row["state"], row["due_at"], since=row["state_since"], at=at),
        holder=holder,
        holder_line=line,
        claimable=receives and row["state"] in AGENCY_WORK and row["handled_by_id"] is None,
    )


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


def _holder(row: dict[str, Any], leaders: dict[int, str]) -> tuple[str, str]:
    """Who has it now, and what they do with it."""
    state = row["state"]
    if state in AGENCY_WORK:
        return row["handled_by__full_name"] or row["receiving_agency__short_name"], str(AGENCY_WORK[state])
    if state == State.SUPPLEMENT_REQUESTED:
        return _("Doanh nghiệp"), _("bổ sung giấy tờ")
    if state == State.TEAM_PROPOSED:
        return _("Chủ tịch UBND tỉnh"), _("phân công tổ")
    if state == State.FORWARDED:
        return _("Chủ tịch UBND tỉnh"), _("quyết định")
    if state == State.TEAM_ASSIGNED:
        leader = leaders.get(row["team_id"])
        return row["team__name"], _("tổ trưởng %(name)s") % {"name": leader} if leader else ""
    return row["receiving_agency__short_name"], vn_date(row["state_since"])


def _leaders(teams: Iterable[int], *, at: datetime) -> dict[int, str]:
    """Names of the leaders that day of some teams."""
    wanted = set(teams)
    if not wanted:
        return {}
    day = plan.local_day(at)
    rows = TeamMember.objects.filter(team__in=wanted, is_leader=True, since__lte=day).order_by("-pk")
    current = rows.filter(Q(until__isnull=True) | Q(until__gte=day))
    return dict(current.values_list("team_id", "user__full_name"))


def short_kind(kind: str) -> str:
    """ "Huyện" as tables print it."""
    return {"Huyện": "H.", "Thị xã": "TX.", "Thành phố": "TP."}.get(kind, kind)


def handlers(*, by: User, at: datetime) -> list[tuple[str, str]]:
    """Officers who may have a dossier in hand: of the person's own agencies, else of both that receive."""
    day = plan.local_day(at)
    rows = Post.objects.filter(role__in=[Role.RECEIVING, Role.RECEIVING_HEAD], since__lte=day)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=day))
    agencies = by.agencies_where(May.RECEIVE, on=at)
    if agencies:
        rows = rows.filter(agency__in=agencies)
    names = rows.order_by("user__full_name", "user_id").values_list("user_id", "user__full_name")
    return [(str(pk), name) for pk, name in dict.fromkeys(names)]


def states() -> list[tuple[str, str]]:
    """States of the filter, in the order of the road; a draft is nobody's business but the enterprise's."""
    order = [state for state in OPEN if state is not State.DRAFT] + list(CLOSED)
    return [(state.value, str(state.label)) for state in order]
