"""Home of the Chairman, the deputies and the Office: what waits, and where everything stands."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import plan
from applications.models import Dossier
from applications.states import State
from dashboards.views.decisions import listed, waiting
from pages import parts

FIRST = 10


def page(request: HttpRequest) -> HttpResponse:
    """Decisions first, then teams to assign, with counts of every open state."""
    now = timezone.now()
    seen = Dossier.objects.visible_to(request.user, on=plan.local_day(now)).open()
    sums = {"n": Count("pk"), "late": Count("pk", filter=Q(due_at__lt=now))}
    found = {row["state"]: row for row in seen.order_by().values("state").annotate(**sums)}
    late = sum(row["late"] for row in found.values())
    where = reverse("dossiers:list")
    counts = [
        parts.Count(
            late, _("Quá hạn"), f"{where}?group=overdue", "late" if late else "", "exclamation-triangle"
        )
    ]
    counts += [
        parts.Count(found[state]["n"] if state in found else 0, State(state).label, f"{where}?state={state}")
        for state in (
            State.FORWARDED,
            State.TEAM_PROPOSED,
            State.TEAM_ASSIGNED,
            State.INSPECTED,
            State.SUBMITTED,
        )
    ]
    rows = waiting(request)
    context = {
        "counts": counts,
        "to_decide": listed(rows.filter(state=State.FORWARDED)[:FIRST], now=now),
        "to_assign": listed(rows.filter(state=State.TEAM_PROPOSED)[:FIRST], now=now),
    }
    return render(request, "dashboards/chair_home.html", context)
