"""The read receipt of a letter, and what anyone may know of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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
    if letter.replaced_by is not None:
        words = _("Đã được thay thế bằng %(number)s") % {"number": letter.replaced_by.full_number}
        return Status(words, "wait", "arrow-repeat")
    if letter.recalled_at:
        return Status(_("Đã thu hồi"), "late", "x-circle")
    if letter.kind != Letter.Kind.DECISION:
        return Status(_("Do cổng phát hành"), "ok", "check-circle")
    permit = Permit.objects.filter(basis=letter.subject_key.removesuffix(":decision")).first()
    starts_on = (
        permit.starts_on if permit else plan.local_day(datetime.fromisoformat(letter.data["fields"]["start"]))
    )
    if on < starts_on:
        return Status(_("Chưa đến ngày hiệu lực"), "info", "clock")
    if permit is not None and permit.until is not None and on > permit.until:
        return Status(_("Hết hiệu lực"), "calm", "dash-circle")
    return Status(_("Đang hiệu lực"), "ok", "check-circle")
