"""A firm that has no account, written down by the desk that its papers were brought to."""

import unicodedata
from datetime import datetime

from django.db import transaction

import plan
from journal.recording import announce, record
from organisations.models import Enterprise, Representative, User
from organisations.registering import clean_tax_code
from pages.folding import fold, sort_key


class HasPeople(Exception):
    """The firm has an account of its own; it files there."""


def known(tax_code: str) -> Enterprise | None:
    """The firm of a tax code, if it is in the register. HasPeople when somebody of the firm has an account."""
    found: Enterprise | None = Enterprise.objects.filter(tax_code=clean_tax_code(tax_code)).first()
    if found is not None and found.memberships.filter(ended_at__isnull=True).exists():
        raise HasPeople(found.name)
    return found


@transaction.atomic
def write_down(
    *, tax_code: str, name: str, address: str, phone: str, signer_name: str, signer_title: str, by: User, at: datetime
) -> Enterprise:  # fmt: skip
    """Makes the firm, confirmed by the officer who has seen its papers. Nobody of the firm has an account yet.

    Whoever of the firm claims its tax code later is led to ask for access, which this agency answers.
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
