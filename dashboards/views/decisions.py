"""What waits for the Chairman's side: teams to assign, dossiers to decide."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan
from applications.models import Dossier
from applications.states import State
from organisations import reference
from organisations.roles import May
from pages.deadline_words import Deadline, deadline
from pages.templatetags.ui import vn_number

PER_PAGE = 25
ORDER = (F("due_at").asc(nulls_last=True), "pk")
COLUMNS = (
    "code", "due_at", "listed_workers", "baseline", "site__name", "site__enterprise__name", "site__zone__name",
    "site__district_id", "receiving_agency__short_name",
)  # fmt: skip


def waiting(request: HttpRequest) -> Any:
    """Dossiers in the hands of the Chairman's side, the most urgent first."""
    rows = Dossier.objects.visible_to(request.user, on=plan.local_day(timezone.now()))
    return rows.filter(state__in=[State.TEAM_PROPOSED, State.FORWARDED]).order_by(*ORDER)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One dossier as the tables show it."""

    code: str
    site: str
    enterprise: str
    agency: str
    place: str
    workers: str
    deadline: Deadline | None


def listed(rows: Any, *, now: datetime) -> list[Waiting]:
    """Rows of one page for the table, each with its clock: one query, which joins for these rows only."""
    page = Dossier.objects.filter(pk__in=rows.values("pk")).order_by(*ORDER)
    districts = dict(reference.districts())
    return [
        Waiting(
            code=row["code"],
            site=row["site__name"],
            enterprise=row["site__enterprise__name"],
            agency=row["receiving_agency__short_name"],
            place=row["site__zone__name"] or districts.get(row["site__district_id"], ""),
            workers=f"{vn_number(row['listed_workers'])} / {vn_number(row['baseline'])}",
            deadline=deadline(row["due_at"], at=now) if row["due_at"] else None,
        )
        for row in page.values(*COLUMNS)
    ]


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Two groups: to decide, to assign."""
    now = timezone.now()
    if not request.user.may(May.SEND_BACK, on=plan.local_day(now)):
        raise PermissionDenied
    rows = waiting(request)
    page = Paginator(rows.filter(state=State.FORWARDED), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_decide": request.user.may(May.DECIDE, on=plan.local_day(now)),
        "may_record": request.user.may(May.RECORD_SIGNATURES, on=plan.local_day(now)),
        "to_decide": listed(page.object_list, now=now),
        "to_assign": listed(rows.filter(state=State.TEAM_PROPOSED)[:PER_PAGE], now=now),
    }
    return render(request, "dashboards/decisions.html", context)
