"""Doors of the Chairman's side to a dossier: assign the team, send back with a question."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import plan
from applications import deciding, lifecycle
from applications.actors import may_act
from applications.models import Dossier
from applications.moments import VisitMomentForm
from applications.promises import promise
from applications.views.answering import STALE, UNTRIED, Attempt, attempting, stale_words
from applications.views.fetching import dossier_or_404
from organisations.models import Team
from organisations.models.team import leaders_on


class AssignForm(VisitMomentForm):
    """Which team, when."""

    team = forms.ModelChoiceField(
        label=gettext_lazy("Tổ kiểm tra"), queryset=Team.objects.order_by("number"), empty_label=None
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú cho tổ"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["team", "visit_on", "visit_hour", "note"]


class QuestionForm(forms.Form):
    """What is to be made clear."""

    question = forms.CharField(
        label=gettext_lazy("Cần làm rõ điều gì"),
        help_text=gettext_lazy("Cơ quan tiếp nhận và doanh nghiệp thấy hồ sơ đang được làm rõ thêm"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Chưa có câu hỏi. Viết điều cần làm rõ.")},
    )


def may_ask(request: HttpRequest, dossier: Dossier, name: str) -> None:
    """403 for who could never ask for this transition on this dossier."""
    rows = [row for row in lifecycle.rows_named(name) if dossier.phase in row.phases]
    now = timezone.now()
    if not any(may_act(row.actor, dossier, by=request.user, at=now) for row in rows):
        raise PermissionDenied


def fits(request: HttpRequest, dossier: Dossier, name: str) -> Attempt:
    """What a page shows when the dossier has already left the state that its verb needs."""
    if lifecycle.row_for(name, dossier) is None:
        return Attempt(status=STALE, stale=stale_words(dossier, by=request.user))
    return UNTRIED


def assign_team(request: HttpRequest, ref: str) -> HttpResponse:
    """The proposal beside the choice; one button."""
    dossier = dossier_or_404(request, ref)
    may_ask(request, dossier, "assign_team")
    now = timezone.now()
    proposal = dossier.proposals.select_related("team", "by").first()
    initial: dict[str, Any] = {}
    if proposal is not None:
        local = proposal.visit_at.astimezone(timezone.get_default_timezone())
        initial = {"team": proposal.team, "visit_on": local.date(), "visit_hour": f"{local:%H:%M}"}
    form = AssignForm(request.POST or None, initial=initial)
    attempt = fits(request, dossier, "assign_team")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        attempt = attempting(
            request,
            lambda: deciding.assign_team(
                dossier=dossier,
                team=data["team"],
                visit_at=form.visit_at(),
                note=data["note"],
                by=request.user,
                at=now,
            ),
            form=form,
        )
        if attempt.done:
            messages.success(request, _("Đã phân công %(team)s.") % {"team": data["team"].name})
            return redirect("decisions")
    context = {
        "dossier": dossier, "form": form, "attempt": attempt, "proposal": proposal,
        "promise": promise(dossier, at=now), "teams": teams_today(now),
    }  # fmt: skip
    return render(request, "applications/assign_team.html", context, status=attempt.status)


def teams_today(now: Any) -> list[dict[str, Any]]:
    """Teams with today's leader, for the page beside the choice."""
    leaders = leaders_on(plan.local_day(now))
    return [{"team": team, "leader": leaders.get(team.pk)} for team in Team.objects.order_by("number")]


def send_back(request: HttpRequest, ref: str) -> HttpResponse:
    """A question to the receiving agency; the advice becomes void."""
    dossier = dossier_or_404(request, ref)
    may_ask(request, dossier, "send_back")
    now = timezone.now()
    form = QuestionForm(request.POST or None)
    attempt = fits(request, dossier, "send_back")
    if request.method == "POST" and form.is_valid():
        attempt = attempting(
            request,
            lambda: deciding.send_back(
                dossier=dossier, question=form.cleaned_data["question"], by=request.user, at=now
            ),
            form=form,
        )
        if attempt.done:
            messages.success(request, _("Đã trả lại %(code)s để làm rõ.") % {"code": dossier.code})
            return redirect("decisions")
    context = {"dossier": dossier, "form": form, "attempt": attempt, "promise": promise(dossier, at=now)}
    return render(request, "applications/send_back.html", context, status=attempt.status)
