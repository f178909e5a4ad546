"""Doors of the inspection team: the schedule, one visit, the signature."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan
from applications import sheets
from applications.actors import is_leader
from applications.moving_visits import last_moved
from applications.promises import promise
from applications.second_visits import coming_again
from applications.unmet import Unmet
from applications.views.answering import UNTRIED, Attempt, attempting, unmet_parts
from inspections import visiting
from inspections.forms import VisitForm, initial_of
from inspections.models import Visit
from organisations.reauthentication import required
from organisations.roles import May

PER_PAGE = 25
RELATED = (
    "dossier__site__enterprise", "dossier__site__commune", "dossier__site__district", "dossier__site__zone",
    "dossier__receiving_agency", "dossier__team__agency", "dossier__handled_by", "team", "sheet__letter",
    "sheet__signed_by",
)  # fmt: skip


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Visits in the person's field: those to make first, then those made."""
    today = plan.local_day(timezone.now())
    if not (request.user.may(May.LEAD_VISITS, on=today) or request.user.may(May.SEE_LETTERS, on=today)):
        raise PermissionDenied
    rows = Visit.objects.visible_to(request.user, on=today).select_related(
        "dossier__site__enterprise", "dossier__site__district", "team"
    )
    ahead = rows.filter(sheet__isnull=True, dossier__state="team_assigned").order_by("planned_at", "pk")
    made = rows.filter(sheet__isnull=False).order_by("-ended_at", "pk")
    page = Paginator(made, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "inspections/schedule.html", {"ahead": ahead[:50], "page": page})


def fetch(request: HttpRequest, pk: UUID) -> Visit:
    """The visit, if its dossier is in the person's field of sight; 404 otherwise."""
    rows = Visit.objects.visible_to(request.user, on=plan.local_day(timezone.now()))
    found: Visit = get_object_or_404(rows.select_related(*RELATED), pk=pk)
    return found


def visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record what is seen; saving asks for nothing, signing does."""
    found = fetch(request, pk)
    now = timezone.now()
    member = visiting.is_member(found.dossier, by=request.user, at=now)
    if request.method == "POST" and not member:
        raise PermissionDenied
    items = visiting.items(found.dossier, at=now)
    form = VisitForm(
        request.POST or None, items=items, planned_at=found.planned_at, at=now, initial=initial_of(found)
    )
    attempt = UNTRIED
    if request.method == "POST" and form.is_valid():
        attempt = attempting(request, lambda: _save(found, form, request=request, at=now))
        if attempt.done:
            return redirect("visits:sign" if "to-sign" in request.POST else "visits:visit", pk=pk)
    context = _context(request, found, form, attempt, at=now)
    return render(request, "inspections/visit.html", context | {"member": member}, status=attempt.status)


def _save(found: Visit, form: VisitForm, *, request: HttpRequest, at: datetime) -> None:
    visiting.save(
        visit=found,
        texts=form.texts(),
        findings=form.findings(),
        started_at=form.moment("started_at"),
        ended_at=form.moment("ended_at"),
        by=request.user,
        at=at,
    )


def _context(
    request: HttpRequest, found: Visit, form: VisitForm, attempt: Attempt, *, at: datetime
) -> dict[str, Any]:
    titles = {code: title for code, title, _clause in visiting.items(found.dossier, at=at)}
    again = None if found.sheet_id else coming_again(found.dossier)
    return {
        "again": again,
        "moved": None if found.sheet_id else last_moved(found.dossier),
        "failed": visiting.failed_before(found, titles) if again else (),
        "visit": found,
        "dossier": found.dossier,
        "form": form,
        "attempt": attempt,
        "promise": promise(found.dossier, at=at),
        "leads": is_leader(found.dossier, by=request.user, at=at),
        "findings": found.findings.order_by("pk") if found.sheet_id else (),
        "signed": sheets.signed_words(found.sheet) if found.sheet else "",
        "titles": titles,
    }


@required
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet as it will be signed, what is still missing, and the leader's signature."""
    found = fetch(request, pk)
    now = timezone.now()
    if not is_leader(found.dossier, by=request.user, at=now):
        raise PermissionDenied
    attempt = UNTRIED
    link = linker(found)
    if request.method == "POST":
        attempt = attempting(request, lambda: visiting.sign(visit=found, by=request.user, at=now), link=link)
        if attempt.done:
            return redirect("visits:visit", pk=pk)
    missing = (
        unmet_parts(visiting.unmet(found, by=request.user, at=now), link=link)
        if found.sheet_id is None
        else ()
    )
    titles = {code: title for code, title, _clause in visiting.items(found.dossier, at=now)}
    context = {
        "visit": found,
        "dossier": found.dossier,
        "attempt": attempt,
        "missing": missing,
        "items": [(titles.get(row.item, row.item), row) for row in found.findings.order_by("pk")],
        "promise": promise(found.dossier, at=now),
    }
    return render(request, "inspections/sign.html", context, status=attempt.status)


def linker(found: Visit) -> Any:
    """Where on the visit's page what is unmet is mended."""
    page = reverse("visits:visit", args=[found.pk])

    def link(unmet: Unmet) -> str:
        return (
            f"{page}#id_{unmet.anchor}" if not unmet.anchor.startswith("item-") else f"{page}#{unmet.anchor}"
        )

    return link
