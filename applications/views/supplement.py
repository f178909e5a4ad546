"""`/dossiers/<ref>/supplement/`: the desk asks for what is missing; the enterprise reads it, and writes back."""

from base64 import b64encode
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications import keeping, library, supplementing, supplements
from applications.actors import Actor, may_act, may_prepare
from applications.forms.supplement import (
    MOST,
    OTHER,
    PARTS,
    ReplyForm,
    SupplementForm,
    extras_formset,
    extras_of,
)
from applications.models import Dossier, Supplement
from applications.packing.slots import PLAN
from applications.promises import promise
from applications.review import SlotRow, rows_of_slots
from applications.supplement_rows import rows_of
from applications.views import autosave
from applications.views.answering import UNTRIED, Attempt, attempting
from applications.views.chair import fits
from applications.views.desk_acts import common, done_move, done_page, settle
from applications.views.desk_checked import EDIT, SEND, typed
from applications.views.fetching import dossier_or_404
from documents import letterforms, pdf
from documents.issuing import preview
from documents.limits import ChildFailed
from documents.page_images import page_png
from organisations.plan_in_force import rules_at
from pages.templatetags.ui import vn_phone

NAME = "request_supplement"
REASON = "bảo đảm đủ căn cứ để tiếp nhận và kiểm tra thực tế"
SLIP_WIDTH = 900


def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of the person's side; whoever else sees the dossier reads what was asked."""
    dossier = dossier_or_404(request, ref)
    if dossier.site.enterprise_id in request.user.open_enterprises or _answers_for_it(request, dossier):
        return _enterprise(request, dossier)
    if not may_act(Actor.RECEIVER, dossier, by=request.user, at=timezone.now()):
        return _read(request, dossier, status=403 if request.method == "POST" else 200)
    return _desk(request, dossier)


def _answers_for_it(request: HttpRequest, dossier: Dossier) -> bool:
    """Whether the desk that filed for a firm without account answers here, where what it asked itself waits.

    A slip that the same desk sends twice names no round.
    """
    if request.method == "POST" and "round" not in request.POST:
        return False
    waits = supplements.open_of(dossier) is not None
    return waits and may_prepare(dossier, by=request.user, at=timezone.now())


def _desk(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Three steps: the list with what is added to it, the slip as it will look, the sending."""
    if request.method != "POST" and (move := done_move(dossier, NAME)) and dossier.supplements.exists():
        return _asked(request, dossier, move)
    now = timezone.now()
    rows = rows_of_slots(dossier, at=now)
    form = SupplementForm(request.POST or None, initial=_initial(request, dossier))
    texts = library.in_force(dossier.receiving_agency_id, library.Kind.REASON, on=plan.local_day(now))
    data = (
        library.with_extra(request.POST, texts, most=MOST, about=OTHER) if request.method == "POST" else None
    )
    formset = extras_formset(data, papers=_askable(rows))
    formset.library = texts  # type: ignore[attr-defined]
    attempt = fits(request, dossier, NAME)
    ready = request.method == "POST" and all((form.is_valid(), formset.is_valid()))
    items = _items(dossier, extras_of(formset) if ready else [], at=now)
    unread = supplementing.unread(dossier, at=now)
    if ready and (request.POST.get("step") == SEND or not items or unread):
        attempt = attempting(
            request,
            lambda: supplementing.request(
                dossier=dossier, items=items, reason=form.cleaned_data["reason"],
                phone=form.cleaned_data["phone"], by=request.user, at=now,
            ),
            form=form,
            link=lambda unmet: _link(dossier, rows, unmet.anchor),
        )  # fmt: skip
        if (answer := settle(request, dossier, NAME, attempt)) is not None:
            return answer
    return _desk_page(request, dossier, attempt, form, formset, items, ready=ready, unread=unread, at=now)


def _desk_page(
    request: HttpRequest, dossier: Dossier, attempt: Attempt, form: SupplementForm, formset: BaseFormSet,
    items: list[dict[str, Any]], *, ready: bool, unread: list[Any], at: datetime,
) -> HttpResponse:  # fmt: skip
    """The form, or the slip read back."""
    read_back = ready and items and attempt.status == 200 and request.POST.get("step") != EDIT
    context = common(dossier, attempt, at=at) | {
        "form": form,
        "formset": formset,
        "items": items,
        "typed": typed(request),
        "round": dossier.supplements.count() + 1,
        "unread": [
            {"words": each.detail, "url": _link(dossier, rows_of_slots(dossier, at=at), each.anchor)}
            for each in unread
        ],
        "slip": _picture(request, dossier, form, items) if read_back else [],
    }
    name = "supplement_check" if read_back else "supplement"
    return render(request, f"applications/desk/{name}.html", context, status=attempt.status)


def _initial(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    last = dossier.supplements.first()
    phone = last.contact_phone if last else request.user.phone or dossier.receiving_agency.phone
    return {"reason": last.reason if last else REASON, "phone": vn_phone(phone)}


def _askable(rows: list[SlotRow]) -> list[tuple[str, str]]:
    """Slots that stand empty lawfully, and may be asked for all the same; so may a plan that was never handed in."""
    return [
        (row.code, row.named)
        for row in rows
        if row.status in {"later", "excused"} or (row.code == PLAN and row.status == "missing")
    ]


def _items(dossier: Dossier, extras: list[supplementing.Asked], *, at: datetime) -> list[dict[str, Any]]:
    with override("vi"):  # printed on the slip, whichever language the officer reads
        return supplementing.items_of(
            dossier, extras, parts={key: str(name) for key, name in PARTS.items()}, at=at
        )


def _link(dossier: Dossier, rows: list[SlotRow], anchor: str) -> str:
    key = next((row.key for row in rows if row.code == anchor), "")
    if not key:
        return "#extras"
    return reverse("dossiers:detail", args=[dossier.reference]) + f"?paper={key}"


def _picture(
    request: HttpRequest, dossier: Dossier, form: SupplementForm, items: list[dict[str, Any]]
) -> list[str]:
    """The slip as it will look, its pages as pictures inside the page; nothing is kept."""
    data = form.cleaned_data
    paper = preview(
        supplementing.slip(
            dossier, items, reason=data["reason"], phone=data["phone"], by=request.user,
            number=None, dated=None, token="", printed_token="",
        )
    )  # fmt: skip
    with TemporaryDirectory(prefix="slip-") as folder:
        path = Path(folder) / "slip.pdf"
        path.write_bytes(pdf.render(letterforms.html(paper)))
        try:
            return [b64encode(page_png(path, page=1, width=SLIP_WIDTH)).decode()]
        except ChildFailed:
            return []


def _asked(request: HttpRequest, dossier: Dossier, move: Any) -> HttpResponse:
    """What was asked and when; right after asking, the page that says it is done."""
    latest = dossier.supplements.first()
    if latest is not None and latest.answered_at is None and dossier.state_since == move.at:
        return done_page(request, dossier, move)
    return _read(request, dossier)


def _read(request: HttpRequest, dossier: Dossier, *, status: int = 200) -> HttpResponse:
    """All rounds, for who sees the dossier."""
    now = timezone.now()
    context = common(dossier, UNTRIED, at=now) | {"rounds": _rounds(dossier, at=now)}
    return render(request, "applications/supplements.html", context, status=status)


def _rounds(dossier: Dossier, *, at: datetime) -> list[dict[str, Any]]:
    rows = dossier.supplements.select_related("asked_by", "answered_by", "letter")
    return [{"supplement": row, "items": rows_of(dossier, row, at=at)} for row in rows]


def _enterprise(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The items, each with the way to mend it; words are saved here and sent with the dossier."""
    asked = _answered_round(request, dossier) or supplements.open_of(dossier)
    if asked is None:
        if request.method == "POST":
            return redirect("dossiers:detail", dossier.reference)
        return _read(request, dossier)
    now = timezone.now()
    typing = keeping.typing_of(dossier, _form_name(asked))
    form = ReplyForm(request.POST or None, supplement=asked, initial=typing.texts)
    attempt = UNTRIED
    if request.method == "POST" and (form.is_valid() or autosave.is_marked(request)):
        given = _reply(request, dossier, asked, form, at=now)
        if autosave.is_marked(request):
            return autosave.answer(request, lambda: keeping.keep(**given), half=len(given["texts"]), at=now)
        attempt = attempting(request, lambda: keeping.settle(**given))
        if attempt.done:
            messages.success(request, _("Đã lưu câu trả lời; nộp lại hồ sơ để gửi."))
            return redirect("dossiers:supplement", dossier.reference)
    context = {
        "dossier": dossier,
        "supplement": asked,
        "items": rows_of(dossier, asked, at=now),
        "form": form,
        "typing": typing,
        "attempt": attempt,
        "promise": promise(dossier, at=now),
        "days": rules_at(now).value("stages.completeness_working_days").value,
    }
    return render(request, "applications/supplement.html", context, status=attempt.status)


def _round_of(request: HttpRequest) -> int:
    """The round that a sent reply answers; 0 where it names none."""
    text = request.POST.get("round", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _answered_round(request: HttpRequest, dossier: Dossier) -> Supplement | None:
    """What a sent reply answers, though the dossier has gone on: the words come back beside their items."""
    rows = dossier.supplements.filter(round=_round_of(request)).select_related("asked_by", "letter")
    return rows.first() if request.method == "POST" else None


def _form_name(asked: Supplement) -> str:
    """Each round of a supplement is typed apart."""
    return f"reply-{asked.round}"


def _reply(
    request: HttpRequest, dossier: Dossier, asked: Supplement, form: ReplyForm, *, at: datetime
) -> dict[str, Any]:
    """What was answered and what was half typed, for `keeping`."""
    return {
        "dossier": dossier, "form": _form_name(asked), "turn": autosave.turn_of(request),
        "texts": autosave.half_typed(form, {}), "by": request.user, "at": at,
        "save": lambda: supplementing.reply(
            dossier=dossier, round_number=_round_of(request), answers=form.answers(), by=request.user, at=at
        ),
    }  # fmt: skip
