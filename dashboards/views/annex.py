"""One document for many enterprises: choose, read the letter with its annex, sign once."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import plan
from applications import annex_letters, deciding_many
from applications.models import Advice, Decision, Dossier
from applications.states import State
from applications.unmet import Unmet
from applications.views.answering import STALE, UNTRIED, Attempt, attempting, stale_words, unmet_parts
from dashboards.views.decide import APPROVALS, pdf_answer, picture_of, preview_file
from dashboards.views.office import number_link, number_locks
from dashboards.views.refuse import FULL
from organisations.reauthentication import ask, recently
from organisations.roles import May

SEND, READ = "send", "read"
MOST_PAGES = 6


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Three steps on one address, as for every decision: choose, read back, sign."""
    now = timezone.now()
    if not request.user.may(May.DECIDE, on=plan.local_day(now)):
        raise PermissionDenied
    step = request.POST.get("step", "")
    if step == SEND and not recently(request):
        return ask(request)
    chosen = chosen_of(request)
    if step == SEND and not chosen and (letter := _signed(request)) is not None:
        return redirect("documents:letter", pk=letter)
    kind = request.POST.get("kind", "")
    kind = kind if kind in dict(APPROVALS) else APPROVALS[0][0]
    attempt = UNTRIED
    locks = number_locks(request, at=now)
    reasons = deciding_many.together(chosen) if step else []
    each = {advice.pk: deciding_many.unmet_of(advice, by=request.user, at=now) for advice in chosen}
    if step and not reasons and not locks and not any(each.values()):
        if step == SEND and (fewer := fewer_than_ticked(request, chosen)):
            attempt = fewer
        elif step == SEND:
            attempt = attempting(
                request,
                lambda: deciding_many.approve_many(advices=chosen, kind=kind, by=request.user, at=now),
                link=number_link(request),
            )
            if attempt.done:
                return redirect("documents:letter", pk=attempt.value[0].letter_id)
        return _read_back(request, chosen, kind, attempt)
    if step:
        attempt = _why_not(request, reasons, gone=step == SEND and not chosen)
    context = {
        "rows": rows_of(request, chosen, each), "attempt": attempt, "kinds": APPROVALS, "kind": kind,
        "locks": locks,
    }  # fmt: skip
    return render(request, "dashboards/annex.html", context, status=attempt.status)


def _seen(request: HttpRequest) -> Any:
    return Dossier.objects.visible_to(request.user, on=plan.local_day(timezone.now()))


def waiting_advices(request: HttpRequest) -> Any:
    """Consents that wait for the Chairman, in the order of their start."""
    rows = Advice.objects.filter(
        dossier__in=_seen(request).filter(state=State.FORWARDED).values("pk"), voided_at__isnull=True,
        verdict=Advice.Verdict.APPROVE,
    )  # fmt: skip
    rows = rows.select_related("dossier__site__enterprise", "dossier__receiving_agency", "by")
    return rows.order_by("dossier__receiving_agency__number", "starts_on", "hour", "pk")


def ticked(request: HttpRequest) -> list[int]:
    """Keys of the advices ticked on the page."""
    given = request.POST.getlist("advice")[: deciding_many.MOST]
    return [int(key) for key in given if key.isdecimal() and key.isascii() and len(key) < 12]


def chosen_of(request: HttpRequest) -> list[Advice]:
    """Advices ticked on the page; one that was voided meanwhile stays out, and the count says so."""
    return list(waiting_advices(request).filter(pk__in=ticked(request)))


def fewer_than_ticked(request: HttpRequest, chosen: list[Advice]) -> Attempt | None:
    """What is said where a dossier changed since the page was drawn; None where all that was ticked is chosen."""
    if len(chosen) == len(set(request.POST.getlist("advice"))):
        return None
    words = _("Có hồ sơ vừa thay đổi: văn bản chỉ còn %(n)s doanh nghiệp. Đọc lại danh sách.")
    return Attempt(status=STALE, stale=words % {"n": len(chosen)})


def _signed(request: HttpRequest) -> UUID | None:
    """The letter that decided all that was ticked, and stands: it was sent before."""
    keys = set(ticked(request))
    rows = Decision.objects.filter(
        advice__in=keys, dossier__in=_seen(request).values("pk"), recalled_at__isnull=True
    )
    found = dict(rows.order_by("pk").values_list("advice", "letter"))
    return next(iter(found.values())) if keys == found.keys() and len(set(found.values())) == 1 else None


def _why_not(request: HttpRequest, reasons: list[Unmet], *, gone: bool) -> Attempt:
    """Why nothing was written; where all that was ticked is `gone`, who was first with what moved last."""
    of_ticked = Advice.objects.filter(pk__in=ticked(request)).values("dossier")
    moved = _seen(request).filter(pk__in=of_ticked).order_by("-state_since", "pk").first() if gone else None
    if moved is None:
        return Attempt(status=422, unmet=unmet_parts(reasons))
    return Attempt(status=STALE, stale=stale_words(moved, by=request.user))


def rows_of(request: HttpRequest, chosen: list[Advice], each: dict[int, Any]) -> list[dict[str, Any]]:
    """Every consent that waits, with what stands in its way; `chosen` are ticked."""
    keys = {advice.pk for advice in chosen}
    return [
        {"advice": advice, "is_chosen": advice.pk in keys, "unmet": each.get(advice.pk, [])}
        for advice in waiting_advices(request)[: deciding_many.MOST]
    ]


def _read_back(request: HttpRequest, chosen: list[Advice], kind: str, attempt: Attempt) -> HttpResponse:
    now = timezone.now()
    composed = annex_letters.annexed(
        chosen, kind=kind, by=request.user, at=now, token="", printed_token="", number=None, dated=None
    )
    path = preview_file(composed)
    if request.POST.get("step") == FULL:
        return pdf_answer(path)
    numbers = range(1, MOST_PAGES + 1)
    pictures = [picture for number in numbers if (picture := picture_of(path, number))]
    typed = [("advice", advice.pk) for advice in chosen] + [("kind", kind)]
    context = {
        "chosen": chosen, "attempt": attempt, "typed": typed,
        "pictures": [b64encode(picture).decode() for picture in pictures],
        "label": _("Ký một văn bản cho %(n)s doanh nghiệp") % {"n": len(chosen)},
    }  # fmt: skip
    return render(request, "dashboards/annex_check.html", context, status=attempt.status)
