"""A date that will be missed: prepared a day before, once; an officer gives reason and new date, or the head is told.

Derived from the stages alone, so any number of sweeps, late or doubled, leaves the same rows.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications import lifecycle, slips_aside
from applications.actors import Actor, may_act
from applications.models import Apology, Dossier, Stage
from applications.unmet import NotAllowed, Refused, Stale, Unmet, reason_unmet
from journal.recording import announce, record
from organisations.models import Holiday, User
from organisations.plan_in_force import rules_at

BEFORE = timedelta(days=1)
LOOK_BACK = timedelta(days=30)
LONGEST = timedelta(days=60)
OURS = plan.NOT_IN_THE_PLAN


def sweep(*, at: datetime) -> int:
    """Prepares what is due within a day, tells heads of what was left; how many of both."""
    return sum(_prepare(stage, at=at) for stage in _near(at=at)) + sum(
        _leave(row, at=at) for row in _left(at=at)
    )


def _near(*, at: datetime) -> list[Stage]:
    """Open stages within a day of their due time that had more than a day when they began."""
    rows = Stage.objects.filter(closed_at__isnull=True, due_at__gt=at - LOOK_BACK, due_at__lte=at + BEFORE)
    rows = rows.filter(apology__isnull=True).select_related("dossier").order_by("due_at", "pk")
    return [stage for stage in rows if stage.due_at and stage.opened_at < stage.due_at - BEFORE]


def _prepare(stage: Stage, *, at: datetime) -> int:
    with transaction.atomic():
        row, fresh = Apology.objects.get_or_create(
            stage=stage, defaults={"dossier": stage.dossier, "due_at": stage.due_at, "prepared_at": at}
        )
        if fresh:
            announce("apology.prepared", row.pk, at=at)
    return int(fresh)


def _left(*, at: datetime) -> list[Apology]:
    """Prepared, not confirmed, and the date has gone by with the stage still open."""
    rows = Apology.objects.filter(
        confirmed_at__isnull=True, head_told_at__isnull=True, due_at__lte=at, due_at__gt=at - LOOK_BACK,
        stage__closed_at__isnull=True,
    )  # fmt: skip
    return list(rows.order_by("due_at", "pk"))


def _leave(row: Apology, *, at: datetime) -> int:
    with transaction.atomic():
        won = Apology.objects.filter(pk=row.pk, head_told_at__isnull=True).update(head_told_at=at)
        if won:
            announce("apology.left", row.pk, at=at)
    return won


def open_stage(dossier: Dossier) -> Stage | None:
    """The stage that runs now, if it has a date."""
    found: Stage | None = dossier.stages.filter(closed_at__isnull=True, due_at__isnull=False).first()
    return found


def proposed(stage: Stage, *, at: datetime) -> datetime:
    """A first guess: the next working day after the date that is missed, at the same hour."""
    holidays, working = Holiday.days()
    start = max(stage.due_at or at, at)
    guess: datetime = rules_at(at).add_working_days(at=start, days=1, holidays=holidays, working_days=working)
    return guess


@transaction.atomic
def confirm(*, dossier: Dossier, reason: str, new_due_at: datetime, by: User, at: datetime) -> Apology:
    """Says sorry once for the stage that runs: slip 04 with the new date. The first date stays on the record."""
    held = lifecycle.held(dossier.pk)
    if not may_act(Actor.RECEIVER, held, by=by, at=at):
        raise NotAllowed("apologise")
    stage = open_stage(held)
    if stage is None:
        raise Stale(held)
    wrong = _unmet(stage, reason, new_due_at, at=at)
    if wrong:
        raise Refused(wrong)
    row = _unconfirmed(held, stage, at=at)
    letter = slips_aside.issue_apology(
        held, stage=stage, reason=reason.strip(), new_at=new_due_at, by=by, at=at
    )
    Apology.objects.filter(pk=row.pk, confirmed_at__isnull=True).update(
        reason=reason.strip()[:500], new_due_at=new_due_at, confirmed_at=at, confirmed_by=by, letter=letter
    )
    record(
        "dossier.apologised",
        by=by,
        at=at,
        kind="dossier",
        subject_id=held.pk,
        fields=["new_due_at", "reason"],
    )
    announce("apology.confirmed", row.pk, at=at)
    return Apology.objects.get(pk=row.pk)


def _unconfirmed(dossier: Dossier, stage: Stage, *, at: datetime) -> Apology:
    """The prepared row of a stage, made now if nobody was reminded of it; refused the second time."""
    row, _fresh = Apology.objects.get_or_create(
        stage=stage, defaults={"dossier": dossier, "due_at": stage.due_at, "prepared_at": at}
    )
    if row.confirmed_at is not None:
        raise Refused(
            [Unmet("once", OURS, _("Đã hẹn lại một lần cho bước này. Mỗi bước chỉ hẹn lại một lần."))]
        )
    return row


def _unmet(stage: Stage, reason: str, new_due_at: datetime, *, at: datetime) -> list[Unmet]:
    wrong = reason_unmet(reason)
    if new_due_at <= max(at, stage.due_at or at):
        wrong.append(Unmet("new", OURS, _("Ngày hẹn mới phải sau lúc này và sau ngày đã hẹn."), "new_on"))
    elif new_due_at > at + LONGEST:
        wrong.append(Unmet("new", OURS, _("Ngày hẹn mới quá xa. Hẹn trong vòng 60 ngày."), "new_on"))
    return wrong
