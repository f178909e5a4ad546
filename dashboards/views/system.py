"""The administrator's pages: health of the system, the journal, the gallery of components."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan
from journal import sealing
from journal.models import AuditEvent, OutboxRow
from notices.models import Delivery
from organisations.plan_in_force import law, rules_at
from organisations.roles import May
from pages.views import components as gallery

PER_PAGE = 50


def _allow(request: HttpRequest, permission: str) -> None:
    if not request.user.may(permission, on=plan.local_day(timezone.now())):
        raise PermissionDenied


@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """What waits, what failed, what is sealed; which law is in force."""
    _allow(request, May.SEE_SYSTEM)
    now = timezone.now()
    waiting = OutboxRow.objects.filter(done_at__isnull=True)
    oldest = waiting.order_by("pk").first()
    position, mac = sealing.last_seal()
    context = {
        "waiting": waiting.count(),
        "failed": waiting.exclude(last_error="").order_by("-pk")[:20],
        "age": int((now - oldest.at).total_seconds()) if oldest else 0,
        "undelivered": Delivery.objects.filter(sent_at__isnull=True).count(),
        "sealed": position,
        "unsealed": sealing.unsealed(),
        "mac": mac,
        "law": law(),
        "digest": rules_at(now).digest,
    }
    return render(request, "dashboards/system.html", context)


@require_safe
def journal_log(request: HttpRequest) -> HttpResponse:
    """Audit events, newest first; who, what, when, never a value."""
    _allow(request, May.SEE_JOURNAL)
    rows = AuditEvent.objects.order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "dashboards/journal.html", {"page": page})


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The gallery of components."""
    _allow(request, May.SEE_SYSTEM)
    return gallery(request)
