"""Papers: all slots of a dossier, and one slot with its files, questions, verdict and versions."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

import plan
from applications import drafting, filing, keeping, later_papers, uploading
from applications.actors import may_prepare
from applications.forms.answers import SLOT_QUESTIONS, AnswersForm, answers_of
from applications.models import Dossier
from applications.road import clause_url, clause_words
from applications.slot_guidance import guidance
from applications.slot_states import SlotState, cap_of, paper_states
from applications.views import autosave, paper_page, sending
from applications.views.answering import UNTRIED, Attempt, attempting
from applications.views.fetching import dossier_or_404, own_dossier_or_404
from applications.views.links import after_saving, posted_only
from organisations.models import User
from pages import parts
from pages.exporting import response
from pages.templatetags.ui import vn_number
from workers.worker_list import WorkerList
from workers.worker_list_faults import faults_of
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
    if not may_prepare(dossier, by=request.user, at=timezone.now()):
        return HttpResponseRedirect(reverse("dossiers:detail", args=[dossier.reference]))
    states = paper_states(dossier, at=timezone.now())
    context = {"dossier": dossier, "tasks": paper_tasks(dossier, states), "states": states}
    return render(request, "applications/papers.html", context)


def paper_tasks(dossier: Dossier, states: list[SlotState], *, next_code: str = "") -> list[parts.Task]:
    """Slots as rows of a task list."""
    return [
        parts.Task(
            label=f"{each.number}. {each.slot.title}" if each.number else each.slot.title,
            url=reverse("dossiers:paper", args=[dossier.reference, each.code]) + each.anchor,
            hint=each.line or str(guidance(each.code).what),
            icon="file-earmark-excel" if each.code == "worker_list" else "file-earmark-text",
            tag=each.tag,
            is_next=each.code == next_code,
        )
        for each in states
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, ref: str, slot: str) -> HttpResponseBase:
    """One slot. A POST brings files, the slot's answers, or both."""
    now = timezone.now()
    dossier = dossier_or_404(request, ref)
    if request.method != "POST" and not _fills(dossier, slot, by=request.user, at=now):
        return HttpResponseRedirect(f"{reverse('dossiers:detail', args=[dossier.reference])}?paper={slot}")
    _may_bring_or_403(request, dossier, slot)
    state = _state_or_404(dossier, slot, at=now)
    question = SLOT_QUESTIONS.get(slot)
    if request.method != "POST":
        if slot == "worker_list" and "faults" in request.GET:
            return _faults_file(dossier)
        return _page(request, dossier, state, _asked(dossier, slot, question, at=now), Tried())
    form = question(request.POST, today=plan.local_day(now)) if question else None
    if autosave.is_marked(request) and question is not None and form is not None:
        shown = answers_of(dossier, question)
        return autosave.of_answers(request, dossier, slot, form, shown, at=now)
    if "keep" in request.POST:
        return sending.answer(request, lambda sent: _keep(request, dossier, slot, sent, at=now))
    tried = _post(request, dossier, slot, form, at=now)
    if tried.attempt.done and tried.status == 200 and (form is None or form.is_valid()):
        if form is not None:
            words = _("Đã lưu “%(part)s”.") % {"part": state.slot.title}
            messages.success(request, words, extra_tags=f"{slot}-{dossier.pk}")
        return HttpResponseRedirect(_after(request, dossier, slot, tried))
    dossier.refresh_from_db()
    return _page(request, dossier, _state_or_404(dossier, slot, at=now), form, tried)


def _fills(dossier: Dossier, slot: str, *, by: User, at: datetime) -> bool:
    """Who reads a paper here: who prepares it; the desk does while it waits for one that follows, else on the case."""
    return may_prepare(dossier, by=by, at=at) or (
        later_papers.is_awaited(dossier, slot) and later_papers.may_bring(dossier, slot, by=by, at=at)
    )


def _may_bring_or_403(request: HttpRequest, dossier: Dossier, slot: str) -> None:
    if not later_papers.may_bring(dossier, slot, by=request.user, at=timezone.now()):
        raise PermissionDenied


def _faults_file(dossier: Dossier) -> HttpResponseBase:
    """The cells to be mended in the last list, as a workbook."""
    refused = paper_page.refused_list(dossier)
    if refused is None:
        raise Http404
    return response(paper_page.faults_file(dossier, refused), "xlsx")


def _asked(
    dossier: Dossier, slot: str, question: type[AnswersForm] | None, *, at: datetime
) -> AnswersForm | None:
    """The slot's question with its answers, and over them what is half typed."""
    if question is None:
        return None
    typing = keeping.typing_of(dossier, slot)
    shown = answers_of(dossier, question) | typing.texts
    return question(initial=shown, today=plan.local_day(at))


def _state_or_404(dossier: Dossier, slot: str, *, at: datetime) -> SlotState:
    for each in paper_states(dossier, at=at):
        if each.code == slot:
            return each
    raise Http404(slot)


def _post(
    request: HttpRequest, dossier: Dossier, slot: str, form: AnswersForm | None, *, at: datetime
) -> Tried:
    """Answers first, so that a bad file costs no words; then the files."""
    attempt = Attempt(done=True)
    if form is not None:
        attempt = _answer(request, dossier, slot, form, at=at)
    sent = request.FILES.getlist("files")
    if not attempt.done:
        return Tried(attempt)
    if not sent and "kept" in request.POST:
        sent = sending.NOTHING_MORE
    elif not sent:
        return Tried(attempt, nothing="" if form else _("Chưa chọn tệp nào. Chọn tệp rồi bấm lại."))
    attempt = attempting(request, lambda: _take(request, dossier, slot, sent, at=at))
    if not attempt.done:
        return Tried(attempt)
    outcome: uploading.Outcome = attempt.value
    if form is None:
        _say_filed(request, dossier, outcome, at=at)
    return Tried(attempt, outcome.refused, outcome.people)


def _answer(request: HttpRequest, dossier: Dossier, slot: str, form: AnswersForm, *, at: datetime) -> Attempt:
    """Saves the slot's answers; of those that are wrong, what was typed."""
    save = filing.answer if form.is_valid() else keeping.keep_answers
    texts = autosave.half_typed(form, answers_of(dossier, type(form)))
    return attempting(
        request,
        lambda: keeping.settle(
            dossier=dossier, form=slot, turn=autosave.turn_of(request), texts=texts, by=request.user, at=at,
            save=lambda: save(dossier=dossier, answers=autosave.understood(form), by=request.user, at=at),
        ),
        form=form,
    )  # fmt: skip


def _keep(request: HttpRequest, dossier: Dossier, slot: str, sent: Any, *, at: datetime) -> bool:
    """One file sent by itself: it waits in the slot, a list becomes the paper; False where it was refused."""
    if slot == "worker_list":
        return _take(request, dossier, slot, [sent], at=at).paper is not None
    uploading.keep_one(dossier=dossier, slot=slot, upload=sent, by=request.user, at=at)
    return True


def _take(request: HttpRequest, dossier: Dossier, slot: str, sent: list[Any], *, at: datetime) -> Any:
    if slot == "worker_list":
        if not sent:
            return uploading.Outcome(paper=dossier.papers.filter(slot=slot, replaced_at=None).first())
        return uploading.take_worker_list(dossier=dossier, upload=sent[0], by=request.user, at=at)
    return uploading.take(dossier=dossier, slot=slot, sent=sent, by=request.user, at=at)


def _say_filed(request: HttpRequest, dossier: Dossier, outcome: uploading.Outcome, *, at: datetime) -> None:
    """What was filed; a list over the cap is said at once."""
    filed = outcome.paper
    if filed is None:
        return
    if filed.rows is None:
        words = ngettext(
            "Đã nhận “%(paper)s”, %(n)d trang.", "Đã nhận “%(paper)s”, %(n)d trang.", filed.pages
        )
        title = _state_or_404(dossier, filed.slot, at=at).slot.title
        messages.success(request, words % {"paper": title, "n": filed.pages})
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
        words = _("Đã nhận danh sách %(n)s người. Ghi số lao động hiện có để biết mức tối đa.")
        messages.success(request, words % {"n": count})


def _after(request: HttpRequest, dossier: Dossier, slot: str, tried: Tried) -> str:
    """Back to the check page if it sent us; the list stays on its page, where its count stands."""
    back = request.GET.get("back", "")
    if back == "check" or slot != "worker_list":
        return after_saving(dossier, back)
    return reverse("dossiers:paper", args=[dossier.reference, slot])


@posted_only("paper", "slot")
def use_files(request: HttpRequest, ref: str, slot: str) -> HttpResponse:
    """Makes a paper of the files that wait, without those that were refused."""
    dossier = dossier_or_404(request, ref)
    _may_bring_or_403(request, dossier, slot)
    now = timezone.now()
    state = _state_or_404(dossier, slot, at=now)
    attempt = attempting(
        request, lambda: uploading.use_waiting(dossier=dossier, slot=slot, by=request.user, at=now)
    )
    if attempt.done and not attempt.value.refused:
        _say_filed(request, dossier, attempt.value, at=now)
        return HttpResponseRedirect(after_saving(dossier, request.GET.get("back", "")))
    form = _asked(dossier, slot, SLOT_QUESTIONS.get(slot), at=now)
    return _page(request, dossier, state, form, Tried(attempt, attempt.value.refused if attempt.done else ()))


@posted_only("paper", "slot")
def drop_file(request: HttpRequest, ref: str, slot: str, upload_id: int) -> HttpResponse:
    """Takes one waiting file out; a second click changes nothing."""
    dossier = dossier_or_404(request, ref)
    _may_bring_or_403(request, dossier, slot)
    now = timezone.now()
    _state_or_404(dossier, slot, at=now)
    attempt = attempting(
        request,
        lambda: uploading.drop_waiting(
            dossier=dossier, slot=slot, upload_id=upload_id, by=request.user, at=now
        ),
    )
    return _back_to_slot(request, dossier, slot, attempt)


@posted_only("paper", "slot")
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
    states = paper_states(dossier, at=now)
    edits = dossier.state in filing.EDITABLE
    context = {
        "dossier": dossier,
        "state": state,
        "count": len(states) - 1,
        "form": form,
        "typing": keeping.typing_of(dossier, state.code) if form else None,
        "is_open": edits or later_papers.is_awaited(dossier, state.code),
        "may_take_out": edits and state.paper is not None,
        "waiting": paper_page.waiting(dossier, state.code),
        "versions": paper_page.versions(dossier, state.code),
        "returned": paper_page.returned(dossier, state, at=now),
        "cap": paper_page.cap_line(dossier, at=now) if state.code == "worker_list" else None,
        "next_paper": paper_page.next_paper(states, state),
        **_tried_context(tried),
        **_refused_context(dossier, state, tried),
        **_help_context(request, dossier, state),
    }
    status = tried.status if tried.status != 200 else 422 if form is not None and form.errors else 200
    return render(request, "applications/paper.html", context, status=status)


def _tried_context(tried: Tried) -> dict[str, Any]:
    """What a POST left to say."""
    return {
        "attempt": tried.attempt,
        "errors": [each.message for each in tried.refused] + ([tried.nothing] if tried.nothing else []),
    }


def _refused_context(dossier: Dossier, state: SlotState, tried: Tried) -> dict[str, Any]:
    """The list that was not taken, now or before; what is said of a file that was sent now stands alone."""
    refused = None
    if tried.people is not None and not tried.people.is_usable:
        refused = paper_page.Refused(faults_of(tried.people))
    elif state.code == "worker_list" and dossier.state in filing.EDITABLE and tried.status == 200:
        refused = paper_page.refused_list(dossier)
    return {"refused": refused, "problems": refused.faults.problems[:SHOWN_PROBLEMS] if refused else ()}


def _help_context(request: HttpRequest, dossier: Dossier, state: SlotState) -> dict[str, Any]:
    """What the paper needs, what may be sent, whom to ask, where to go on."""
    back, agency = request.GET.get("back", ""), dossier.receiving_agency
    is_list = state.code == "worker_list"
    return {
        "guidance": guidance(state.code),
        "draft_url": reverse("dossiers:draft", args=[dossier.reference, state.code])
        if state.code in drafting.drafted_slots(dossier, on=plan.local_day(timezone.now()))
        else "",
        "is_list": is_list,
        "accept": ".xlsx" if is_list else PAPER_ACCEPT,
        "max_bytes": settings.MAX_FILE_BYTES,
        "clause": clause_words(state.slot.clause),
        "clause_url": clause_url(state.slot.clause),
        "query": "?back=check" if back == "check" else "",
        "later_url": after_saving(dossier, back),
        "holder": parts.Holder(_("Cần hỏi"), agency.name, _("Bộ phận tiếp nhận"), agency.phone),
    }


@require_safe
def worker_list_file(request: HttpRequest) -> HttpResponse:
    """The form of the worker list to fill in, the same for everybody."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(worker_list_form(), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer
