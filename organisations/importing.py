"""Entering a register of enterprises that an agency has: firms, their sites, and invitations to their people.

What is there already is left alone, so that a list that comes twice changes nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

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
from organisations.registering import site_key
from pages.folding import fold, sort_key

MANY = 500
DIRECTOR = "Giám đốc"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Entered:
    """How many were made, how many sites were there before, and what became of each row, as `statuses` says it."""

    enterprises: int = 0
    sites: int = 0
    known: int = 0
    invitations: int = 0
    statuses: Mapping[int, str] = field(default_factory=dict)


def statuses(rows: Sequence[Row]) -> dict[int, str]:
    """What entering would do with each row: a new "enterprise", a new "site" of a known one, or "known"."""
    firms = _firms({row["tax_code"] for row in rows})
    return _statuses(rows, firms, _sites(firms.values()))


def _statuses(
    rows: Sequence[Row], firms: Mapping[str, UUID], sites: Collection[tuple[UUID, str]]
) -> dict[int, str]:
    found = {}
    for row in rows:
        firm = firms.get(row["tax_code"])
        if firm is None:
            found[row["row"]] = "enterprise"
        else:
            found[row["row"]] = "known" if (firm, site_key(row["site"])) in sites else "site"
    return found


@transaction.atomic
def enter(*, rows: Sequence[Row], agency: Agency, by: User, at: datetime) -> Entered:
    """Makes what is missing, in one transaction. Two lists of one agency wait for each other.

    A firm that signs itself up meanwhile, or comes in another agency's list, is a known one by then.
    """
    Agency.objects.select_for_update().get(pk=agency.pk)
    fresh = _new_enterprises(rows, _firms({row["tax_code"] for row in rows}), by=by, at=at)
    firms = _firms({row["tax_code"] for row in rows})
    before = {tax_code: firm for tax_code, firm in firms.items() if tax_code not in fresh}
    known_firms, known = set(before.values()), _sites(before.values())
    sites = [
        _site(row, firms[row["tax_code"]], agency, by=by, at=at)
        for row in rows
        if (firms[row["tax_code"]], site_key(row["site"])) not in known
    ]
    Site.objects.bulk_create(sites, batch_size=MANY)
    record_many(
        "enterprise.imported", by=by, at=at, kind="enterprise", subject_ids=[f.pk for f in fresh.values()]
    )
    # A firm that is new came with its sites; a site that a known firm gets has a row of its own.
    added = [site.pk for site in sites if site.enterprise_id in known_firms]
    record_many("site.imported", by=by, at=at, kind="site", subject_ids=added)
    invited = invitations.invite_many(
        _unheld(rows, firms, at=at), level=Membership.Level.SUBMIT, by=by, at=at
    )
    transaction.on_commit(_analyze)
    done = _statuses(rows, before, known)
    return Entered(len(fresh), len(sites), len(rows) - len(sites), invited, done)


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
        rows = Site.objects.filter(enterprise__in=piece).order_by("pk").values_list("enterprise", "name")
        found |= {(firm, site_key(name)) for firm, name in rows}
    return found


def _new_enterprises(
    rows: Sequence[Row], before: Mapping[str, UUID], *, by: User, at: datetime
) -> dict[str, Enterprise]:
    """The firms that are not there yet, confirmed by the agency that knows them; and who signs for them."""
    first = {row["tax_code"]: row for row in reversed(rows) if row["tax_code"] not in before}
    made = {
        tax_code: Enterprise(
            tax_code=tax_code, name=row["name"], address=row["address"] or row["site_address"],
            phone=row["phone"], origin=Enterprise.Origin.IMPORTED, claimed_at=at, claimed_by=by, confirmed_at=at,
            confirmed_by=by, search=fold(f"{row['name']} {tax_code}")[:300], sort_key=sort_key(row["name"]),
        )
        for tax_code, row in sorted(first.items())  # in one order, so that two lists wait and do not lock each other
    }  # fmt: skip
    Enterprise.objects.bulk_create(made.values(), batch_size=MANY, ignore_conflicts=True)
    now = _firms(made)
    fresh = {tax_code: firm for tax_code, firm in made.items() if now[tax_code] == firm.pk}
    Representative.objects.bulk_create(
        [
            Representative(
                enterprise=firm, full_name=first[tax_code]["signer"],
                title=first[tax_code]["signer_title"] or DIRECTOR, capacity=Representative.Capacity.LEGAL,
                since=plan.local_day(at),
            )
            for tax_code, firm in fresh.items()
            if first[tax_code]["signer"]
        ],
        batch_size=MANY,
    )  # fmt: skip
    return fresh


def _site(row: Row, firm: UUID, agency: Agency, *, by: User, at: datetime) -> Site:
    return Site(
        enterprise_id=firm, name=row["site"], address=row["site_address"], commune_id=row["commune"],
        district_id=row["district"], zone_id=row["zone"] or None, receiving_agency=agency, created_at=at,
        created_by=by, search=fold(f"{row['site']} {row['name']} {row['tax_code']}")[:500],
        sort_key=sort_key(row["site"]),
    )  # fmt: skip


def to_invite(rows: Sequence[Row], *, at: datetime) -> int:
    """How many people of firms that are there already entering would invite."""
    firms = _firms({row["tax_code"] for row in rows})
    return len(_unheld([row for row in rows if row["tax_code"] in firms], firms, at=at))


def _unheld(rows: Sequence[Row], firms: Mapping[str, UUID], *, at: datetime) -> list[tuple[Enterprise, str]]:
    """Firms of the list that name an address, have nobody yet, and whose invitation to it is not open or accepted."""
    live = Q(accepted_at__isnull=False) | Q(expires_at__gt=at)
    wanted = {firms[row["tax_code"]]: row["email"] for row in reversed(rows) if row["email"]}
    for piece in _pieces(wanted):
        held = Membership.objects.filter(enterprise__in=piece, ended_at__isnull=True)
        asked = MembershipInvitation.objects.filter(live, enterprise__in=piece, withdrawn_at__isnull=True)
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
