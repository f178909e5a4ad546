"""Tables of who and where, one file a noun."""

from organisations.models.agency import Agency, Invitation, Post
from organisations.models.authorisation import Authorisation
from organisations.models.calendar import Holiday
from organisations.models.cover import Cover
from organisations.models.enterprise import (
    AccessRequest,
    Enterprise,
    Membership,
    MembershipInvitation,
    Representative,
    Site,
)
from organisations.models.permit import Permit, PhaseOpening
from organisations.models.place import AdminUnit, Zone
from organisations.models.team import Team, TeamBinding, TeamMember
from organisations.models.user import User

__all__ = [
    "AccessRequest",
    "AdminUnit",
    "Agency",
    "Authorisation",
    "Cover",
    "Enterprise",
    "Holiday",
    "Invitation",
    "Membership",
    "MembershipInvitation",
    "Permit",
    "PhaseOpening",
    "Post",
    "Representative",
    "Site",
    "Team",
    "TeamBinding",
    "TeamMember",
    "User",
    "Zone",
]
