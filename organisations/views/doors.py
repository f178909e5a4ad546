"""Guards that several doors share. A role that may not is 403, a foreign thing is 404."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

import plan
from organisations.models import Enterprise, Membership

View = Callable[..., HttpResponseBase]


def today() -> date:
    """The local day of this request."""
    return plan.local_day(timezone.now())


def needs(permission: str) -> Callable[[View], View]:
    """Opens a view to holders of a post that gives the permission today."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.may(permission, on=today()):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def for_enterprises(view: View) -> View:
    """Opens a view to people who are no officials."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_official:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def own_membership(request: HttpRequest, enterprise_id: Any, *, submits: bool = False) -> Membership:
    """The open membership of the person signed in; 404 without one, 403 when it may not submit."""
    rows = Membership.objects.filter(user=request.user, ended_at__isnull=True).select_related("enterprise")
    membership = get_object_or_404(rows, enterprise_id=enterprise_id)
    if submits and membership.level != Membership.Level.SUBMIT:
        raise PermissionDenied
    return membership


def confirms(request: HttpRequest, enterprise: Enterprise) -> bool:
    """Whether the person is of an agency that receives a site of the enterprise and may confirm claims."""
    agencies = request.user.agencies_where("confirm_claims", on=today())
    return bool(agencies) and enterprise.sites.filter(receiving_agency__in=agencies).exists()
