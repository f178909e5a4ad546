"""Opening a letter of invitation: the token leaves the address at once, then the person accepts."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from organisations import invitations
from organisations.forms.accounts import NewAccountForm
from organisations.models import Invitation, User

TOKEN = "invitation_token"


@require_GET
@never_cache
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keeps the token in the session, so that it stands in no address that a browser passes on.

    One that opens nothing gets no session: anybody may make those up.
    """
    try:
        invitations.find(token, at=timezone.now())
    except invitations.InvitationGone:
        return _gone(request)
    request.session[TOKEN] = token
    return redirect("organisations:accept_invitation")


@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Shows what is offered and takes it: with a new account, or as the person signed in."""
    if not ratelimit.consume(request, action="invitation"):
        return ratelimit.respond_429(request)
    try:
        return _answer(request, invitations.find(request.session.get(TOKEN, ""), at=timezone.now()))
    except invitations.InvitationGone:
        return _gone(request)
    except invitations.AddressHasAccount:  # made meanwhile: the page now asks to sign in
        return redirect("organisations:accept_invitation")


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "organisations/invitation_gone.html", status=410)


def _answer(request: HttpRequest, invitation: invitations.AnyInvitation) -> HttpResponse:
    context = {"invitation": invitation, "official": isinstance(invitation, Invitation), "form": None}
    if request.user.is_authenticated:
        return _as_signed_in(request, context)
    if User.objects.filter(email=invitation.email).exists():
        query = urlencode({"next": reverse("organisations:accept_invitation")})
        return render(
            request,
            "organisations/invitation_sign_in.html",
            {**context, "login_url": f"{reverse('account_login')}?{query}"},
        )
    return _as_new(request, context)


def _as_signed_in(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    invitation = context["invitation"]
    context["other"] = request.user.email != invitation.email
    context["mixed"] = _mixes_sides(request.user, official=context["official"])
    if request.method == "POST" and not context["other"] and not context["mixed"]:
        invitations.accept(invitation=invitation, user=request.user, at=timezone.now())
        return _accepted(request, context)
    return render(request, "organisations/accept_invitation.html", context)


def _mixes_sides(user: User, *, official: bool) -> bool:
    """Nobody both receives papers and files them."""
    if official:
        return user.memberships.filter(ended_at__isnull=True).exists()
    return user.is_official


def _as_new(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    invitation = context["invitation"]
    initial = {"full_name": invitation.full_name, "phone": invitation.phone} if context["official"] else {}
    form = NewAccountForm(request.POST or None, initial=initial)
    # The address is not among the fields, so the password is compared with it here.
    form.fields["password1"].user = User(email=invitation.email, full_name=initial.get("full_name", ""))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        user = invitations.accept(
            invitation=invitation,
            full_name=data["full_name"],
            phone=data["phone"],
            password=data["password1"],
            at=timezone.now(),
        )
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, user, method="password", email=user.email)
        return _accepted(request, context)
    return render(
        request,
        "organisations/accept_invitation.html",
        {**context, "form": form, "other": False, "mixed": False},
    )


def _accepted(request: HttpRequest, context: dict[str, Any]) -> HttpResponseRedirect:
    request.session.pop(TOKEN, None)
    if context["official"]:
        messages.success(request, _("Đã nhận chức vụ. Bật xác thực hai bước để giữ tài khoản an toàn."))
        return redirect("mfa_activate_totp")
    messages.success(request, _("Đã vào %(name)s.") % {"name": context["invitation"].enterprise.name})
    return redirect("sites")
