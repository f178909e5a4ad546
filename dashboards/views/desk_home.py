"""The receiving agency's day: what is overdue or due today, what is new, whose claims wait."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

import plan
from applications import opinions, queue
from applications.models import Dossier
from applications.opinion_rows import row_of
from dashboards import own_work
from organisations.models import Enterprise, Site
from organisations.roles import May
from pages import parts

DUE_SHOWN, NEW_SHOWN, CLAIMS_SHOWN = 10, 6, 6


def page(request: HttpRequest) -> HttpResponse:
    """Due first, then new, then enterprises to confirm; each with its whole list."""
    now = timezone.now()
    today = plan.local_day(now)
    rows = Dossier.objects.on_desks(request.user, on=today)
    numbers = queue.counts(queue.cells(rows, at=now))
    pressing = queue.group("overdue", at=now) | queue.group("today", at=now)
    due = _keys(rows.filter(pressing), DUE_SHOWN)
    new = rows.filter(queue.group("new", at=now), handled_by__isnull=True).exclude(pressing)
    back = own_work.came_back(request.user, on=today)
    new = new.exclude(pk__in=[row["pk"] for row in back])
    # Read together, as both stand in one order: who is pressed is due before everybody who is not.
    both = queue.page_of([*due, *_keys(new, NEW_SHOWN)], by=request.user, at=now)
    shown = both[: len(due)]
    claims = list(_claims(request, on=today)[: CLAIMS_SHOWN + 1])
    agency = request.user.posts_on(today)[0].agency
    context = {
        "today": today,
        "agency": agency,
        "own": own_work.rows_of(back, by=request.user, agency=agency, on=today),
        "counts": _counts(numbers),
        "due": shown,
        "due_more": numbers["overdue"] + numbers["today"] - len(shown),
        "new": both[len(due) :],
        "claims": claims[:CLAIMS_SHOWN],
        "claims_more": len(claims) > CLAIMS_SHOWN,
        "total": numbers["all"],
        "asked": [row_of(each, at=now) for each in opinions.waiting_for(request.user, at=now)[:CLAIMS_SHOWN]],
    }
    return render(request, "dashboards/desk_home.html", context)


def _keys(rows: Any, most: int) -> list[Any]:
    return list(queue.ordered(rows, "due").values_list("pk", flat=True)[:most])


def _counts(numbers: dict[str, int]) -> list[parts.Count]:
    """The groups of the list, without the whole: each opens the list it counts."""
    where = reverse("dossiers:list")
    return [
        parts.Count(
            numbers[group.name], str(group.label), f"{where}?group={group.name}",
            tone=group.tone if numbers[group.name] else "", icon=group.icon if numbers[group.name] else "",
        )
        for group in queue.GROUPS
        if group.name
    ]  # fmt: skip


def _claims(request: HttpRequest, *, on: Any) -> Any:
    """Enterprises with a site of the agency that nobody has confirmed yet, the longest waiting first."""
    agencies = request.user.agencies_where(May.CONFIRM_CLAIMS, on=on)
    here = Exists(Site.objects.filter(receiving_agency__in=agencies, enterprise=OuterRef("pk")).order_by())
    waiting = Enterprise.objects.filter(here, confirmed_at__isnull=True, disputed_at__isnull=True)
    shown = waiting.select_related("claimed_by").only(
        "name", "tax_code", "claimed_at", "claimed_by__full_name"
    )
    return shown.order_by("claimed_at", "pk")
