"""Registering an enterprise and its sites: a claim that can draft, confirmed by the agency."""

import unicodedata
from datetime import date, datetime
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.vn import mst

import plan
from journal.recording import announce, record
from organisations.disputing import reopen
from organisations.models import (
    AccessRequest,
    AdminUnit,
    Agency,
    Enterprise,
    Membership,
    Representative,
    Site,
    User,
    Zone,
)
from organisations.plan_in_force import rules_at
from pages.folding import fold, sort_key

log = structlog.get_logger(__name__)


class TaxCodeTaken(Exception):
    """The tax code already has a holder. The page offers to ask for access and says nothing of the holder."""


class SiteExists(Exception):
    """The enterprise has a site of this name: `site`."""

    def __init__(self, site: Site) -> None:
        super().__init__(site.name)
        self.site = site


class MixesSides(Exception):
    """An official asks for access: nobody both receives papers and files them."""


class OwnRequest(Exception):
    """Somebody would let himself in."""


class BadTaxCode(Exception):
    """The tax code is not one that the tax office can have issued."""


def clean_tax_code(text: str) -> str:
    """Digits, with a dash before a branch number; BadTaxCode otherwise."""
    try:
        compact = mst.validate(text.strip())
    except StdnumError as error:
        raise BadTaxCode(text) from error
    return f"{compact[:10]}-{compact[10:]}" if len(compact) == 13 else compact


@transaction.atomic
def register_enterprise(
    *, by: User, at: datetime, tax_code: str, name: str, address: str, province: AdminUnit | None, phone: str,
    signer_name: str, signer_title: str, signer_capacity: str,
) -> Enterprise:  # fmt: skip
    """Makes the enterprise with `by` as its first person (prepare and submit). TaxCodeTaken if it exists."""
    name = unicodedata.normalize("NFC", name.strip())
    try:
        with transaction.atomic():
            enterprise = Enterprise.objects.create(
                tax_code=clean_tax_code(tax_code),
                name=name,
                address=unicodedata.normalize("NFC", address.strip()),
                province=province,
                phone=phone,
                claimed_at=at,
                claimed_by=by,
                search=fold(f"{name} {tax_code}")[:300],
                sort_key=sort_key(name),
            )
    except IntegrityError as error:
        raise TaxCodeTaken(tax_code) from error
    Membership.objects.create(enterprise=enterprise, user=by, level=Membership.Level.SUBMIT, since=at)
    _first_signer(enterprise, signer_name, signer_title, signer_capacity, since=plan.local_day(at))
    record("enterprise.claimed", by=by, at=at, kind="enterprise", subject_id=enterprise.pk, fields=["name"])
    announce("enterprise.claimed", enterprise.pk, at=at)
    return enterprise


def _first_signer(enterprise: Enterprise, name: str, title: str, capacity: str, *, since: date) -> None:
    Representative.objects.create(
        enterprise=enterprise,
        full_name=unicodedata.normalize("NFC", name.strip()),
        title=title.strip(),
        capacity=capacity,
        since=since,
    )


def site_key(name: str) -> str:
    """What two names of one site have in common: capitals, spaces and the form of Unicode do not matter, marks do."""
    return " ".join(unicodedata.normalize("NFC", name.casefold()).split())


def site_named(enterprise: Enterprise, name: str) -> Site | None:
    """The site of this name, wherever it lies; whoever adds one where there is none holds the enterprise before."""
    rows = enterprise.sites.select_related("commune", "district", "receiving_agency", "created_by")
    wanted = site_key(name)
    return next((site for site in rows.order_by("created_at", "pk") if site_key(site.name) == wanted), None)


@transaction.atomic
def add_new_site(*, enterprise: Enterprise, by: User, at: datetime, name: str, **place: Any) -> Site:
    """Adds a site whose name the enterprise does not use yet; SiteExists otherwise."""
    Enterprise.objects.select_for_update().get(
        pk=enterprise.pk
    )  # the second of two at once finds the first's
    if (found := site_named(enterprise, name)) is not None:
        raise SiteExists(found)
    return add_site(enterprise=enterprise, by=by, at=at, name=name, **place)


@transaction.atomic
def add_site(
    *,
    enterprise: Enterprise,
    by: User,
    at: datetime,
    name: str,
    address: str,
    commune: AdminUnit,
    zone: Zone | None,
) -> Site:
    """Adds a place of production; its receiving agency follows from the zone (routing, section 7)."""
    name = unicodedata.normalize("NFC", name.strip())
    address = unicodedata.normalize("NFC", address.strip())
    code = rules_at(at).receiving_agency(in_zone=zone is not None and zone.is_zone_or_park)
    site = Site.objects.create(
        enterprise=enterprise,
        name=name,
        address=address,
        commune=commune,
        district=commune.parent,
        zone=zone,
        receiving_agency=Agency.objects.get(code=code),
        created_at=at,
        created_by=by,
        search=fold(f"{name} {enterprise.name} {enterprise.tax_code}")[:500],
        sort_key=sort_key(name),
    )
    record("site.added", by=by, at=at, kind="site", subject_id=site.pk, fields=["name", "address", "zone"])
    announce("site.added", site.pk, at=at)
    return site


def relocate(*, site: Site, zone: Zone | None, agency: Agency, by: User, at: datetime) -> None:
    """Puts right in which zone a site lies, inside the caller's transaction; its receiving agency follows."""
    Site.objects.filter(pk=site.pk).update(zone=zone, receiving_agency=agency)
    record(
        "site.relocated", by=by, at=at, kind="site", subject_id=site.pk, fields=["receiving_agency", "zone"]
    )


@transaction.atomic
def confirm_claim(*, enterprise: Enterprise, by: User, at: datetime) -> bool:
    """The agency confirms that the claimant speaks for the enterprise; False when it was answered before."""
    rows = Enterprise.objects.filter(pk=enterprise.pk, confirmed_at__isnull=True, disputed_at__isnull=True)
    won = rows.update(confirmed_at=at, confirmed_by=by)
    if won:
        record("enterprise.confirmed", by=by, at=at, kind="enterprise", subject_id=enterprise.pk)
        announce("enterprise.confirmed", enterprise.pk, at=at)
    return bool(won)


@transaction.atomic
def ask_access(*, tax_code: str, note: str, by: User, at: datetime) -> None:
    """A later claimant asks; the holders and the agency are told. The asker learns nothing either way."""
    enterprise = Enterprise.objects.filter(tax_code=clean_tax_code(tax_code)).first()
    if enterprise is None or enterprise.memberships.filter(user=by, ended_at__isnull=True).exists():
        return
    asked, created = AccessRequest.objects.get_or_create(
        enterprise=enterprise, user=by, decided_at__isnull=True, defaults={"asked_at": at, "note": note[:500]}
    )
    if created:
        record("access.asked", by=by, at=at, kind="enterprise", subject_id=enterprise.pk)
        announce("access.asked", asked.pk, at=at)


@transaction.atomic
def decide_access(*, asked: AccessRequest, granted: bool, level: str, by: User, at: datetime) -> bool:
    """A holder or the agency answers; granting makes a membership. False when somebody else answered first.

    OwnRequest and MixesSides where the asker cannot be let in; refusing is open then too.
    """
    if granted and asked.user_id == by.pk:
        raise OwnRequest
    if granted and asked.user.is_official:  # who came to an agency after asking
        raise MixesSides
    won = AccessRequest.objects.filter(pk=asked.pk, decided_at__isnull=True).update(
        decided_at=at, decided_by=by, granted=granted
    )
    if not won:
        return False
    if granted:
        Membership.objects.get_or_create(
            enterprise_id=asked.enterprise_id,
            user_id=asked.user_id,
            ended_at__isnull=True,
            defaults={"level": level, "since": at},
        )
        reopen(asked.enterprise_id)
    record(
        "access.decided", by=by, at=at, kind="enterprise", subject_id=asked.enterprise_id, fields=["granted"]
    )
    announce("access.decided", asked.pk, at=at)
    return True
