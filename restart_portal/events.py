"""The one table of events: who answers what. A handler takes a subject id and an instant, and derives.

A lost, doubled or late event changes nothing: handlers make their own rows agree with the facts.
"""

EVENTS: dict[str, tuple[str, ...]] = {
    "letter.issued": ("documents.issuing.make_pdf",),
    "letter.ready": (),
    "official.invited": ("organisations.invitations.send",),
    "colleague.invited": ("organisations.invitations.send_to_colleague",),
    "enterprise.claimed": (),
    "enterprise.confirmed": (),
    "access.asked": (),
    "access.decided": (),
    "site.added": (),
    "dossier.submitted": (),
    "dossier.supplement_requested": (),
    "dossier.declined": (),
    "dossier.accepted": (),
    "dossier.team_proposed": (),
    "dossier.team_assigned": ("inspections.visiting.open_for",),
    "dossier.inspected": (),
    "dossier.forwarded": (),
    "dossier.sent_back": (),
    "dossier.approved": (),
    "dossier.refused": (),
    "dossier.withdrawn": (),
}
