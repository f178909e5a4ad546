"""`/sites/import/`: an agency enters its register of enterprises: send, look, confirm, take the list back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.checking import DEFAULT_LIMITS
from documents.checking import Refused as FileRefused
from documents.limits import ChildFailed, in_limited_child
from documents.models import RegisterImport
from documents.register import staging
from documents.register.form import FILE_NAME, register_form, write_back
from documents.register.reading import Register
from documents.register.sheet import Sheet, extract
from documents.register.words import STATUS
from documents.uploads import stored_on_disk
from organisations import importing
from organisations.models import Agency
from organisations.roles import May
from organisations.views.doors import needs, today
from pages import parts
from pages.exporting import KINDS, handed, workbook_file
from pages.templatetags.ui import vn_number

SHOWN = 50
EARLIER = 10


@needs(May.CONFIRM_CLAIMS)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """The form to download, the list to send, and earlier lists."""
    error, status = "", 200
    if request.method == "POST":
        kept = _taken(request)
        if isinstance(kept, RegisterImport):
            return redirect("documents:register_import", kept.pk)
        error, status = kept, 422
    rows = RegisterImport.objects.visible_to(request.user, on=today()).select_related("by", "source")
    context = {
        "errors": [error] if error else [],
        "earlier": rows.defer("rows", "problems")[:EARLIER],
        "crumbs": _crumbs(),
    }
    return render(request, "documents/register_send.html", context, status=status)


def _taken(request: HttpRequest) -> RegisterImport | str:
    """What was kept aside, or the sentence that says why nothing was."""
    upload = request.FILES.get("list")
    if upload is None:
        return _("Chưa chọn tệp nào. Chọn tệp .xlsx rồi bấm lại.")
    agency = Agency.objects.filter(pk__in=request.user.agencies_where(May.CONFIRM_CLAIMS, on=today())).first()
    try:
        kept = staging.take(upload=upload, agency=agency, by=request.user, at=timezone.now())
    except FileRefused as refusal:
        return refusal.message
    return kept.message if isinstance(kept, Register) else kept


def _crumbs() -> list[parts.Entry]:
    return [parts.Entry(_("Doanh nghiệp và cơ sở"), reverse("sites"))]


@needs(May.CONFIRM_CLAIMS)
@require_http_methods(["GET", "HEAD", "POST"])
def register_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the list holds; POST enters it. Afterwards the page says what was made, for ever."""
    rows = RegisterImport.objects.visible_to(request.user, on=today())
    kept = get_object_or_404(rows.select_related("agency", "source", "by", "done_by"), pk=pk)
    if request.method == "POST":
        if staging.enter(kept=kept, by=request.user, at=timezone.now()) is None:
            messages.info(request, _("Danh sách này đã được nhập trước đó; không có gì thay đổi thêm."))
        return redirect("documents:register_import", kept.pk)
    counts = kept.counts
    fresh = counts["enterprise"] + counts["site"]
    good = counts["enterprise"] + counts["site"] + counts["known"]
    context = {
        "kept": kept,
        "numbers": _numbers(counts),
        "good": good,
        "fresh": fresh,
        "invited": importing.to_invite(kept.rows, at=timezone.now()) if not (fresh or kept.done_at) else 0,
        "problems": kept.problems[:SHOWN],
        "more": max(0, len(kept.problems) - SHOWN),
        "rows": [row | {"words": STATUS[row["status"]]} for row in kept.rows[:SHOWN]]
        if not kept.done_at
        else [],
        "crumbs": [*_crumbs(), parts.Entry(_("Nhập danh sách"), reverse("documents:register_send"))],
    }
    return render(request, "documents/register_import.html", context)


def _numbers(counts: dict[str, int]) -> list[tuple[str, str]]:
    """The sum that adds up: read = new firms' rows + new sites' rows + known + bad."""
    return [
        (_("Dòng đã đọc"), vn_number(counts["read"])),
        (_("Thêm doanh nghiệp và cơ sở"), vn_number(counts["enterprise"])),
        (_("Thêm cơ sở cho doanh nghiệp đã có"), vn_number(counts["site"])),
        (_("Đã có, không đổi"), vn_number(counts["known"])),
        (_("Cần sửa, chưa nhập"), vn_number(counts["bad"])),
    ]


@needs(May.CONFIRM_CLAIMS)
@require_safe
def register_file(request: HttpRequest) -> HttpResponse:
    """The empty form."""
    answer = HttpResponse(register_form(), content_type=KINDS["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


@needs(May.CONFIRM_CLAIMS)
@require_safe
def register_result(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The list back, with the result and the faults of each row."""
    rows = RegisterImport.objects.visible_to(request.user, on=today()).select_related("source")
    kept = get_object_or_404(rows, pk=pk)
    statuses: dict[int, str] = {row["row"]: row["status"] for row in kept.rows}
    try:
        sheet = _read_again(kept)
    except ChildFailed:  # it was read once: the machine is busy
        words = _("Tệp chưa đọc lại được vì máy chủ đang bận. Chờ vài phút rồi tải lại tệp kết quả.")
        messages.error(request, words)
        return redirect("documents:register_import", kept.pk)
    target = workbook_file()
    write_back(target, sheet, statuses=statuses, problems=kept.problems)
    return handed(target, "xlsx", f"ket-qua-{kept.source.name}")


def _read_again(kept: RegisterImport) -> Sheet:
    limits = DEFAULT_LIMITS
    bounds = (limits.columns, limits.rows, limits.unpacked_bytes)
    with stored_on_disk(kept.source) as path:
        found = in_limited_child(extract, path, *bounds, seconds=limits.seconds, megabytes=limits.megabytes)
    if not isinstance(found, Sheet):
        raise TypeError("a register that was read once is read no more")
    return found
