"""The one table of events: who answers what. A handler takes a subject id and an instant, and derives.

A lost, doubled or late event changes nothing: handlers make their own rows agree with the facts.
"""

EVENTS: dict[str, tuple[str, ...]] = {
    "letter.issued": ("documents.issuing.make_pdf",),
    "letter.ready": ("applications.telling.letter_ready",),
    "official.invited": ("organisations.invitations.send",),
    "colleague.invited": ("organisations.invitations.send_to_colleague",),
    "enterprise.claimed": (),
    "enterprise.confirmed": ("applications.telling.enterprise_confirmed",),
    "access.asked": ("applications.telling.access_asked",),
    "access.decided": ("applications.telling.access_decided",),
    "site.added": ("applications.telling.site_added",),
    "dossier.submitted": ("applications.telling.submitted",),
    "dossier.supplement_requested": ("applications.telling.supplement_requested",),
    "dossier.declined": ("applications.telling.declined",),
    "dossier.accepted": ("applications.telling.accepted",),
    "dossier.team_proposed": ("applications.telling.team_proposed",),
    "dossier.team_assigned": ("inspections.visiting.open_for", "applications.telling.team_assigned"),
    "dossier.inspected": ("applications.telling.inspected",),
    "dossier.forwarded": ("applications.telling.forwarded",),
    "dossier.sent_back": ("applications.telling.sent_back",),
    "dossier.approved": (),
    "dossier.refused": (),
    "dossier.withdrawn": ("applications.telling.withdrawn",),
}
