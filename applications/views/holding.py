"""Doors of hands: who has a dossier, giving it back, taking it over, handing it on; and who is here now."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from applications import holding
from applications.actors import Actor, may_act
from applications.models import Dossier
from applications.views.answering import REFUSED, STALE, UNTRIED, Attempt, attempting
from applications.views.desk_acts import common
from applications.views.fetching import dossier_or_404
from organisations.models import User
from organisations.roles import May
from pages.deadline_words import due_words


class WordsForm(forms.Form):
    """Why it changes hands."""

    words = forms.CharField(
        label=gettext_lazy("Vì sao nhận thay"), max_length=300, required=False,
        help_text=gettext_lazy("Người đang giữ đọc được câu này"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ToForm(forms.Form):
    """To whom, with a word if need be."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Chuyển cho"), queryset=User.objects.none(), empty_label=None,
        error_messages={"required": gettext_lazy("Chọn người nhận.")},
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Ghi chú bàn giao"), max_length=300, required=False,
        error_messages={"required": gettext_lazy("Ghi vì sao chuyển thay, để người đang giữ biết.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[User], of_colleague: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = of_colleague
        keys = [each.pk for each in people]
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = User.objects.filter(pk__in=keys).order_by("full_name", "pk")
        to.choices = [(each.pk, each.full_name) for each in people]


def _received(request: HttpRequest, ref: str) -> Dossier:
    dossier = dossier_or_404(request, ref)
    if not may_act(Actor.RECEIVER, dossier, by=request.user, at=timezone.now()):
        raise PermissionDenied
    return dossier


@require_safe
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Who has it, what the reader may do about it, and every change of hands."""
    return _show(request, _received(request, ref))


def _show(
    request: HttpRequest, dossier: Dossier, *, attempt: Attempt = UNTRIED, words: WordsForm | None = None,
    to: ToForm | None = None,
) -> HttpResponse:  # fmt: skip
    now = timezone.now()
    holder = dossier.handled_by_id or request.user.pk
    people = [each for each in holding.colleagues(dossier, at=now) if each.pk != holder]
    context = common(dossier, attempt, at=now) | {
        "mine": dossier.handled_by_id == request.user.pk,
        "hands_over": holding.may_hand_over(dossier, by=request.user, at=now),
        "words_form": words or WordsForm(),
        "to_form": to or ToForm(people=people, of_colleague=holder != request.user.pk),
        "people": people,
        "handlings": dossier.handlings.select_related("from_user", "to_user", "by"),
        "form": words or to,
    }
    return render(request, "applications/desk/holding.html", context, status=attempt.status)


def _changed(request: HttpRequest, dossier: Dossier, verb: Callable[[], Any], *, form: Any = None) -> Attempt:
    """A verb of hands; who was first is named."""
    try:
        return attempting(request, verb, form=form)
    except holding.HeldByOther as other:
        dossier.refresh_from_db(fields=["handled_by"])
        return Attempt(status=STALE, stale=held_words(other.holder, by=request.user))


def held_words(holder: User | None, *, by: User) -> str:
    """In whose hands it is by now."""
    if holder is None:
        return _("Trang đã cũ: hồ sơ vừa được trả lại hàng chờ, chưa ai giữ.")
    if holder.pk == by.pk:
        return _("Trang đã cũ: hồ sơ đang ở chính anh/chị.")
    return _("Trang đã cũ: %(name)s vừa nhận hồ sơ này. Nội dung nhập được giữ bên dưới.") % {
        "name": holder.full_name
    }


@require_POST
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Back to the queue."""
    dossier, now = _received(request, ref), timezone.now()
    attempt = _changed(request, dossier, lambda: holding.release(dossier=dossier, by=request.user, at=now))
    if not attempt.done:
        return _show(request, dossier, attempt=attempt)
    messages.success(request, _("Hồ sơ %(code)s đã về hàng chờ.") % {"code": dossier.reference})
    return redirect("dossiers:detail", dossier.reference)


@require_POST
def take_over(request: HttpRequest, ref: str) -> HttpResponse:
    """From a colleague, with words."""
    dossier, now = _received(request, ref), timezone.now()
    seen = _seen(request)
    form = WordsForm(request.POST)
    attempt = Attempt(status=REFUSED)
    if form.is_valid():
        words = form.cleaned_data["words"]
        attempt = _changed(
            request, dossier,
            lambda: holding.take_over(dossier=dossier, seen=seen, words=words, by=request.user, at=now),
            form=form,
        )  # fmt: skip
    if not attempt.done:
        return _show(request, dossier, attempt=attempt, words=form)
    messages.success(request, _("Anh/chị đang giữ hồ sơ %(code)s.") % {"code": dossier.reference})
    return redirect("dossiers:detail", dossier.reference)


@require_POST
def hand_over(request: HttpRequest, ref: str) -> HttpResponse:
    """To a colleague of the same desk."""
    dossier, now = _received(request, ref), timezone.now()
    seen, people = _seen(request), holding.colleagues(dossier, at=now)
    form = ToForm(request.POST, people=people, of_colleague=seen is not None and seen != request.user)
    attempt = Attempt(status=REFUSED)
    if form.is_valid():
        data = form.cleaned_data
        attempt = _changed(
            request, dossier,
            lambda: holding.hand_over(
                dossier=dossier, to=data["to"], seen=seen, words=data["note"], by=request.user, at=now
            ),
            form=form,
        )  # fmt: skip
    if not attempt.done:
        return _show(request, dossier, attempt=attempt, to=form)
    values = {"code": dossier.reference, "name": form.cleaned_data["to"].full_name}
    messages.success(request, _("Đã chuyển hồ sơ %(code)s cho %(name)s.") % values)
    return redirect("dossiers:detail", dossier.reference)


def _seen(request: HttpRequest) -> User | None:
    """Who had it when the page was drawn."""
    return User.objects.filter(pk=_number(request.POST.get("seen"))).first()


def hand_over_all(request: HttpRequest) -> HttpResponse:
    """Everything the person has in hand, or the chosen ones, to one colleague; with ?of= a head, of a colleague."""
    now = timezone.now()
    if not request.user.may(May.RECEIVE, on=now):
        raise PermissionDenied
    others = holding.held_by_others(request.user, at=now)
    holder = _holder(request.GET.get("of"), [user for user, _count in others], by=request.user)
    mine = list(holding.in_hand(holder, by=request.user, at=now))
    people = holding.desk_of(request.user, besides=holder, at=now)
    form = ToForm(request.POST or None, people=people, of_colleague=holder != request.user)
    chosen = set(request.POST.getlist("dossier"))
    if request.method == "POST" and form.is_valid():
        rows = [dossier for dossier in mine if str(dossier.pk) in chosen]
        to = form.cleaned_data["to"]
        done, left = holding.hand_over_all(
            dossiers=rows, to=to, seen=holder, words=form.cleaned_data["note"], by=request.user, at=now
        )
        words = ngettext("Đã chuyển %(n)d hồ sơ cho %(name)s.", "Đã chuyển %(n)d hồ sơ cho %(name)s.", done)
        messages.success(request, words % {"n": done, "name": to.full_name})
        for dossier in left:
            messages.warning(
                request, _("Hồ sơ %(code)s đã đổi người giữ trước đó.") % {"code": dossier.reference}
            )
        return redirect("dossiers:hand_over_all")
    rows = [{"dossier": dossier, "due": due_words(dossier.due_at)} for dossier in mine]
    context = {
        "rows": rows, "form": form, "people": people, "chosen": chosen if form.is_bound else None,
        "holder": holder, "others": others,
    }  # fmt: skip
    return render(
        request, "applications/desk/hand_over_all.html", context, status=422 if form.errors else 200
    )


def _holder(asked: str | None, others: list[User], *, by: User) -> User:
    """Whose dossiers are handed on: the reader's own, or those of a colleague whom the reader leads."""
    if asked is None:
        return by
    found = next((each for each in others if each.pk == _number(asked)), None)
    if found is None:
        raise Http404
    return found


@require_POST
def here(request: HttpRequest, ref: str) -> HttpResponse:
    """The beat of an open case; answers with who else is here."""
    dossier, now = _received(request, ref), timezone.now()
    holding.beat(dossier=dossier, by=request.user, at=now)
    return render(request, "applications/desk/here.html", here_context(dossier, by=request.user, at=now))


def here_context(dossier: Dossier, *, by: User, at: Any) -> dict[str, Any]:
    """Who else has the case open, and for how many minutes."""
    rows = holding.others_here(dossier, by=by, at=at)
    here = [
        _("%(name)s đang xem, %(n)s phút")
        % {"name": row.user.full_name, "n": max(1, round((at - row.since).total_seconds() / 60))}
        for row in rows
    ]
    return {"here": " · ".join(here), "dossier": dossier}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
