"""The automatic save at the doors: the same form to the same address, with a mark; answered by one short line.

    if autosave.is_marked(request):
        return autosave.answer(request, lambda: keeping.keep(…, turn=autosave.turn_of(request), …), half=len(texts))

The form includes applications/autosave.html, which carries the turn; static/js/autosave.js sends.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from applications import keeping
from applications.forms.answers import FILES
from applications.keeping import Overtaken, Turn
from applications.models import Dossier, Typing
from applications.views.answering import REFUSED, STALE, UNTRIED, Attempt, attempting
from pages.templatetags.ui import vn_time

LONGEST = 4000


def is_marked(request: HttpRequest) -> bool:
    """Whether the script saves, not a press of the button."""
    return "autosave" in request.POST


def turn_of(request: HttpRequest) -> Turn:
    """Which opening of the form this is; without script, none."""
    number, seen = (_whole(request.POST.get(f"typing-{name}", "")) for name in ("turn", "seen"))
    return Turn(request.POST.get("typing-page", "").replace("\0", "")[:40], number, seen)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def half_typed(form: BaseForm, answers: Mapping[str, Any]) -> dict[str, str]:
    """What was typed and is no answer, by field; an empty field is told only where it empties an answer."""
    found = {}
    for name in form.errors:
        text = str(form.data.get(form.add_prefix(name), "")).replace("\0", "")
        if name in form.fields and name not in FILES and (text.strip() or answers.get(name)):
            found[name] = text[:LONGEST]
    return found


def understood(form: BaseForm) -> dict[str, Any]:
    """The fields of a form that are right, whatever the others are; files stay out."""
    return {name: value for name, value in form.cleaned_data.items() if name not in FILES}


def of_answers(
    request: HttpRequest,
    dossier: Dossier,
    name: str,
    form: BaseForm,
    shown: Mapping[str, Any],
    *,
    at: datetime,
) -> HttpResponse:
    """The automatic save of a form over columns of the dossier; `shown` is what they hold now."""
    form.is_valid()
    texts = half_typed(form, shown)
    return answer(
        request,
        lambda: keeping.keep(
            dossier=dossier, form=name, turn=turn_of(request), texts=texts, by=request.user, at=at,
            save=lambda: keeping.keep_answers(
                dossier=dossier, answers=understood(form), by=request.user, at=at
            ),
        ),
        half=len(texts),
        at=at,
    )  # fmt: skip


def answer(request: HttpRequest, verb: Callable[[], bool], *, half: int, at: datetime) -> HttpResponse:
    """When it was kept; or, with 409, who was there first. Nothing on the page moves."""
    overtaken, attempt = saving(request, verb)
    context = {"at": at, "half": half, "attempt": attempt, "overtaken": overtaken}
    status = STALE if overtaken or attempt.stale else REFUSED if attempt.unmet else 200
    return render(request, "applications/autosaved.html", context, status=status)


def saving(request: HttpRequest, verb: Callable[[], bool]) -> tuple[str, Attempt]:
    """Runs an automatic save: the words if another opening of the form was first, and what came of it."""
    try:
        return "", attempting(request, verb)
    except Overtaken as late:
        return overtaken_words(late.typing, by=request.user), UNTRIED


def overtaken_words(typing: Typing, *, by: Any) -> str:
    """Who saved the same form elsewhere, and that nothing here is lost."""
    words = _(
        "Trang đã cũ: %(who)s vừa sửa phần này ở nơi khác lúc %(time)s. Chữ vừa nhập còn trên trang này; "
        "mở lại trang để xem bản mới, hoặc bấm Lưu để dùng bản này."
    )
    who = _("chính anh/chị") if typing.saved_by_id == by.pk else typing.saved_by.full_name
    return words % {"who": who, "time": vn_time(typing.saved_at)}
