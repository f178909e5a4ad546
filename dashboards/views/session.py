"""The signing session: the cases that wait, one after another, each with its own page and its own signature.

The session of the browser remembers what was skipped and what was done; the cases themselves are asked anew.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

import plan
from applications.models import Decision
from applications.states import State
from dashboards.views.decisions import waiting
from dashboards.views.office import number_locks
from organisations.roles import May

KEY = "signing_session"
MOST = 500


def running(request: HttpRequest) -> dict[str, Any] | None:
    """What the session remembers, or None outside of one."""
    found: dict[str, Any] | None = request.session.get(KEY)
    return found


def place(request: HttpRequest, code: str) -> dict[str, Any] | None:
    """Where a case stands in the session that runs: its number, and how many there are."""
    memory = running(request)
    if memory is None:
        return None
    left = _left(request, memory).count()
    done = len(memory["done"]) + len(memory["skipped"])
    return {"number": done + 1, "count": done + left, "is_in": code not in memory["skipped"]}


def note_done(request: HttpRequest, code: str) -> bool:
    """Counts a case that was decided or sent back; whether a session runs."""
    memory = running(request)
    if memory is None:
        return False
    if code not in memory["done"]:
        memory["done"] = [*memory["done"], code][-MOST:]
    request.session[KEY] = memory
    return True


def _left(request: HttpRequest, memory: dict[str, Any]) -> Any:
    return waiting(request).filter(state=State.FORWARDED).exclude(code__in=memory["skipped"])


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """POST begins, skips a case or ends; GET leads to the next case, or sums up when there is none."""
    now = timezone.now()
    if not request.user.may(May.DECIDE, on=plan.local_day(now)):
        raise PermissionDenied
    memory = running(request)
    if request.method == "POST":
        return _posted(request, memory)
    if memory is None:
        return render(
            request,
            "dashboards/session.html",
            {
                "count": waiting(request).filter(state="forwarded").count(),
                "locks": number_locks(request, at=now),
            },
        )
    following = _left(request, memory).first()
    if following is not None and not memory.get("ended"):
        return redirect("decide", ref=following.code)
    return render(request, "dashboards/session_done.html", _summary(request, memory))


def _posted(request: HttpRequest, memory: dict[str, Any] | None) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "begin" or memory is None:
        request.session[KEY] = {"done": [], "skipped": []}
    elif act == "skip":
        code = request.POST.get("code", "").replace("\x00", "")[:16]
        memory["skipped"] = [*[each for each in memory["skipped"] if each != code], code][-MOST:]
        request.session[KEY] = memory
    elif act == "end":
        request.session[KEY] = memory | {"ended": True}
    elif act == "close":
        del request.session[KEY]
        return redirect("decisions")
    return redirect(reverse("signing_session"))


def _summary(request: HttpRequest, memory: dict[str, Any]) -> dict[str, Any]:
    """What was signed and what was left, for a last look."""
    rows = Decision.objects.filter(dossier__code__in=memory["done"], recalled_at__isnull=True)
    decisions = rows.select_related("letter", "dossier__site").order_by("decided_at", "pk")
    skipped = waiting(request).filter(state=State.FORWARDED, code__in=memory["skipped"])
    return {
        "decisions": decisions,
        "sent_back": len(memory["done"]) - len(decisions),
        "skipped": skipped.select_related("site"),
        "left": _left(request, memory).count(),
    }
