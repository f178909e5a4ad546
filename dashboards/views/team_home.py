"""Home of an inspection team: today's visits, the next one first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

import plan
from applications.states import State
from inspections.models import Visit

MOST = 30


def page(request: HttpRequest) -> HttpResponse:
    """Visits to make, in the order of their hour."""
    today = plan.local_day(timezone.now())
    rows = Visit.objects.visible_to(request.user, on=today).filter(
        sheet__isnull=True, dossier__state=State.TEAM_ASSIGNED
    )
    rows = rows.select_related("dossier__site__enterprise", "dossier__site__district", "team")
    return render(request, "dashboards/team_home.html", {"ahead": rows.order_by("planned_at", "pk")[:MOST]})
