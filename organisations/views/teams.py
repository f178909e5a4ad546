"""The doors of one inspection team: who belongs to it, joins and leaves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from organisations import team_people
from organisations.forms.administration import day_field
from organisations.forms.fields import PlainForm
from organisations.models import Team, User
from organisations.models.team import TeamMember
from organisations.roles import May, Role
from organisations.views.doors import today
from pages.parts import Entry


class JoinForm(PlainForm):
    """Who joins, as what, from when."""

    user = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Người"), empty_label=gettext_lazy("Chọn người")
    )
    is_leader = forms.BooleanField(label=gettext_lazy("Làm tổ trưởng"), required=False)
    since = day_field(gettext_lazy("Từ ngày"), gettext_lazy("Ví dụ 05/10/2021"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        held = Q(posts__role=Role.TEAM) & (Q(posts__until__isnull=True) | Q(posts__until__gte=day))
        people = User.objects.filter(held).distinct().order_by("full_name", "pk")
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class LeaveForm(PlainForm):
    """The last day in the team."""

    last_day = day_field(gettext_lazy("Ngày cuối cùng trong tổ"), gettext_lazy("Ví dụ 05/10/2021"))


def may_edit(user: User, team: Team) -> bool:
    """The administrator, and the receiving agency whose team it is."""
    day = today()
    return user.may(May.MANAGE_CATALOGUES, on=day) or team.agency_id in user.agencies_where(
        May.RECEIVE, on=day
    )


def _team(request: HttpRequest, pk: int) -> Team:
    team = get_object_or_404(Team.objects.select_related("agency"), pk=pk)
    if not may_edit(request.user, team):
        raise Http404(_("Không có tổ này."))
    return team


def _crumbs() -> list[Entry]:
    return [Entry(pgettext("many", "Tổ kiểm tra"), reverse("organisations:teams"))]


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a team now and to come; somebody joins."""
    found = _team(request, pk)
    form = JoinForm(request.POST or None, initial={"since": today()})
    if request.method == "POST" and form.is_valid():
        try:
            team_people.join(team=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except team_people.AlreadyThere:
            form.add_error("user", _("Người này đã ở trong tổ vào ngày đó hoặc sau đó."))
        else:
            messages.success(request, _("Đã ghi %(name)s vào tổ.") % {"name": form.cleaned_data["user"]})
            return redirect("organisations:team", pk=found.pk)
    running = found.members.filter(Q(until__isnull=True) | Q(until__gte=today())).select_related("user")
    context = {
        "team": found, "form": form, "members": running.order_by("-is_leader", "since", "pk"), "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "organisations/team.html", context)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes the last day of a person in a team."""
    member = get_object_or_404(TeamMember.objects.filter(until__isnull=True).select_related("user"), pk=pk)
    found = _team(request, member.team_id)
    form = LeaveForm(request.POST or None, initial={"last_day": today()})
    if request.method == "POST" and form.is_valid():
        team_people.leave(
            member=member, last_day=form.cleaned_data["last_day"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Đã ghi ngày cuối của %(name)s trong tổ.") % {"name": member.user})
        return redirect("organisations:team", pk=found.pk)
    context = {"team": found, "member": member, "form": form, "crumbs": _crumbs()}
    return render(request, "organisations/leave_team.html", context)
