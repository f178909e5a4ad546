"""Reference data of the province: administrative units, zones, agencies and holidays, from `organisations/data/`.

Codes and names are those of the General Statistics Office for 2021; the register begins on 01/01/2021.
"""

import csv
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import holidays
from django.db import transaction

import plan
from organisations import agency_codes
from organisations.models import AdminUnit, Agency, Holiday, Zone
from pages.folding import sort_key

DATA = Path(__file__).parent / "data"
FIRST_YEAR, LAST_YEAR = 2021, 2027


@cache
def districts() -> list[tuple[str, str]]:
    """(code, "Huyện Càng Long") of the province, in the order of the alphabet; units follow their file."""
    rows = [
        row for row in _rows("units.csv") if row["level"] == AdminUnit.Level.DISTRICT and not row["valid_to"]
    ]
    rows.sort(key=lambda row: (sort_key(row["name"]), row["code"]))
    return [(row["code"], f"{row['kind']} {row['name']}") for row in rows]


@transaction.atomic
def load(*, at: datetime) -> dict[str, int]:
    """Makes what is missing and returns the counts. Idempotent: what a province has edited stays as it is.

    Units and zones follow the files; agencies and days off are only added, since both may be edited.
    """
    return {
        "units": _load_units(),
        "zones": _load_zones(),
        "agencies": _load_agencies(),
        "holidays": seed_holidays(until=max(LAST_YEAR, plan.local_day(at).year + 1)),
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_units() -> int:
    units = [
        AdminUnit(
            code=row["code"],
            level=row["level"],
            kind=row["kind"],
            name=row["name"],
            parent_id=row["parent"] or None,
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            sort_key=sort_key(row["name"]),
        )
        for row in _rows("units.csv")
    ]
    AdminUnit.objects.bulk_create(
        units,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["level", "kind", "name", "parent", "valid_from", "valid_to", "sort_key"],
    )
    return len(units)


def _load_zones() -> int:
    count = 0
    for row in _rows("zones.csv"):
        zone, _ = Zone.objects.update_or_create(
            code=row["code"],
            defaults={"name": row["name"], "kind": row["kind"], "sort_key": sort_key(row["name"])},
        )
        zone.districts.set(AdminUnit.objects.filter(code__in=row["districts"].split()))
        count += 1
    return count


def _load_agencies() -> int:
    with (DATA / "agencies.toml").open("rb") as file:
        data = tomllib.load(file)
    agencies = [_agency(entry) for entry in data["agency"]] + list(_district_committees(data["districts"]))
    Agency.objects.bulk_create(agencies, ignore_conflicts=True)
    return len(agencies)


def _agency(entry: dict[str, Any]) -> Agency:
    return Agency(
        code=entry["code"],
        number=entry["number"],
        name=entry["name"],
        short_name=entry["short_name"],
        letter_superior=entry.get("superior", ""),
        letter_lines=entry["letter"],
        symbol=entry["symbol"],
        address=entry.get("address", ""),
        phone=entry["phone"],
        email=entry.get("email", ""),
    )


def _district_committees(common: dict[str, Any]) -> Iterator[Agency]:
    districts = AdminUnit.objects.filter(level=AdminUnit.Level.DISTRICT).order_by("code")
    for number, district in enumerate(districts, start=common["first_number"]):
        yield Agency(
            code=f"{agency_codes.DISTRICT}{district.code}",
            number=str(number),
            name=f"Ủy ban nhân dân {district.kind.lower()} {district.name}",
            short_name=f"UBND {district.kind.lower()} {district.name}",
            letter_superior=common["superior"],
            letter_lines=["ỦY BAN NHÂN DÂN", district.full_name.upper()],
            symbol=common["symbol"],
            phone=common["phone"].format(number=number),
            district=district,
        )


def seed_holidays(*, until: int) -> int:
    """Adds the public holidays of each year up to `until` that the table does not have yet."""
    known = set(Holiday.objects.values_list("on", flat=True))
    calendar = holidays.country_holidays("VN", years=range(FIRST_YEAR, until + 1), language="vi")
    missing = [
        Holiday(on=day, name=name[:120], kind=Holiday.Kind.OFF)
        for day, name in sorted(calendar.items())
        if day not in known
    ]
    Holiday.objects.bulk_create(missing)
    return len(missing)
