"""Consent to many dossiers by one document: all of them, or none with the reason for each."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications import annex_letters, deciding, lifecycle
from applications.models import Advice, Decision, Dossier
from applications.unmet import Refused, Unmet
from documents.issuing import OnPaper
from organisations.models import User

FEWEST, MOST = 2, 100


def together(advices: Sequence[Advice]) -> list[Unmet]:
    """Why these advices cannot share one document: too few or many, another agency, phase or start."""
    unmet = []
    if not FEWEST <= len(advices) <= MOST:
        words = _("Chọn từ %(fewest)s đến %(most)s hồ sơ cho một văn bản.")
        unmet.append(Unmet("count", plan.NOT_IN_THE_PLAN, words % {"fewest": FEWEST, "most": MOST}))
    if len({advice.dossier.receiving_agency_id for advice in advices}) > 1:
        unmet.append(
            Unmet("agency", plan.NOT_IN_THE_PLAN, _("Các hồ sơ do hai cơ quan trình; lập hai văn bản."))
        )
    if len({(advice.dossier.phase, advice.starts_on, advice.hour) for advice in advices}) > 1:
        words = _("Các hồ sơ có ngày, giờ bắt đầu hoặc giai đoạn khác nhau; chọn những hồ sơ cùng ngày giờ.")
        unmet.append(Unmet("start", plan.NOT_IN_THE_PLAN, words))
    return unmet


def unmet_of(advice: Advice, *, by: User, at: datetime) -> list[Unmet]:
    """What stands in the way of one dossier of the document."""
    return lifecycle.unmet("approve", advice.dossier, by=by, at=at, advice=advice)


def _approved(advice: Advice, *, by: User, at: datetime, on_paper: OnPaper | None) -> Dossier:
    """The dossier of one advice, moved by who signs, or by who records."""
    if on_paper is None:
        return lifecycle.perform(advice.dossier_id, "approve", by=by, at=at)
    given = {"signer": by, "dated": on_paper.dated}
    return lifecycle.perform(
        advice.dossier_id, "record_approval", by=on_paper.recorded_by, at=at, given=given
    )


@transaction.atomic
def approve_many(
    *, advices: Sequence[Advice], kind: str, by: User, at: datetime, on_paper: OnPaper | None = None
) -> list[Decision]:
    """One letter, and for each dossier its own move, permit and decision. Raises as lifecycle.perform does.

    `by` signs: in the portal, or `on_paper`, which somebody of the Office records.
    """
    reasons = together(advices)
    if reasons:
        raise Refused(reasons)
    moved: list[Dossier] = []
    for advice in advices:
        moved.append(_approved(advice, by=by, at=at, on_paper=on_paper))
        deciding.same_advice(advice.dossier, advice)
    letter = annex_letters.issue_annexed(advices, kind=kind, by=by, at=at, on_paper=on_paper)
    recorded_by = on_paper.recorded_by if on_paper else None
    return [
        deciding.write_approval(dossier, advice=advice, letter=letter, by=by, at=at, recorded_by=recorded_by)
        for dossier, advice in zip(moved, advices, strict=True)
    ]
