"""Rows of the plan's answers: the one worked on, the frozen ones, and copies for a dossier made anew."""

from datetime import datetime

from applications.models import Dossier, PlanAnswers
from organisations.models import User
from organisations.plan_in_force import rules_at


def open_row(dossier: Dossier) -> PlanAnswers | None:
    """The row that is worked on."""
    return PlanAnswers.objects.filter(dossier=dossier, frozen_at__isnull=True).order_by("pk").first()


def frozen_row(dossier: Dossier) -> PlanAnswers | None:
    """The answers of the newest version that was handed in."""
    rows = PlanAnswers.objects.filter(dossier=dossier, frozen_at__isnull=False)
    return rows.order_by("-dossier_version", "-pk").first()


def freeze(*, dossier: Dossier, by: User, at: datetime) -> PlanAnswers | None:
    """Copies the answers as they stood when this version was handed in; called by the submission."""
    row = open_row(dossier)
    if row is None:
        return None
    version = Dossier.objects.values_list("version", flat=True).get(pk=dossier.pk)
    frozen, _made = PlanAnswers.objects.get_or_create(
        dossier=dossier,
        dossier_version=version,
        frozen_at__isnull=False,
        defaults={
            "schema": row.schema, "answers": row.answers, "unread": row.unread, "saved_at": row.saved_at,
            "saved_by_id": row.saved_by_id, "frozen_at": at, "rules_digest": rules_at(at).digest,
            "form_set": dossier.form_set,
        },
    )  # fmt: skip
    return frozen


def copy(*, source: Dossier, target: Dossier, by: User, at: datetime) -> None:
    """Gives a dossier made anew the answers of the old one."""
    row = open_row(source)
    if row is not None and open_row(target) is None:
        PlanAnswers.objects.create(
            dossier=target,
            schema=row.schema,
            answers=row.answers,
            unread=row.unread,
            saved_at=at,
            saved_by=by,
        )
