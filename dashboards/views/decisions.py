"""What waits for the Chairman's side: teams to assign, dossiers to decide."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

import plan
from applications.models import Dossier
from applications.states import State
from organisations.roles import May
from pages.deadline_words import deadline

PER_PAGE = 25
RELATED = ("site__enterprise", "site__district", "site__zone", "receiving_agency")


def waiting(request: HttpRequest) -> Any:
    """Dossiers in the hands of the Chairman's side, the most urgent first."""
    rows = Dossier.objects.visible_to(request.user, on=plan.local_day(timezone.now()))
    rows = rows.filter(state__in=[State.TEAM_PROPOSED, State.FORWARDED]).select_related(*RELATED)
    return rows.order_by("due_at", "pk")


def listed(rows: Any, *, now: Any) -> list[dict[str, Any]]:
    """Rows for the table, each with its clock."""
    return [
        {"dossier": row, "deadline": deadline(row.due_at, at=now) if row.due_at else None} for row in rows
    ]


def decisions(request: HttpRequest) -> HttpResponse:
    """Two groups: to decide, to assign."""
    now = timezone.now()
    if not request.user.may(May.SEND_BACK, on=plan.local_day(now)):
        raise PermissionDenied
    rows = waiting(request)
    page = Paginator(rows.filter(state=State.FORWARDED), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "to_decide": listed(page.object_list, now=now),
        "to_assign": listed(rows.filter(state=State.TEAM_PROPOSED)[:PER_PAGE], now=now),
    }
    return render(request, "dashboards/decisions.html", context)
