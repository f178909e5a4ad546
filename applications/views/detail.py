"""`/dossiers/<ref>/`: one address; the task list for the enterprise's people, the case for officials."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan
from applications.states import State
from applications.views import desk_case, enterprise
from applications.views.fetching import RELATED, dossier_or_404
from documents.models import Letter


@require_safe
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The dossier as the person's side sees it; both take (request, dossier)."""
    # The tab of what was declared says whether the payroll is still there; no other tab asks for it.
    payroll = ("baseline_evidence",) if request.GET.get("tab") == "answers" else ()
    dossier = dossier_or_404(request, ref, related=(*RELATED, *payroll))
    own = dossier.site.enterprise_id in request.user.open_enterprises
    own = own or dossier.state == State.DRAFT  # an official sees a draft where the desk itself fills it in
    return enterprise.tasks(request, dossier) if own else desk_case.case(request, dossier)


@require_safe
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """The address under which papers are checked: that is done on the case itself."""
    return redirect("dossiers:detail", dossier_or_404(request, ref).reference)


@require_safe
def receipt(request: HttpRequest, ref: str) -> HttpResponse:
    """Form 01 of the dossier, the newest; 404 until it is accepted."""
    dossier = dossier_or_404(request, ref)
    letters = Letter.objects.visible_to(request.user, on=plan.local_day(timezone.now()))
    found = letters.filter(kind=Letter.Kind.RECEIPT, dossier_code=dossier.code or "-").order_by(
        "-issued_at", "pk"
    )
    if (letter := found.first()) is None:
        raise Http404("no receipt")
    return redirect("documents:letter_pdf", letter.pk)
