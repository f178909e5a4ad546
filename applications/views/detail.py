"""`/dossiers/<ref>/`: one address; the task list for the enterprise's people, the case for officials."""

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from applications.actors import may_prepare
from applications.views.fetching import dossier_or_404

CASE = "applications.views.desk_case.case"
TASKS = "applications.views.enterprise.tasks"


def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The dossier as the person's side sees it; both take (request, dossier)."""
    dossier = dossier_or_404(request, ref)
    own = may_prepare(dossier, by=request.user)
    return import_string(TASKS if own else CASE)(request, dossier)
