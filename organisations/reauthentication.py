"""Signing and deciding ask who is there: a password or code given within five minutes.

A POST that comes too late is kept in the session, the person confirms, and the same POST runs again: nothing
that was entered is lost. Files are not kept, so a view with uploads asks before it shows its form.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.internal.httpkit import serialize_request
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]
SECONDS = 300
# In signs. The longest form that signs, a sheet with a full remark on each of 13 papers, has a third of this.
LONGEST_KEPT = 100_000


def recently(request: HttpRequest, seconds: int = SECONDS) -> bool:
    """Whether the person gave a password or a code, here, within so many seconds."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    now = time.time()  # noqa: TID251 - a door: the session's own stamps are compared with the clock
    return any(0 <= now - record["at"] <= seconds for record in records)


def ask(request: HttpRequest) -> HttpResponse:
    """Sends the person to confirm; a POST is kept, and runs when they have."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if not methods:
        raise PermissionDenied
    if request.method == "POST":
        _keep(request)
    # The path alone: what is kept is found again by it, and its query comes back with the kept request.
    back = request.path if request.method == "POST" else request.get_full_path()
    return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': back})}")


def _keep(request: HttpRequest) -> None:
    """Puts the POST into the session, unless it is longer than any form of ours could be."""
    length = sum(len(name) + len(value) for name, values in request.POST.lists() for value in values)
    if length <= LONGEST_KEPT:
        request.session[STATE_SESSION_KEY] = {"request": serialize_request(request)}
        return
    request.session.pop(STATE_SESSION_KEY, None)
    words = _(
        "Nội dung vừa gửi quá dài nên không giữ lại được qua bước xác nhận. "
        "Xác nhận xong, quay lại trang trước, rút ngắn rồi gửi lại."
    )
    messages.warning(request, words)


def required(view: View) -> View:
    """For views whose POST signs or decides: the door opens to those who have just confirmed who they are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not recently(request):
            return ask(request)
        return view(request, *args, **kwargs)

    return guarded
