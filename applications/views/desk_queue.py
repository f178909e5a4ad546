"""`/dossiers/` for officials: counts, filters, the clock and the holder in each row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

import plan
from applications import desk_more, saved_views
from applications import queue as reads
from applications.filters import QueueFilter
from applications.holding import my_people
from applications.models import Dossier
from applications.states import CLOSED
from organisations import reference
from organisations.roles import May
from pages import parts

FILTERS = ("q", "state", "district", "handler")
KEPT = ("scope", "group", *FILTERS, "sort", "page")
LONGEST = 100


class CountedPaginator(Paginator):
    """A paginator that is told the count when the list's head has counted already."""

    def __init__(self, rows: Any, *, known: int | None) -> None:
        super().__init__(rows, reads.PER_PAGE)
        self.known = known

    @cached_property
    def count(self) -> int:
        """Length of the list."""
        return self.known if self.known is not None else int(self.object_list.count())  # type: ignore[attr-defined]


def queue(request: HttpRequest) -> HttpResponse:
    """The list of dossiers in the person's field of sight."""
    now = timezone.now()
    asked = _Asked.of(request)
    rows = Dossier.objects.on_desks(request.user, on=plan.local_day(now))
    cells = reads.cells(rows, at=now)
    people = my_people(request.user, at=now) if asked.receives else []
    mine = [cell for cell in cells if cell["handled_by"] in people]
    counts = reads.counts(mine if asked.mine else cells)
    choices = _choices(request, cells)
    found = _found(request, rows, asked, choices, people=people, at=now)
    page = _page(found, asked, known=None if asked.filtered else counts[asked.group or "all"])
    context = _around(asked, agency=_sum(cells), mine=_sum(mine)) | {
        "views": saved_views.chips(request.user, query=asked.tail, on=plan.local_day(now))
        if asked.receives
        else None,
        "bulk": _bulk() if asked.receives else [],
        "more": desk_more.of_queue() if asked.receives else [],
        "here": request.get_full_path(),
        "agency": _agency(request, at=now),
        "choices": choices,
        "counts": _counts(counts, asked),
        "rows": reads.page_of(page.object_list, order=asked.sort, by=request.user, at=now),
        "page": page,
        "now": now,
    }
    return render(request, "applications/desk/queue.html", context)


def _choices(request: HttpRequest, cells: Any) -> dict[str, Any]:
    """What the list can be narrowed to: places, states, and whoever holds something of it."""
    return {
        "district": reference.districts(),
        "state": reads.states(),
        "handler": reads.handlers(cells, by=request.user),
    }


def _bulk() -> list[parts.Entry]:
    """What may be done with the rows that are chosen; each leads to a preview."""
    labels = {
        "claim": _("Nhận xử lý"),
        "propose": _("Đề xuất tổ kiểm tra"),
        "forward": _("Trình Chủ tịch"),
    }
    return [parts.Entry(label, reverse(f"dossiers:bulk_{name}")) for name, label in labels.items()]


def selected(request: HttpRequest, *, at: datetime) -> Any:
    """All rows that the query string asks for, in its order: what is exported is what is filtered."""
    asked = _Asked.of(request)
    rows = Dossier.objects.on_desks(request.user, on=plan.local_day(at))
    choices = _choices(request, reads.cells(rows, at=at))
    people = my_people(request.user, at=at) if asked.mine else []
    return reads.ordered(_found(request, rows, asked, choices, people=people, at=at), asked.sort)


@dataclass(frozen=True)
class _Asked:
    """What the query string asks for, cleaned of what the list does not know."""

    query: dict[str, str]
    receives: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "_Asked":
        given = {name: request.GET.get(name, "").strip()[:LONGEST] for name in KEPT}
        kept = {name: value for name, value in given.items() if value}
        return cls(kept, request.user.may(May.RECEIVE, on=timezone.now()))

    @property
    def group(self) -> str:
        """The count that is chosen."""
        asked = self.query.get("group", "")
        return asked if any(group.name == asked for group in reads.GROUPS) else ""

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
        return any(name in self.query for name in FILTERS)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of the filters carries on: scope, group and order."""
        return [(name, self.query[name]) for name in ("scope", "group", "sort") if name in self.query]

    @property
    def tail(self) -> str:
        """The query string that a row carries, so that the way back keeps filters and position."""
        return urlencode(self.query)

    def having(self, **changes: str) -> str:
        """The query string with some parts changed, from the first page on; an empty value takes a part out."""
        query = {**self.query, **changes, "page": ""}
        return f"?{urlencode({name: value for name, value in query.items() if value})}"

    def only(self, *, group: str) -> str:
        """The address of a count: the scope and the group, nothing else, so that both numbers agree."""
        query = {"scope": "mine" if self.mine else "", "group": group}
        return f"?{urlencode({name: value for name, value in query.items() if value})}"


def _found(
    request: HttpRequest, rows: Any, asked: _Asked, choices: dict[str, Any], *, people: list[int], at: datetime
) -> Any:  # fmt: skip
    """The rows of the count that is chosen, in the hands of `people` where only theirs are asked for, filtered."""
    if asked.query.get("state") in CLOSED and not asked.group:  # what has ended lies on no desk
        rows = Dossier.objects.visible_to(request.user, on=plan.local_day(at))
    else:
        rows = rows.filter(reads.group(asked.group, at=at))
    if asked.mine:
        rows = rows.filter(handled_by__in=people)
    return QueueFilter(request.GET, queryset=rows, choices=choices).qs if asked.filtered else rows


def _page(rows: Any, asked: _Asked, *, known: int | None) -> Any:
    """The page asked for; of a list that nobody has counted, its keys and its length come in one query."""
    rows = reads.ordered(rows, asked.sort)
    keys, text = rows.values_list("pk", flat=True), asked.query.get("page", "1")
    if known is not None:
        return CountedPaginator(keys, known=known).get_page(text)
    start = reads.PER_PAGE * max(0, _number(text) - 1)
    cut = list(rows.values_list("pk", Window(Count("pk")))[start : start + reads.PER_PAGE])
    if not cut and start:  # past the last page
        return CountedPaginator(keys, known=None).get_page(text)
    page = CountedPaginator(keys, known=cut[0][1] if cut else 0).get_page(text)
    if reads.PER_PAGE * (page.number - 1) == start:
        page.object_list = [pk for pk, _all in cut]
    return page


def _number(text: str) -> int:
    return int(text[:6]) if text.isascii() and text.isdigit() else 1


def _sum(of: reads.Cells) -> int:
    return sum(cell["all"] for cell in of)


def _around(asked: _Asked, *, agency: int, mine: int) -> dict[str, Any]:
    """What the head, the filters and the links of the list need of the question."""
    base = asked.having()[1:]
    return {
        "kept": asked.kept,
        "chosen": {name: asked.query.get(name, "") for name in FILTERS},
        "scopes": _scopes(agency, mine, asked) if asked.receives else [],
        "columns": _columns(asked),
        "tail": asked.tail,
        "base_query": f"{base}&" if base else "",
        "total": agency,
        "is_filtered": asked.filtered or bool(asked.group),
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


def _scopes(agency: int, mine: int, asked: _Asked) -> list[parts.Entry]:
    return [
        parts.Entry(_("Của cơ quan"), "?", count=agency, current=not asked.mine),
        parts.Entry(_("Của tôi"), "?scope=mine", count=mine, current=asked.mine),
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
