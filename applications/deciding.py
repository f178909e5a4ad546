"""The Chairman's side: assign a team, send back with a question, approve, refuse."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from applications import bound_teams, decision_letters, library, lifecycle
from applications.models import Advice, Decision, Dossier
from applications.unmet import Refused, Stale, visit_unmet
from documents.models import Letter
from organisations import permits
from organisations.models import Permit, Team, User
from organisations.plan_in_force import rules_at


@transaction.atomic
def assign_team(
    *,
    dossier: Dossier,
    team: Team,
    visit_at: datetime,
    note: str = "",
    basis: str = "",
    by: User,
    at: datetime,
) -> Dossier:
    """Assigns the team that inspects on site; `basis`, a document, passes the site of another team to it."""
    wrong = visit_unmet(visit_at, at=at)
    if wrong:
        raise Refused(wrong)
    changes = {"team": team, "visit_planned_at": visit_at}
    given = {"team": team, "visit_at": visit_at, "basis": basis}
    moved = lifecycle.perform(
        dossier.pk, "assign_team", by=by, at=at, note=note, changes=changes, given=given
    )
    bound_teams.transfer(moved, team, basis=basis, by=by, at=at)
    return moved


@transaction.atomic
def send_back(*, dossier: Dossier, question: str, by: User, at: datetime) -> Dossier:
    """Back to the receiving agency with a question; the advice is void."""
    moved = lifecycle.perform(dossier.pk, "send_back", by=by, at=at, note=question)
    dossier.advices.filter(voided_at__isnull=True).update(voided_at=at)
    return moved


@transaction.atomic
def approve(*, dossier: Dossier, advice: Advice, kind: str, by: User, at: datetime) -> Decision:
    """Consents on the advice that the page showed: one decision, one permit, one numbered letter."""
    moved = lifecycle.perform(dossier.pk, "approve", by=by, at=at)
    same_advice(dossier, advice)
    letter = decision_letters.issue_approval(moved, advice=advice, kind=kind, by=by, at=at)
    return write_approval(moved, advice=advice, letter=letter, by=by, at=at)


@transaction.atomic
def refuse(
    *,
    dossier: Dossier,
    advice: Advice,
    reasons: Sequence[Mapping[str, str]],
    kind: str,
    by: User,
    at: datetime,
) -> Decision:
    """Does not consent: a notice with structured reasons. What the agency advised does not bind."""
    moved = lifecycle.perform(dossier.pk, "refuse", by=by, at=at, reasons=reasons)
    same_advice(dossier, advice)
    letter = decision_letters.issue_refusal(moved, advice=advice, reasons=reasons, kind=kind, by=by, at=at)
    library.count(moved.receiving_agency_id, reasons=reasons, at=at)
    return write_refusal(moved, advice=advice, letter=letter, reasons=reasons, by=by, at=at)


def write_approval(
    dossier: Dossier,
    *,
    advice: Advice,
    letter: Letter,
    by: User,
    at: datetime,
    recorded_by: User | None = None,
) -> Decision:
    """The rows of an approval whose letter is issued: permit and decision. `by` signed it."""
    permit = _write_permit(dossier, advice, by=by, at=at)
    return Decision.objects.create(
        dossier=dossier,
        verdict=Decision.Verdict.APPROVED,
        advice=advice,
        permit=permit,
        letter=letter,
        rules_digest=rules_at(at).digest,
        decided_at=at,
        decided_by=by,
        recorded_by=recorded_by,
    )


def _write_permit(dossier: Dossier, advice: Advice, *, by: User, at: datetime) -> Permit:
    """What the site may do, as the agency advised it."""
    return permits.write(
        site=dossier.site,
        phase=dossier.phase,
        starts_on=advice.starts_on,
        hour=advice.hour,
        cap=advice.cap,
        baseline=dossier.baseline,
        mode=advice.mode,
        basis=decision_letters.basis_of(dossier),
        rules_digest=rules_at(at).digest,
        by=by,
        at=at,
    )


def write_refusal(
    dossier: Dossier, *, advice: Advice, letter: Letter, reasons: Sequence[Mapping[str, str]], by: User,
    at: datetime, recorded_by: User | None = None,
) -> Decision:  # fmt: skip
    """The row of a refusal whose letter is issued. `by` signed it."""
    return Decision.objects.create(
        dossier=dossier,
        verdict=Decision.Verdict.REFUSED,
        advice=advice,
        letter=letter,
        reasons=[dict(reason) for reason in reasons],
        rules_digest=rules_at(at).digest,
        decided_at=at,
        decided_by=by,
        recorded_by=recorded_by,
    )


def same_advice(dossier: Dossier, advice: Advice) -> None:
    """The decision rests on what the page showed; an advice voided meanwhile makes the page stale.

    Asked after the move, under its lock: before it, the advice could still change hands.
    """
    if (
        advice.dossier_id != dossier.pk
        or not Advice.objects.filter(pk=advice.pk, voided_at__isnull=True).exists()
    ):
        raise Stale(dossier)
