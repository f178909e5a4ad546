"""The read receipt of a letter, and what anyone may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

import plan
from documents.models import Letter
from journal.models import AuditEvent
from journal.recording import record
from organisations.models import Membership, Permit, Site, User


def is_addressee(letter: Letter, *, user: User) -> bool:
    """Whether a person belongs to an enterprise that the letter is for."""
    sites: Any = [letter.site_id] if letter.site_id else letter.sites.values("site_id")
    firms = Site.objects.filter(pk__in=sites).values("enterprise")
    return Membership.objects.filter(enterprise__in=firms, user=user, ended_at__isnull=True).exists()


def note_reading(letter: Letter, *, by: User, at: datetime) -> None:
    """Keeps the first opening by each person of the addressee, as a journal row; later ones change nothing."""
    if is_addressee(letter, user=by) and not readings(letter).filter(actor_id=by.pk).exists():
        record("letter.read", by=by, at=at, kind="letter", subject_id=letter.pk)


def readings(letter: Letter) -> QuerySet[AuditEvent]:
    """The read receipts: who of the addressee opened it first when."""
    rows = AuditEvent.objects.filter(subject_kind="letter", subject_id=str(letter.pk), verb="letter.read")
    return rows.order_by("pk")


@dataclass(frozen=True)
class Status:
    """Present status of a letter, in words, with the tone and icon of its tag."""

    words: str
    tone: str
    icon: str


def status_of(letter: Letter, *, on: date) -> Status:
    """What the check page says: that it is genuine, and what it is worth on a day."""
    return statuses([letter], on=on)[letter.pk]


def statuses(letters: Iterable[Letter], *, on: date) -> dict[UUID, Status]:
    """The same of many, by primary key, with one query for their permits; `replaced_by` comes selected."""
    rows = list(letters)
    bases = {row.pk: row.subject_key.removesuffix(":decision") for row in rows if _gives(row)}
    given = {each.basis: each for each in Permit.objects.filter(basis__in=bases.values())} if bases else {}
    return {row.pk: _status(row, given.get(bases.get(row.pk, "")), on=on) for row in rows}


def _gives(letter: Letter) -> bool:
    """Whether a letter stands for a permit still."""
    return letter.kind == Letter.Kind.DECISION and not letter.recalled_at and letter.replaced_by_id is None


def _status(letter: Letter, permit: Permit | None, *, on: date) -> Status:
    if letter.replaced_by is not None:
        words = _("Đã được thay thế bằng %(number)s") % {"number": letter.replaced_by.full_number}
        return Status(words, "wait", "arrow-repeat")
    if letter.recalled_at:
        return Status(_("Đã thu hồi"), "late", "x-circle")
    if letter.kind != Letter.Kind.DECISION:
        return Status(_("Do cổng phát hành"), "ok", "check-circle")
    if permit is not None:
        return permit_status(permit, on=on)
    return _in_force(plan.local_day(datetime.fromisoformat(letter.data["fields"]["start"])), None, on=on)


def start_of(letter: Letter) -> datetime | None:
    """From when a consent that stands lets people work; None for every other letter."""
    start = letter.data["fields"].get("start") if _gives(letter) else None
    return datetime.fromisoformat(start) if start else None


def permit_status(permit: Permit, *, on: date) -> Status:
    """What a permit is worth on a day."""
    return _in_force(permit.starts_on, permit.until, on=on)


def _in_force(since: date, until: date | None, *, on: date) -> Status:
    if on < since:
        return Status(_("Chưa đến ngày hiệu lực"), "info", "clock")
    if until is not None and on > until:
        return Status(_("Hết hiệu lực"), "calm", "dash-circle")
    return Status(_("Đang hiệu lực"), "ok", "check-circle")
