"""Saved views of the queue: keep a filter, see them, take one away; and the queue as a file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import plan
from applications import queue, saved_views
from applications.states import State
from applications.views.answering import attempting
from applications.views.desk_queue import KEPT, selected
from journal.recording import record
from organisations.roles import May
from pages import parts
from pages.exporting import Cell, Export, response

COLUMNS = (
    gettext_lazy("Mã hồ sơ"), gettext_lazy("Doanh nghiệp"), gettext_lazy("Mã số thuế"), gettext_lazy("Cơ sở"),
    gettext_lazy("Địa bàn"), gettext_lazy("Lao động trong danh sách"), gettext_lazy("Lao động hiện có"),
    gettext_lazy("Trạng thái"), gettext_lazy("Nộp lúc"), gettext_lazy("Tiếp nhận lúc"), gettext_lazy("Thời hạn"),
    gettext_lazy("Người xử lý"), gettext_lazy("Tổ kiểm tra"),
)  # fmt: skip
READ = (
    "code", "site__enterprise__name", "site__enterprise__tax_code", "site__name", "site__district_id",
    "listed_workers", "baseline", "state", "submitted_at", "accepted_at", "due_at", "handled_by__full_name",
    "team__name",
)  # fmt: skip
CHUNK = 2_000


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The queue as a file: exactly the rows of the filter, all pages. Leaves a row in the journal."""
    now = timezone.now()
    if not request.user.posts_on(plan.local_day(now)):
        raise PermissionDenied
    rows = selected(request, at=now)
    asked = [name for name in KEPT if request.GET.get(name)]  # the names that we know: anything may be sent
    record("dossiers.exported", by=request.user, at=now, kind="export", subject_id=kind, fields=asked)
    name = f"ho-so-{plan.local_day(now):%Y%m%d}"
    return response(Export(name, _("Hồ sơ"), [str(column) for column in COLUMNS], _cells(rows)), kind)


def _cells(rows: Any) -> Iterator[list[Cell]]:
    districts = queue.short_districts()
    labels = {state.value: str(state.label) for state in State}
    for row in rows.values_list(*READ).iterator(chunk_size=CHUNK):
        cells = list(row)
        cells[4] = districts.get(cells[4], "")
        cells[7] = labels[cells[7]]
        yield cells


class ViewForm(forms.Form):
    """The name of a view, and whose it is."""

    name = forms.CharField(
        label=gettext_lazy("Tên bộ lọc"), max_length=60, help_text=gettext_lazy("Ví dụ: Quá hạn ở Càng Long"),
        error_messages={"required": gettext_lazy("Chưa đặt tên. Đặt tên để tìm lại.")},
    )  # fmt: skip
    shared = forms.ChoiceField(
        label=gettext_lazy("Ai thấy"), initial="",
        choices=[("", gettext_lazy("Chỉ tôi")), ("yes", gettext_lazy("Mọi người ở cơ quan"))],
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip


def _receives(request: HttpRequest, *, at: datetime) -> Any:
    user: Any = request.user
    if not user.may(May.RECEIVE, on=at):
        raise PermissionDenied
    return user


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """All views that the person has above the queue."""
    now = timezone.now()
    user = _receives(request, at=now)
    rows = [
        {"view": view, "url": f"{reverse('dossiers:list')}?{view.query}",
         "may": saved_views.may_delete(view, by=user, on=now)}
        for view in saved_views.seen_by(user, on=plan.local_day(now)).select_related("by")
    ]  # fmt: skip
    return render(request, "applications/desk/views.html", {"rows": rows, "crumbs": crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
def new_view(request: HttpRequest) -> HttpResponse:
    """Keeps the filter of the query string under a name."""
    now = timezone.now()
    user = _receives(request, at=now)
    query = saved_views.cleaned(
        request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode()
    )
    form = ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved_views.save(
                name=form.cleaned_data["name"], query=query, shared=bool(form.cleaned_data["shared"]), by=user, at=now
            )  # fmt: skip
        except saved_views.NameTaken:
            form.add_error("name", _("Anh/chị đã có bộ lọc tên này. Đặt tên khác, hoặc xóa bộ lọc cũ."))
        except saved_views.NothingToKeep:
            form.add_error(
                None, _("Bộ lọc này không có gì để lưu. Chọn trạng thái, địa bàn hoặc nhóm trước.")
            )
        else:
            messages.success(request, _("Đã lưu bộ lọc; nó nằm trên danh sách hồ sơ."))
            return redirect(f"{reverse('dossiers:list')}?{query}")
    context = {"form": form, "query": query, "crumbs": crumbs()}
    return render(request, "applications/desk/new_view.html", context, status=422 if form.errors else 200)


@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a view away."""
    now = timezone.now()
    view = get_object_or_404(saved_views.seen_by(_receives(request, at=now), on=plan.local_day(now)), pk=pk)
    if attempting(request, lambda: saved_views.delete(view=view, by=request.user, at=now)).done:
        messages.success(request, _("Đã xóa bộ lọc “%(name)s”.") % {"name": view.name})
    return redirect("dossiers:views")


def crumbs() -> list[parts.Entry]:
    """The way back to the queue."""
    return [parts.Entry(_("Hồ sơ"), reverse("dossiers:list"))]
