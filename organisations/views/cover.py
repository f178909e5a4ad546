"""`/cover/`: who takes an official's work and notices while the official is away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
    """From when until when, and who."""

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

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        colleague = self.fields["by_colleague"]
        assert isinstance(colleague, forms.ModelChoiceField)
        colleague.queryset = people


def page(request: HttpRequest) -> HttpResponse:
    """What is set, and a form to set it; officials only."""
    now, day = timezone.now(), today()
    if not request.user.posts_on(day):
        raise PermissionDenied
    people = covering.colleagues(request.user, on=day)
    form = CoverForm(request.POST or None, people=people, initial={"since": day})
    if request.method == "POST" and form.is_valid():
        try:
            cover = covering.set_cover(absent=request.user, by=request.user, at=now, **form.cleaned_data)
        except covering.CannotCover as why:
            form.add_error(why.field, why.words)
        else:
            words = _("%(name)s thay anh/chị từ %(since)s đến hết %(until)s.") % {
                "name": cover.by_colleague.full_name, "since": f"{cover.since:%d/%m/%Y}",
                "until": f"{cover.until:%d/%m/%Y}",
            }  # fmt: skip
            messages.success(request, words)
            return redirect("organisations:cover")
    mine = Cover.objects.filter(absent=request.user, ended_at__isnull=True, until__gte=day)
    context = {
        "form": form,
        "people": people,
        "mine": mine.select_related("by_colleague").order_by("since", "pk"),
        "for_others": covering.in_force(on=day).filter(by_colleague=request.user),
    }
    return render(request, "organisations/cover.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The absent person is back earlier."""
    cover = get_object_or_404(Cover, pk=pk, absent=request.user)
    if covering.end_cover(cover=cover, by=request.user, at=timezone.now()):
        messages.success(request, _("Đã kết thúc; việc và thông báo lại về anh/chị."))
    return redirect("organisations:cover")
