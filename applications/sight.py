"""Who may open the papers that name workers or tell of their health: those who work on the dossier."""

from datetime import datetime

import plan
from applications.actors import may_prepare
from applications.models import Dossier
from organisations.models import User
from organisations.roles import May, Role

PERSONAL = frozenset({"worker_list", "vaccination_slips"})


def may_open(dossier: Dossier, slot: str, *, by: User, at: datetime) -> bool:
    """Whether a person who sees the dossier may open this paper; the list and the slips are for few."""
    return slot not in PERSONAL or works_on(dossier, by=by, at=at)


def works_on(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """The receiving agency, the dossier's team, Health, who decides, and the enterprise itself."""
    if any(post.role == Role.HEALTH for post in by.posts_on(plan.local_day(at))):
        return True
    if reads_letters(dossier, by=by, at=at):
        return True
    if by.may(May.LEAD_VISITS, on=at) and dossier.team_id is not None:
        return False
    return may_prepare(dossier, by=by, at=at)


def reads_letters(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether a person reads every letter of the dossier: the receiving agency, its team, and who decides."""
    if any(by.may(each, on=at) for each in (May.DECIDE, May.SEND_BACK)):
        return True
    if dossier.receiving_agency_id in by.agencies_where(May.RECEIVE, on=at):
        return True
    if dossier.team_id is None or not by.may(May.LEAD_VISITS, on=at):
        return False
    members = dossier.team.members_on(plan.local_day(at))
    return any(each.user_id == by.pk for each in members)
