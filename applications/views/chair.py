"""Doors of the Chairman's side to a dossier: assign the team, send back with a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
from applications import bound_teams, deciding, lifecycle
from applications.actors import Actor, may_act
from applications.forms.desk import basis_field
from applications.models import Dossier
from applications.models.decision import TeamProposal
from applications.moments import VisitMomentForm
from applications.promises import promise
from applications.views.answering import STALE, UNTRIED, Attempt, attempting, moved_on_words, stale_words
from applications.views.fetching import dossier_or_404
from applications.visit_clashes import Clash, Coming, clashes, coming, gone_by, mark
from organisations.models import Team
from organisations.models.team import leaders_on


class AssignForm(VisitMomentForm):
    """Which team, when."""

    team = forms.ModelChoiceField(
        label=gettext_lazy("Tổ kiểm tra"), queryset=Team.objects.none(), empty_label=gettext_lazy("Chọn tổ")
    )
    basis = basis_field()
    note = forms.CharField(
        label=gettext_lazy("Ghi chú cho tổ"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["team", "basis", "visit_on", "visit_hour", "note"]


def offer_teams(form: forms.Form, *, at: datetime, dossier: Dossier | None = None) -> None:
    """The teams that a form of a visit may name: those that go on; the site's own is chosen where none is yet."""
    field: Any = form.fields["team"]
    field.queryset = Team.objects.going_on(plan.local_day(at))
    bound = bound_teams.bound_to(dossier.site) if dossier is not None else None
    if dossier is None or bound is None or dossier.phase != bound_teams.PHASE:
        form.fields.pop("basis", None)
    if dossier is None or bound is None:
        return
    form.initial.setdefault("team", bound.pk)
    chosen = form.initial["team"]
    words = _("%(team)s theo cơ sở này suốt từ lần kiểm tra đầu (%(clause)s).")
    if getattr(chosen, "pk", chosen) == bound.pk:
        words = _("%(team)s theo cơ sở này suốt từ lần kiểm tra đầu (%(clause)s), nên được chọn sẵn.")
    if bound not in field.queryset:
        words = _("%(team)s theo cơ sở này từ lần kiểm tra đầu (%(clause)s) nhưng đã kết thúc; chọn tổ khác.")
    field.help_text = words % {"team": bound.name, "clause": bound_teams.CLAUSE}


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
        words = stale_words if request.method == "POST" else moved_on_words
        return Attempt(status=STALE, stale=words(dossier, by=request.user))
    return UNTRIED


@dataclass(frozen=True)
class Near:
    """Other visits near the one asked for. `may_go`: there are none, or their warning was seen."""

    clashes: Sequence[Clash] = ()
    seen: str = ""
    may_go: bool = True


def warned(request: HttpRequest, dossier: Dossier, form: VisitMomentForm) -> Near:
    """The warning of two visits of one team in one time; it is given once for the same team, time and others."""
    if request.method != "POST" or not form.is_valid():
        return Near()
    team, visit_at = form.cleaned_data["team"], form.visit_at()
    found = clashes(dossier, team=team, visit_at=visit_at)
    seen = mark(team, visit_at, found)
    return Near(found, seen, may_go=not found or request.POST.get("clash_seen") == seen)


def _as_proposed(proposal: TeamProposal | None, *, at: datetime) -> dict[str, Any]:
    """What the agency proposed, as the form starts; a day that has gone by is left to be chosen."""
    if proposal is None:
        return {}
    local = proposal.visit_at.astimezone(timezone.get_default_timezone())
    day = local.date() if proposal.visit_at > at else None
    return {"team": proposal.team, "visit_on": day, "visit_hour": f"{local:%H:%M}"}


def assign_team(request: HttpRequest, ref: str) -> HttpResponse:
    """The proposal beside the choice; one button."""
    dossier = dossier_or_404(request, ref)
    may_ask(request, dossier, "assign_team")
    now = timezone.now()
    # In phase 2 the receiving agency assigns, which has no list of what waits for the Chairman.
    of_chair = may_act(Actor.CHAIR_SIDE, dossier, by=request.user, at=now)
    proposal = dossier.proposals.select_related("team", "by").first()
    form = AssignForm(request.POST or None, initial=_as_proposed(proposal, at=now))
    offer_teams(form, at=now, dossier=dossier)
    attempt = fits(request, dossier, "assign_team")
    near = warned(request, dossier, form)
    if request.method != "POST" and proposal is not None:
        near = Near(clashes(dossier, team=proposal.team, visit_at=proposal.visit_at))
    if request.method == "POST" and form.is_valid() and near.may_go:
        data = form.cleaned_data
        attempt = attempting(
            request,
            lambda: deciding.assign_team(
                dossier=dossier, team=data["team"], visit_at=form.visit_at(), note=data["note"],
                basis=data.get("basis", ""), by=request.user, at=now,
            ),
            form=form,
        )  # fmt: skip
        if attempt.done:
            messages.success(request, _("Đã phân công %(team)s.") % {"team": data["team"].name})
            return redirect("decisions") if of_chair else redirect("dossiers:detail", ref)
    weeks = coming(dossier, at=now)
    context = {
        "dossier": dossier, "form": form, "attempt": attempt, "proposal": proposal,
        "promise": promise(dossier, at=now), "teams": teams_today(weeks, at=now), "near": near,
        "until": weeks.until, "gone": gone_by(dossier, at=now), "of_chair": of_chair,
    }  # fmt: skip
    return render(request, "applications/assign_team.html", context, status=attempt.status)


def teams_today(weeks: Coming, *, at: datetime) -> list[dict[str, Any]]:
    """Teams with today's leader and their visits, for the page beside the choice."""
    leaders = leaders_on(plan.local_day(at))
    return [
        {"team": team, "leader": leaders.get(team.pk), "days": weeks.of(team)}
        for team in Team.objects.going_on(plan.local_day(at))
    ]


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
