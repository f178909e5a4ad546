"""A firm that has no account, written down by the desk that its papers were brought to."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

import plan
from journal.recording import announce, record
from organisations import registering
from organisations.models import AdminUnit, Enterprise, Representative, Site, User
from organisations.registering import clean_tax_code
from pages.folding import fold, sort_key


class HasPeople(Exception):
    """The firm has an account of its own; it files there."""


def known(tax_code: str) -> Enterprise | None:
    """The firm of a tax code, if it is in the register. HasPeople when somebody of the firm has an account."""
    found: Enterprise | None = Enterprise.objects.filter(tax_code=clean_tax_code(tax_code)).first()
    if found is not None and has_people(found):
        raise HasPeople(found.name)
    return found


def has_people(firm: Enterprise) -> bool:
    """Whether somebody of the firm has an account."""
    return firm.memberships.filter(ended_at__isnull=True).exists()


def firm_of(facts: Mapping[str, str], *, by: User, at: datetime) -> Enterprise:
    """The firm of a tax code, written down if it is not in the register; of two at once it is the first's."""
    found = Enterprise.objects.filter(tax_code=clean_tax_code(facts["tax_code"])).first()
    if found is not None:
        return found
    try:
        return write_down(**facts, by=by, at=at)
    except IntegrityError:
        return Enterprise.objects.get(tax_code=clean_tax_code(facts["tax_code"]))


@transaction.atomic
def site_of(firm: Enterprise, *, by: User, at: datetime, name: str, commune: AdminUnit, **place: Any) -> Site:
    """The firm's site of this name, written down if it has none; SiteExists where it lies in another commune."""
    Enterprise.objects.select_for_update().get(pk=firm.pk)  # the second of two at once finds the first's site
    found = registering.site_named(firm, name)
    if found is not None and found.commune != commune:
        raise registering.SiteExists(found)
    if found is not None:
        return found
    return registering.add_site(enterprise=firm, by=by, at=at, name=name, commune=commune, **place)


@transaction.atomic
def write_down(
    *, tax_code: str, name: str, address: str, phone: str, signer_name: str, signer_title: str, by: User, at: datetime
) -> Enterprise:  # fmt: skip
    """Makes the firm, confirmed by the officer who has seen its papers. IntegrityError where it is there already.

    Nobody of the firm has an account yet. Whoever claims its tax code later is led to ask for access, which this
    agency answers.
    """
    name = unicodedata.normalize("NFC", name.strip())
    firm = Enterprise.objects.create(
        tax_code=clean_tax_code(tax_code), name=name, address=unicodedata.normalize("NFC", address.strip()),
        phone=phone, origin=Enterprise.Origin.COUNTER, claimed_at=at, claimed_by=by, confirmed_at=at,
        confirmed_by=by, search=fold(f"{name} {tax_code}")[:300], sort_key=sort_key(name),
    )  # fmt: skip
    Representative.objects.create(
        enterprise=firm, full_name=unicodedata.normalize("NFC", signer_name.strip()), title=signer_title.strip(),
        capacity=Representative.Capacity.LEGAL, since=plan.local_day(at),
    )  # fmt: skip
    record("enterprise.written_down", by=by, at=at, kind="enterprise", subject_id=firm.pk, fields=["name"])
    announce("enterprise.claimed", firm.pk, at=at)
    return firm
