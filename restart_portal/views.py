"""Probes and error pages: plain words, a way on, nothing typed lost."""

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from journal.models import OutboxRow


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers, its migrations have run, files can be written, the outbox is not stuck."""
    faults = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            faults.append("migrations")
        oldest = OutboxRow.objects.filter(done_at__isnull=True).order_by("pk").first()
        age = (timezone.now() - oldest.at).total_seconds() if oldest else 0.0
    except Exception:
        faults.append("database")
        age = 0.0
    if not Path(settings.MEDIA_ROOT).is_dir():
        faults.append("files")
    return JsonResponse(
        {"ready": not faults, "faults": faults, "outbox_age_seconds": round(age)},
        status=503 if faults else 200,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in plain words."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 in plain words."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in plain words; a foreign thing looks the same as one that does not exist."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without a context: whatever broke must not break this page too."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is old: go back, everything typed is still there."""
    return render(request, "403_csrf.html", status=403)
