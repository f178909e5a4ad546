"""The doors of the inspection teams: one is founded, who belongs to it, joins and leaves, it ends."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from organisations import agency_codes, team_people
from organisations.forms.teams import EndTeamForm, FoundTeamForm, JoinForm, LeaveForm, people_for_teams
from organisations.models import Agency, Team, User
from organisations.models.team import TeamMember
from organisations.roles import May
from organisations.views.doors import today
from pages.parts import Entry


def may_edit(user: User, team: Team) -> bool:
    """The administrator, and the receiving agency whose team it is."""
    day = today()
    return user.may(May.MANAGE_CATALOGUES, on=day) or team.agency_id in user.agencies_where(
        May.RECEIVE, on=day
    )


def founding_agencies(user: User, *, on: date) -> QuerySet[Agency]:
    """For which agencies the person may found a team: the administrator for each that receives, others for theirs."""
    rows = Agency.objects.order_by("number", "pk")
    if user.may(May.MANAGE_CATALOGUES, on=on):
        return rows.filter(code__in=agency_codes.RECEIVING)
    return rows.filter(pk__in=user.agencies_where(May.RECEIVE, on=on))


def _team(request: HttpRequest, pk: int) -> Team:
    team = get_object_or_404(Team.objects.select_related("agency"), pk=pk)
    if not may_edit(request.user, team):
        raise Http404(_("Không có tổ này."))
    return team


def _crumbs() -> list[Entry]:
    return [Entry(pgettext("many", "Tổ kiểm tra"), reverse("organisations:teams"))]


@require_http_methods(["GET", "POST"])
def new_team(request: HttpRequest) -> HttpResponse:
    """Founds a team, with who leads it."""
    day = today()
    agencies = founding_agencies(request.user, on=day)
    if not agencies:
        raise PermissionDenied
    number = (Team.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    guess = {"number": number, "name": _("Tổ kiểm tra số %(n)s") % {"n": number}, "since": day}
    form = FoundTeamForm(request.POST or None, day=day, agencies=agencies, initial=guess)
    if request.method == "POST" and form.is_valid():
        try:
            made = team_people.found_team(by=request.user, at=timezone.now(), **form.cleaned_data)
        except team_people.NumberTaken:
            form.add_error("number", _("Đã có tổ mang số này. Nhập số khác."))
        else:
            messages.success(request, _("Đã lập %(team)s.") % {"team": made.name})
            return redirect("organisations:team", pk=made.pk)
    context = {
        "form": form, "people": people_for_teams(day).exists(), "crumbs": _crumbs(),
        "invites": request.user.may(May.MANAGE_PEOPLE, on=day),
    }  # fmt: skip
    return render(request, "organisations/new_team.html", context)


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a team now and to come; somebody joins."""
    found = _team(request, pk)
    form = JoinForm(request.POST or None, day=today(), initial={"since": today()})
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
        "ended": found.last_day() if _has_ended(found) else None,
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


def _has_ended(team: Team) -> bool:
    return Team.objects.ended_on(today()).filter(pk=team.pk).exists()


@require_http_methods(["GET", "POST"])
def end_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes the last day of a team."""
    found = _team(request, pk)
    form = EndTeamForm(request.POST or None, initial={"last_day": today()})
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            done = team_people.end_team(team=found, last_day=last_day, by=request.user, at=timezone.now())
        except team_people.JoinsLater as later:
            row = later.args[0]
            words = _("%(name)s vào tổ từ %(day)s. Nhập ngày đó hoặc muộn hơn.")
            form.add_error("last_day", words % {"name": row.user, "day": f"{row.since:%d/%m/%Y}"})
        else:
            if done:
                messages.success(request, _("Đã ghi ngày cuối của %(team)s.") % {"team": found.name})
            return redirect("organisations:team", pk=found.pk)
    bound = found.bindings.filter(ended_at__isnull=True).count()
    context = {"team": found, "form": form, "bound": bound, "crumbs": _crumbs()}
    return render(request, "organisations/end_team.html", context)
