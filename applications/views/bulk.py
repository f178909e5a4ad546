"""Many dossiers at once: choose in the queue, see what would happen to each, do it, read what came of each."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import plan
from applications import bulk
from applications.forms.fields import DayField
from applications.models import BulkAct
from applications.moments import VisitMomentForm, next_working_morning
from applications.views.answering import attempting
from applications.views.chair import offer_teams
from organisations.models import Team
from organisations.roles import May
from organisations.views.doors import needs
from pages import parts

SEND, CHECK = "send", "check"
FIRST_HOUR = 7


class ProposeForm(VisitMomentForm):
    """One team, the first visit, and how far apart the visits are."""

    team = forms.ModelChoiceField(
        label=gettext_lazy("Tổ kiểm tra"), queryset=Team.objects.none(), empty_label=None,
        error_messages={"required": gettext_lazy("Chưa chọn tổ kiểm tra.")},
    )  # fmt: skip
    apart = forms.TypedChoiceField(
        label=gettext_lazy("Mỗi cuộc cách nhau"), coerce=int, initial=2,
        choices=[(n, gettext_lazy("%(n)s giờ") % {"n": n}) for n in (1, 2, 3, 4, 24)],
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Ghi chú trình Chủ tịch"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    field_order = ["team", "visit_on", "visit_hour", "apart", "note"]

    def given(self) -> dict[str, Any]:
        """What the verb is told, of a valid form."""
        prefetch_related_objects([self.cleaned_data["team"]], "members")  # asked for each visit's day
        return self.cleaned_data | {"visit_at": self.visit_at()}


class ForwardForm(forms.Form):
    """One submission for many: its number, the day, the conditions that hold for all."""

    number = forms.CharField(
        label=gettext_lazy("Số tờ trình"), max_length=40, help_text=gettext_lazy("Một tờ trình cho các hồ sơ này"),
        widget=forms.TextInput(attrs={"class": "num w-16", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Chưa ghi số tờ trình. Lấy ở sổ văn bản đi của cơ quan.")},
    )  # fmt: skip
    starts_on = DayField(
        label=gettext_lazy("Cho phép hoạt động từ ngày"), future=True,
        error_messages={"required": gettext_lazy("Chưa ghi ngày bắt đầu.")},
    )  # fmt: skip
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Từ giờ"), coerce=int, initial=FIRST_HOUR,
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
    )  # fmt: skip
    conditions = forms.CharField(
        label=gettext_lazy("Điều kiện thêm"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một điều kiện, in vào từng văn bản."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """What the verb is told, of a valid form."""
        return self.cleaned_data | {"conditions": self.cleaned_data["conditions"].splitlines()}


@needs(May.RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest, name: str) -> HttpResponse:
    """What would happen to each; a second POST does it. Nothing chosen leads back with a word."""
    now = timezone.now()
    picked = request.POST.getlist("pick")
    dossiers = bulk.chosen(request.user, picked, on=plan.local_day(now))
    if not dossiers:
        if request.method == "POST":
            messages.info(request, _("Chưa chọn hồ sơ nào. Đánh dấu các dòng trong danh sách rồi bấm lại."))
        return redirect("dossiers:list")
    form = _form(request, name)
    ready = form is None or (form.is_bound and form.is_valid())
    given = form.given() if form is not None and ready else {}
    sends = ready and request.POST.get("step") == SEND
    shown = ready and (not sends or bulk.warns(name))
    items = bulk.preview(name, dossiers, given, by=request.user, at=now) if shown else []
    seen = bulk.seen(items, given)
    if sends and seen in ("", request.POST.get("clash_seen")):
        act = bulk.run(name, dossiers, given, by=request.user, at=now)
        return redirect("dossiers:bulk_result", act.pk)
    context = {
        "kind": bulk.KINDS[name], "name": name, "form": form, "items": items, "ready": ready,
        "dossiers": dossiers, "doable": sum(each.ready for each in items),
        "too_many": len(picked) > bulk.MOST, "most": bulk.MOST, "typed": _typed(request) if ready else [],
        "back": request.POST.get("back", ""), "seen": seen,
        "crumbs": [parts.Entry(_("Hồ sơ"), reverse("dossiers:list"))],
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "applications/desk/bulk.html", context, status=status)


def _form(request: HttpRequest, name: str) -> Any:
    """The form of a verb that asks for something; unbound when the queue's bar leads to it."""
    kind = {"propose": ProposeForm, "forward": ForwardForm}.get(name)
    if kind is None:
        return None
    today = plan.local_day(timezone.now())
    sent = request.POST.get("step") in {SEND, CHECK}
    form: Any = kind(request.POST) if sent else kind(initial={"visit_on": next_working_morning(today)})
    if "team" in form.fields:
        offer_teams(form, at=timezone.now())
    if "starts_on" in form.fields:
        form.fields["starts_on"].today = today
    return form


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    skipped = {"csrfmiddlewaretoken", "step", "clash_seen"}
    return [(name, value) for name, values in request.POST.lists() if name not in skipped for value in values]


@needs(May.RECEIVE)
@require_safe
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came of each; works for ever."""
    now = timezone.now()
    rows = BulkAct.objects.visible_to(request.user, on=plan.local_day(now)).select_related("by")
    act = get_object_or_404(rows, pk=pk)
    left = act.at + bulk.UNDONE_WITHIN - now
    context = {
        "act": act, "kind": bulk.KINDS[act.name], "done": sum(item["done"] for item in act.items),
        "may_undo": bulk.may_undo(act, by=request.user, at=now),
        "minutes": max(1, -(-left // timedelta(minutes=1))),
        "crumbs": [parts.Entry(_("Hồ sơ"), reverse("dossiers:list"))],
    }  # fmt: skip
    return render(request, "applications/desk/bulk_result.html", context)


@needs(May.RECEIVE)
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives back what was taken in hand, within ten minutes."""
    now = timezone.now()
    act = get_object_or_404(BulkAct.objects.visible_to(request.user, on=plan.local_day(now)), pk=pk)
    if act.by_id == request.user.pk and not bulk.may_undo(act, by=request.user, at=now):
        messages.info(request, _("Đã quá 10 phút hoặc đã hoàn tác. Trả lại từng hồ sơ ở trang của nó."))
        return redirect("dossiers:bulk_result", act.pk)
    attempt = attempting(request, lambda: bulk.undo(act, by=request.user, at=now))
    messages.success(request, _("Đã trả lại %(n)s hồ sơ.") % {"n": attempt.value})
    return redirect("dossiers:bulk_result", act.pk)
