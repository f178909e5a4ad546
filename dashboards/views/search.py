"""`/search/?q=`: dossiers, enterprises and letters in the person's field of sight, with and without marks."""

import re
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan
from applications import queue
from applications.models import Dossier
from documents.models import Letter
from organisations.models import Enterprise, User
from pages.folding import fold

SHOWN = 10
LONGEST = 100
LETTER_NUMBER = re.compile(r"^0*(\d{1,6})(?:/(.{0,30}))?$")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A few of each kind; the lists that hold the rest are one link away."""
    now = timezone.now()
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    context: dict[str, Any] = {"q": asked, "dossiers": [], "enterprises": [], "letters": []}
    if asked:
        context |= _found(asked, by=request.user, at=now)
    return render(request, "dashboards/search.html", context)


def _found(asked: str, *, by: User, at: datetime) -> dict[str, Any]:
    day = plan.local_day(at)
    seen = Dossier.objects.visible_to(by, on=day).found(asked)
    keys = seen.order_by("-state_since", "pk").values("pk")[: SHOWN + 1]
    rows = queue.page_of(keys, order="-since", by=by, at=at)
    firms = list(_enterprises(asked, by=by, on=day)[: SHOWN + 1])
    letters = list(_letters(asked, by=by, on=day)[: SHOWN + 1])
    return {
        "dossiers": rows[:SHOWN],
        "dossiers_more": len(rows) > SHOWN,
        "enterprises": firms[:SHOWN],
        "enterprises_more": len(firms) > SHOWN,
        "letters": letters[:SHOWN],
        "letters_more": len(letters) > SHOWN,
    }


def _enterprises(asked: str, *, by: User, on: date) -> Any:
    """Every folded word occurs in the name or the tax code."""
    rows = Enterprise.objects.visible_to(by, on=on)
    for word in fold(asked).split():
        rows = rows.filter(search__contains=word)
    return rows.order_by("sort_key", "pk")


def _letters(asked: str, *, by: User, on: date) -> Any:
    """By number ("15", "05/QĐ-UBND") or by the code of the dossier."""
    matching = Q(dossier_code=asked[:20])
    number = LETTER_NUMBER.match(asked)
    if number:
        matching |= Q(number=int(number[1]), symbol__istartswith=number[2] or "")
    rows = Letter.objects.visible_to(by, on=on).filter(matching)
    return rows.defer("data").order_by("-issued_at", "-pk")
