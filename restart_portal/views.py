"""Probes and error pages: plain words, a way on, nothing typed lost."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the process can serve: "ok", or 503 and the bare names of what is not there. Anyone may ask."""
    faults = [name for name, missing in PARTS.items() if missing()]
    return HttpResponse(" ".join(faults) or "ok", content_type="text/plain", status=503 if faults else 200)


def _database_silent() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return True
    return False


def _migrations_missing() -> bool:
    """One query; a database that does not answer is named by its own part."""
    try:
        return not newest_migrations() <= MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return False


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, read from the disk once a process."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _files_missing() -> bool:
    return not Path(settings.MEDIA_ROOT).is_dir()


PARTS = {"database": _database_silent, "migrations": _migrations_missing, "files": _files_missing}


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
