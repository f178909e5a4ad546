"""The receiving agency's day: what is overdue or due today, what is new, whose claims wait."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

import plan
from applications import queue
from applications.models import Dossier
from organisations.models import Enterprise
from organisations.roles import May
from pages import parts

DUE_SHOWN, NEW_SHOWN, CLAIMS_SHOWN = 10, 6, 6


def page(request: HttpRequest) -> HttpResponse:
    """Due first, then new, then enterprises to confirm; each with its whole list."""
    now = timezone.now()
    today = plan.local_day(now)
    rows = Dossier.objects.on_desks(request.user, on=today)
    numbers = queue.counts(rows, at=now)
    due = queue.ordered(rows.filter(queue.group("overdue", at=now) | queue.group("today", at=now)), "due")
    new = queue.ordered(rows.filter(queue.group("new", at=now), handled_by__isnull=True), "due")
    due_keys = list(due.values_list("pk", flat=True)[:DUE_SHOWN])
    new_keys = [
        key for key in new.values_list("pk", flat=True)[: NEW_SHOWN + DUE_SHOWN] if key not in due_keys
    ]
    shown = queue.page_of([*due_keys, *new_keys[:NEW_SHOWN]], by=request.user, at=now)
    claims = _claims(request, on=today)
    context = {
        "today": today,
        "agency": request.user.posts_on(today)[0].agency,
        "counts": _counts(numbers),
        "due": shown[: len(due_keys)],
        "due_more": numbers["overdue"] + numbers["today"] - len(due_keys),
        "new": shown[len(due_keys) :],
        "claims": list(claims[:CLAIMS_SHOWN]),
        "claims_count": claims.count(),
        "total": numbers["all"],
    }
    return render(request, "dashboards/desk_home.html", context)


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
    """Enterprises in sight that nobody has confirmed yet, the longest waiting first."""
    if not request.user.may(May.CONFIRM_CLAIMS, on=on):
        return Enterprise.objects.none()
    seen = Enterprise.objects.visible_to(request.user, on=on).filter(confirmed_at__isnull=True)
    return seen.select_related("claimed_by").order_by("claimed_at", "pk")
