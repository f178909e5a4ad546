"""Which addresses of tests/permissions.py are pages, and who opens each: for the walk of test_every_page.py."""

from tests.permissions import TABLE

A_FILE, LEADS_ON, PLAIN = "a file, not a page", "leads on to another page", "a word for machines"

# Addresses that a GET answers without a page.
NO_PAGE = {
    "account_confirm_login_code": "no codes by mail: leads on home",
    "account_set_password": LEADS_ON,
    "mfa_download_recovery_codes": A_FILE,
    "organisations:recovery_codes_download": A_FILE,
    "organisations:open_invitation": LEADS_ON,
    "organisations:export_csv": A_FILE,
    "organisations:export_xlsx": A_FILE,
    "organisations:confirm_claim": LEADS_ON,
    "dossiers:signer_paper": A_FILE,
    "journal_csv": A_FILE,
    "journal_xlsx": A_FILE,
    "dossiers:worker_list_form": A_FILE,
    "health_live": PLAIN,
    "health_ready": PLAIN,
    "set_language": LEADS_ON,
    "documents:letter_pdf": A_FILE,
    "dossiers:use_files": LEADS_ON,
    "dossiers:take_out": LEADS_ON,
    "dossiers:drop_file": LEADS_ON,
    "dossiers:pack_pdf": A_FILE,
    "dossiers:scan_file": LEADS_ON,
    "dossiers:scan_drop": LEADS_ON,
    "dossiers:scan_page": A_FILE,
    "dossiers:scan_progress": "a part of the page of the scan",
    "dossiers:submit": LEADS_ON,
    "dossiers:draft_pdf": A_FILE,
    "dossiers:draft_docx": A_FILE,
    "dossiers:draft_page": A_FILE,
    "dossiers:newest_forms": LEADS_ON,
    "dossiers:renew": LEADS_ON,
    "dossiers:paper_file": A_FILE,
    "dossiers:paper_page": A_FILE,
    "dossiers:paper_original": A_FILE,
    "dossiers:review": LEADS_ON,
    "dossiers:receipt_pdf": LEADS_ON,
    "dossiers:volume_pdf": A_FILE,
    "dossiers:evidence": A_FILE,
    "dossiers:message_file": A_FILE,
    "dossiers:answer_opinion": LEADS_ON,
    "dossiers:book_pdf": A_FILE,
    "dossiers:book_xlsx": A_FILE,
    "dossiers:paper_permit_scan": A_FILE,
    "documents:register_form": A_FILE,
    "documents:register_result": A_FILE,
    "dossiers:export_csv": A_FILE,
    "dossiers:export_xlsx": A_FILE,
    "letter_preview": A_FILE,
    "letter_preview_page": A_FILE,
}

PICKED = "has picked some dossiers"
# Pages that somebody must first have come to; stories of test_every_page.py lead there, and name them.
REACHED = {
    "account_reset_password_from_key": "the link in the mail",
    "mfa_authenticate": "is half signed in",
    "mfa_reauthenticate": "signed in with a second factor, some time ago",
    "mfa_deactivate_totp": "has a second factor",
    "mfa_view_recovery_codes": "has a second factor",
    "mfa_generate_recovery_codes": "has a second factor",
    "organisations:recovery_codes": "has just been given codes",
    "organisations:accept_invitation": "has opened an invitation",
    "dossiers:bulk_claim": PICKED,
    "dossiers:bulk_propose": PICKED,
    "dossiers:bulk_forward": PICKED,
}

BULK = {
    "dossiers:bulk_claim": "submitted",
    "dossiers:bulk_propose": "accepted",
    "dossiers:bulk_forward": "inspected",
}  # and the state of a dossier that is picked for it

# Where a tax code comes first: one that is new, and one that the portal knows.
FIRMS = (
    ("dossiers:counter", "0100109106"),
    ("dossiers:paper_permit", "0100109106"),
    ("dossiers:paper_permit", "2100123457"),
)

# Addresses that only take what is sent.
ONLY_SENT = dict.fromkeys(
    (
        "organisations:end_cover", "notices:read_all", "notices:open", "dossiers:mark", "dossiers:claim",
        "dossiers:release", "dossiers:take_over", "dossiers:hand_over", "dossiers:here", "dossiers:ticks",
        "dossiers:read_messages", "dossiers:read_notes", "dossiers:bulk_undo", "dossiers:object",
        "dossiers:delete_view", "end_authorisation",
    ),
    "a GET is refused",
)  # fmt: skip

# Forms that are not sent empty on the walk.
NOT_SPOILED = {
    "components": "a gallery: its forms lead nowhere",
    "home": "a search",
    "organisations:people": "a search",
    "dossiers:list": "boxes to tick: with none the list says so",
    "visits:visit": "kept as far as it goes",
    "dossiers:plan_part": "kept as far as it goes",
    "dossiers:withdraw": "no reason is asked",
}
# Forms that say what is wrong at their own place.
NO_SUMMARY = {
    "track": "one sentence above the two fields",
    "dossiers:scan": "a page without a place is asked about again",
}

# Who opens a page: the first of these who may also send what is on it, else the first who may read it.
VIEWERS = (
    "owner", "dolisa_officer", "office_clerk", "chairman", "team_leader", "admin", "district", "zone_officer",
)  # fmt: skip
SIGNED_IN = {"account_logout", "account_reauthenticate"}  # open to everybody, and for who is signed in


def viewer(name: str) -> str:
    """Who opens the page of this route, a name of tests/world.py."""
    row = TABLE[name]
    if "anonymous" in row.get and name not in SIGNED_IN:
        return "anonymous"
    able = row.get & row.post or row.get
    return next((each for each in VIEWERS if each in able), min(able))


EVERY_SIDE = "open", "owner", "desk", "others"
SIDES = {"anonymous": "open", "owner": "owner", "dolisa_officer": "desk"}


def pages(side: str) -> list[str]:
    """Routes of the walk of one side ("others": of those who have none), by who opens them."""
    opened = [name for name, row in TABLE.items() if row.get and name not in NO_PAGE and name not in REACHED]
    of_side = [name for name in opened if SIDES.get(viewer(name), "others") == side]
    return sorted(of_side, key=lambda name: (viewer(name), list(TABLE).index(name)))
