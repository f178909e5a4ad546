"""`/cover/`: who takes an official's work and notices while the official is away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from organisations import covering
from organisations.models import Cover, User
from organisations.views.doors import today

DATES = {"input_formats": ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]}


class CoverForm(forms.Form):
    """From when until when, and who; a head also says for whom (`led` are those who may be named)."""

    absent = forms.ModelChoiceField(
        label=gettext_lazy("Người vắng"), queryset=User.objects.none(), required=False,
        empty_label=gettext_lazy("Tôi"),
    )  # fmt: skip
    by_colleague = forms.ModelChoiceField(
        label=gettext_lazy("Người thay"), queryset=User.objects.none(),
        empty_label=gettext_lazy("Chọn một người cùng cơ quan"),
        error_messages={"required": gettext_lazy("Chọn người thay.")},
    )  # fmt: skip
    since = forms.DateField(
        label=gettext_lazy("Từ ngày"), widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={"required": gettext_lazy("Nhập ngày đầu."),
                        "invalid": gettext_lazy("Ngày đầu không đọc được. Nhập như 15/10/2021.")}, **DATES,
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Đến hết ngày"), widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={"required": gettext_lazy("Nhập ngày cuối."),
                        "invalid": gettext_lazy("Ngày cuối không đọc được. Nhập như 15/10/2021.")}, **DATES,
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, max_length=200)

    def __init__(self, *args: Any, people: Any, led: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("absent", led), ("by_colleague", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices
        if not led:
            del self.fields["absent"]


def page(request: HttpRequest) -> HttpResponse:
    """What is set, and a form to set it; officials only."""
    now, day = timezone.now(), today()
    if not request.user.posts_on(day):
        raise PermissionDenied
    led = covering.led_by(request.user, on=day)
    people = covering.colleagues(request.user, on=day)
    if led:  # a head may stand in for whom the head names
        people = people | User.objects.filter(pk=request.user.pk)
    form = CoverForm(request.POST or None, people=people, led=led, initial={"since": day})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        absent = given.pop("absent", None) or request.user
        try:
            cover = covering.set_cover(absent=absent, by=request.user, at=now, **given)
        except covering.CannotCover as why:
            form.add_error(why.field if why.field in form.fields else None, why.words)
        else:
            messages.success(request, _set_words(cover, by=request.user))
            return redirect("organisations:cover")
    context = {
        "form": form,
        "people": people,
        "mine": _covers(request, led).filter(until__gte=day),
        "for_others": covering.in_force(on=day).filter(by_colleague=request.user),
    }
    return render(request, "organisations/cover.html", context, status=422 if form.errors else 200)


def _covers(request: HttpRequest, led: QuerySet[User]) -> QuerySet[Cover]:
    """Covers that are not ended: of the reader, and of those whom the reader leads."""
    rows = Cover.objects.filter(Q(absent=request.user) | Q(absent__in=led), ended_at__isnull=True)
    return rows.select_related("absent", "by_colleague").order_by("since", "pk")


def _set_words(cover: Cover, *, by: User) -> str:
    values = {
        "name": cover.by_colleague.full_name, "absent": cover.absent.full_name,
        "since": f"{cover.since:%d/%m/%Y}", "until": f"{cover.until:%d/%m/%Y}",
    }  # fmt: skip
    if cover.absent_id == by.pk:
        return _("%(name)s thay anh/chị từ %(since)s đến hết %(until)s.") % values
    return _("%(name)s thay %(absent)s từ %(since)s đến hết %(until)s.") % values


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The absent person is back earlier; a head ends it too."""
    led = covering.led_by(request.user, on=today())
    cover = get_object_or_404(Cover, Q(absent=request.user) | Q(absent__in=led), pk=pk)
    if covering.end_cover(cover=cover, by=request.user, at=timezone.now()):
        words = _("Đã kết thúc; việc và thông báo lại về anh/chị.")
        if cover.absent_id != request.user.pk:
            words = _("Đã kết thúc; việc và thông báo lại về %(name)s.") % {"name": cover.absent.full_name}
        messages.success(request, words)
    return redirect("organisations:cover")
