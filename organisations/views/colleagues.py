"""Who works on an enterprise's papers: invite, end, and answer those who ask for access."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations import invitations, people, registering
from organisations.forms.registering import AccessDecisionForm, ColleagueForm
from organisations.models import AccessRequest, Enterprise, Membership, MembershipInvitation
from organisations.views.doors import confirms, for_enterprises, own_membership
from pages.parts import Entry


def _crumbs() -> list[Entry]:
    return [Entry(_("Người cùng làm"), reverse("organisations:colleagues"))]


@for_enterprises
@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """Everybody who prepares or submits, who is invited, who asks."""
    now = timezone.now()
    invited = MembershipInvitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    asking = AccessRequest.objects.filter(decided_at__isnull=True).select_related("user")
    open_rows = (
        Membership.objects.filter(ended_at__isnull=True).select_related("user").order_by("since", "pk")
    )
    rows = Enterprise.objects.filter(memberships__user=request.user, memberships__ended_at__isnull=True)
    rows = rows.prefetch_related(
        Prefetch("memberships", open_rows, to_attr="people"),
        Prefetch("invitations", invited.order_by("-invited_at", "pk"), to_attr="invited"),
        Prefetch("access_requests", asking.order_by("-asked_at", "pk"), to_attr="asking"),
    )
    groups = [_group(row, user_id=request.user.pk) for row in rows.order_by("sort_key", "pk")]
    return render(request, "organisations/colleagues.html", {"groups": groups})


def _group(enterprise: Any, *, user_id: int) -> dict[str, Any]:
    submitters = [row for row in enterprise.people if row.level == Membership.Level.SUBMIT]
    submits = any(row.user_id == user_id for row in submitters)
    return {
        "enterprise": enterprise,
        "people": [
            {"row": row, "self": row.user_id == user_id, "last": submitters == [row]}
            for row in enterprise.people
        ],
        "invited": enterprise.invited if submits else [],
        "asking": enterprise.asking if submits else [],
        "submits": submits,
    }


@for_enterprises
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invites a colleague by e-mail."""
    enterprise = own_membership(request, pk, submits=True).enterprise
    form = ColleagueForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if enterprise.memberships.filter(user__email=email, ended_at__isnull=True).exists():
            form.add_error("email", _("Người này đã cùng làm với anh/chị."))
        elif not _may_send(request, enterprise):
            form.add_error(
                None, _("Đã gửi hết số thư mời của một giờ. Chờ rồi gửi lại; thư này chưa gửi đi.")
            )
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            invitations.invite_colleague(
                enterprise=enterprise, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(
                request, _("Đã gửi thư mời đến %(email)s; thư có hạn 7 ngày.") % {"email": email}
            )
            return redirect("organisations:colleagues")
    context = {"form": form, "enterprise": enterprise, "crumbs": _crumbs()}
    return render(request, "organisations/invite_colleague.html", context, status=status)


def _may_send(request: HttpRequest, enterprise: Enterprise) -> bool:
    """Counts a letter; who speaks for an enterprise that nobody has confirmed yet has few an hour."""
    action = "colleague" if enterprise.confirmed_at else "colleague_unconfirmed"
    return ratelimit.consume(request, action=action, user=request.user)


@for_enterprises
@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a colleague's access, or one's own; never the last who may submit."""
    rows = Membership.objects.filter(ended_at__isnull=True).select_related("enterprise", "user")
    membership = get_object_or_404(rows, pk=pk)
    own = membership.user_id == request.user.pk
    own_membership(request, membership.enterprise_id, submits=not own)
    last = people.is_last_submitter(membership)
    if request.method == "POST" and not last:
        try:
            people.end_membership(membership=membership, by=request.user, at=timezone.now())
        except people.LastSubmitter:
            last = True
        else:
            messages.success(
                request, _("%(name)s không còn làm hồ sơ của doanh nghiệp này.") % {"name": membership.user}
            )
            return redirect("sites" if own else "organisations:colleagues")
    context = {"membership": membership, "own": own, "last": last, "crumbs": _crumbs()}
    return render(request, "organisations/end_membership.html", context)


@for_enterprises
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back an invitation that was not accepted."""
    rows = MembershipInvitation.objects.select_related("enterprise")
    invitation = get_object_or_404(rows, pk=pk, accepted_at=None, withdrawn_at=None)
    own_membership(request, invitation.enterprise_id, submits=True)
    if request.method == "POST":
        if invitations.withdraw(invitation=invitation, by=request.user, at=timezone.now()):
            messages.success(request, _("Đã thu hồi lời mời; đường dẫn trong thư không còn dùng được."))
        return redirect("organisations:colleagues")
    return render(
        request,
        "organisations/withdraw_invitation.html",
        {"invitation": invitation, "crumbs": _crumbs(), "back": reverse("organisations:colleagues")},
    )


@require_http_methods(["GET", "POST"])
def access_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A holder who may submit, or the receiving agency, answers somebody who asks for access."""
    asked = get_object_or_404(AccessRequest.objects.select_related("enterprise", "user", "decided_by"), pk=pk)
    if not _may_answer(request, asked):
        raise Http404
    form = AccessDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        level = answer if answer in Membership.Level.values else Membership.Level.PREPARE
        try:
            won = registering.decide_access(
                asked=asked, granted=answer != "refuse", level=level, by=request.user, at=timezone.now()
            )
        except registering.OwnRequest:
            form.add_error("answer", _("Đây là lời xin của chính anh/chị: người khác trả lời cho vào."))
        except registering.MixesSides:
            form.add_error(
                "answer",
                _(
                    "Người xin là cán bộ. Một tài khoản không vừa làm cán bộ vừa làm hồ sơ doanh nghiệp: "
                    "chọn Không cho vào."
                ),
            )
        else:
            return _answered(request, asked, won=won)
    return render(request, "organisations/access_request.html", {"form": form, "asked": asked})


def _answered(request: HttpRequest, asked: AccessRequest, *, won: bool) -> HttpResponse:
    if won:
        messages.success(request, _("Đã trả lời %(name)s.") % {"name": asked.user})
    else:
        messages.info(request, _("Lời xin này đã có người trả lời trước."))
    return redirect("enterprise", pk=asked.enterprise_id)


def _may_answer(request: HttpRequest, asked: AccessRequest) -> bool:
    holds = asked.enterprise.memberships.filter(
        user=request.user, level=Membership.Level.SUBMIT, ended_at__isnull=True
    )
    return holds.exists() or confirms(request, asked.enterprise)
