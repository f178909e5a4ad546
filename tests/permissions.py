"""Who may do what at which address: the one table that the permission matrix is held to.

A route that is not here fails the test. `get` and `post` name who is answered; everybody else is refused (403),
told that there is nothing (404), or, for an address that takes no POST, that it does not (405). To people outside
the field of sight a thing looks as one that does not exist. Names are those of tests/world.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from applications.states import State
from tests import cast
from tests.world import World

Who = frozenset[str]
Arguments = Callable[[World], list[Any]]


def who(*groups: Who | str) -> Who:
    """One set of names from names and sets."""
    return frozenset().union(*(frozenset({each}) if isinstance(each, str) else each for each in groups))


NOBODY: Who = frozenset()
OFFICIALS = frozenset(cast.OFFICIALS) | {"district_elsewhere", "team_leader_elsewhere"}
FIRM = who("owner", "colleague")
FIRMS = who(FIRM, "stranger", "newcomer")
PEOPLE = who(OFFICIALS, FIRMS)
ANYONE = who(PEOPLE, "anonymous")
DOLISA = who("dolisa_officer", "dolisa_head")
DESKS = who(DOLISA, "zone_officer", "zone_head")
CHAIR = who("chairman", "vice_chairman")
CHAIR_SIDE = who(CHAIR, "office_clerk")
TEAM = who("team_leader", "team_member")
WATCHERS = who("leader", "health", "district", "police", "union", "department")
# Same role, other place: for them what belongs to the first place does not exist.
ELSEWHERE = who(
    "stranger", "newcomer", "zone_officer", "zone_head", "district_elsewhere", "team_leader_elsewhere"
)


@dataclass(frozen=True)
class Row:
    """One address: who is answered on GET and on POST, its arguments, and what is posted to it."""

    get: Who
    post: Who = NOBODY
    arguments: Arguments = lambda world: []
    data: Callable[[World], dict[str, Any]] = lambda world: {}


def thing(*names: str) -> Arguments:
    """The keys of things in the world."""
    return lambda world: [world.things[name] for name in names]


def dossier(state: str, *more: Any) -> Arguments:
    """The reference of the dossier in a state, and what follows it; names of things are looked up."""
    return lambda world: [world.dossier(state), *(world.things.get(each, each) for each in more)]


# Who sees a dossier of DOLISA in the city: before a team is assigned, and after.
SEE = who(FIRM, DOLISA, CHAIR_SIDE, WATCHERS)
SEE_WITH_TEAM = who(SEE, TEAM)
EVIDENCE = who(FIRM, DOLISA, CHAIR_SIDE, TEAM, "health")  # personal papers: those who judge them
EVIDENCE_EARLY = who(FIRM, DOLISA, CHAIR_SIDE, "health")  # before a team is assigned
NOTES = who(DOLISA, CHAIR_SIDE, "health")  # officials who work on it, never the enterprise
SUBMITTER = who("owner")

ACCOUNTS = {
    "account_login": Row(ANYONE, ANYONE),
    "account_logout": Row(ANYONE, ANYONE),
    "account_inactive": Row(ANYONE),
    "account_signup": Row(ANYONE, ANYONE),
    "account_reauthenticate": Row(PEOPLE, PEOPLE),
    "account_email": Row(PEOPLE, PEOPLE),
    "account_email_verification_sent": Row(ANYONE),
    "account_change_password": Row(PEOPLE, PEOPLE),
    "account_set_password": Row(PEOPLE, PEOPLE),  # leads to the change of the password that everybody has
    "account_reset_password": Row(ANYONE, ANYONE),
    "account_reset_password_done": Row(ANYONE),
    "account_reset_password_from_key": Row(
        ANYONE, ANYONE, lambda world: ["1", "abc-def"]
    ),  # says: link is old
    "account_reset_password_from_key_done": Row(ANYONE),
    "account_confirm_login_code": Row(PEOPLE, PEOPLE),  # nobody waits for a code: on to home
    "account_confirm_email": Row(ANYONE, NOBODY, lambda world: ["abc"]),  # an unknown key confirms nothing
    "mfa_index": Row(PEOPLE),
    "mfa_authenticate": Row(PEOPLE, PEOPLE),
    "mfa_reauthenticate": Row(PEOPLE, PEOPLE),
    "mfa_activate_totp": Row(PEOPLE, PEOPLE),
    "mfa_deactivate_totp": Row(NOBODY),  # nobody of the cast has a second factor
    "mfa_view_recovery_codes": Row(NOBODY),
    "mfa_generate_recovery_codes": Row(PEOPLE, PEOPLE),
    "mfa_download_recovery_codes": Row(NOBODY),
    "organisations:profile": Row(PEOPLE, PEOPLE),
    "organisations:recovery_codes": Row(NOBODY),
    "organisations:recovery_codes_download": Row(NOBODY),
    "organisations:accept_invitation": Row(ANYONE, ANYONE),
    "organisations:open_invitation": Row(ANYONE, NOBODY, thing("official_token")),
}

PLACES = {
    "sites": Row(PEOPLE),
    "organisations:export_csv": Row(OFFICIALS),
    "organisations:export_xlsx": Row(OFFICIALS),
    "organisations:claim": Row(FIRMS, FIRMS),
    "organisations:new_site": Row(FIRMS, FIRMS),
    "organisations:ask_access": Row(FIRMS, FIRMS),
    "organisations:access_asked": Row(FIRMS),
    "enterprise": Row(SEE_WITH_TEAM, NOBODY, thing("enterprise")),
    "site": Row(SEE_WITH_TEAM, NOBODY, thing("site")),
    "site_dossiers": Row(SEE_WITH_TEAM, NOBODY, thing("site")),
    "site_letters": Row(SEE_WITH_TEAM, NOBODY, thing("site")),
    "site_history": Row(SEE_WITH_TEAM, NOBODY, thing("site")),
    "dossiers:site_facts": Row(who(FIRM, DOLISA), who(FIRM, DOLISA), thing("site")),
    "dossiers:enterprise_facts": Row(who(FIRM, DOLISA), who(FIRM, DOLISA), thing("enterprise")),
    "organisations:confirm_claim": Row(DOLISA, DOLISA, thing("unconfirmed")),
    "organisations:dispute_claim": Row(DOLISA, DOLISA, thing("unconfirmed")),
    "dossiers:signer": Row(SUBMITTER, SUBMITTER, thing("enterprise")),
    "dossiers:signer_paper": Row(who(FIRM, DOLISA), NOBODY, thing("signer_paper")),
    "organisations:colleagues": Row(FIRMS),
    "organisations:invite_colleague": Row(SUBMITTER, SUBMITTER, thing("enterprise")),
    "organisations:end_membership": Row(FIRM, FIRM, thing("membership")),  # the colleague may leave
    "organisations:withdraw_colleague": Row(SUBMITTER, SUBMITTER, thing("joining")),
    "organisations:access_request": Row(who(SUBMITTER, DOLISA), who(SUBMITTER, DOLISA), thing("access")),
}

ADMINISTRATION = {
    "organisations:people": Row(who("admin"), who("admin")),
    "organisations:invite_official": Row(who("admin"), who("admin")),
    "organisations:end_post": Row(who("admin"), who("admin"), thing("post")),
    "organisations:resend_invitation": Row(who("admin"), who("admin"), thing("official_invitation")),
    "organisations:withdraw_official": Row(who("admin"), who("admin"), thing("official_invitation")),
    "organisations:catalogues": Row(who("admin")),
    "organisations:holidays": Row(who("admin")),
    "organisations:new_holiday": Row(who("admin"), who("admin")),
    "organisations:holiday": Row(who("admin"), who("admin"), thing("holiday")),
    "organisations:remove_holiday": Row(who("admin"), who("admin"), thing("holiday")),
    "organisations:zones": Row(who("admin")),
    "organisations:teams": Row(who("admin", DESKS)),
    "organisations:team": Row(who("admin", DOLISA), who("admin", DOLISA), thing("team")),
    "organisations:new_team": Row(who("admin", DESKS), who("admin", DESKS)),
    "organisations:end_team": Row(who("admin", DOLISA), who("admin", DOLISA), thing("team")),
    "organisations:leave_team": Row(who("admin", DOLISA), who("admin", DOLISA), thing("team_member")),
    "organisations:agencies": Row(who("admin")),
    "organisations:agency": Row(who("admin"), who("admin"), lambda world: ["DOLISA"]),
    "organisations:units": Row(who("admin")),
    "system": Row(who("admin")),
    "components": Row(who("admin")),
    "journal_log": Row(who("admin")),
    "journal_csv": Row(who("admin")),
    "journal_xlsx": Row(who("admin")),
}

OPEN = {
    "front": Row(ANYONE),
    "guide": Row(ANYONE),
    "dossiers:worker_list_form": Row(ANYONE),
    "plan": Row(ANYONE),
    "plan_clause": Row(ANYONE, NOBODY, lambda world: ["III.1.2-a"]),
    "check": Row(ANYONE),
    "check_letter": Row(ANYONE, NOBODY, thing("token")),
    "track": Row(ANYONE, NOBODY),  # a POST of nothing finds nothing
    "health_live": Row(ANYONE),
    "health_ready": Row(ANYONE),
    "set_language": Row(ANYONE, ANYONE),
}

EVERYBODYS = {
    "home": Row(PEOPLE, PEOPLE),  # the administrator's home searches people by POST
    "search": Row(PEOPLE),
    "organisations:cover": Row(OFFICIALS, OFFICIALS),
    "organisations:end_cover": Row(NOBODY, DOLISA, thing("cover")),
    "notices:inbox": Row(PEOPLE),
    "notices:read_all": Row(NOBODY, PEOPLE),
    "notices:open": Row(NOBODY, who("owner"), thing("message")),
    "documents:letters": Row(PEOPLE),
    "documents:letter": Row(SEE_WITH_TEAM, NOBODY, thing("letter")),
    "documents:letter_pdf": Row(SEE_WITH_TEAM, NOBODY, thing("letter")),
}

ENTERPRISE = {
    "dossiers:new": Row(FIRMS, FIRMS),
    "dossiers:answers": Row(FIRM, FIRM, dossier(State.DRAFT, "baseline")),
    "dossiers:papers": Row(FIRM, NOBODY, dossier(State.DRAFT)),
    "dossiers:paper": Row(FIRM, FIRM, dossier(State.DRAFT, "commitment")),
    "dossiers:use_files": Row(FIRM, FIRM, dossier(State.DRAFT, "commitment")),
    "dossiers:take_out": Row(FIRM, FIRM, dossier(State.DRAFT, "commitment")),
    "dossiers:retract": Row(FIRM, FIRM, dossier(State.DRAFT, "commitment", 1)),
    "dossiers:drop_file": Row(FIRM, FIRM, dossier(State.DRAFT, "commitment", "upload")),
    "dossiers:pack": Row(FIRM, FIRM, dossier(State.DRAFT), lambda world: {"kind": "separators"}),
    "dossiers:pack_pdf": Row(FIRM, NOBODY, dossier(State.DRAFT, "papers", 1)),
    "dossiers:scan": Row(FIRM, FIRM, dossier(State.DRAFT)),
    "dossiers:scan_progress": Row(FIRM, NOBODY, dossier(State.DRAFT)),
    "dossiers:scan_file": Row(FIRM, FIRM, dossier(State.DRAFT)),
    "dossiers:scan_drop": Row(FIRM, FIRM, dossier(State.DRAFT)),
    "dossiers:scan_page": Row(FIRM, NOBODY, dossier(State.DRAFT, 1)),
    "dossiers:hand": Row(FIRM, FIRM, dossier(State.DRAFT)),
    "dossiers:check": Row(FIRM, NOBODY, dossier(State.DRAFT)),
    "dossiers:submit": Row(FIRM, SUBMITTER, dossier(State.DRAFT), lambda world: {"declared": "yes"}),
    "dossiers:submitted": Row(FIRM, NOBODY, dossier(State.SUBMITTED)),
    "dossiers:withdraw": Row(FIRM, SUBMITTER, dossier(State.SUBMITTED)),
    "dossiers:plan": Row(FIRM, NOBODY, dossier(State.DRAFT)),
    "dossiers:plan_part": Row(FIRM, FIRM, dossier(State.DRAFT, "work")),
    "dossiers:drafts": Row(FIRM, NOBODY, dossier(State.DRAFT)),
    "dossiers:draft": Row(FIRM, NOBODY, dossier(State.DRAFT, "commitment")),
    "dossiers:draft_pdf": Row(FIRM, NOBODY, dossier(State.DRAFT, "commitment")),
    "dossiers:draft_docx": Row(FIRM, NOBODY, dossier(State.DRAFT, "commitment")),
    "dossiers:draft_page": Row(FIRM, NOBODY, dossier(State.DRAFT, "commitment", 1)),
    "dossiers:newest_forms": Row(FIRM, FIRM, dossier(State.DRAFT)),  # GET leads to the plan
    "dossiers:renew": Row(FIRM, FIRM, dossier(State.DECLINED)),
}

DESK = {
    "dossiers:list": Row(PEOPLE),
    "dossiers:detail": Row(SEE, NOBODY, dossier(State.SUBMITTED)),
    "dossiers:clock": Row(SEE, NOBODY, dossier(State.ACCEPTED)),
    "dossiers:timeline": Row(SEE, NOBODY, dossier(State.SUBMITTED)),
    "dossiers:paper_file": Row(SEE_WITH_TEAM, NOBODY, dossier(State.INSPECTED, "commitment", 1)),
    "dossiers:paper_page": Row(SEE_WITH_TEAM, NOBODY, dossier(State.INSPECTED, "commitment", 1, 1)),
    "dossiers:paper_original": Row(SEE_WITH_TEAM, NOBODY, dossier(State.INSPECTED, "commitment", 1, 1)),
    "dossiers:volume": Row(SEE, NOBODY, dossier(State.SUBMITTED)),
    "dossiers:review": Row(SEE, NOBODY, dossier(State.SUBMITTED)),
    "dossiers:receipt_pdf": Row(who(FIRM, DOLISA, CHAIR_SIDE, "leader"), NOBODY, dossier(State.ACCEPTED)),
    "dossiers:volume_pdf": Row(SEE, NOBODY, dossier(State.SUBMITTED)),
    "dossiers:evidence": Row(EVIDENCE, NOBODY, dossier(State.INSPECTED, "baseline")),
    "dossiers:mark": Row(
        NOBODY,
        DOLISA,
        dossier(State.SUBMITTED),
        lambda world: {"paper": world.things["paper"], "verdict": "in_order"},
    ),
    "dossiers:claim": Row(NOBODY, DOLISA, dossier(State.SUBMITTED)),
    "dossiers:accept": Row(DOLISA, DOLISA, dossier(State.SUBMITTED)),
    "dossiers:decline": Row(DOLISA, DOLISA, dossier(State.SUBMITTED)),
    "dossiers:holding": Row(DOLISA, NOBODY, dossier(State.SUBMITTED)),
    "dossiers:release": Row(NOBODY, DOLISA, dossier(State.SUBMITTED)),
    "dossiers:take_over": Row(NOBODY, DOLISA, dossier(State.SUBMITTED)),
    "dossiers:hand_over": Row(NOBODY, DOLISA, dossier(State.SUBMITTED)),
    "dossiers:hand_over_all": Row(DESKS, DESKS),
    "dossiers:here": Row(NOBODY, DOLISA, dossier(State.SUBMITTED)),
    "dossiers:ticks": Row(
        NOBODY,
        DOLISA,
        dossier(State.SUBMITTED),
        lambda world: {"paper": world.things["paper"], "tick": ["1"]},
    ),
    "dossiers:messages": Row(EVIDENCE_EARLY, who(FIRM, DOLISA), dossier(State.SUBMITTED)),
    "dossiers:read_messages": Row(NOBODY, EVIDENCE_EARLY, dossier(State.SUBMITTED)),
    "dossiers:message_file": Row(EVIDENCE_EARLY, NOBODY, thing("message_dossier", "entry", "one")),
    "dossiers:retract_message_file": Row(
        DOLISA, DOLISA, thing("message_dossier", "entry", "one"), lambda world: {"reason": "Nhầm"}
    ),
    "dossiers:retract_payroll": Row(
        DOLISA, DOLISA, dossier(State.INSPECTED), lambda world: {"reason": "Nhầm"}
    ),
    "dossiers:notes": Row(NOTES, NOTES, dossier(State.SUBMITTED)),
    "dossiers:read_notes": Row(NOBODY, NOTES, dossier(State.SUBMITTED)),
    "dossiers:opinions": Row(who(NOTES, "district"), DOLISA, thing("asked_about")),
    "dossiers:answer_opinion": Row(who("district"), who("district"), thing("asked_about", "opinion")),
    "dossiers:supplement": Row(SEE, who(FIRM, DOLISA), dossier(State.SUBMITTED)),
    "dossiers:propose_team": Row(DOLISA, DOLISA, dossier(State.ACCEPTED)),
    "dossiers:reinspect": Row(DOLISA, DOLISA, dossier(State.INSPECTED)),
    "dossiers:forward": Row(DOLISA, DOLISA, dossier(State.INSPECTED)),
}

DESK_TOOLS = {
    "dossiers:book": Row(DESKS),
    "dossiers:book_pdf": Row(DESKS),
    "dossiers:book_xlsx": Row(DESKS),
    "dossiers:apology": Row(DOLISA, DOLISA, dossier(State.ACCEPTED)),
    "dossiers:control": Row(DOLISA, DOLISA, dossier(State.ACCEPTED)),
    "dossiers:library": Row(DESKS),
    "dossiers:new_library_text": Row(DESKS, DESKS),
    "dossiers:library_text": Row(DOLISA, DOLISA, thing("library_text")),
    "dossiers:bulk_claim": Row(DESKS, DESKS),
    "dossiers:bulk_propose": Row(DESKS, DESKS),
    "dossiers:bulk_forward": Row(DESKS, DESKS),
    "dossiers:bulk_result": Row(DOLISA, NOBODY, thing("bulk_act")),
    "dossiers:bulk_undo": Row(NOBODY, who("dolisa_officer"), thing("bulk_act")),
    "dossiers:move": Row(DOLISA, DOLISA, dossier(State.SUBMITTED)),
    "dossiers:move_visit": Row(DOLISA, DOLISA, dossier(State.TEAM_ASSIGNED)),
    "dossiers:correct": Row(DOLISA, DOLISA, dossier(State.ACCEPTED)),
    "dossiers:corrections": Row(SEE, NOBODY, dossier(State.ACCEPTED)),
    "dossiers:object": Row(
        NOBODY, FIRM, dossier(State.ACCEPTED, "correction"), lambda world: {"objection": "Sai"}
    ),
    "dossiers:counter": Row(DESKS, DESKS),
    "dossiers:paper_permits": Row(PEOPLE),
    "dossiers:paper_permit": Row(DESKS, DESKS),
    "dossiers:paper_permit_one": Row(SEE, NOBODY, thing("paper_permit")),
    "dossiers:paper_permit_scan": Row(SEE, NOBODY, thing("paper_permit")),
    "documents:register_send": Row(DESKS, DESKS),
    "documents:register_form": Row(DESKS),
    "documents:register_import": Row(DOLISA, DOLISA, thing("register")),
    "documents:register_result": Row(DOLISA, NOBODY, thing("register")),
    "dossiers:export_csv": Row(OFFICIALS),
    "dossiers:export_xlsx": Row(OFFICIALS),
    "dossiers:views": Row(DESKS),
    "dossiers:new_view": Row(DESKS, DESKS),
    "dossiers:delete_view": Row(NOBODY, DOLISA, thing("shared_view")),
}

TEAMS = {
    "visits:list": Row(who(DESKS, CHAIR_SIDE, TEAM, "leader", "team_leader_elsewhere")),
    "visits:visit": Row(SEE_WITH_TEAM, TEAM, thing("visit")),
    "visits:sign": Row(who("team_leader"), who("team_leader"), thing("visit")),
    "visits:sign_paper": Row(who("team_leader"), who("team_leader"), thing("visit")),
}

CHAIRMAN = {
    "decisions": Row(CHAIR_SIDE),
    "dossiers:assign_team": Row(CHAIR_SIDE, CHAIR_SIDE, dossier(State.TEAM_PROPOSED)),
    "paper_signature": Row(who("office_clerk"), who("office_clerk"), dossier(State.FORWARDED)),
    "briefing": Row(
        who("office_clerk"),
        who("office_clerk"),
        dossier(State.FORWARDED),
        lambda world: {"text": "Gọn", "proposal": "sign"},
    ),
    "signing_session": Row(CHAIR, CHAIR, data=lambda world: {"act": "begin"}),
    "annex": Row(CHAIR, CHAIR),
    "annex_paper": Row(who("office_clerk"), who("office_clerk")),
    "annex_paper_kept": Row(who("office_clerk"), who("office_clerk"), thing("annex_scan")),
    "authorisations": Row(who("office_clerk"), who("office_clerk")),
    "end_authorisation": Row(NOBODY, who("office_clerk"), thing("authorisation")),
    "number_block": Row(CHAIR_SIDE, who("office_clerk")),
    "letter_register": Row(who("office_clerk")),
    "recall_letter": Row(CHAIR_SIDE, CHAIR_SIDE, thing("letter"), lambda world: {"reason": "Nhầm"}),
    "decide": Row(
        CHAIR_SIDE, CHAIR, dossier(State.FORWARDED),
        lambda world: {"advice": world.things["advice"], "kind": "quyet_dinh"},
    ),
    "refuse": Row(CHAIR, CHAIR, dossier(State.FORWARDED)),
    "letter_preview": Row(CHAIR_SIDE, NOBODY, dossier(State.FORWARDED, "quyet_dinh")),
    "letter_preview_page": Row(CHAIR_SIDE, NOBODY, dossier(State.FORWARDED, "quyet_dinh", 1)),
    "return": Row(CHAIR_SIDE, CHAIR_SIDE, dossier(State.FORWARDED)),
    "decided": Row(SEE_WITH_TEAM, NOBODY, dossier(State.APPROVED)),
}  # fmt: skip

TABLE: dict[str, Row] = {
    **ACCOUNTS, **PLACES, **ADMINISTRATION, **OPEN, **EVERYBODYS, **ENTERPRISE, **DESK, **DESK_TOOLS, **TEAMS,
    **CHAIRMAN,
}  # fmt: skip
