"""`/dossiers/<ref>/opinions/`: what other agencies were asked, by when, and what they said."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import opinions
from applications.actors import Actor, may_act
from applications.models import Dossier, Opinion
from applications.opinion_rows import rows_of
from applications.views.answering import REFUSED, STALE, UNTRIED, Attempt, attempting
from applications.views.desk_acts import common
from applications.views.fetching import dossier_or_404
from organisations.models import Agency

MOST_DAYS = 10


class AskForm(forms.Form):
    """Whom, what, within how many working days."""

    agency = forms.ModelChoiceField(
        label=gettext_lazy("Hỏi cơ quan"), queryset=Agency.objects.none(),
        empty_label=gettext_lazy("Chọn cơ quan"),
        error_messages={"required": gettext_lazy("Chọn cơ quan cần hỏi.")},
    )  # fmt: skip
    question = forms.CharField(
        label=gettext_lazy("Cần ý kiến về điều gì"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Chưa ghi cần cho ý kiến về điều gì.")},
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=gettext_lazy("Trả lời trong"), coerce=int, widget=forms.Select(attrs={"class": "num w-16"})
    )

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, **options)
        agency, days = self.fields["agency"], self.fields["days"]
        assert isinstance(agency, forms.ModelChoiceField)
        assert isinstance(days, forms.TypedChoiceField)
        agency.queryset = opinions.askable(dossier)
        days.choices = [(n, _("%(n)s ngày làm việc") % {"n": n}) for n in range(1, MOST_DAYS + 1)]


class AnswerForm(forms.Form):
    """Yes or no, and the words."""

    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Ý kiến"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Đồng ý")), ("no", gettext_lazy("Chưa đồng ý"))],
        error_messages={"required": gettext_lazy("Chọn đồng ý hay chưa.")},
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Nội dung ý kiến"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Chưa ghi ý kiến.")},
    )  # fmt: skip


def page(request: HttpRequest, ref: str) -> HttpResponse:
    """All opinions; the desk asks here, the asked agency answers here."""
    dossier, now = _seen(request, ref)
    asks = may_act(Actor.RECEIVER, dossier, by=request.user, at=now)
    form = AskForm(request.POST or None, dossier=dossier, initial={"days": opinions.usual_days(at=now)})
    attempt = UNTRIED
    if request.method == "POST":
        if not asks:
            raise PermissionDenied
        attempt = Attempt(status=REFUSED)
        if form.is_valid():
            given = form.cleaned_data
            attempt = attempting(
                request,
                lambda: opinions.ask(dossier=dossier, by=request.user, at=now, **given),
                form=form,
            )
        if attempt.done:
            words = _("Đã hỏi %(agency)s.") % {"agency": form.cleaned_data["agency"].short_name}
            messages.success(request, words)
            return redirect("dossiers:opinions", dossier.reference)
    return _show(request, dossier, attempt, at=now, asks=asks, form=form)


def answer(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """The asked agency answers; read by GET it leads to the page with the form."""
    dossier, now = _seen(request, ref)
    opinion = get_object_or_404(dossier.opinions.select_related("agency"), pk=pk)
    if not opinions.may_answer(opinion, by=request.user, at=now):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("dossiers:opinions", dossier.reference)
    form = AnswerForm(request.POST)
    attempt = Attempt(status=REFUSED)
    if form.is_valid():
        given = form.cleaned_data
        try:
            attempt = attempting(
                request,
                lambda: opinions.answer(opinion=opinion, by=request.user, at=now, **given),
                form=form,
            )
        except opinions.NoLongerAsked:
            words = _("Trang đã cũ: cơ quan đã trả lời rồi. Nội dung nhập được giữ bên dưới.")
            attempt = Attempt(status=STALE, stale=words)
    if attempt.done:
        messages.success(request, _("Đã gửi ý kiến."))
        return redirect("dossiers:opinions", dossier.reference)
    asks = may_act(Actor.RECEIVER, dossier, by=request.user, at=now)
    return _show(request, dossier, attempt, at=now, asks=asks, answering=(opinion, form))


def _seen(request: HttpRequest, ref: str) -> tuple[Dossier, datetime]:
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not opinions.may_read(dossier, by=request.user, at=now):
        raise PermissionDenied
    return dossier, now


def _show(
    request: HttpRequest, dossier: Dossier, attempt: Attempt, *, at: datetime, asks: bool,
    form: AskForm | None = None, answering: tuple[Opinion, AnswerForm] | None = None,
) -> HttpResponse:  # fmt: skip
    rows = rows_of(dossier, at=at)
    mine = next(
        (
            row.opinion
            for row in rows
            if row.opinion.answered_at is None and opinions.may_answer(row.opinion, by=request.user, at=at)
        ),
        None,
    )
    opinion, answer_form = answering or (mine, AnswerForm())
    context = common(dossier, attempt, at=at) | {
        "rows": rows,
        "asks": asks,
        "ask_form": (form or AskForm(dossier=dossier)) if asks else None,
        "opinion": opinion,
        "answer_form": answer_form,
        "form": answer_form if answering else form if form is not None and form.is_bound else None,
    }
    return render(request, "applications/desk/opinions.html", context, status=attempt.status)
