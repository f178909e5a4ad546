"""Recalling a letter: says what follows, asks why and who, then does it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

import plan
from applications import recalling
from applications.models import Decision
from applications.views.answering import UNTRIED, attempting
from dashboards.forms.office import RecallForm
from documents.models import Letter
from organisations.reauthentication import required
from organisations.roles import May


@required
def recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One letter, with every dossier that it decided; an annexed letter is recalled whole."""
    now = timezone.now()
    today = plan.local_day(now)
    letter = get_object_or_404(Letter.objects.visible_to(request.user, on=today), pk=pk)
    if not request.user.may(May.RECALL, on=today):
        raise PermissionDenied
    decisions = list(Decision.objects.filter(letter=letter).select_related("dossier__site__enterprise"))
    if not decisions:
        raise Http404(_("Văn bản này không quyết định hồ sơ nào."))
    form = RecallForm(request.POST or None)
    attempt = UNTRIED
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt = attempting(
            request,
            lambda: recalling.recall_letter(letter=letter, reason=reason, by=request.user, at=now),
            form=form,
        )
        if attempt.done:
            words = _("Đã thu hồi %(number)s. Mọi nơi nhận được báo; hồ sơ trở về cơ quan tiếp nhận.")
            messages.success(request, words % {"number": letter.full_number})
            return redirect("documents:letter", pk=letter.pk)
    context = {"letter": letter, "decisions": decisions, "form": form, "attempt": attempt}
    context["may_decide"] = request.user.may(May.DECIDE, on=today)
    status = attempt.status if attempt.status != 200 else 422 if form.errors else 200
    return render(request, "dashboards/recall.html", context, status=status)
