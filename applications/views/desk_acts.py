"""Doors of the receiving agency's verbs: accept, propose a team, send the team again. Each address keeps working:
before, it asks; afterwards, it says what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

import plan
from applications import acts, lifecycle, receiving, review
from applications.forms.desk import ProposeTeamForm, ReinspectForm
from applications.models import Dossier, Move
from applications.moments import next_working_morning
from applications.promises import promise
from applications.proposal_clock import ahead
from applications.views.answering import STALE, Attempt, attempting
from applications.views.chair import fits, may_ask, offer_teams, warned
from applications.views.fetching import RELATED, dossier_or_404
from applications.visit_clashes import Coming, coming
from documents.models import Letter
from organisations.models.team import leaders_on
from pages import parts


@dataclass(frozen=True)
class Done:
    """What an address says once its verb has been done: title, the paper issued, and what comes next."""

    title: str | Promise
    letter: str = ""
    next_act: str = ""


DONE = {
    "accept": Done(gettext_lazy("Đã tiếp nhận hồ sơ"), Letter.Kind.RECEIPT, "propose_team"),
    "request_supplement": Done(gettext_lazy("Đã yêu cầu bổ sung"), Letter.Kind.SUPPLEMENT),
    "decline": Done(gettext_lazy("Đã từ chối tiếp nhận"), Letter.Kind.DECLINE),
    "propose_team": Done(gettext_lazy("Đã đề xuất tổ kiểm tra")),
    "reinspect": Done(gettext_lazy("Đã hẹn kiểm tra lại")),
    "forward": Done(gettext_lazy("Đã trình Chủ tịch")),
}


# Names under which the browser keeps what is being typed in the form of a verb; forgotten once it is done.
KEPT = {
    "accept": (),
    "request_supplement": ("supplement",),
    "decline": ("decline",),
    "propose_team": ("propose",),
    "reinspect": ("reinspect",),
    "forward": ("forward-approve", "forward-refuse"),
}


def done_move(dossier: Dossier, name: str) -> Move | None:
    """The move that already did it, where the dossier has left the state that the verb needs."""
    if lifecycle.row_for(name, dossier) is not None:
        return None
    found: Move | None = dossier.moves.filter(name=name).order_by("-at", "-pk").first()
    return found


def done_page(request: HttpRequest, dossier: Dossier, move: Move) -> HttpResponse:
    """What was done, by whom, when, the paper, and what comes next. Works for ever."""
    now = timezone.now()
    done = DONE[move.name]
    letters = Letter.objects.filter(dossier_code=dossier.code, kind=done.letter or "-")
    following = [
        each for each in acts.acts_of(dossier, (), by=request.user, at=now) if each.name == done.next_act
    ]
    context = {
        "dossier": dossier,
        "title": done.title,
        "move": move,
        "letter": letters.order_by("-issued_at", "-pk").defer("data").first(),
        "promise": promise(dossier, at=now),
        "following": following[0] if following else None,
        "kept": [f"{kept}-{dossier.pk}" for kept in KEPT[move.name]],
    }
    return render(request, "applications/desk/done.html", context)


def settle(request: HttpRequest, dossier: Dossier, name: str, attempt: Attempt) -> HttpResponse | None:
    """Where a POST goes: on, if the verb was done now or a moment ago by this very person's first click."""
    here = request.path
    if attempt.done:
        return redirect(here)
    if attempt.status == STALE:
        dossier.refresh_from_db(fields=["state"])
        move = done_move(dossier, name)
        if move is not None and move.by_id == request.user.pk:
            return redirect(here)
    return None


def opened(
    request: HttpRequest, ref: str, name: str, *, related: Sequence[str] = RELATED
) -> tuple[Dossier, HttpResponse | None]:
    """The dossier of a door, and on GET the page that stands there when all is done."""
    dossier = dossier_or_404(request, ref, related=related)
    may_ask(request, dossier, name)
    move = done_move(dossier, name) if request.method != "POST" else None
    return dossier, done_page(request, dossier, move) if move else None


def accept(request: HttpRequest, ref: str) -> HttpResponse:
    """What acceptance does, the due date day by day; the button does it."""
    dossier, finished = opened(request, ref, "accept")
    if finished:
        return finished
    now = timezone.now()
    rows = review.rows_of_slots(dossier, at=now)
    attempt = fits(request, dossier, "accept")
    if request.method == "POST":
        attempt = attempting(
            request,
            lambda: receiving.accept(dossier=dossier, by=request.user, at=now),
            link=lambda unmet: _paper_url(dossier, rows, unmet.anchor),
        )
        if (answer := settle(request, dossier, "accept", attempt)) is not None:
            return answer
    locks = next((each.unmet for each in acts.acts_of(dossier, rows, by=request.user, at=now)
                  if each.name == "accept"), ())  # fmt: skip
    context = common(dossier, attempt, at=now) | {
        "ahead": ahead(dossier, at=now),
        "facts": _acceptance_facts(request, dossier, rows),
        "locks": [parts.Unmet(e.thing, e.what, e.url and reverse("dossiers:detail", args=[ref]) + e.url)
                  for e in locks],
    }  # fmt: skip
    return render(request, "applications/desk/accept.html", context, status=attempt.status)


def _paper_url(dossier: Dossier, rows: list[review.SlotRow], code: str) -> str:
    key = next((row.key for row in rows if row.code == code), "")
    return reverse("dossiers:detail", args=[dossier.reference]) + (f"?paper={key}" if key else "")


def _acceptance_facts(request: HttpRequest, dossier: Dossier, rows: list[review.SlotRow]) -> list[parts.Fact]:
    received = sum(1 for row in rows[1:] if row.paper is not None)
    papers = ngettext("%(n)s giấy tờ", "%(n)s giấy tờ", received)
    if rows[0].paper is not None:
        papers = ngettext("Phương án và %(n)s giấy tờ", "Phương án và %(n)s giấy tờ", received)
    later = [f"{row.named}: {row.words}" for row in rows if row.paper is None]
    return [
        parts.Fact(_("Doanh nghiệp, cơ sở"), f"{dossier.site.enterprise.name}, {dossier.site.name}"),
        parts.Fact(_("Giấy tờ nhận"), "\n".join([papers % {"n": received}, *later])),
        parts.Fact(_("Người tiếp nhận"), f"{request.user.full_name}, {dossier.receiving_agency.name}"),
        parts.Fact(
            _("Giấy phát hành"),
            _("Giấy tiếp nhận và hẹn trả kết quả (mẫu 01), lấy số trong sổ của cơ quan, PDF có mã QR"),
        ),
        parts.Fact(_("Báo cho"), _("Người của doanh nghiệp, qua hộp thư và thư điện tử")),
    ]


def common(dossier: Dossier, attempt: Attempt, *, at: datetime) -> dict[str, Any]:
    """What every page of a verb shows around its form."""
    return {
        "dossier": dossier,
        "attempt": attempt,
        "promise": promise(dossier, at=at),
        "crumbs": [parts.Entry(_("Hồ sơ %(code)s") % {"code": dossier.reference},
                               reverse("dossiers:detail", args=[dossier.reference]))],
    }  # fmt: skip


def propose_team(request: HttpRequest, ref: str) -> HttpResponse:
    """Which team, when; the Chairman's side assigns it."""
    where = ("site__commune", "site__district")  # the page says where the site lies
    dossier, finished = opened(request, ref, "propose_team", related=(*RELATED, *where))
    if finished:
        return finished
    now = timezone.now()
    form = ProposeTeamForm(
        request.POST or None, initial={"visit_on": next_working_morning(plan.local_day(now))}
    )
    offer_teams(form, at=now, dossier=dossier)
    attempt = fits(request, dossier, "propose_team")
    near = warned(request, dossier, form)
    if request.method == "POST" and form.is_valid() and near.may_go:
        data = form.cleaned_data
        attempt = attempting(request, lambda: receiving.propose_team(
            dossier=dossier, team=data["team"], visit_at=form.visit_at(), note=data["note"], by=request.user, at=now,
        ), form=form)  # fmt: skip
        if (answer := settle(request, dossier, "propose_team", attempt)) is not None:
            return answer
    ahead_of_teams = coming(dossier, at=now)
    context = common(dossier, attempt, at=now) | {
        "form": form, "teams": team_rows(form, ahead_of_teams, at=now), "until": ahead_of_teams.until, "near": near,
    }  # fmt: skip
    return render(request, "applications/desk/propose_team.html", context, status=attempt.status)


def reinspect(request: HttpRequest, ref: str) -> HttpResponse:
    """The same team comes again, or another where it cannot, after corrective actions."""
    dossier, finished = opened(request, ref, "reinspect")
    if finished:
        return finished
    now = timezone.now()
    initial = {"visit_on": next_working_morning(plan.local_day(now)), "team": dossier.team_id}
    form = ReinspectForm(request.POST or None, initial=initial)
    offer_teams(form, at=now, dossier=dossier)
    attempt = fits(request, dossier, "reinspect")
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data.get(name, "") for name in ("note", "team", "basis")}
        attempt = attempting(request, lambda: receiving.reinspect(
            dossier=dossier, visit_at=form.visit_at(), by=request.user, at=now, **data,
        ), form=form)  # fmt: skip
        if (answer := settle(request, dossier, "reinspect", attempt)) is not None:
            return answer
    weeks = coming(dossier, at=now)
    context = common(dossier, attempt, at=now) | {
        "form": form, "teams": team_rows(form, weeks, at=now), "until": weeks.until,
    }  # fmt: skip
    return render(request, "applications/desk/reinspect.html", context, status=attempt.status)


def team_rows(form: ProposeTeamForm, weeks: Coming, *, at: datetime) -> list[dict[str, Any]]:
    """The teams with their leader that day, the telephone and their visits: two queries, however many."""
    leaders = {team: row.user for team, row in leaders_on(plan.local_day(at)).items()}
    chosen = str(form["team"].value() or "")
    return [
        {
            "team": team,
            "leader": leaders.get(team.pk),
            "chosen": str(team.pk) == chosen,
            "days": weeks.of(team),
            "key": str(team.pk),
        }
        for team in form.fields["team"].queryset.select_related("agency")  # type: ignore[attr-defined]
    ]
