"""The Office's submission note: a few lines that lie on top of the case when the Chairman opens it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import plan
from applications import briefings
from applications.opinion_rows import rows_of
from applications.promises import promise
from applications.views.answering import attempting
from applications.views.chair import fits
from applications.views.fetching import dossier_or_404
from dashboards.forms.office import BriefingForm
from organisations.roles import May


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Writes the note of a dossier that waits for its decision; written again it takes the old one's place."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not request.user.may(May.RECORD_SIGNATURES, on=plan.local_day(now)):
        raise PermissionDenied
    last = dossier.briefings.first()
    initial = {"text": last.text, "proposal": last.proposal} if last else None
    form = BriefingForm(request.POST or None, initial=initial)
    attempt = fits(request, dossier, "record_approval")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        attempt = attempting(
            request,
            lambda: briefings.write(
                dossier=dossier, text=data["text"], proposal=data["proposal"], by=request.user, at=now
            ),
            form=form,
        )
        if attempt.done:
            messages.success(request, _("Đã đặt phiếu trình lên hồ sơ %(code)s.") % {"code": dossier.code})
            return redirect("decide", ref=dossier.reference)
    context = {
        "dossier": dossier,
        "form": form,
        "attempt": attempt,
        "promise": promise(dossier, at=now),
        "opinions": rows_of(dossier, at=now),
    }
    status = attempt.status if attempt.status != 200 else 422 if form.errors else 200
    return render(request, "dashboards/briefing.html", context, status=status)
