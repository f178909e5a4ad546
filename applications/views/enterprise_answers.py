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
from applications import filing, guards, keeping, uploading
from applications.forms.answers import PARTS, AnswersForm, answers_of
from applications.models import Dossier
from applications.plan_words import answer_titles
from applications.retracting import gone_words
from applications.road import cap_why, clause_url, clause_words
from applications.slot_states import cap_of
from applications.views import autosave, sending
from applications.views.answering import UNTRIED, Attempt, attempting
from applications.views.fetching import own_dossier_or_404
from applications.views.links import after_saving
from documents.checking import PAPERS, WORKBOOKS, Refused
from documents.storing import or_gone
from organisations.models import Representative
from pages import parts

ACCEPTED = {"baseline_evidence": PAPERS | WORKBOOKS, "signer_authorisation": PAPERS}
ACCEPT_NAMES = {
    "baseline_evidence": ".pdf,.jpg,.jpeg,.png,.heic,.heif,.xlsx",
    "signer_authorisation": ".pdf,.jpg,.jpeg,.png,.heic,.heif",
}
FILE_OF = {"baseline": "baseline_evidence", "signer": "signer_authorisation"}


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, ref: str, part: str) -> HttpResponse:
    """One part of the answers; saved whole, and a good file at once."""
    dossier = own_dossier_or_404(request, ref)
    if part not in PARTS:
        raise Http404(part)
    today = plan.local_day(timezone.now())
    shown = answers_of(dossier, PARTS[part])
    if request.method != "POST":
        typing = keeping.typing_of(dossier, part)
        form = PARTS[part](initial=shown | typing.texts, today=today)
        return _page(request, dossier, part, form, UNTRIED)
    form = PARTS[part](request.POST, request.FILES, today=today)
    if autosave.is_marked(request):
        return autosave.of_answers(request, dossier, part, form, shown, at=timezone.now())
    if "keep" in request.POST and part in FILE_OF:
        return sending.answer(request, lambda sent: _keep(request, dossier, FILE_OF[part], sent))
    attempt = _save(request, dossier, part, form, shown)
    if attempt.done and form.is_valid():
        words = _("Đã lưu “%(part)s”.") % {"part": answer_titles()[part][0]}
        messages.success(request, words, extra_tags=f"{part}-{dossier.pk}")
        return HttpResponseRedirect(after_saving(dossier, request.GET.get("back", "")))
    dossier.refresh_from_db()
    return _page(request, dossier, part, form, attempt)


def _keep(request: HttpRequest, dossier: Dossier, name: str, sent: Any) -> bool:
    """The part's file, sent by itself."""
    now = timezone.now()
    file = uploading.hold_file(sent, accept=ACCEPTED[name], by=request.user, at=now)
    with or_gone([file]):
        filing.answer(dossier=dossier, answers={name: file}, by=request.user, at=now)
    return True


def _save(
    request: HttpRequest, dossier: Dossier, part: str, form: AnswersForm, shown: dict[str, Any]
) -> Attempt:
    """Keeps a good file first, then the answers if all are right; of the others, what was typed."""
    now = timezone.now()
    given: dict[str, Any] = {}
    name = FILE_OF.get(part, "")
    if name and name in request.FILES:
        try:
            given[name] = uploading.hold_file(
                request.FILES[name], accept=ACCEPTED[name], by=request.user, at=now
            )
        except Refused as refusal:
            form.add_error(name, refusal.message)
    elif name and _file_is_missing(dossier, form, name):
        form.add_error(name, _missing_file_words(name))
    texts = {} if form.is_valid() else autosave.half_typed(form, shown)
    save = filing.answer if form.is_valid() else keeping.keep_answers
    files, given = list(given.values()), given | autosave.understood(form)
    with or_gone(files):
        return attempting(
            request,
            lambda: keeping.settle(
                dossier=dossier, form=part, turn=autosave.turn_of(request), texts=texts, by=request.user, at=now,
                save=lambda: save(dossier=dossier, answers=given, by=request.user, at=now),
            ),
            form=form,
        )  # fmt: skip


def _file_is_missing(dossier: Dossier, form: AnswersForm, name: str) -> bool:
    if guards.is_there(getattr(dossier, name)):
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
    title, lead = answer_titles()[part]
    context = _file_context(dossier, part) | {
        "dossier": dossier,
        "part": part,
        "title": title,
        "lead": lead,
        "form": form,
        "attempt": attempt,
        "typing": keeping.typing_of(dossier, part),
        "is_open": dossier.state in filing.EDITABLE,
        "back": request.GET.get("back", ""),
        "later_url": after_saving(dossier, request.GET.get("back", "")),
        "help": _help(dossier, part, at=timezone.now()),
        "holder": parts.Holder(
            _("Cần hỏi"),
            dossier.receiving_agency.name,
            _("Bộ phận tiếp nhận"),
            dossier.receiving_agency.phone,
        ),
    }
    status = attempt.status if attempt.status != 200 else 422 if form.errors else 200
    return render(request, "applications/answers.html", context, status=status)


def _file_context(dossier: Dossier, part: str) -> dict[str, Any]:
    """The file that belongs to a part of the answers, if one does."""
    name = FILE_OF.get(part, "")
    kept = getattr(dossier, name) if name else None
    return {
        "file_field": name,
        "kept": kept,
        "gone": gone_words(kept) if kept else "",
        "accept": ACCEPT_NAMES.get(name, ""),
        "max_bytes": settings.MAX_FILE_BYTES,
    }


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
