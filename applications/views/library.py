"""The agency's library of reasons and conditions: the list, a new text, a change."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

import plan
from applications import library
from applications.forms.fields import DayField
from applications.models import LibraryText
from applications.reason_forms import clause_choices
from applications.views.answering import attempting
from organisations.roles import May
from organisations.views.doors import needs, today
from pages import parts


class TextForm(forms.Form):
    """One text of the library."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Là"), choices=LibraryText.Kind.choices, widget=forms.RadioSelect,
        initial=LibraryText.Kind.REASON,
    )  # fmt: skip
    clause = forms.ChoiceField(
        label=gettext_lazy("Điều khoản"),
        required=False,
        help_text=gettext_lazy("Lý do thì phải có điều khoản"),
    )
    text = forms.CharField(
        label=gettext_lazy("Câu chữ"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Chưa ghi câu chữ.")},
    )  # fmt: skip
    to_do = forms.CharField(
        label=gettext_lazy("Cần làm gì"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    since = DayField(
        label=gettext_lazy("Dùng từ ngày"),
        error_messages={"required": gettext_lazy("Chưa ghi ngày bắt đầu dùng.")},
    )
    until = DayField(
        label=gettext_lazy("Đến hết ngày"), required=False, help_text=gettext_lazy("Để trống nếu còn dùng")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        day = today()
        both = [*clause_choices(phase=1, on=day), *clause_choices(phase=2, on=day)[1:]]
        self.fields["clause"].choices = list(dict(both).items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == LibraryText.Kind.REASON and not data.get("clause"):
            self.add_error("clause", _("Chọn điều khoản mà lý do này dựa vào."))
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", ValidationError(_("Ngày cuối đứng trước ngày đầu. Xem lại hai ngày.")))
        return data


@needs(May.RECEIVE)
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """All texts of the agency; those no longer in use stand last."""
    day = today()
    rows = list(LibraryText.objects.visible_to(request.user, on=day).select_related("written_by"))
    live = [row for row in rows if row.until is None or row.until >= day]
    groups = [
        (label, [row for row in live if row.kind == kind]) for kind, label in LibraryText.Kind.choices
    ]  # fmt: skip
    gone = [row for row in rows if row not in live]
    if gone:
        groups.append((_("Không còn dùng"), gone))
    return render(
        request, "applications/desk/library.html", {"groups": groups, "any": bool(rows), "crumbs": _crumbs()}
    )


@needs(May.RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_text(request: HttpRequest) -> HttpResponse:
    """A new text."""
    return _write(request, None)


@needs(May.RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a text; papers that carry it already keep it."""
    return _write(request, get_object_or_404(LibraryText.objects.visible_to(request.user, on=today()), pk=pk))


def _write(request: HttpRequest, found: LibraryText | None) -> HttpResponse:
    now = timezone.now()
    initial = (
        {name: getattr(found, name) for name in library.FIELDS} if found else {"since": plan.local_day(now)}
    )
    form = TextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        attempt = attempting(
            request, lambda: library.write(text=found, values=form.cleaned_data, by=request.user, at=now)
        )
        if attempt.done:
            messages.success(request, _("Đã ghi vào thư viện."))
            return redirect("dossiers:library")
    crumbs = [*_crumbs(), parts.Entry(_("Thư viện"), reverse("dossiers:library"))]
    context = {"form": form, "found": found, "crumbs": crumbs}
    return render(request, "applications/desk/library_text.html", context, status=422 if form.errors else 200)


def _crumbs() -> list[parts.Entry]:
    return [parts.Entry(_("Hồ sơ"), reverse("dossiers:list"))]
