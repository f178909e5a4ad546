"""The administrator's pages: health of the system, the journal, the gallery of components."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import plan
from dashboards.event_words import kind_words, words_of
from journal import sealing
from journal.models import AuditEvent, OutboxRow
from journal.recording import record
from notices.models import Delivery
from organisations.plan_in_force import law, rules_at
from organisations.roles import May
from pages.exporting import Cell, Export, response
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
        "failed": [(words_of(row.event), row) for row in _failed(waiting)],
        "age": int((now - oldest.at).total_seconds()) if oldest else 0,
        "undelivered": Delivery.objects.filter(sent_at__isnull=True).count(),
        "sealed": position,
        "unsealed": sealing.unsealed(),
        "mac": mac,
        "law": law(),
        "digest": rules_at(now).digest,
    }
    return render(request, "dashboards/system.html", context)


def _failed(waiting: QuerySet[OutboxRow]) -> QuerySet[OutboxRow]:
    return waiting.exclude(last_error="").order_by("-pk")[:20]


@require_safe
def journal_log(request: HttpRequest) -> HttpResponse:
    """Audit events, newest first; who, what, when, never a value."""
    _allow(request, May.SEE_JOURNAL)
    rows = AuditEvent.objects.order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [(words_of(row.verb), kind_words(row.subject_kind), row) for row in page.object_list]
    return render(request, "dashboards/journal.html", {"page": page, "shown": shown})


@require_safe
def journal_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The whole journal as a file, in the words of the page; that it was taken is an event too."""
    _allow(request, May.SEE_JOURNAL)
    now = timezone.now()
    record("journal.exported", by=request.user, at=now, kind="export", subject_id=kind)
    columns = (_("Lúc"), _("Việc"), _("Ai"), _("Chức vụ"), _("Loại"), _("Đối tượng"), _("Trường"), _("Lý do"))
    name = f"nhat-ky-{plan.local_day(now):%Y%m%d}"
    return response(Export(name, _("Nhật ký"), columns, _journal_rows()), kind)


def _journal_rows() -> Iterator[tuple[Cell, ...]]:
    for row in AuditEvent.objects.order_by("-pk").iterator(chunk_size=2_000):
        yield (
            row.at, words_of(row.verb), row.actor_name, row.actor_post, kind_words(row.subject_kind), row.subject_id,
            ", ".join(row.fields), row.reason,
        )  # fmt: skip


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The gallery of components."""
    _allow(request, May.SEE_SYSTEM)
    return gallery(request)
