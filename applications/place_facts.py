"""What a site and an enterprise say of themselves is put right: letters to come print it, those that are out stay.

By their own people until a dossier is handed in; by an agency that receives there at any time, with a reason that
the enterprise reads.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from applications.filing import search_text
from applications.models import Dossier
from applications.unmet import NotAllowed, Refused, reason_unmet
from journal.models import AuditEvent
from journal.recording import announce, record
from organisations.models import AdminUnit, Enterprise, Site, User
from organisations.registering import SiteExists, site_named
from organisations.roles import May
from pages.folding import fold, sort_key

OWN, AGENCY = "own", "agency"
SITE, ENTERPRISE = "site.corrected", "enterprise.corrected"


class HandedIn(Exception):
    """A dossier of the place is at the agency, which alone puts right what stands in it."""


def side_of(user: User, enterprise: Enterprise, sites: QuerySet[Site], *, at: datetime) -> str:
    """As whom somebody may put these sites, or their enterprise, right; empty for who may not."""
    if enterprise.pk in user.open_enterprises:
        return OWN
    agencies = user.agencies_where(May.RECEIVE, on=at)
    return AGENCY if agencies and sites.filter(receiving_agency__in=agencies).exists() else ""


def is_handed_in(sites: QuerySet[Site]) -> bool:
    """Whether a dossier of one of the sites was ever submitted."""
    return Dossier.objects.filter(site__in=sites, submitted_at__isnull=False).exists()


def told_of(row: Site | Enterprise) -> list[AuditEvent]:
    """Each time that facts were put right: who, when, why; the newest first."""
    verb, kind = (SITE, "site") if isinstance(row, Site) else (ENTERPRISE, "enterprise")
    rows = AuditEvent.objects.filter(subject_kind=kind, subject_id=str(row.pk), verb=verb)
    return list(rows.order_by("-pk")[:20])


@transaction.atomic
def correct_site(
    *, site: Site, name: str, address: str, commune: AdminUnit, reason: str = "", by: User, at: datetime
) -> list[str]:
    """Writes what differs and returns which; the zone, and with it the agency, is not a matter of this verb.

    NotAllowed, HandedIn, Refused (no reason), SiteExists for a name that another site of the enterprise has.
    """
    firm = Enterprise.objects.select_for_update(of=("self",)).get(pk=site.enterprise_id)
    side = _asked(by, firm, Site.objects.filter(pk=site.pk), reason, at=at)
    name = _clean(name)
    given = {"name": name, "address": _clean(address), "commune": commune, "district": commune.parent}
    changed = _differing(Site.objects.select_related("commune", "district").get(pk=site.pk), given)
    if "name" in changed:
        taken = site_named(firm, name)
        if taken is not None and taken.pk != site.pk:
            raise SiteExists(taken)
        changed |= {"sort_key": sort_key(name), "search": _search(name, firm)}
    if not changed:
        return []
    Site.objects.filter(pk=site.pk).update(**changed)
    if "name" in changed:
        _name_dossiers(site)
    return _say(SITE, "site", site.pk, changed, side, reason=reason, by=by, at=at)


@transaction.atomic
def correct_enterprise(
    *, enterprise: Enterprise, address: str, phone: str, reason: str = "", by: User, at: datetime
) -> list[str]:
    """Writes what differs and returns which; name and tax code are the claim, which the agency confirmed.

    NotAllowed, HandedIn, Refused (no reason).
    """
    firm = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)
    side = _asked(by, firm, Site.objects.filter(enterprise=firm), reason, at=at)
    changed = _differing(firm, {"address": _clean(address), "phone": phone})
    if not changed:
        return []
    Enterprise.objects.filter(pk=firm.pk).update(**changed)
    return _say(ENTERPRISE, "enterprise", firm.pk, changed, side, reason=reason, by=by, at=at)


def _asked(by: User, firm: Enterprise, sites: QuerySet[Site], reason: str, *, at: datetime) -> str:
    side = side_of(by, firm, sites, at=at)
    if not side:
        raise NotAllowed("correct")
    if side == OWN and is_handed_in(sites):
        raise HandedIn
    if side == AGENCY and (wrong := reason_unmet(reason)):
        raise Refused(wrong)
    return side


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())


def _search(name: str, firm: Enterprise) -> str:
    """As `registering.add_site` writes it."""
    return fold(f"{name} {firm.name} {firm.tax_code}")[:500]


def _differing(row: Site | Enterprise, given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if getattr(row, name) != value}


def _name_dossiers(site: Site) -> None:
    """Dossiers are found by the name of their site."""
    named = Site.objects.select_related("enterprise").get(pk=site.pk)
    for dossier in Dossier.objects.filter(site=site).only("pk", "code").order_by("pk"):
        Dossier.objects.filter(pk=dossier.pk).update(search=search_text(named, code=dossier.code or ""))


def _say(
    verb: str,
    kind: str,
    pk: Any,
    changed: Mapping[str, Any],
    side: str,
    *,
    reason: str,
    by: User,
    at: datetime,
) -> list[str]:
    """The row of the journal; what an agency did is told to the enterprise."""
    fields = [name for name in changed if name not in {"search", "sort_key", "district"}]
    why = reason.strip() if side == AGENCY else ""
    record(verb, by=by, at=at, kind=kind, subject_id=pk, fields=fields, reason=why)
    if side == AGENCY and verb == SITE:
        announce("site.corrected", pk, at=at)
    elif side == AGENCY:
        announce("enterprise.corrected", pk, at=at)
    return fields
