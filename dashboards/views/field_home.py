"""Home of those who watch: leaders, health, districts, police, union, departments."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

import plan
from applications import opinions
from applications.models import Dossier
from applications.opinion_rows import row_of
from applications.states import State
from pages import parts

ASKED_SHOWN = 10


def page(request: HttpRequest) -> HttpResponse:
    """Dossiers of the person's field by state, each count opening its list."""
    now = timezone.now()
    today = plan.local_day(now)
    rows = Dossier.objects.visible_to(request.user, on=today).exclude(state=State.DRAFT)
    numbers = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    where = reverse("dossiers:list")
    counts = [
        parts.Count(numbers[state], State(state).label, f"{where}?state={state}")
        for state in State.values
        if numbers.get(state)
    ]
    asked = [row_of(opinion, at=now) for opinion in opinions.waiting_for(request.user, at=now)[:ASKED_SHOWN]]
    return render(request, "dashboards/field_home.html", {"counts": counts, "asked": asked})
