"""One's own account: name, telephone, language, password, second factor."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations import people
from organisations.forms.accounts import ProfileForm
from organisations.models import Membership, User
from organisations.views.doors import today
from pages.parts import Fact, Tag


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Shows the account and corrects name and telephone."""
    user = request.user
    initial = {"full_name": user.full_name, "phone": user.phone}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        people.update_profile(user=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("organisations:profile")
    factors = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "form": form,
        "email": user.email,
        "roles": _roles(user),
        "two_step": _two_step(on=Authenticator.Type.TOTP in factors, official=user.is_official),
        "has_totp": Authenticator.Type.TOTP in factors,
        "required": settings.SECOND_FACTOR_REQUIRED and user.is_official,
    }
    return render(request, "organisations/profile.html", context)


def _two_step(*, on: bool, official: bool) -> Tag:
    if on:
        return Tag(_("Đang bật"), "ok", "check-circle")
    if official:
        return Tag(_("Chưa bật, cán bộ cần bật"), "wait", "exclamation-triangle")
    return Tag(_("Chưa bật"), "calm", "dash-circle")


def _roles(user: User) -> list[Fact]:
    posts = [Fact(post.agency.short_name, post.title) for post in user.posts_on(today())]
    rows = Membership.objects.filter(user=user, ended_at__isnull=True).select_related("enterprise")
    members = [
        Fact(
            row.enterprise.name,
            row.get_level_display(),
            link_url=reverse("enterprise", args=[row.enterprise_id]),
        )
        for row in rows.order_by("since", "pk")
    ]
    return posts + members
