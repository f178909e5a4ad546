"""Reading a register: each row is good or has its problems, with cell, reason and fix, and the counts add up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

import plan
from documents.checking import DEFAULT_LIMITS, WORKBOOKS, Limits, accepted_kind, refusal
from documents.hostile.finding import Finding
from documents.limits import ChildFailed, in_limited_child
from documents.register.columns import BY_KEY, COLUMNS, REQUIRED, letters_of, plain
from documents.register.sheet import Sheet, extract
from documents.register.words import MISSING_COLUMNS, NO_ROWS, PROBLEMS, REPEATED_COLUMN, WHERE
from organisations.models import AdminUnit, Agency, Zone
from organisations.phones import BadPhone, clean_phone
from organisations.plan_in_force import rules_at
from organisations.registering import BadTaxCode, clean_tax_code, site_key

LOST_ZERO = 9


@dataclass(frozen=True)
class Problem:
    """One cell that is wrong."""

    row: int
    letters: str
    key: str
    code: str
    facts: dict[str, str | int]

    @property
    def sentence(self) -> str:
        """ "Cột E dòng 128: …", what is wrong and how to put it right."""
        return f"{self.where}: {self.reason} {self.fix}"

    @property
    def where(self) -> str:
        return WHERE % {"letters": self.letters, "row": self.row}

    @property
    def reason(self) -> str:
        return str(PROBLEMS[self.code][0]) % self.facts

    @property
    def fix(self) -> str:
        return str(PROBLEMS[self.code][1]) % self.facts


@dataclass
class Register:
    """What was read. `message` is a plain sentence when the list as a whole cannot be used."""

    sheet: Sheet = field(default_factory=Sheet)
    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    message: str = ""

    @property
    def count(self) -> int:
        """Rows read: each is good or has its problems, never both."""
        return len(self.sheet.rows)

    @property
    def bad_rows(self) -> set[int]:
        return {problem.row for problem in self.problems}


class Bad(ValueError):
    """`code` names the problem; `facts` are what its words need."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read(path: Path, *, name: str, agency: Agency, at: datetime, limits: Limits = DEFAULT_LIMITS) -> Register:
    """The register in the workbook at `path`, for the agency that enters it. Raises documents.checking.Refused."""
    accepted_kind(path, name=name, accept=WORKBOOKS)
    sheet = _extracted(path, name, limits)
    missing = [column.title for column in REQUIRED if column.key not in sheet.columns]
    if missing:
        return Register(sheet, message=MISSING_COLUMNS % {"columns": ", ".join(missing)})
    if sheet.repeated:
        key, first, second = sheet.repeated[0]
        facts = {"column": BY_KEY[key].title, "first": letters_of(first), "second": letters_of(second)}
        return Register(sheet, message=REPEATED_COLUMN % facts)
    if not sheet.rows:
        return Register(sheet, message=str(NO_ROWS))
    return Judge(sheet, agency=agency, at=at).judged()


def _extracted(path: Path, name: str, limits: Limits) -> Sheet:
    bounds = (limits.columns, limits.rows, limits.unpacked_bytes)
    try:
        found = in_limited_child(extract, path, *bounds, seconds=limits.seconds, megabytes=limits.megabytes)
    except ChildFailed as failure:
        code = "damaged" if failure.reason in ("error", "killed") else "too_heavy_workbook"
        raise refusal(code, name=name) from failure
    if isinstance(found, Finding):
        code = f"{found.fault}_workbook" if found.fault in ("too_heavy", "locked") else found.fault
        raise refusal(code, name=name, **found.facts)
    return found


class Judge:
    """Judges the rows of one sheet against units, zones and routing, read once."""

    def __init__(self, sheet: Sheet, *, agency: Agency, at: datetime) -> None:
        self.register = Register(sheet)
        self.agency, self.day = agency, plan.local_day(at)
        self.districts, self.communes = self._units()
        self.zones = {zone.pk: zone for zone in Zone.objects.prefetch_related("districts").order_by("pk")}
        self.zone_names = {
            name: pk for pk, zone in self.zones.items() for name in (plain(zone.name), plain(pk))
        }
        rules = rules_at(at)
        self.receiving = {inside: rules.receiving_agency(in_zone=inside) for inside in (True, False)}
        self.short = dict(Agency.objects.order_by("pk").values_list("code", "short_name"))
        self.firms: dict[str, tuple[int, str]] = {}
        self.sites: dict[tuple[str, str], int] = {}

    def _units(self) -> tuple[dict[str, AdminUnit], dict[str, dict[str, list[AdminUnit]]]]:
        """Districts by name, and the communes of each by name, with and without the word of their kind."""
        districts: dict[str, AdminUnit] = {}
        communes: dict[str, dict[str, list[AdminUnit]]] = {}
        rows = AdminUnit.objects.filter(valid_from__lte=self.day).exclude(valid_to__lt=self.day)
        for unit in rows.order_by("pk"):
            if unit.level == AdminUnit.Level.DISTRICT:
                districts |= {plain(unit.full_name): unit, _short(unit): unit}
                districts.setdefault(plain(unit.name), unit)
            elif unit.level == AdminUnit.Level.COMMUNE:
                known = communes.setdefault(str(unit.parent_id), {})
                for name in {plain(unit.full_name), plain(unit.name)}:
                    known.setdefault(name, []).append(unit)
        return districts, communes

    def judged(self) -> Register:
        """Every row read once."""
        for number, texts in self.register.sheet.rows:
            self._row(number, dict(zip((column.key for column in COLUMNS), texts, strict=True)))
        return self.register

    def _row(self, number: int, raw: dict[str, str]) -> None:
        before = len(self.register.problems)
        values: dict[str, Any] = {}
        for column in COLUMNS:
            self._try(number, column.key, partial(_plain_text, raw[column.key], column), values)
        for key, parse in (
            ("tax_code", lambda: _tax_code(values["tax_code"])),
            ("phone", lambda: _phone(values["phone"])),
            ("email", lambda: _email(values["email"])),
            ("district", lambda: self._district(values["district"])),
            ("commune", lambda: self._commune(values["commune"], values.get("district"))),
            ("zone", lambda: self._zone(values["zone"], values.get("district"))),
        ):
            if values.get(key):
                self._try(number, key, parse, values)
        if len(self.register.problems) == before:
            self._try(number, "zone", lambda: self._received(values["zone"]), values)
            self._doubles(number, values)
        if len(self.register.problems) == before:
            self.register.rows.append({"row": number, **values})

    def _try(self, number: int, key: str, parse: Callable[[], Any], values: dict[str, Any]) -> None:
        try:
            values[key] = parse()
        except Bad as bad:
            values.pop(key, None)
            at = self.register.sheet.columns.get(key, self.register.sheet.columns["site"])
            self.register.problems.append(Problem(number, letters_of(at), key, bad.code, bad.facts))

    def _district(self, text: str) -> str:
        unit = self.districts.get(plain(text))
        if unit is None:
            known = ", ".join(sorted({unit.full_name for unit in self.districts.values()}))
            raise Bad("district", text=text[:40], known=known)
        return str(unit.pk)

    def _commune(self, text: str, district: str | None) -> str:
        if not district:
            return ""
        where = next(unit.full_name for unit in self.districts.values() if unit.pk == district)
        found = self.communes.get(district, {}).get(plain(text), [])
        if not found:
            raise Bad("commune", text=text[:40], district=where)
        if len(found) > 1:
            raise Bad("commune.several", text=text[:40], district=where)
        return str(found[0].pk)

    def _zone(self, text: str, district: str | None) -> str:
        code = self.zone_names.get(plain(text)) or self.zone_names.get(f"khu cong nghiep {plain(text)}")
        if code is None:
            raise Bad("zone", text=text[:40], known=", ".join(zone.name for zone in self.zones.values()))
        zone = self.zones[code]
        if district and district not in {unit.pk for unit in zone.districts.all()}:
            where = next(unit.full_name for unit in self.districts.values() if unit.pk == district)
            raise Bad("zone.place", zone=zone.name, district=where)
        return str(code)

    def _received(self, zone: str) -> str:
        """An agency enters what it receives; the other enters its own."""
        code = self.receiving[bool(zone) and self.zones[zone].is_zone_or_park]
        if code != self.agency.code:
            raise Bad("agency", agency=self.short.get(code, code))
        return zone

    def _doubles(self, number: int, values: dict[str, Any]) -> None:
        """The first of two rows is kept; the later one says where the first is."""
        firm = values["tax_code"]
        first, name = self.firms.setdefault(firm, (number, plain(values["name"])))
        where = self.sites.setdefault((firm, site_key(values["site"])), number)
        key, bad = "", Bad("")
        if name != plain(values["name"]):
            key, bad = "name", Bad("name.differs", row=first)
        elif where != number:
            key, bad = "site", Bad("repeated", row=where)
        if key:
            letters = letters_of(self.register.sheet.columns[key])
            self.register.problems.append(Problem(number, letters, key, bad.code, bad.facts))


def _plain_text(text: str, column: Any) -> str:
    if any(not sign.isprintable() for sign in text):
        raise Bad("control")
    if not text and column.is_required:
        raise Bad("missing", column=column.title)
    if len(text) > column.longest:
        raise Bad("long", length=len(text), most=column.longest)
    return text


def _tax_code(text: str) -> str:
    digits = sum(sign.isdigit() for sign in text)
    if any(not (sign.isdigit() or sign in " -.") for sign in text):
        raise Bad("tax.letters")
    try:
        return clean_tax_code(text)
    except BadTaxCode:
        if digits == LOST_ZERO and _is_tax_code(f"0{text}"):
            raise Bad("tax.lost_zero", digits=digits, suggestion=f"0{text}") from None
        raise Bad("tax.check" if digits in {10, 13} else "tax.length", digits=digits) from None


def _is_tax_code(text: str) -> bool:
    try:
        clean_tax_code(text)
    except BadTaxCode:
        return False
    return True


def _phone(text: str) -> str:
    try:
        return clean_phone(text)
    except BadPhone:
        raise Bad("phone") from None


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise Bad("email") from None
    return text.lower()


def _short(unit: AdminUnit) -> str:
    """ "tp tra vinh", "h cang long", "tx duyen hai"."""
    letters = {"Huyện": "h", "Thị xã": "tx", "Thành phố": "tp"}
    return plain(f"{letters.get(unit.kind, '')} {unit.name}")
