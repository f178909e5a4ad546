"""What happened to a dossier, for the enterprise and for officials."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from applications.actors import may_prepare
from applications.promises import promise
from applications.public_log import events_of
from applications.views.fetching import dossier_or_404


@require_safe
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The log in public words; officials see the rows of the desk too."""
    dossier = dossier_or_404(request, ref)
    inside = not may_prepare(dossier, by=request.user, at=timezone.now())
    context = {
        "dossier": dossier,
        "inside": inside,
        "events": events_of(dossier, inside=inside),
        "promise": promise(dossier, at=timezone.now()),
    }
    return render(request, "applications/timeline.html", context)
