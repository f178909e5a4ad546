"""Files sent one by one (static/js/sending.js): each is kept as it arrives, so that a broken line costs one file."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from applications.views.answering import REFUSED, attempting
from documents.checking import Refused

NOTHING_MORE: list[Any] = []  # the form itself, after its files


def answer(request: HttpRequest, keep: Callable[[Any], bool]) -> HttpResponse:
    """204 when it is kept, 422 when it is not; the form that follows says why, in its page."""
    sent = next(iter(request.FILES.values()), None)
    if sent is None:
        return HttpResponse(status=REFUSED)
    try:
        attempt = attempting(request, lambda: keep(sent))
    except Refused:
        return HttpResponse(status=REFUSED)
    return HttpResponse(status=204 if attempt.done and attempt.value else REFUSED)
