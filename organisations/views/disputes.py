"""The door by which an agency says that a claimant does not speak for an enterprise."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from organisations.disputing import dispute_claim
from organisations.forms.fields import PlainForm
from organisations.models import Enterprise
from organisations.roles import May
from organisations.views.doors import confirms, needs, today
from pages.parts import Entry


class DisputeForm(PlainForm):
    """Why the claim is not believed."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do không xác nhận"),
        help_text=gettext_lazy("Người đăng ký đọc nguyên văn câu này"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@needs(May.CONFIRM_CLAIMS)
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks for the reason, says what follows, and answers the claim."""
    found = get_object_or_404(Enterprise.objects.visible_to(request.user, on=today()), pk=pk)
    if not confirms(request, found):
        raise PermissionDenied
    page = reverse("enterprise", args=[found.pk])
    if found.confirmed_at is not None or found.disputed_at is not None:
        messages.info(request, _("Yêu cầu xác nhận này đã được trả lời trước đó."))
        return redirect(page)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if dispute_claim(enterprise=found, reason=reason, by=request.user, at=timezone.now()):
            messages.success(request, _("Đã trả lời không xác nhận. Người đăng ký được báo lý do ngay."))
        return redirect(page)
    context = {"form": form, "enterprise": found, "crumbs": [Entry(found.name, page)]}
    return render(request, "organisations/dispute.html", context)
