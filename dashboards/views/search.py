"""`/search/?q=`: dossiers, enterprises, sites and letters in the person's field of sight, with and without marks."""

import re
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan
from applications.models import Dossier
from applications.states import LOOKS, State
from documents.models import Letter
from organisations.models import Enterprise, Site, User
from pages.folding import fold

SHOWN = 10
LONGEST = 100
DOSSIER_CODE = re.compile(r"^[\d-]{1,20}$", re.ASCII)
LETTER_NUMBER = re.compile(r"^0*(\d{1,6})(?:/(.{0,30}))?$")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A few of each kind; the lists that hold the rest are one link away."""
    now = timezone.now()
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    context: dict[str, Any] = {"q": asked, "dossiers": [], "enterprises": [], "sites": [], "letters": []}
    if asked:
        context |= _found(asked, by=request.user, on=plan.local_day(now))
    return render(request, "dashboards/search.html", context)


def _found(asked: str, *, by: User, on: date) -> dict[str, Any]:
    rows = _dossiers(Dossier.objects.visible_to(by, on=on).found(asked))
    firms = list(_enterprises(asked, by=by, on=on)[: SHOWN + 1])
    places = list(_sites(asked, by=by, on=on)[: SHOWN + 1])
    letters = list(_letters(asked, by=by, on=on)[: SHOWN + 1])
    return {
        "dossiers": rows[:SHOWN],
        "dossiers_more": len(rows) > SHOWN,
        "enterprises": firms[:SHOWN],
        "enterprises_more": len(firms) > SHOWN,
        "sites": places[:SHOWN],
        "sites_more": len(places) > SHOWN,
        "letters": letters[:SHOWN],
        "letters_more": len(letters) > SHOWN,
    }


def _dossiers(found: Any) -> list[dict[str, str]]:
    """What moved last, with its state in words: one query."""
    rows = found.order_by("-state_since", "pk")[: SHOWN + 1]
    where = reverse("dossiers:list")
    return [
        {
            "url": f"{where}{row['code'] or row['pk']}/",
            "site": row["site__name"],
            "enterprise": row["site__enterprise__name"],
            "code": row["code"] or "",
            "state": str(State(row["state"]).label),
            "tone": LOOKS[row["state"]].tone,
            "icon": LOOKS[row["state"]].icon,
        }
        for row in rows.values("pk", "code", "state", "site__name", "site__enterprise__name")
    ]


def _enterprises(asked: str, *, by: User, on: date) -> Any:
    """Every folded word occurs in the name or the tax code."""
    rows = _with_words(Enterprise.objects.visible_to(by, on=on), asked)
    return rows.order_by("sort_key", "pk").only("name", "tax_code")


def _sites(asked: str, *, by: User, on: date) -> Any:
    """The same in the name of the site, or of its enterprise."""
    rows = _with_words(Site.objects.visible_to(by, on=on), asked)
    return rows.order_by("sort_key", "pk").values("pk", "name", "enterprise__name", "district__name")


def _with_words(rows: Any, asked: str) -> Any:
    for word in fold(asked).split():
        rows = rows.filter(search__contains=word)
    return rows


def _letters(asked: str, *, by: User, on: date) -> Any:
    """By number ("15", "05/QĐ-UBND") or by the code of the dossier; other words are no letter's."""
    number = LETTER_NUMBER.match(asked)
    if not number and not DOSSIER_CODE.match(asked):
        return Letter.objects.none()
    matching = Q(dossier_code=asked)
    if number:
        matching |= Q(number=int(number[1]), symbol__istartswith=number[2] or "")
    rows = Letter.objects.visible_to(by, on=on).filter(matching)
    return rows.defer("data").order_by("-issued_at", "-pk")
