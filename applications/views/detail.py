"""`/dossiers/<ref>/`: one address; the task list for the enterprise's people, the case for officials."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from applications.states import State
from applications.views import desk_case, enterprise
from applications.views.fetching import dossier_or_404


@require_safe
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The dossier as the person's side sees it; both take (request, dossier)."""
    dossier = dossier_or_404(request, ref)
    own = dossier.site.enterprise_id in request.user.open_enterprises
    own = own or dossier.state == State.DRAFT  # an official sees a draft where the desk itself fills it in
    return enterprise.tasks(request, dossier) if own else desk_case.case(request, dossier)
