"""`/dossiers/<ref>/hand/`: a draft goes to a colleague who prepares it further."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from applications import filing, handing
from applications.models import Dossier
from applications.views.answering import UNTRIED, attempting
from applications.views.fetching import own_dossier_or_404
from organisations.models import User


class HandForm(forms.Form):
    """To whom."""

    colleague = forms.TypedChoiceField(
        label=gettext_lazy("Giao cho"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn một người cùng làm.")},
    )

    def __init__(self, *args: object, people: list[User], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["colleague"].choices = [(user.pk, user.full_name) for user in people]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Who prepares it now, and to whom it may go."""
    dossier = own_dossier_or_404(request, ref)
    people = handing.colleagues_for(dossier)
    form = HandForm(request.POST if request.method == "POST" else None, people=people)
    attempt = UNTRIED
    if form.is_valid():
        colleague = next(user for user in people if user.pk == form.cleaned_data["colleague"])
        now = timezone.now()
        attempt = attempting(
            request,
            lambda: handing.hand_to(dossier=dossier, colleague=colleague, by=request.user, at=now),
            form=form,
        )
        if attempt.done:
            messages.success(request, _("Đã giao hồ sơ cho %(name)s.") % {"name": colleague.full_name})
            return redirect("dossiers:detail", dossier.reference)
    context = {
        "dossier": dossier,
        "form": form,
        "people": people,
        "preparer": handing.preparer(_with_people(dossier)),
        "is_open": dossier.state in filing.EDITABLE,
        "attempt": attempt,
    }
    status = attempt.status if attempt.status != 200 else 422 if form.errors else 200
    return render(request, "applications/hand.html", context, status=status)


def _with_people(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related("prepared_by", "created_by").get(pk=dossier.pk)
