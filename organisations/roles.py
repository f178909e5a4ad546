"""Roles as data: what each post may do. A view asks for a permission, never for a role."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations import agency_codes


class Role(models.TextChoices):
    """The roles of the plan's agencies; an enterprise's people have memberships instead."""

    RECEIVING = "receiving", _("Cán bộ tiếp nhận")
    RECEIVING_HEAD = "receiving_head", _("Lãnh đạo cơ quan tiếp nhận")
    OFFICE = "office", _("Văn phòng UBND tỉnh")
    CHAIRMAN = "chairman", _("Chủ tịch UBND tỉnh")
    VICE_CHAIRMAN = "vice_chairman", _("Phó Chủ tịch UBND tỉnh")
    LEADER = "leader", _("Lãnh đạo tỉnh, xem")
    TEAM = "team", _("Thành viên tổ kiểm tra")
    HEALTH = "health", _("Sở Y tế")
    DISTRICT = "district", _("UBND huyện, thị xã, thành phố")
    POLICE = "police", _("Công an tỉnh")
    UNION = "union", _("Liên đoàn Lao động tỉnh")
    DEPARTMENT = "department", _("Sở, ngành khác")
    ADMIN = "admin", _("Quản trị hệ thống")


class May(models.TextChoices):
    """Permissions. Field of sight (which dossiers) is a matter of querysets, not of this table."""

    SEE_ALL_DOSSIERS = "see_all_dossiers"
    SEE_OWN_FIELD = "see_own_field"
    RECEIVE = "receive"
    CONFIRM_CLAIMS = "confirm_claims"
    ASSIGN_TEAMS = "assign_teams"
    LEAD_VISITS = "lead_visits"
    DECIDE = "decide"
    RECALL = "recall"
    SEND_BACK = "send_back"
    RECORD_SIGNATURES = "record_signatures"
    SEE_LETTERS = "see_letters"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_CATALOGUES = "manage_catalogues"
    SEE_SYSTEM = "see_system"
    SEE_JOURNAL = "see_journal"


RECEIVES = frozenset({May.RECEIVE, May.CONFIRM_CLAIMS, May.SEE_LETTERS, May.SEE_OWN_FIELD})
DECIDES = frozenset(
    {May.ASSIGN_TEAMS, May.DECIDE, May.RECALL, May.SEND_BACK, May.SEE_LETTERS, May.SEE_ALL_DOSSIERS}
)

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.RECEIVING: RECEIVES,
    Role.RECEIVING_HEAD: RECEIVES,
    Role.OFFICE: frozenset(
        {
            May.ASSIGN_TEAMS,
            May.SEND_BACK,
            May.RECORD_SIGNATURES,
            May.RECALL,
            May.SEE_LETTERS,
            May.SEE_ALL_DOSSIERS,
        }
    ),
    Role.CHAIRMAN: DECIDES,
    Role.VICE_CHAIRMAN: DECIDES,
    Role.LEADER: frozenset({May.SEE_ALL_DOSSIERS, May.SEE_LETTERS}),
    Role.TEAM: frozenset({May.LEAD_VISITS, May.SEE_OWN_FIELD}),
    Role.HEALTH: frozenset({May.SEE_OWN_FIELD}),
    Role.DISTRICT: frozenset({May.SEE_OWN_FIELD}),
    Role.POLICE: frozenset({May.SEE_OWN_FIELD}),
    Role.UNION: frozenset({May.SEE_OWN_FIELD}),
    Role.DEPARTMENT: frozenset({May.SEE_OWN_FIELD}),
    Role.ADMIN: frozenset({May.MANAGE_PEOPLE, May.MANAGE_CATALOGUES, May.SEE_SYSTEM, May.SEE_JOURNAL}),
}

# Where a role can be held: codes of agencies, `DISTRICT` for the nine committees. Roles not named: anywhere.
STANDS_AT: dict[str, frozenset[str]] = {
    Role.RECEIVING: agency_codes.RECEIVING,
    Role.RECEIVING_HEAD: agency_codes.RECEIVING,
    Role.OFFICE: frozenset({agency_codes.OFFICE}),
    Role.CHAIRMAN: frozenset({agency_codes.PROVINCE}),
    Role.VICE_CHAIRMAN: frozenset({agency_codes.PROVINCE}),
    Role.HEALTH: frozenset({agency_codes.HEALTH}),
    Role.DISTRICT: frozenset({agency_codes.DISTRICT}),
    Role.POLICE: frozenset({agency_codes.POLICE}),
    Role.UNION: frozenset({agency_codes.UNION}),
}


def may_stand_at(role: str, agency_code: str) -> bool:
    """Whether a role can be held at an agency."""
    places = STANDS_AT.get(role)
    kind = agency_codes.DISTRICT if agency_code.startswith(agency_codes.DISTRICT) else agency_code
    return places is None or kind in places
