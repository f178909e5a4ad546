"""The receiving agency's verbs: mark papers, accept, decline, propose a team, advise."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications import bound_teams, holding, later_papers, library, lifecycle, slips
from applications.actors import Actor, may_act
from applications.models import Advice, Dossier, Handling, Paper, TeamProposal
from applications.moving_visits import Appointment
from applications.states import CLOSED, State
from applications.unmet import NotAllowed, Refused, Stale, Unmet, visit_unmet
from journal.recording import announce, record
from organisations.models import Team, User

MARKABLE = (State.SUBMITTED, State.ACCEPTED, State.TEAM_PROPOSED, State.TEAM_ASSIGNED, State.INSPECTED)


@transaction.atomic
def take_in_hand(*, dossier: Dossier, by: User, at: datetime) -> bool:
    """The officer takes the dossier; False when a colleague already has it."""
    if not may_act(Actor.RECEIVER, dossier, by=by, at=at):
        raise NotAllowed("claim")
    won = Dossier.objects.filter(pk=dossier.pk, handled_by__isnull=True).update(handled_by=by)
    if won:
        holding.note(dossier, Handling.Kind.CLAIMED, from_user=None, to_user=by, by=by, at=at)
    return bool(won)


def may_mark(dossier: Dossier, slot: str) -> bool:
    """Whether a paper is judged as the dossier stands; one that may follow also after the decision."""
    return dossier.state in MARKABLE or later_papers.may_follow(dossier, slot)


@transaction.atomic
def mark_paper(
    *, paper: Paper, verdict: str, reason: str = "", fix: str = "", by: User, at: datetime
) -> None:
    """Marks the present version of a paper in order, or returned with words; Stale for an older version."""
    dossier = paper.dossier
    if not may_act(Actor.RECEIVER, dossier, by=by, at=at):
        raise NotAllowed("mark_paper")
    if verdict == Paper.Verdict.RETURNED and not reason.strip():
        raise Refused([Unmet("reason", "III.1.3.1-b", _("Trả lại thì ghi lý do và cách sửa."), "reason")])
    held = lifecycle.held(dossier.pk)
    if not may_mark(held, paper.slot):
        raise Stale(held)
    if verdict == Paper.Verdict.IN_ORDER and paper.pdf is not None and paper.pdf.withdrawn_at:
        raise Stale(held)  # retracted meanwhile: there is nothing left to find in order
    returned = verdict == Paper.Verdict.RETURNED
    won = Paper.objects.filter(pk=paper.pk, replaced_at__isnull=True).update(
        verdict=verdict,
        verdict_at=at,
        verdict_by=by,
        reason=reason.strip() if returned else "",
        fix=fix.strip() if returned else "",
    )
    if not won:
        raise Stale(dossier)
    # Before the dossier is accepted the request for a supplement tells of what was returned.
    if returned and held.state != State.SUBMITTED and later_papers.may_follow(held, paper.slot):
        announce("paper.returned", paper.pk, at=at)
    # Whoever reads the papers holds the dossier, unless a colleague already does.
    if held.state not in CLOSED:
        take_in_hand(dossier=dossier, by=by, at=at)
    record(
        "paper.marked", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[paper.slot, "verdict"]
    )


@transaction.atomic
def accept(*, dossier: Dossier, by: User, at: datetime) -> Dossier:
    """Accepts a complete dossier: the two-day clock starts, form 01 is issued."""
    # Who has it in hand now, not when the page was drawn: a colleague may have taken it since.
    holder = lifecycle.held(dossier.pk).handled_by or by
    moved = lifecycle.perform(dossier.pk, "accept", by=by, at=at, changes={"handled_by": holder})
    slips.issue_receipt(moved, by=by, at=at)
    return moved


@transaction.atomic
def decline(
    *, dossier: Dossier, reasons: Sequence[Mapping[str, str]], by: User, at: datetime, note: str = ""
) -> Dossier:
    """Does not receive it: structured reasons, form 03."""
    moved = lifecycle.perform(dossier.pk, "decline", by=by, at=at, note=note, reasons=reasons)
    slips.issue_decline(moved, reasons=reasons, by=by, at=at)
    library.count(moved.receiving_agency_id, reasons=reasons, at=at)
    return moved


@transaction.atomic
def propose_team(
    *, dossier: Dossier, team: Team, visit_at: datetime, note: str = "", by: User, at: datetime
) -> Dossier:
    """Proposes a team and a time to the Chairman's side; for a site of another team the note says why."""
    _refuse_if(visit_unmet(visit_at, at=at))
    given = {"team": team, "visit_at": visit_at, "basis": note, "basis_field": "note"}
    moved = lifecycle.perform(dossier.pk, "propose_team", by=by, at=at, note=note, given=given)
    TeamProposal.objects.create(dossier=moved, team=team, visit_at=visit_at, note=note[:500], by=by, at=at)
    return moved


@transaction.atomic
def reinspect(
    *, dossier: Dossier, visit_at: datetime, note: str, team: Team | None = None, basis: str = "", by: User,
    at: datetime,
) -> Dossier:  # fmt: skip
    """Sends the same team again after corrective actions, or `team`; `basis` as when a team is assigned."""
    _refuse_if(visit_unmet(visit_at, at=at))
    changes: dict[str, Any] = {"visit_planned_at": visit_at}
    kept: list[dict[str, str]] = []
    was, team = dossier.team, team or dossier.team
    if was is not None and team is not None and team.pk != was.pk:
        changes["team"] = team
        before = dossier.visit_planned_at or at
        kept = [
            Appointment(was.pk, was.name, before).kept(),
            Appointment(team.pk, team.name, visit_at).kept(),
        ]
    given = {"team": team, "visit_at": visit_at, "basis": basis}
    moved = lifecycle.perform(
        dossier.pk, "reinspect", by=by, at=at, note=note, reasons=kept, changes=changes, given=given
    )
    if team is not None:
        bound_teams.transfer(moved, team, basis=basis, by=by, at=at)
    return moved


@transaction.atomic
def forward(
    *, dossier: Dossier, verdict: str, number: str, starts_on: date | None, hour: int, cap: int | None,
    mode: str, conditions: Sequence[str], reasons: Sequence[Mapping[str, str]], note: str, by: User, at: datetime,
) -> Dossier:  # fmt: skip
    """Advises the Chairman: consent with start, cap and conditions, or refusal with reasons."""
    if not may_act(Actor.RECEIVER, dossier, by=by, at=at):
        raise NotAllowed("forward")
    dossier = lifecycle.held(dossier.pk)  # two officers at once: the second finds it forwarded
    if lifecycle.row_for("forward", dossier) is None:
        raise Stale(dossier)
    _refuse_if(_advice_unmet(
        dossier, verdict=verdict, number=number, starts_on=starts_on, cap=cap, mode=mode, reasons=reasons, at=at,
    ))  # fmt: skip
    dossier.advices.filter(voided_at__isnull=True).update(voided_at=at)
    Advice.objects.create(
        dossier=dossier, verdict=verdict, number=number.strip(), hour=hour, cap_clause=dossier.cap_clause,
        note=note.strip(), by=by, at=at,
        **_terms(verdict, starts_on=starts_on, cap=cap, mode=mode, conditions=conditions, reasons=reasons),
    )  # fmt: skip
    consents = verdict == Advice.Verdict.APPROVE
    library.count(
        dossier.receiving_agency_id, reasons=reasons, conditions=conditions if consents else (), at=at
    )
    return lifecycle.perform(dossier.pk, "forward", by=by, at=at, note=note)


def _terms(
    verdict: str, *, starts_on: date | None, cap: int | None, mode: str, conditions: Sequence[str],
    reasons: Sequence[Mapping[str, str]],
) -> dict[str, Any]:  # fmt: skip
    """The columns of an advice that one verdict fills and the other leaves empty."""
    if verdict != Advice.Verdict.APPROVE:
        return {"reasons": [dict(reason) for reason in reasons]}
    kept = [text.strip() for text in conditions if text.strip()]
    return {"starts_on": starts_on, "cap": cap, "mode": mode, "conditions": kept}


def _advice_unmet(
    dossier: Dossier, *, verdict: str, number: str, starts_on: date | None, cap: int | None, mode: str,
    reasons: Sequence[Mapping[str, str]], at: datetime,
) -> list[Unmet]:  # fmt: skip
    wrong: list[Unmet] = []
    if not number.strip():
        wrong.append(Unmet("number", "III.1.3.1-f", _("Chưa ghi số tờ trình."), "number"))
    if verdict == Advice.Verdict.REFUSE:
        if not any(r.get("clause") and r.get("text", "").strip() for r in reasons):
            words = _("Đề nghị không đồng ý thì cần ít nhất một lý do.")
            wrong.append(Unmet("reasons", "III.1.3.1-g", words, "reasons"))
        return wrong
    if starts_on is None or starts_on <= plan.local_day(at):
        wrong.append(Unmet("start", "III.1.3.1-f", _("Ngày bắt đầu phải sau hôm nay."), "starts_on"))
    if not mode:
        wrong.append(Unmet("mode", "III.1.3.3-b", _("Chưa chọn hình thức sản xuất."), "mode"))
    if dossier.cap is not None and (cap is None or not 1 <= cap <= dossier.cap):
        words = _("Số người phải từ 1 đến mức tối đa %(cap)s.") % {"cap": dossier.cap}
        wrong.append(Unmet("cap", dossier.cap_clause, words, "cap"))
    elif cap is not None and cap < 1:
        wrong.append(Unmet("cap", dossier.cap_clause, _("Số người phải từ 1 trở lên."), "cap"))
    return wrong


def _refuse_if(unmet: list[Unmet]) -> None:
    if unmet:
        raise Refused(unmet)
