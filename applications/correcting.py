"""An officer puts an obvious error right: field by field, with the original kept and the enterprise told.

Never a number that the law counts (those change by a supplement), never a paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import plan
from applications import lifecycle
from applications.actors import Actor, may_act, may_prepare
from applications.models import Correction, Dossier
from applications.states import CLOSED, State
from applications.unmet import NotAllowed, Refused, Stale, Unmet, reason_unmet
from journal.recording import announce, record
from organisations.models import User
from pages.templatetags.ui import vn_date, vn_phone

OURS = plan.NOT_IN_THE_PLAN


@dataclass(frozen=True)
class Correctable:
    """A field that an officer may put right, and what it is called."""

    name: str
    label: str | Promise
    kind: str = "text"


FIELDS = (
    Correctable("baseline_as_of", gettext_lazy("Ngày của số lao động"), "day"),
    Correctable("requested_start_on", gettext_lazy("Ngày muốn bắt đầu"), "day"),
    Correctable("signer_name", gettext_lazy("Họ tên người ký")),
    Correctable("signer_title", gettext_lazy("Chức danh người ký")),
    Correctable("signed_on", gettext_lazy("Ngày ký"), "day"),
    Correctable("contact_name", gettext_lazy("Người liên hệ")),
    Correctable("contact_phone", gettext_lazy("Điện thoại liên hệ"), "phone"),
)
BY_NAME = {field.name: field for field in FIELDS}
CLOSED_TO_IT = (State.DRAFT, *CLOSED)


def shown(name: str, value: Any) -> str:
    """A value as people read it, and as the original is kept."""
    kind = BY_NAME[name].kind
    if kind == "day":
        return vn_date(value) if value else ""
    return vn_phone(value) if kind == "phone" and value else str(value or "")


@transaction.atomic
def correct(
    *, dossier: Dossier, version: int, values: Mapping[str, str | date], reason: str, by: User, at: datetime
) -> list[Correction]:
    """Writes what differs from the present values, a row a field. Refused when nothing differs, or no reason.

    Stale where the dossier has gone on since the `version` whose values were shown: what was left alone then
    would be written over what a colleague has put right.
    """
    unknown = set(values) - set(BY_NAME)
    if unknown:
        raise ValueError(f"not to be corrected by an officer: {sorted(unknown)}")
    held = lifecycle.held(dossier.pk)
    if not may_act(Actor.RECEIVER, held, by=by, at=at):
        raise NotAllowed("correct")
    if held.state in CLOSED_TO_IT or held.version != version:
        raise Stale(held)
    changed = {name: value for name, value in values.items() if value and getattr(held, name) != value}
    wrong = _unmet(held, changed, reason, at=at)
    if wrong:
        raise Refused(wrong)
    won = Dossier.objects.filter(pk=held.pk, version=held.version).update(version=F("version") + 1, **changed)
    if not won:
        raise Stale(held)
    rows = _keep_originals(held, changed, reason=reason.strip(), by=by, at=at)
    record("dossier.corrected", by=by, at=at, kind="dossier", subject_id=held.pk, fields=list(changed))
    announce("dossier.corrected", rows[0].pk, at=at)
    return rows


def _keep_originals(
    before: Dossier, changed: Mapping[str, Any], *, reason: str, by: User, at: datetime
) -> list[Correction]:
    """A row a field: what stood there, what stands there now, and why."""
    rows = [
        Correction(
            dossier=before, field=name, old=shown(name, getattr(before, name)), new=shown(name, value),
            reason=reason, at=at, by=by, by_name=by.full_name,
        )
        for name, value in changed.items()
    ]  # fmt: skip
    for row in rows:
        row.save()
    return rows


def _unmet(dossier: Dossier, changed: Mapping[str, Any], reason: str, *, at: datetime) -> list[Unmet]:
    wrong = []
    if not changed:
        wrong.append(Unmet("nothing", OURS, _("Chưa sửa chỗ nào. Sửa ít nhất một chỗ.")))
    wrong += reason_unmet(reason)
    today = plan.local_day(at)
    for name in ("signed_on", "baseline_as_of"):
        if name in changed and changed[name] > today:
            wrong.append(Unmet(name, OURS, _("Ngày này chưa đến. Nhập ngày đã qua."), name))
    return wrong


@transaction.atomic
def object_to(*, correction: Correction, words: str, by: User, at: datetime) -> bool:
    """The enterprise objects once; the officer and the head are told. False when it has objected before."""
    if not may_prepare(correction.dossier, by=by, at=at):
        raise NotAllowed("object")
    if not words.strip():
        raise Refused([Unmet("objection", OURS, _("Chưa ghi điều không đúng."), "objection")])
    won = Correction.objects.filter(pk=correction.pk, objected_at__isnull=True).update(
        objected_at=at, objected_by=by, objection=words.strip()[:500]
    )
    if won:
        record("correction.disputed", by=by, at=at, kind="dossier", subject_id=correction.dossier_id,
               fields=[correction.field])  # fmt: skip
        announce("correction.disputed", correction.pk, at=at)
    return bool(won)
