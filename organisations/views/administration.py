"""The administrator's people: officials and their posts, invitations on their way."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from organisations import invitations
from organisations import people as verbs
from organisations.forms.administration import EndPostForm, OfficialForm
from organisations.models import Agency, Invitation, Post
from organisations.roles import May
from organisations.views.doors import needs, today
from pages.folding import fold
from pages.parts import Column, Entry, Tag

PER_PAGE = 25
FOUND = 200


def _crumbs() -> list[Entry]:
    return [Entry(_("Người dùng"), reverse("organisations:people"))]


@needs(May.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Posts in force, or ended ones, by agency; invitations that wait. A search by name is a POST."""
    rows, query = _posts(request)
    q = request.POST.get("q", "").strip()[:100]
    if q:
        # A few hundred officials at most: folding in Python finds "dang" for "Đặng" on both databases.
        rows = [row for row in rows if fold(q) in fold(f"{row.user.full_name} {row.user.email}")]
    page = Paginator(rows, FOUND if q else PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).select_related("agency")
    context = {
        "page": page,
        "rows": page.object_list,
        "columns": _columns(),
        "agencies": Agency.objects.order_by("number", "pk"),
        "invited": [_invited(row, now) for row in waiting.order_by("-invited_at", "pk")[:PER_PAGE]],
        "base_query": urlencode(query) + "&" if query else "",
        "q": q,
        "agency": query.get("agency", ""),
        "state": query.get("state", ""),
        "count_line": _("%(n)s chức vụ") % {"n": page.paginator.count},
        "primary": Entry(_("Mời cán bộ"), reverse("organisations:invite_official")),
    }
    return render(request, "organisations/people.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Họ tên")),
        Column(_("Cơ quan, chức danh")),
        Column(_("Vai trò")),
        Column(_("Giữ chức")),
        Column(pgettext("column", "Hai bước")),
        Column(_("Việc")),
    ]


def _posts(request: HttpRequest) -> tuple[Any, dict[str, str]]:
    day = today()
    query = {name: request.GET.get(name, "").strip()[:20].replace("\0", "") for name in ("agency", "state")}
    query = {name: value for name, value in query.items() if value}
    running = Q(until__isnull=True) | Q(until__gte=day)
    rows = Post.objects.exclude(running) if query.get("state") == "ended" else Post.objects.filter(running)
    if "agency" in query:
        rows = rows.filter(agency__code=query["agency"])
    factor = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    rows = rows.select_related("user", "agency").annotate(two_step=Exists(factor))
    return rows.order_by("agency__number", "role", "pk"), query


def _invited(invitation: Invitation, now: Any) -> dict[str, Any]:
    expired = invitation.expires_at <= now
    tag = Tag(_("Hết hạn"), "late", "clock") if expired else Tag(_("Chờ nhận"), "info", "hourglass-split")
    return {"row": invitation, "tag": tag}


@needs(May.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def invite_official(request: HttpRequest) -> HttpResponse:
    """Invites somebody to a post; a person who has an account gets the post added to it."""
    form = OfficialForm(request.POST or None, initial={"since": today()})
    if request.method == "POST" and form.is_valid():
        invitations.invite_official(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(
            request,
            _("Đã gửi thư mời đến %(email)s; thư có hạn 7 ngày.") % {"email": form.cleaned_data["email"]},
        )
        return redirect("organisations:people")
    return render(request, "organisations/invite_official.html", {"form": form, "crumbs": _crumbs()})


@needs(May.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a post after its last day."""
    rows = Post.objects.filter(until__isnull=True).select_related("user", "agency")
    post = get_object_or_404(rows, pk=pk)
    form = EndPostForm(request.POST or None, post=post, initial={"last_day": max(today(), post.since)})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.end_post(
                post=post, last_day=form.cleaned_data["last_day"], by=request.user, at=timezone.now()
            )
        except verbs.LastAdministrator:
            form.add_error(
                None, _("Đây là người quản trị cuối cùng. Mời người quản trị khác trước, rồi mới kết thúc.")
            )
        else:
            messages.success(request, _("Đã ghi ngày kết thúc của %(name)s.") % {"name": post.user})
            return redirect("organisations:people")
    return render(request, "organisations/end_post.html", {"form": form, "post": post, "crumbs": _crumbs()})


@needs(May.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends an invitation again, with a new link and new days."""
    invitation = _waiting(pk)
    if request.method == "POST":
        invitations.resend(invitation=invitation, by=request.user, at=timezone.now())
        messages.success(request, _("Đã gửi lại thư mời; đường dẫn cũ không còn dùng được."))
        return redirect("organisations:people")
    return render(
        request, "organisations/resend_invitation.html", {"invitation": invitation, "crumbs": _crumbs()}
    )


@needs(May.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an invitation back."""
    invitation = _waiting(pk)
    if request.method == "POST":
        if invitations.withdraw(invitation=invitation, by=request.user, at=timezone.now()):
            messages.success(request, _("Đã thu hồi lời mời; đường dẫn trong thư không còn dùng được."))
        return redirect("organisations:people")
    context = {"invitation": invitation, "crumbs": _crumbs(), "back": reverse("organisations:people")}
    return render(request, "organisations/withdraw_invitation.html", context)


def _waiting(pk: int) -> Invitation:
    rows = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).select_related("agency")
    return get_object_or_404(rows, pk=pk)
