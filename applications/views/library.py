"""The agency's library of reasons and conditions: the list, a new text, a change."""

from datetime import datetime
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
from applications.views.answering import STALE, UNTRIED, Attempt, attempting
from organisations.roles import May
from organisations.views.doors import needs, today
from pages import parts
from pages.templatetags.ui import vn_time


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
    written = found.written_at.isoformat() if found else ""
    seen = request.POST.get("seen", "") if request.method == "POST" else written
    attempt = UNTRIED
    if request.method == "POST" and form.is_valid():
        attempt = _attempt(request, found, form, seen=found.written_at if found and seen == written else None)
        if attempt.done:
            messages.success(request, _("Đã ghi vào thư viện."))
            return redirect("dossiers:library")
        seen = attempt.value.written_at.isoformat()  # whoever has read the words may write over it
    crumbs = [*_crumbs(), parts.Entry(_("Thư viện"), reverse("dossiers:library"))]
    context = {"form": form, "found": found, "crumbs": crumbs, "attempt": attempt, "seen": seen}
    status = 422 if form.errors else attempt.status
    return render(request, "applications/desk/library_text.html", context, status=status)


def _attempt(
    request: HttpRequest, found: LibraryText | None, form: TextForm, *, seen: datetime | None
) -> Attempt:
    """Writes it; when a colleague was first, the value is the text as it is now."""
    given = {
        "text": found,
        "values": form.cleaned_data,
        "seen": seen,
        "by": request.user,
        "at": timezone.now(),
    }
    try:
        return attempting(request, lambda: library.write(**given))
    except library.WrittenOver as over:
        who, when = over.text.written_by, over.text.written_at
        words = _(
            "Trang đã cũ: %(who)s vừa sửa câu chữ này lúc %(time)s. Nội dung anh/chị nhập được giữ bên dưới."
        )
        name = _("chính anh/chị") if who == request.user else who.full_name
        return Attempt(status=STALE, stale=words % {"who": name, "time": vn_time(when)}, value=over.text)


def _crumbs() -> list[parts.Entry]:
    return [parts.Entry(_("Hồ sơ"), reverse("dossiers:list"))]
