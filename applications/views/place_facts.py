"""Doors where the facts of a site and of an enterprise are put right; both sides read there what was, and why."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from applications import place_facts
from applications.forms.places import EnterpriseFactsForm, SiteFactsForm
from applications.views.answering import STALE, UNTRIED, attempting
from organisations.models import Agency, Enterprise, Site
from organisations.registering import SiteExists
from organisations.views.doors import today
from pages.parts import Entry

RELATED = ("enterprise", "commune", "district", "receiving_agency")
Verb = Callable[..., list[str]]
# What a row of the journal calls a field.
WORDS = {
    "name": gettext_lazy("tên cơ sở"), "address": gettext_lazy("địa chỉ"),
    "commune": gettext_lazy("xã, phường"), "phone": gettext_lazy("điện thoại"),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name, address and commune of a site."""
    rows = Site.objects.visible_to(request.user, on=today()).select_related(*RELATED)
    found = get_object_or_404(rows, pk=pk)
    side = _side(request, found.enterprise, Site.objects.filter(pk=found.pk))
    form = SiteFactsForm(request.POST or None, site=found, side=side, on=today())
    return _page(
        request, found, form, side, sites=Site.objects.filter(pk=found.pk), back=reverse("site", args=[found.pk]),
        verb=lambda **given: place_facts.correct_site(site=found, **given),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def enterprise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Address and telephone of an enterprise."""
    found = get_object_or_404(Enterprise.objects.visible_to(request.user, on=today()), pk=pk)
    sites = Site.objects.filter(enterprise=found)
    side = _side(request, found, sites)
    form = EnterpriseFactsForm(request.POST or None, enterprise=found, side=side)
    return _page(
        request, found, form, side, sites=sites, back=reverse("enterprise", args=[found.pk]),
        verb=lambda **given: place_facts.correct_enterprise(enterprise=found, **given),
    )  # fmt: skip


def _side(request: HttpRequest, firm: Enterprise, sites: Any) -> str:
    side = place_facts.side_of(request.user, firm, sites, at=timezone.now())
    if not side:
        raise PermissionDenied
    return side


def _page(
    request: HttpRequest, found: Site | Enterprise, form: Any, side: str, *, sites: Any, back: str, verb: Verb
) -> HttpResponse:
    """The form; once a dossier is in, for the enterprise whom to call instead."""
    locked = side == place_facts.OWN and place_facts.is_handed_in(sites)
    attempt, status = UNTRIED, STALE if locked and request.method == "POST" else 200
    if request.method == "POST" and not locked and form.is_valid():
        try:
            attempt = attempting(
                request, lambda: verb(by=request.user, at=timezone.now(), **form.cleaned_data), form=form
            )
        except SiteExists:
            form.add_error("name", _("Doanh nghiệp đã có cơ sở tên này. Đặt tên khác."))
        except place_facts.HandedIn:
            locked, status = True, STALE
        else:
            if attempt.done:
                return _done(request, attempt.value, back)
            status = attempt.status
    context = {
        "found": found, "form": form, "side": side, "locked": locked, "attempt": attempt,
        "is_site": isinstance(found, Site), "back": back, "crumbs": [Entry(found.name, back)],
        "agencies": Agency.objects.filter(pk__in=sites.values("receiving_agency")).order_by("number", "pk"),
        "log": [{"row": row, "what": named(row.fields)} for row in place_facts.told_of(found)],
    }  # fmt: skip
    status = 422 if form.errors and not locked else status
    return render(request, "applications/place_facts.html", context, status=status)


def _done(request: HttpRequest, changed: list[str], back: str) -> HttpResponse:
    words = _("Đã sửa: %(what)s.") % {"what": named(changed)} if changed else _("Không có gì đổi.")
    messages.success(request, words)
    return redirect(back)


def named(fields: list[str]) -> str:
    """Columns in the words of the page."""
    return ", ".join(str(WORDS[name]) for name in WORDS if name in fields)
