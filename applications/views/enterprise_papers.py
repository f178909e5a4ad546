"""Papers: all slots of a dossier, and one slot with its files, questions, verdict and versions."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import plan
from applications import filing, uploading
from applications.actors import may_prepare
from applications.forms.answers import SLOT_QUESTIONS, AnswersForm, answers_of
from applications.models import Dossier, Paper
from applications.road import cap_of, cap_why, clause_url, clause_words
from applications.slot_guidance import guidance
from applications.slot_states import SlotState, slot_states
from applications.views.answering import UNTRIED, Attempt, attempting
from applications.views.fetching import dossier_or_404, own_dossier_or_404
from applications.views.links import after_saving
from pages import parts
from pages.templatetags.ui import vn_date, vn_moment, vn_number, vn_size, vn_time
from workers.worker_list import WorkerList
from workers.worker_list_form import FILE_NAME, worker_list_form

SHOWN_PROBLEMS = 50
PAPER_ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif"


@dataclass(frozen=True)
class Tried:
    """What a POST to a slot left to show."""

    attempt: Attempt = UNTRIED
    refused: tuple[uploading.Refusal, ...] = ()
    people: WorkerList | None = field(default=None, repr=False)
    nothing: str = ""

    @property
    def status(self) -> int:
        """200 for a page that is only read."""
        if self.attempt.status != 200:
            return self.attempt.status
        return 422 if self.refused or self.nothing or (self.people and not self.people.is_usable) else 200


@require_safe
def papers(request: HttpRequest, ref: str) -> HttpResponse:
    """All papers with their state; officials read them on the case page."""
    dossier = dossier_or_404(request, ref)
    if not may_prepare(dossier, by=request.user):
        return HttpResponseRedirect(reverse("dossiers:detail", args=[dossier.reference]))
    states = slot_states(dossier, at=timezone.now())
    context = {"dossier": dossier, "tasks": paper_tasks(dossier, states), "states": states}
    return render(request, "applications/papers.html", context)


def paper_tasks(dossier: Dossier, states: list[SlotState], *, next_code: str = "") -> list[parts.Task]:
    """Slots as rows of a task list."""
    return [
        parts.Task(
            label=f"{each.number}. {each.slot.title}",
            url=reverse("dossiers:paper", args=[dossier.reference, each.code]),
            hint=each.line or str(guidance(each.code).what),
            icon="file-earmark-excel" if each.code == "worker_list" else "file-earmark-text",
            tag=each.tag,
            is_next=each.code == next_code,
        )
        for each in states
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, ref: str, slot: str) -> HttpResponse:
    """One slot. A POST brings files, the slot's answers, or both."""
    dossier = dossier_or_404(request, ref)
    if not may_prepare(dossier, by=request.user) and request.method != "POST":
        return HttpResponseRedirect(f"{reverse('dossiers:detail', args=[dossier.reference])}?paper={slot}")
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    state = _state_or_404(dossier, slot, at=now)
    question = SLOT_QUESTIONS.get(slot)
    if request.method != "POST":
        form = (
            question(initial=answers_of(dossier, question), today=plan.local_day(now)) if question else None
        )
        return _page(request, dossier, state, form, Tried())
    form = question(request.POST, today=plan.local_day(now)) if question else None
    tried = _post(request, dossier, slot, form, at=now)
    if tried.attempt.done and tried.status == 200 and (form is None or form.is_valid()):
        if form is not None:
            words = _("Đã lưu “%(part)s”.") % {"part": state.slot.title}
            messages.success(request, words, extra_tags=f"{slot}-{dossier.pk}")
        return HttpResponseRedirect(_after(request, dossier, slot, tried))
    dossier.refresh_from_db()
    return _page(request, dossier, _state_or_404(dossier, slot, at=now), form, tried)


def _state_or_404(dossier: Dossier, slot: str, *, at: datetime) -> SlotState:
    for each in slot_states(dossier, at=at):
        if each.code == slot:
            return each
    raise Http404(slot)


def _post(
    request: HttpRequest, dossier: Dossier, slot: str, form: AnswersForm | None, *, at: datetime
) -> Tried:
    """Answers first, so that a bad file costs no words; then the files."""
    attempt = Attempt(done=True)
    if form is not None and form.is_valid():
        attempt = attempting(
            request,
            lambda: filing.answer(dossier=dossier, answers=form.cleaned_data, by=request.user, at=at),
            form=form,
        )
    sent = request.FILES.getlist("files")
    if not attempt.done:
        return Tried(attempt)
    if not sent:
        return Tried(attempt, nothing="" if form else _("Chưa chọn tệp nào. Chọn tệp rồi bấm lại."))
    attempt = attempting(request, lambda: _take(request, dossier, slot, sent, at=at))
    if not attempt.done:
        return Tried(attempt)
    outcome: uploading.Outcome = attempt.value
    if form is None:
        _say_filed(request, dossier, outcome, at=at)
    return Tried(attempt, outcome.refused, outcome.people)


def _take(request: HttpRequest, dossier: Dossier, slot: str, sent: list[Any], *, at: datetime) -> Any:
    if slot == "worker_list":
        return uploading.take_worker_list(dossier=dossier, upload=sent[0], by=request.user, at=at)
    return uploading.take(dossier=dossier, slot=slot, sent=sent, by=request.user, at=at)


def _say_filed(request: HttpRequest, dossier: Dossier, outcome: uploading.Outcome, *, at: datetime) -> None:
    """What was filed; a list over the cap is said at once."""
    filed = outcome.paper
    if filed is None:
        return
    if filed.rows is None:
        words = ngettext("Đã nhận, %(n)d trang.", "Đã nhận, %(n)d trang.", filed.pages) % {"n": filed.pages}
        messages.success(request, words)
        return
    fresh = Dossier.objects.get(pk=dossier.pk)
    cap = cap_of(fresh, at=at)
    count = vn_number(filed.rows)
    if cap is not None and cap.limit is not None and filed.rows > cap.limit:
        words = _("Đã nhận danh sách %(n)s người, nhưng tối đa %(cap)s. Bỏ bớt %(over)s người rồi tải lại.")
        values = {"n": count, "cap": vn_number(cap.limit), "over": vn_number(filed.rows - cap.limit)}
        messages.error(request, words % values)
    elif cap is not None and cap.limit is not None:
        values = {"n": count, "cap": vn_number(cap.limit)}
        messages.success(request, _("Đã nhận danh sách %(n)s người, trong mức tối đa %(cap)s.") % values)
    else:
        words = _("Đã nhận danh sách %(n)s người. Ghi số lao động của cơ sở để biết mức tối đa.")
        messages.success(request, words % {"n": count})


def _after(request: HttpRequest, dossier: Dossier, slot: str, tried: Tried) -> str:
    """Back to the check page if it sent us; the list stays on its page, where its count stands."""
    back = request.GET.get("back", "")
    if back == "check" or slot != "worker_list":
        return after_saving(dossier, back)
    return reverse("dossiers:paper", args=[dossier.reference, slot])


@require_POST
def use_files(request: HttpRequest, ref: str, slot: str) -> HttpResponse:
    """Makes a paper of the files that wait, without those that were refused."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    state = _state_or_404(dossier, slot, at=now)
    attempt = attempting(
        request, lambda: uploading.use_waiting(dossier=dossier, slot=slot, by=request.user, at=now)
    )
    if attempt.done and not attempt.value.refused:
        _say_filed(request, dossier, attempt.value, at=now)
        return HttpResponseRedirect(after_saving(dossier, request.GET.get("back", "")))
    question = SLOT_QUESTIONS.get(slot)
    form = question(initial=answers_of(dossier, question), today=plan.local_day(now)) if question else None
    return _page(request, dossier, state, form, Tried(attempt, attempt.value.refused if attempt.done else ()))


@require_POST
def drop_file(request: HttpRequest, ref: str, slot: str, upload_id: int) -> HttpResponse:
    """Takes one waiting file out; a second click changes nothing."""
    dossier = own_dossier_or_404(request, ref)
    _state_or_404(dossier, slot, at=timezone.now())
    attempt = attempting(
        request, lambda: uploading.drop_waiting(dossier=dossier, upload_id=upload_id, by=request.user)
    )
    return _back_to_slot(request, dossier, slot, attempt)


@require_POST
def take_out(request: HttpRequest, ref: str, slot: str) -> HttpResponse:
    """Takes the present version out of a draft; it stays among the versions."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    _state_or_404(dossier, slot, at=now)
    attempt = attempting(
        request, lambda: filing.take_out(dossier=dossier, slot=slot, by=request.user, at=now)
    )
    return _back_to_slot(request, dossier, slot, attempt)


def _back_to_slot(request: HttpRequest, dossier: Dossier, slot: str, attempt: Attempt) -> HttpResponse:
    if attempt.stale:
        messages.error(request, attempt.stale)
    return HttpResponseRedirect(reverse("dossiers:paper", args=[dossier.reference, slot]))


def _page(
    request: HttpRequest, dossier: Dossier, state: SlotState, form: AnswersForm | None, tried: Tried
) -> HttpResponse:
    now = timezone.now()
    states = slot_states(dossier, at=now)
    is_open = dossier.state in filing.EDITABLE
    is_list = state.code == "worker_list"
    back = request.GET.get("back", "")
    context = {
        "dossier": dossier,
        "state": state,
        "count": len(states),
        "guidance": guidance(state.code),
        "form": form,
        "attempt": tried.attempt,
        "errors": [f"{each.message}" for each in tried.refused] + ([tried.nothing] if tried.nothing else []),
        "people": tried.people if tried.people and not tried.people.is_usable else None,
        "problems": tried.people.problems[:SHOWN_PROBLEMS] if tried.people else (),
        "is_open": is_open,
        "is_list": is_list,
        "accept": ".xlsx" if is_list else PAPER_ACCEPT,
        "max_bytes": settings.MAX_FILE_BYTES,
        "waiting": _waiting(dossier, state.code),
        "versions": _versions(dossier, state.code),
        "returned": _returned(dossier, state, at=now),
        "cap": _cap(dossier, at=now) if is_list else None,
        "clause": clause_words(state.slot.clause),
        "clause_url": clause_url(state.slot.clause),
        "query": f"?back={back}" if back else "",
        "later_url": after_saving(dossier, back),
        "next_paper": _next_paper(states, state),
        "holder": parts.Holder(
            _("Cần hỏi"),
            dossier.receiving_agency.name,
            _("Bộ phận tiếp nhận"),
            dossier.receiving_agency.phone,
        ),
    }
    status = tried.status if tried.status != 200 else 422 if form is not None and form.errors else 200
    return render(request, "applications/paper.html", context, status=status)


def _waiting(dossier: Dossier, slot: str) -> list[parts.FileRow]:
    rows = dossier.uploads.filter(slot=slot).select_related("file").order_by("pk")
    return [
        parts.FileRow(
            name=row.file.name,
            line=_("%(pages)s trang · %(size)s · %(time)s")
            % {"pages": row.file.pages, "size": vn_size(row.file.size), "time": vn_time(row.at)},
            tag=parts.Tag(_("Đã tải lên"), "ok", "check-circle"),
            remove_url=reverse("dossiers:drop_file", args=[dossier.reference, slot, row.pk]),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Version:
    """A row of the versions of a paper."""

    number: int
    line: str
    when: str
    who: str
    tag: parts.Tag
    url: str
    originals: list[parts.Entry]
    is_current: bool


def _versions(dossier: Dossier, slot: str) -> list[Version]:
    rows = (
        dossier.papers.filter(slot=slot).select_related("pdf", "uploaded_by").prefetch_related("parts__file")
    )
    return [_version(dossier, row) for row in rows.order_by("-version", "pk")]


def _version(dossier: Dossier, row: Paper) -> Version:
    originals = [part.file for part in row.parts.all()]
    size = vn_size(row.pdf.size if row.pdf else sum(file.size for file in originals))
    held = (
        _("%(n)s người") % {"n": vn_number(row.rows)}
        if row.rows is not None
        else _("%(n)s trang") % {"n": row.pages}
    )
    if row.replaced_at and row.verdict != Paper.Verdict.RETURNED:
        tag = parts.Tag(_("Đã thay"), "calm", "arrow-repeat")
    else:
        tag = {
            Paper.Verdict.RETURNED: parts.Tag(_("Trả lại"), "late", "arrow-return-left"),
            Paper.Verdict.IN_ORDER: parts.Tag(_("Đạt"), "ok", "check-circle-fill"),
        }.get(Paper.Verdict(row.verdict), parts.Tag(_("Đang dùng"), "ok", "check-circle"))
    path = [dossier.reference, row.slot, row.version]
    return Version(
        number=row.version,
        line=f"{held} · {size}",
        when=f"{vn_date(row.uploaded_at)}, {vn_time(row.uploaded_at)}",
        who=row.uploaded_by.full_name,
        tag=tag,
        url=reverse("dossiers:paper_file", args=path) if row.pdf else "",
        originals=[
            parts.Entry(file.name, reverse("dossiers:paper_original", args=[*path, position]))
            for position, file in enumerate(originals, start=1)
        ],
        is_current=row.replaced_at is None,
    )


def _returned(dossier: Dossier, state: SlotState, *, at: datetime) -> dict[str, Any] | None:
    """Why the present paper was returned, by whom, when; and the clause of the slot."""
    row = state.paper
    if row is None or row.verdict != Paper.Verdict.RETURNED:
        return None
    who = row.verdict_by.full_name if row.verdict_by else ""
    why = parts.Why(
        clause_words(state.slot.clause), clause_url(state.slot.clause), "",
        plan.local_day(dossier.submitted_at or at), title=_("Điều khoản của giấy tờ này"),
    )  # fmt: skip
    by = f"{who}, {dossier.receiving_agency.name} · {vn_moment(row.verdict_at)}"
    return {"reason": row.reason, "fix": row.fix, "by": by, "why": why}


def _cap(dossier: Dossier, *, at: datetime) -> dict[str, Any] | None:
    """The cap beside the list's count, and by how many the list is over."""
    cap = cap_of(dossier, at=at)
    if cap is None:
        return None
    total = dossier.enterprise_total or dossier.baseline or 0
    over = (dossier.listed_workers or 0) - cap.limit if cap.limit is not None else 0
    why = cap_why(cap, phase=dossier.phase, baseline=dossier.baseline or 0, total=total, at=at)
    return {"limit": cap.limit, "listed": dossier.listed_workers, "over": max(over, 0), "why": why}


def _next_paper(states: list[SlotState], state: SlotState) -> SlotState | None:
    """The next slot with something to do, after this one and then from the start."""
    turned = states[state.number :] + states[: state.number - 1]
    return next((each for each in turned if not each.is_done), None)


@require_safe
def worker_list_file(request: HttpRequest) -> HttpResponse:
    """The form of the worker list to fill in, the same for everybody."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(worker_list_form(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
