"""`/dossiers/<ref>/`: one address; the task list for the enterprise's people, the case for officials."""

from django.http import HttpRequest, HttpResponse

from applications.actors import may_prepare
from applications.views import desk_case, enterprise
from applications.views.fetching import dossier_or_404


def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The dossier as the person's side sees it; both take (request, dossier)."""
    dossier = dossier_or_404(request, ref)
    own = may_prepare(dossier, by=request.user)
    return enterprise.tasks(request, dossier) if own else desk_case.case(request, dossier)
