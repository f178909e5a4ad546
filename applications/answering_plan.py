"""Verbs of the plan's questionnaire: keep a part, move on to a newer set of forms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

import plan
from applications import filing, keeping, plan_answers
from applications.models import Dossier, PlanAnswers
from journal.recording import record
from organisations.models import User
from organisations.plan_in_force import form_sets


@transaction.atomic
def keep_part(
    *, dossier: Dossier, part: str, values: Mapping[str, Any], unread: Mapping[str, str],
    columns: Mapping[str, Any], by: User, at: datetime,
) -> PlanAnswers:  # fmt: skip
    """Keeps one part as far as it is done; `unread` is what was typed and not understood, by field.

    `columns` are answers that the dossier itself holds (form of production, caterer).
    """
    row = _row_to_write(dossier, by=by, at=at)
    answers = plan_answers.read(row.answers).with_part(part, dict(values))
    changed = plan_answers.written(answers) != row.answers or row.unread.get(part, {}) != dict(unread)
    columns = {name: value for name, value in columns.items() if getattr(dossier, name) != value}
    filing.edit(dossier, by=by, at=at, **columns)
    row.answers, row.schema = plan_answers.written(answers), plan_answers.SCHEMA
    row.unread = {**{key: each for key, each in row.unread.items() if key != part}, part: dict(unread)}
    row.saved_at, row.saved_by = at, by
    row.save()
    if changed or columns:
        keeping.tell_once(dossier, [f"plan.{part}", *columns], by=by, at=at)
    return row


def _row_to_write(dossier: Dossier, *, by: User, at: datetime) -> PlanAnswers:
    """The open row, locked; made on the first answer."""
    rows = PlanAnswers.objects.filter(dossier=dossier, frozen_at__isnull=True).select_for_update()
    found = rows.order_by("pk").first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return PlanAnswers.objects.create(
                dossier=dossier, schema=plan_answers.SCHEMA, saved_at=at, saved_by=by
            )
    except IntegrityError:  # two tabs began at once
        return rows.order_by("pk").get()


@transaction.atomic
def move_to_newest_forms(*, dossier: Dossier, by: User, at: datetime) -> bool:
    """Takes the set of forms in force today; False where the dossier has it already."""
    newest = form_sets().on(plan.local_day(at))
    if dossier.form_set == newest.version:
        return False
    filing.edit(dossier, by=by, at=at, form_set=newest.version)
    record("dossier.answered", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=["form_set"])
    return True
