"""What every request passes: an id, headers, the sign-in door and the second factor."""

import re
import uuid
from collections.abc import Callable

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import timezone

from journal.request import request_id
from restart_portal.open_routes import OPEN_ROUTES, door_of, is_open

Respond = Callable[[HttpRequest], HttpResponse]
PASSING_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


class RequestIdMiddleware:
    """Gives each request one id, which logs, tasks and the journal carry."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if PASSING_ID.fullmatch(given) else uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Vietnamese until somebody chooses English: the portal does not guess from the browser's own language."""

    def process_request(self, request: HttpRequest) -> None:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)


class MethodsMiddleware:
    """The portal reads by GET and acts by POST; no page knows another method, so none is asked to.

    `/api/` will have its own.
    """

    KNOWN = ("GET", "HEAD", "POST", "OPTIONS")

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.KNOWN and not request.path_info.startswith("/api/"):
            return HttpResponseNotAllowed(self.KNOWN)
        return self.get_response(request)


class HeadersMiddleware:
    """Headers that Django has no setting for; pages of people signed in are never stored by a proxy."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response


class OpenRoutesMiddleware(LoginRequiredMiddleware):
    """Django's login-required door, opened only by the list in open_routes.py, and only so often a minute."""

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs):  # type: ignore[no-untyped-def]
        if "\x00" in request.path_info:
            raise Http404  # PostgreSQL has no such text; the address can name nothing
        door = door_of(request.path_info)
        if door is None:
            return super().process_view(request, view_func, view_args, view_kwargs)
        if _asks_too_often(request, door):
            return ratelimit.respond_429(request)
        return None

    def handle_no_permission(self, request: HttpRequest, view_func):  # type: ignore[no-untyped-def]
        """A form sent after the sign-in ran out: say so there; the form's page comes back after signing in."""
        answer = super().handle_no_permission(request, view_func)
        if request.method == "POST" and answer.status_code == 302:
            answer["Location"] += "&expired=1"
        return answer


def _asks_too_often(request: HttpRequest, door: str) -> bool:
    """Whether an address has asked at an open door more than it may in this minute."""
    most = OPEN_ROUTES[door].a_minute
    if most is None:
        return False
    # As allauth's own limits count: an IPv6 address by its /64, which is one household's.
    key = f"door:{door}:{get_ip(request)}:{int(timezone.now().timestamp()) // 60}"
    cache.add(key, 0, timeout=120)
    return bool(cache.incr(key) > most)


class SecondFactorMiddleware:
    """Sends an official without a second factor to set one up, before anything else."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            settings.SECOND_FACTOR_REQUIRED
            and user.is_authenticated
            and not is_open(request.path_info)
            and user.is_official
            and not is_mfa_enabled(user)
        ):
            return redirect("mfa_activate_totp")
        return self.get_response(request)
