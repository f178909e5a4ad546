"""The page that shows every component of the interface, for those who build and check pages."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pages import samples


class SampleForm(forms.Form):
    """One field of each kind, some of them wrong, so that hints and errors can be seen."""

    name = forms.CharField(label=_("Họ và tên"))
    identity = forms.RegexField(
        r"^\d{12}$",
        label=_("Số CCCD"),
        help_text=_("12 chữ số trên thẻ"),
        error_messages={"invalid": _("Số CCCD có 11 chữ số. Cần 12.")},
    )
    day = forms.DateField(label=_("Ngày bắt đầu"), required=False, help_text=_("Ví dụ 18/10/2021"))
    place = forms.ChoiceField(
        label=_("Cơ sở ở đâu?"),
        choices=[("zone", _("Trong khu công nghiệp")), ("out", _("Ngoài khu"))],
        widget=forms.RadioSelect,
    )
    truth = forms.BooleanField(label=_("Các giấy tờ đúng với bản đã ký và đóng dấu."))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component once, filled with invented things."""
    view = "table" if request.GET.get("view") == "table" else "chart"
    filled = {"name": "Thạch Thị Sô Phia", "identity": "08409100123", "place": "zone", "truth": "on"}
    shown = {
        "swatches": samples.SWATCHES,
        "why": samples.WHY,
        "holder": samples.HOLDER,
        "view": view,
        "sample_form": SampleForm(filled),
        **samples.heads(),
        **samples.lists(),
        **samples.happenings(),
    }
    return render(request, "pages/components.html", shown)
