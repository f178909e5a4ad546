"""The Chairman's side: assign a team, send back with a question, approve, refuse."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications import decision_letters, lifecycle
from applications.models import Advice, Decision, Dossier
from applications.unmet import Refused, Stale, Unmet
from organisations import permits
from organisations.models import Team, User
from organisations.plan_in_force import rules_at


@transaction.atomic
def assign_team(
    *, dossier: Dossier, team: Team, visit_at: datetime, note: str = "", by: User, at: datetime
) -> Dossier:
    """Assigns the team that inspects on site."""
    if visit_at <= at:
        raise Refused([Unmet("visit", "III.1.3.1-c", _("Giờ kiểm tra phải sau lúc này."), "visit_at")])
    changes = {"team": team, "visit_planned_at": visit_at}
    return lifecycle.perform(
        dossier.pk, "assign_team", by=by, at=at, note=note, changes=changes, given={"team": team}
    )


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
    _same_advice(dossier, advice)
    letter = decision_letters.issue_approval(moved, advice=advice, kind=kind, by=by, at=at)
    permit = permits.write(
        site=moved.site,
        phase=moved.phase,
        starts_on=advice.starts_on,
        hour=advice.hour,
        cap=advice.cap,
        baseline=moved.baseline,
        mode=advice.mode,
        basis=f"dossier:{moved.pk}",
        rules_digest=rules_at(at).digest,
        by=by,
        at=at,
    )
    return Decision.objects.create(
        dossier=moved,
        verdict=Decision.Verdict.APPROVED,
        advice=advice,
        permit=permit,
        letter=letter,
        rules_digest=rules_at(at).digest,
        decided_at=at,
        decided_by=by,
    )


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
    _same_advice(dossier, advice)
    letter = decision_letters.issue_refusal(moved, advice=advice, reasons=reasons, kind=kind, by=by, at=at)
    return Decision.objects.create(
        dossier=moved,
        verdict=Decision.Verdict.REFUSED,
        advice=advice,
        letter=letter,
        reasons=[dict(reason) for reason in reasons],
        rules_digest=rules_at(at).digest,
        decided_at=at,
        decided_by=by,
    )


def _same_advice(dossier: Dossier, advice: Advice) -> None:
    """The decision rests on what the page showed; an advice voided meanwhile makes the page stale.

    Asked after the move, under its lock: before it, the advice could still change hands.
    """
    if (
        advice.dossier_id != dossier.pk
        or not Advice.objects.filter(pk=advice.pk, voided_at__isnull=True).exists()
    ):
        raise Stale(dossier)
