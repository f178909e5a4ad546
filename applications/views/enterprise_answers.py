"""The questions beside the papers: production, baseline, signer. Files are kept even when a number is wrong."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import plan
from applications import filing, uploading
from applications.forms.answers import FILES, PARTS, AnswersForm, answers_of
from applications.models import Dossier
from applications.road import cap_why, clause_url, clause_words
from applications.slot_states import cap_of
from applications.views.answering import UNTRIED, Attempt, attempting
from applications.views.fetching import own_dossier_or_404
from applications.views.links import after_saving
from documents.checking import PAPERS, WORKBOOKS, Refused
from organisations.models import Representative
from pages import parts

ACCEPTED = {"baseline_evidence": PAPERS | WORKBOOKS, "signer_authorisation": PAPERS}
ACCEPT_NAMES = {
    "baseline_evidence": ".pdf,.jpg,.jpeg,.png,.heic,.heif,.xlsx",
    "signer_authorisation": ".pdf,.jpg,.jpeg,.png,.heic,.heif",
}
FILE_OF = {"baseline": "baseline_evidence", "signer": "signer_authorisation"}


def titles() -> dict[str, tuple[str, str]]:
    """Title and lead of each part, in the language of the moment."""
    return {
        "production": (_("Hình thức sản xuất"), _("Cơ sở làm việc thế nào và muốn bắt đầu ngày nào.")),
        "baseline": (_("Số lao động"), _("Từ đó tính số người được làm việc tháng đầu.")),
        "signer": (_("Người ký và liên hệ"), _("Ai đã ký các giấy tờ, và gọi ai khi cần hỏi.")),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, ref: str, part: str) -> HttpResponse:
    """One part of the answers; saved whole, and a good file at once."""
    dossier = own_dossier_or_404(request, ref)
    if part not in PARTS:
        raise Http404(part)
    today = plan.local_day(timezone.now())
    if request.method != "POST":
        form = PARTS[part](initial=answers_of(dossier, PARTS[part]), today=today)
        return _page(request, dossier, part, form, UNTRIED)
    form = PARTS[part](request.POST, request.FILES, today=today)
    attempt = _save(request, dossier, part, form)
    if attempt.done and form.is_valid():
        words = _("Đã lưu “%(part)s”.") % {"part": titles()[part][0]}
        messages.success(request, words, extra_tags=f"{part}-{dossier.pk}")
        return HttpResponseRedirect(after_saving(dossier, request.GET.get("back", "")))
    dossier.refresh_from_db()
    return _page(request, dossier, part, form, attempt)


def _save(request: HttpRequest, dossier: Dossier, part: str, form: AnswersForm) -> Attempt:
    """Keeps a good file first, then the answers if all are right."""
    now = timezone.now()
    given: dict[str, Any] = {}
    name = FILE_OF.get(part, "")
    valid = form.is_valid()
    if name and name in request.FILES:
        try:
            given[name] = uploading.keep_file(
                request.FILES[name], accept=ACCEPTED[name], by=request.user, at=now
            )
        except Refused as refusal:
            form.add_error(name, refusal.message)
    elif name and _file_is_missing(dossier, form, name):
        form.add_error(name, _missing_file_words(name))
    if valid and form.is_valid():
        given |= {key: value for key, value in form.cleaned_data.items() if key not in FILES}
    if not given:
        return Attempt(done=True)
    return attempting(
        request, lambda: filing.answer(dossier=dossier, answers=given, by=request.user, at=now), form=form
    )


def _file_is_missing(dossier: Dossier, form: AnswersForm, name: str) -> bool:
    if getattr(dossier, f"{name}_id"):
        return False
    return (
        name == "baseline_evidence" or form.data.get("signer_capacity") == Representative.Capacity.AUTHORISED
    )


def _missing_file_words(name: str) -> str:
    if name == "baseline_evidence":
        return _("Chưa có bảng lương. Chọn tệp bảng lương của ngày đã ghi.")
    return _("Ký theo ủy quyền thì kèm giấy ủy quyền.")


def _page(
    request: HttpRequest, dossier: Dossier, part: str, form: AnswersForm, attempt: Attempt
) -> HttpResponse:
    now = timezone.now()
    title, lead = titles()[part]
    file_field = FILE_OF.get(part, "")
    context = {
        "dossier": dossier,
        "part": part,
        "title": title,
        "lead": lead,
        "form": form,
        "attempt": attempt,
        "file_field": file_field,
        "kept": getattr(dossier, file_field) if file_field else None,
        "accept": ACCEPT_NAMES.get(file_field, ""),
        "max_bytes": settings.MAX_FILE_BYTES,
        "is_open": dossier.state in filing.EDITABLE,
        "back": request.GET.get("back", ""),
        "later_url": after_saving(dossier, request.GET.get("back", "")),
        "help": _help(dossier, part, at=now),
        "holder": parts.Holder(
            _("Cần hỏi"),
            dossier.receiving_agency.name,
            _("Bộ phận tiếp nhận"),
            dossier.receiving_agency.phone,
        ),
    }
    status = attempt.status if attempt.status != 200 else 422 if form.errors else 200
    return render(request, "applications/answers.html", context, status=status)


def _help(dossier: Dossier, part: str, *, at: datetime) -> dict[str, Any]:
    """The first part of the side column: why it is asked, with its clause and the cap that follows."""
    title, text, clause = {
        "production": (
            _("Vì sao hỏi điều này"),
            _("Phương án ghi cách làm việc, ăn, ở; điều kiện của người lao động tùy hình thức này."),
            "III.1.3.3-b",
        ),
        "baseline": (
            _("Vì sao hỏi số lao động"),
            _("Tháng đầu chỉ một phần lao động được làm việc; phần ấy tính từ số này và giữ cố định."),
            "III.1.2-b",
        ),
        "signer": (
            _("Vì sao hỏi điều này"),
            _("Mọi giấy tờ do người đại diện theo pháp luật hoặc người được ủy quyền ký và đóng dấu."),
            "III.1.3.3-m",
        ),
    }[part]
    words = {"title": title, "text": text, "clause": clause_words(clause), "clause_url": clause_url(clause)}
    return words | (_cap_help(dossier, at=at) if part == "baseline" else {"cap": None, "why": None})


def _cap_help(dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    cap = cap_of(dossier, at=at)
    if cap is None:
        return {"cap": None, "why": None}
    total = dossier.enterprise_total or dossier.baseline or 0
    return {
        "cap": cap,
        "why": cap_why(cap, phase=dossier.phase, baseline=dossier.baseline or 0, total=total, at=at),
    }
