"""Door of a visit that is moved: the new day, hour or team and why; old and new read back; then it is done."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from applications import bound_teams
from applications.actors import Actor, may_act
from applications.forms.desk import ProposeTeamForm, basis_field
from applications.forms.fields import reason_field
from applications.models import Dossier
from applications.moving_visits import Appointment, appointment_of, check, move_visit
from applications.views.answering import (
    REFUSED,
    STALE,
    UNTRIED,
    Attempt,
    attempting,
    moved_on_words,
    stale_words,
)
from applications.views.chair import offer_teams, warned
from applications.views.desk_acts import common, team_rows
from applications.views.desk_checked import EDIT, SEND, typed
from applications.views.fetching import dossier_or_404
from applications.visit_clashes import coming
from pages.parts import Fact
from pages.templatetags.ui import vn_moment
from plan.clock import LOCAL


class MoveVisitForm(ProposeTeamForm):
    """Which team, when, and why not as it was agreed."""

    note = None
    reason = reason_field(gettext_lazy("Vì sao đổi lịch"), max_length=300)
    basis = basis_field()
    field_order = ["visit_on", "visit_hour", "reason", "team", "basis"]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The form, the two appointments read back, or the case once the visit is moved."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not may_act(Actor.RECEIVER, dossier, by=request.user, at=now):
        raise PermissionDenied
    was = appointment_of(dossier)
    form = MoveVisitForm(request.POST or None, initial=_as_agreed(was, at=now))
    offer_teams(form, at=now, dossier=dossier)
    near, attempt = warned(request, dossier, form), _fits(request, dossier, was)
    if attempt.status == STALE and _is_done(request, form, was):
        return redirect("dossiers:detail", dossier.reference)
    read = False
    if attempt is UNTRIED and request.method == "POST" and form.is_valid() and near.may_go:
        attempt = _tried(request, dossier, form, at=now)
        if attempt.done and request.POST.get("step") == SEND:
            return redirect("dossiers:detail", dossier.reference)
        read = attempt.done and request.POST.get("step") != EDIT
    weeks = coming(dossier, at=now)
    context = common(dossier, attempt, at=now) | {
        "form": form, "was": was, "near": near, "teams": team_rows(form, weeks, at=now), "until": weeks.until,
        "typed": typed(request),
    }  # fmt: skip
    if read:
        return render(
            request, "applications/desk/move_visit_check.html", context | {"facts": _facts(dossier, form)}
        )
    status = REFUSED if form.errors else attempt.status
    return render(request, "applications/desk/move_visit.html", context, status=status)


def _as_agreed(was: Appointment | None, *, at: datetime) -> dict[str, object]:
    """The form begins with what is agreed; a day that has gone by is left to be chosen."""
    if was is None:
        return {}
    local = was.at.astimezone(LOCAL)
    return {
        "team": was.team,
        "visit_on": local.date() if was.at > at else None,
        "visit_hour": f"{local:%H:%M}",
    }


def _fits(request: HttpRequest, dossier: Dossier, was: Appointment | None) -> Attempt:
    """What the page says of a dossier without a visit to come, or of one that was moved since it was drawn."""
    if was is None:
        words = stale_words if request.method == "POST" else moved_on_words
        return Attempt(status=STALE, stale=words(dossier, by=request.user))
    if request.method == "POST" and request.POST.get("shown", was.mark) != was.mark:
        return Attempt(status=STALE, stale=stale_words(dossier, by=request.user))
    return UNTRIED


def _is_done(request: HttpRequest, form: MoveVisitForm, was: Appointment | None) -> bool:
    """Whether what is asked for stands already: the second of two clicks."""
    if was is None or request.POST.get("step") != SEND or not form.is_valid():
        return False
    team = form.cleaned_data["team"]
    return Appointment(team.pk, team.name, form.visit_at()).mark == was.mark


def _tried(request: HttpRequest, dossier: Dossier, form: MoveVisitForm, *, at: datetime) -> Attempt:
    """Asks whether it can be done; once both appointments have been read back, does it."""
    data = {name: form.cleaned_data.get(name, "") for name in ("team", "reason", "basis")}
    data["visit_at"] = form.visit_at()
    if request.POST.get("step") != SEND:
        return attempting(request, lambda: check(dossier, by=request.user, at=at, **data), form=form)
    shown = request.POST.get("shown", "")
    attempt = attempting(
        request, lambda: move_visit(dossier=dossier, shown=shown, by=request.user, at=at, **data), form=form
    )
    if attempt.done:
        values = {"code": dossier.reference, "when": vn_moment(data["visit_at"]), "team": data["team"].name}
        words = _("Lịch kiểm tra hồ sơ %(code)s đổi sang %(when)s, %(team)s. Tổ và doanh nghiệp được báo.")
        messages.success(request, words % values)
    return attempt


def _facts(dossier: Dossier, form: MoveVisitForm) -> list[Fact]:
    """What is agreed, what it becomes, and what does not change."""
    data, was = form.cleaned_data, appointment_of(dossier)
    words = _("%(when)s\n%(team)s")
    old = words % {"when": vn_moment(was.at), "team": was.team_name} if was else ""
    new = words % {"when": vn_moment(form.visit_at()), "team": data["team"].name}
    told = _("Doanh nghiệp và tổ kiểm tra, qua hộp thư và thư điện tử")
    if was and was.team != data["team"].pk:
        told = _("Doanh nghiệp, tổ cũ, tổ mới, qua hộp thư và thư điện tử")
        if dossier.phase == bound_teams.PHASE:  # in the second the agency itself assigns
            told = _("Doanh nghiệp, tổ cũ, tổ mới và bên phân công tổ, qua hộp thư và thư điện tử")
    return [
        Fact(_("Đang hẹn"), old),
        Fact(_("Đổi sang"), new, change_to="id_visit_on"),
        Fact(_("Lý do"), data["reason"], change_to="id_reason"),
        *(
            [Fact(_("Văn bản giao cơ sở"), basis, change_to="id_basis")]
            if (basis := data.get("basis"))
            else []
        ),
        Fact(_("Thời hạn của bước này"), _due(dossier, form.visit_at())),
        Fact(_("Báo cho"), told),
    ]


def _due(dossier: Dossier, visit_at: datetime) -> str:
    """The clock of the stage goes on; a new day behind its end is said."""
    due = _("%(due)s, giữ nguyên") % {"due": vn_moment(dossier.due_at)}
    if dossier.due_at is None or visit_at <= dossier.due_at:
        return due
    return f"{due}\n" + _("Lịch mới nằm sau thời hạn: xin lỗi và hẹn lại ngày ở mục Việc khác của hồ sơ.")
