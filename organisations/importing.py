"""Entering a register of enterprises that an agency has: firms, their sites, and invitations to their people.

What is there already is left alone, so that a list that comes twice changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

import plan
from journal.recording import record_many
from organisations import invitations
from organisations.models import (
    Agency,
    Enterprise,
    Membership,
    MembershipInvitation,
    Representative,
    Site,
    User,
)
from pages.folding import fold, sort_key

MANY = 500
DIRECTOR = "Giám đốc"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Entered:
    """How many were made, and how many sites were there before."""

    enterprises: int = 0
    sites: int = 0
    known: int = 0
    invitations: int = 0


def statuses(rows: Sequence[Row]) -> dict[int, str]:
    """What entering would do with each row: a new "enterprise", a new "site" of a known one, or "known"."""
    firms = _firms({row["tax_code"] for row in rows})
    sites = _sites(firms.values())
    found = {}
    for row in rows:
        firm = firms.get(row["tax_code"])
        if firm is None:
            found[row["row"]] = "enterprise"
        else:
            found[row["row"]] = "known" if (firm, sort_key(row["site"])) in sites else "site"
    return found


@transaction.atomic
def enter(*, rows: Sequence[Row], agency: Agency, by: User, at: datetime) -> Entered:
    """Makes what is missing, in one transaction. Two lists of one agency wait for each other."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    before = _firms({row["tax_code"] for row in rows})
    fresh = _new_enterprises(rows, before, by=by, at=at)
    firms = before | {tax_code: firm.pk for tax_code, firm in fresh.items()}
    known_firms, known = set(before.values()), _sites(before.values())
    sites = [
        _site(row, firms[row["tax_code"]], agency, by=by, at=at)
        for row in rows
        if (firms[row["tax_code"]], sort_key(row["site"])) not in known
    ]
    Site.objects.bulk_create(sites, batch_size=MANY)
    record_many(
        "enterprise.imported", by=by, at=at, kind="enterprise", subject_ids=[f.pk for f in fresh.values()]
    )
    # A firm that is new came with its sites; a site that a known firm gets has a row of its own.
    added = [site.pk for site in sites if site.enterprise_id in known_firms]
    record_many("site.imported", by=by, at=at, kind="site", subject_ids=added)
    invited = invitations.invite_many(_unheld(rows, firms), level=Membership.Level.SUBMIT, by=by, at=at)
    transaction.on_commit(_analyze)
    return Entered(len(fresh), len(sites), len(rows) - len(sites), invited)


def _pieces(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Keys in lists that a query may name."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]


def _firms(tax_codes: Iterable[str]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for piece in _pieces(tax_codes):
        found |= dict(
            Enterprise.objects.filter(tax_code__in=piece).order_by("pk").values_list("tax_code", "pk")
        )
    return found


def _sites(firms: Iterable[UUID]) -> set[tuple[UUID, str]]:
    found: set[tuple[UUID, str]] = set()
    for piece in _pieces(firms):
        found |= set(
            Site.objects.filter(enterprise__in=piece).order_by("pk").values_list("enterprise", "sort_key")
        )
    return found


def _new_enterprises(
    rows: Sequence[Row], before: Mapping[str, UUID], *, by: User, at: datetime
) -> dict[str, Enterprise]:
    """The firms that are not there yet, confirmed by the agency that knows them; and who signs for them."""
    fresh: dict[str, Enterprise] = {}
    signers = []
    for row in rows:
        if row["tax_code"] in before or row["tax_code"] in fresh:
            continue
        firm = Enterprise(
            tax_code=row["tax_code"], name=row["name"], address=row["address"] or row["site_address"],
            phone=row["phone"], origin=Enterprise.Origin.IMPORTED, claimed_at=at, claimed_by=by, confirmed_at=at,
            confirmed_by=by, search=fold(f"{row['name']} {row['tax_code']}")[:300], sort_key=sort_key(row["name"]),
        )  # fmt: skip
        fresh[row["tax_code"]] = firm
        if row["signer"]:
            signers.append(
                Representative(
                    enterprise=firm, full_name=row["signer"], title=row["signer_title"] or DIRECTOR,
                    capacity=Representative.Capacity.LEGAL, since=plan.local_day(at),
                )
            )  # fmt: skip
    Enterprise.objects.bulk_create(fresh.values(), batch_size=MANY)
    Representative.objects.bulk_create(signers, batch_size=MANY)
    return fresh


def _site(row: Row, firm: UUID, agency: Agency, *, by: User, at: datetime) -> Site:
    return Site(
        enterprise_id=firm, name=row["site"], address=row["site_address"], commune_id=row["commune"],
        district_id=row["district"], zone_id=row["zone"] or None, receiving_agency=agency, created_at=at,
        created_by=by, search=fold(f"{row['site']} {row['name']} {row['tax_code']}")[:500],
        sort_key=sort_key(row["site"]),
    )  # fmt: skip


def _unheld(rows: Sequence[Row], firms: Mapping[str, UUID]) -> list[tuple[Enterprise, str]]:
    """Firms of the list that name an address, have nobody yet, and have not invited that address."""
    wanted = {firms[row["tax_code"]]: row["email"] for row in reversed(rows) if row["email"]}
    for piece in _pieces(wanted):
        held = Membership.objects.filter(enterprise__in=piece, ended_at__isnull=True)
        asked = MembershipInvitation.objects.filter(enterprise__in=piece, withdrawn_at__isnull=True)
        for firm in held.order_by("pk").values_list("enterprise", flat=True):
            wanted.pop(firm, None)
        for firm, email in asked.order_by("pk").values_list("enterprise", "email"):
            if wanted.get(firm) == email:
                del wanted[firm]
    found: dict[UUID, Enterprise] = {}
    for piece in _pieces(wanted):
        found |= Enterprise.objects.in_bulk(piece)
    return [(found[firm], email) for firm, email in wanted.items()]


def _analyze() -> None:
    """Fresh statistics after many rows; both databases plan by them."""
    tables = [model._meta.db_table for model in (Enterprise, Site, MembershipInvitation)]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
