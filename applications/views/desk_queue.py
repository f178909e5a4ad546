"""`/dossiers/` for officials: counts, filters, the clock and the holder in each row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

import plan
from applications import queue as reads
from applications.filters import NOBODY, QueueFilter
from applications.models import Dossier
from organisations.models import AdminUnit
from organisations.roles import May
from pages import parts

KEPT = ("scope", "group", "q", "state", "district", "handler", "sort", "page")


class CountedPaginator(Paginator):
    """A paginator that is told the count when the list's head has counted already."""

    def __init__(self, rows: Any, *, known: int | None) -> None:
        super().__init__(rows, reads.PER_PAGE)
        self.known = known

    @cached_property
    def count(self) -> int:
        """Length of the list."""
        return len(self.object_list) if isinstance(self.object_list, list) else self._counted()

    def _counted(self) -> int:
        return self.known if self.known is not None else self.object_list.count()


def queue(request: HttpRequest) -> HttpResponse:
    """The list of dossiers in the person's field of sight."""
    now = timezone.now()
    asked = _Asked.of(request)
    rows = Dossier.objects.visible_to(request.user, on=plan.local_day(now))
    mine = Q(handled_by=request.user) if asked.receives else None
    counts = reads.counts(rows, mine=mine, scope=mine if asked.mine and mine else Q(), at=now)
    choices = _choices(request, at=now)
    chosen = QueueFilter(request.GET, queryset=_grouped(rows, asked, mine, at=now), choices=choices)
    page = _page(chosen.qs, asked, known=None if asked.filtered else counts[asked.group or "all"])
    context = {
        "agency": _agency(request, at=now),
        "asked": asked,
        "choices": choices,
        "counts": _counts(counts, asked),
        "scopes": _scopes(counts, asked) if mine is not None else [],
        "columns": _columns(asked),
        "rows": reads.page_of(page.object_list, by=request.user, at=now),
        "page": page,
        "tail": asked.tail,
        "base_query": f"{base}&" if (base := asked.having()[1:]) else "",
        "total": counts["agency"],
        "is_filtered": asked.filtered or bool(asked.group),
        "now": now,
    }
    return render(request, "applications/desk/queue.html", context)


@dataclass(frozen=True)
class _Asked:
    """What the query string asks for, cleaned of what the list does not know."""

    query: QueryDict
    receives: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "_Asked":
        kept = QueryDict(mutable=True)
        for name in KEPT:
            if value := request.GET.get(name, "").strip()[:100]:
                kept[name] = value
        return cls(kept, request.user.may(May.RECEIVE, on=timezone.now()))

    @property
    def group(self) -> str:
        """The count that is chosen."""
        names = {group.name for group in reads.GROUPS}
        return self.query.get("group", "") if self.query.get("group", "") in names else ""

    @property
    def mine(self) -> bool:
        """Only what the officer has in hand."""
        return self.receives and self.query.get("scope") == "mine"

    @property
    def sort(self) -> str:
        """The order, the earliest deadline first by default."""
        return self.query.get("sort", "") if self.query.get("sort", "") in reads.ORDERS else "due"

    @property
    def filtered(self) -> bool:
        """Whether a filter beside group and scope is set, so that the count must be asked for."""
        return any(self.query.get(name) for name in ("q", "state", "district", "handler"))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of the filters carries on: scope, group and order."""
        return [(name, self.query[name]) for name in ("scope", "group", "sort") if name in self.query]

    @property
    def q(self) -> str:
        """The words sought."""
        return self.query.get("q", "")

    @property
    def state(self) -> str:
        """The state chosen."""
        return self.query.get("state", "")

    @property
    def district(self) -> str:
        """The district chosen."""
        return self.query.get("district", "")

    @property
    def handler(self) -> str:
        """The officer chosen, or "none"."""
        return self.query.get("handler", "")

    @property
    def tail(self) -> str:
        """The query string that a row carries, so that the way back keeps filters and position."""
        return self.query.urlencode()

    def having(self, **changes: str) -> str:
        """The query string with some parts changed, from the first page on; an empty value takes a part out."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    def only(self, *, group: str) -> str:
        """The address of a count: the scope and the group, nothing else, so that both numbers agree."""
        return _Asked(QueryDict(mutable=True), self.receives).having(
            scope="mine" if self.mine else "", group=group
        )


def _grouped(rows: Any, asked: _Asked, mine: Q | None, *, at: datetime) -> Any:
    if asked.mine and mine is not None:
        rows = rows.filter(mine)
    if asked.query.get("state") and not asked.group:
        return rows.exclude(code__isnull=True)
    return rows.filter(reads.group(asked.group, at=at))


def _page(rows: Any, asked: _Asked, *, known: int | None) -> Any:
    keys = reads.ordered(rows, asked.sort).values_list("pk", flat=True)
    return CountedPaginator(keys, known=known).get_page(asked.query.get("page"))


def _choices(request: HttpRequest, *, at: datetime) -> dict[str, list[tuple[str, str]]]:
    districts = AdminUnit.objects.filter(level=AdminUnit.Level.DISTRICT, parent="84")
    return {
        "district": [
            (code, f"{kind} {name}")
            for code, kind, name in districts.order_by("sort_key", "code").values_list("code", "kind", "name")
        ],
        "state": reads.states(),
        "handler": [(NOBODY, _("Chưa ai nhận")), *reads.handlers(by=request.user, at=at)],
    }


def _counts(numbers: dict[str, int], asked: _Asked) -> list[parts.Count]:
    whole = not asked.query.get("state")
    return [
        parts.Count(
            numbers[group.name or "all"], str(group.label), asked.only(group=group.name),
            tone=group.tone if numbers[group.name or "all"] else "",
            icon=group.icon if numbers[group.name or "all"] else "",
            current=group.name == asked.group and (whole or bool(group.name)),
        )
        for group in reads.GROUPS
    ]  # fmt: skip


def _scopes(numbers: dict[str, int], asked: _Asked) -> list[parts.Entry]:
    return [
        parts.Entry(_("Của cơ quan"), "?", count=numbers["agency"], current=not asked.mine),
        parts.Entry(_("Của tôi"), "?scope=mine", count=numbers["mine"], current=asked.mine),
    ]


def _columns(asked: _Asked) -> list[parts.Column]:
    return [
        parts.Column(_("Cơ sở")),
        _sortable(_("Mã hồ sơ"), "code", asked),
        parts.Column(_("Địa bàn")),
        parts.Column(_("Lao động"), numeric=True),
        parts.Column(_("Trạng thái")),
        _sortable(_("Thời hạn"), "due", asked),
        parts.Column(_("Đang ở")),
    ]


def _sortable(label: str, name: str, asked: _Asked) -> parts.Column:
    sorted_by = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "")
    other = f"-{name}" if sorted_by == "ascending" else name
    return parts.Column(label, sort_url=asked.having(sort="" if other == "due" else other), sorted=sorted_by)


def _agency(request: HttpRequest, *, at: datetime) -> str:
    posts = request.user.posts_on(plan.local_day(at))
    return posts[0].agency.name if posts else ""
