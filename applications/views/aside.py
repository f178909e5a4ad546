"""Doors beside the road: move a dossier to the right agency, put an error right, object to that."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from applications import correcting, moving
from applications.actors import Actor, may_act, may_prepare
from applications.forms.fields import DayField, reason_field
from applications.models import Correction, Dossier
from applications.promises import promise
from applications.views.answering import REFUSED, STALE, UNTRIED, Attempt, attempting, stale_words
from applications.views.fetching import dossier_or_404
from organisations.forms.fields import PhoneField, say_what_to_do
from organisations.models import Zone
from pages import parts

NONE = "none"


def _desk_dossier(request: HttpRequest, ref: str) -> Dossier:
    dossier = dossier_or_404(request, ref)
    if not may_act(Actor.RECEIVER, dossier, by=request.user, at=timezone.now()):
        raise PermissionDenied
    return dossier


def _around(dossier: Dossier, attempt: Attempt, **more: Any) -> dict[str, Any]:
    label = _("Hồ sơ %(code)s") % {"code": dossier.reference}
    return {
        "dossier": dossier, "attempt": attempt, "promise": promise(dossier, at=timezone.now()),
        "crumbs": [parts.Entry(label, reverse("dossiers:detail", args=[dossier.reference]))], **more,
    }  # fmt: skip


class MoveForm(forms.Form):
    """Where the site really lies; the agency follows."""

    zone = forms.ChoiceField(label=gettext_lazy("Cơ sở thật sự ở"))
    reason = reason_field(gettext_lazy("Vì sao nộp nhầm nơi"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zones = {zone.pk: zone for zone in Zone.objects.order_by("sort_key", "pk")}
        rows = [(pk, zone.name) for pk, zone in self.zones.items()]
        self.fields["zone"].choices = [(NONE, _("Không thuộc khu, cụm nào")), *rows]  # type: ignore[attr-defined]

    def clean_zone(self) -> Zone | None:
        return self.zones.get(self.cleaned_data["zone"])


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, ref: str) -> HttpResponse:
    """Chuyển cơ quan: the right place, the reason; the clock goes on."""
    dossier = _desk_dossier(request, ref)
    now = timezone.now()
    form = MoveForm(request.POST or None, initial={"zone": dossier.site.zone_id or NONE})
    attempt = UNTRIED
    if dossier.state not in moving.MOVABLE:
        attempt = Attempt(status=STALE, stale=stale_words(dossier, by=request.user))
    elif request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        attempt = attempting(request, lambda: moving.move(
            dossier=dossier, zone=data["zone"], reason=data["reason"], by=request.user, at=now,
        ), form=form)  # fmt: skip
        if attempt.done:
            words = _("Đã chuyển hồ sơ %(code)s sang %(agency)s. Hai cơ quan và doanh nghiệp được báo.")
            values = {"code": dossier.reference, "agency": attempt.value.to_agency.name}
            messages.success(request, words % values)
            return redirect("dossiers:list")
    status = 422 if form.errors else attempt.status
    context = _around(dossier, attempt, form=form)
    return render(request, "applications/desk/move.html", context, status=status)


class CorrectForm(forms.Form):
    """The fields that may be put right, with their present values, and the reason."""

    reason = reason_field(gettext_lazy("Vì sao sửa"))
    field_order = [field.name for field in correcting.FIELDS]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in correcting.FIELDS:
            self.fields[field.name] = _field(field)
        self.order_fields(self.field_order)
        say_what_to_do(self)

    def values(self) -> dict[str, Any]:
        """What was typed, of a valid form."""
        return {field.name: self.cleaned_data[field.name] for field in correcting.FIELDS}


class ObjectionForm(forms.Form):
    """What is wrong with one correction. Each on the page has a form, so each has ids of its own."""

    objection = forms.CharField(
        label=gettext_lazy("Điều gì không đúng"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Chưa ghi điều không đúng.")},
    )  # fmt: skip

    def __init__(self, row: Correction, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id=f"%s-{row.pk}", **options)
        self.row = row


def _field(field: correcting.Correctable) -> forms.Field:
    if field.kind == "day":
        return DayField(label=field.label)
    if field.kind == "phone":
        return PhoneField(label=field.label)
    return forms.CharField(label=field.label, max_length=100)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, ref: str) -> HttpResponse:
    """Sửa lỗi nhập: obvious errors only; the original is kept and the enterprise may object."""
    dossier = _desk_dossier(request, ref)
    now = timezone.now()
    initial = {field.name: getattr(dossier, field.name) for field in correcting.FIELDS}
    form = CorrectForm(request.POST or None, initial=initial)
    shown = request.POST.get("version", "") if request.method == "POST" else str(dossier.version)
    attempt = UNTRIED
    if dossier.state in correcting.CLOSED_TO_IT:
        attempt = Attempt(status=STALE, stale=stale_words(dossier, by=request.user))
    elif request.method == "POST" and form.is_valid():
        attempt = attempting(request, lambda: correcting.correct(
            dossier=dossier, version=_whole(shown), values=form.values(), reason=form.cleaned_data["reason"],
            by=request.user, at=now,
        ), form=form)  # fmt: skip
        if attempt.done:
            messages.success(request, _("Đã sửa; doanh nghiệp được báo và có thể phản đối."))
            return redirect("dossiers:corrections", dossier.reference)
    status = 422 if form.errors else attempt.status
    context = _around(dossier, attempt, form=form, version=_whole(shown))
    return render(request, "applications/desk/correct.html", context, status=status)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@require_safe
def corrections(request: HttpRequest, ref: str) -> HttpResponse:
    """What was put right, from what to what, by whom and why; the enterprise objects here."""
    return _corrections(request, dossier_or_404(request, ref))


def _corrections(
    request: HttpRequest, dossier: Dossier, *, sent: ObjectionForm | None = None
) -> HttpResponse:
    """The page; with what was sent at its row when that cannot be taken."""
    own = may_prepare(dossier, by=request.user, at=timezone.now())
    rows = [
        {
            "row": row,
            "label": correcting.BY_NAME[row.field].label,
            "may_object": own and row.objected_at is None,
            "form": sent if sent is not None and sent.row == row else ObjectionForm(row),
        }
        for row in dossier.corrections.all()
    ]
    context = _around(dossier, UNTRIED, rows=rows, own=own, form=sent)
    return render(request, "applications/corrections.html", context, status=200 if sent is None else REFUSED)


@require_http_methods(["POST"])
def object_to(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """The enterprise says that a correction is wrong; what has its objection keeps the first."""
    dossier = dossier_or_404(request, ref)
    row = get_object_or_404(dossier.corrections.select_related("dossier__site"), pk=pk)
    if not may_prepare(dossier, by=request.user, at=timezone.now()):
        raise PermissionDenied
    form = ObjectionForm(row, request.POST)
    if row.objected_at is None and not form.is_valid():
        return _corrections(request, dossier, sent=form)
    if row.objected_at is None and correcting.object_to(
        correction=row, words=form.cleaned_data["objection"], by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Đã gửi; cán bộ và lãnh đạo cơ quan được báo."))
    return redirect("dossiers:corrections", dossier.reference)
