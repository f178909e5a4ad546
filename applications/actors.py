"""Who may ask for a transition: a permission, and the dossier's place in the person's field."""

from datetime import datetime
from enum import StrEnum

import plan
from applications.models import CounterFiling, Dossier
from applications.states import State
from organisations.models import Membership, TeamMember, User
from organisations.models.authorisation import authorisation_of
from organisations.roles import May


class Actor(StrEnum):
    """The parties of the lifecycle's table."""

    SUBMITTER = "enterprise"
    RECEIVER = "receiving agency"
    CHAIR_SIDE = "Chairman's side"
    SENDER_BACK = "Chairman's side, with a question"
    TEAM_LEADER = "team leader"
    DECIDER = "Chairman or deputy by dated post"
    REFUSER = "Chairman or deputy, or the agency's head by dated authorisation"
    RECORDER = "Office, for a signature made on paper"
    RECALLER = "Chairman or deputy, or the Office on their word"


def may_act(actor: Actor, dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether a person is this actor for this dossier at this instant."""
    if actor is Actor.SUBMITTER:
        return Membership.objects.filter(
            enterprise=dossier.site.enterprise_id,
            user=by,
            level=Membership.Level.SUBMIT,
            ended_at__isnull=True,
        ).exists() or at_counter(dossier, by=by, at=at)
    if actor is Actor.RECEIVER:
        return dossier.receiving_agency_id in by.agencies_where(May.RECEIVE, on=at)
    if actor is Actor.TEAM_LEADER:
        return is_leader(dossier, by=by, at=at)
    if actor is Actor.REFUSER:
        return by.may(May.DECIDE, on=at) or is_authorised(dossier, by=by, at=at)
    permission = {
        Actor.RECORDER: May.RECORD_SIGNATURES,
        Actor.CHAIR_SIDE: May.ASSIGN_TEAMS,
        Actor.SENDER_BACK: May.SEND_BACK,
        Actor.DECIDER: May.DECIDE,
        Actor.RECALLER: May.RECALL,
    }[actor]
    return by.may(permission, on=at)


def is_authorised(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether a person may sign "TUQ." for the Chairman at the dossier's agency that day (A-20)."""
    return authorisation_of(by, dossier.receiving_agency_id, on=plan.local_day(at)) is not None


def is_leader(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether a person leads the dossier's team that day."""
    if dossier.team_id is None or not by.may(May.LEAD_VISITS, on=at):
        return False
    day = plan.local_day(at)
    leads = TeamMember.objects.filter(team=dossier.team_id, user=by, is_leader=True, since__lte=day)
    return any(m.until is None or m.until >= day for m in leads.order_by("pk"))


def may_prepare(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether a person may fill in a draft: any open membership of the enterprise, or the desk it was brought to."""
    return Membership.objects.filter(
        enterprise=dossier.site.enterprise_id, user=by, ended_at__isnull=True
    ).exists() or at_counter(dossier, by=by, at=at)


def at_counter(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether a person is of the desk to which a firm without account brought the papers, while they are open."""
    return dossier.state in (State.DRAFT, State.SUPPLEMENT_REQUESTED) and brought_to(dossier, by=by, at=at)


def brought_to(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether a person is of the desk to which a firm without account brought the papers, whatever came after."""
    desks = by.agencies_where(May.RECEIVE, on=at)
    return bool(desks) and CounterFiling.objects.filter(dossier=dossier.pk, agency__in=desks).exists()
