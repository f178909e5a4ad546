"""Taking a decision back by a new paper (Decree 30): the letter is recalled, the permit ends, the dossier goes
back to the receiving agency for a new advice. The decision and its letter stay in the record.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications import guards, lifecycle
from applications.models import Decision, Dossier
from applications.unmet import Refused, Unmet
from documents import recalls
from documents.models import Letter
from organisations import permits
from organisations.models import User


@transaction.atomic
def recall(*, dossier: Dossier, reason: str, by: User, at: datetime) -> Dossier:
    """Recalls the letter of one dossier. Raises as lifecycle.perform does."""
    moved = lifecycle.perform(dossier.pk, "recall", by=by, at=at, note=reason, changes={"decided_at": None})
    _undo(moved, by=by, at=at)
    return moved


@transaction.atomic
def recall_letter(*, letter: Letter, reason: str, by: User, at: datetime) -> list[Dossier]:
    """Recalls a letter with an annex: every dossier that it decided goes back, or none does."""
    rows = Decision.objects.filter(letter=letter, recalled_at__isnull=True).select_related("dossier")
    decisions = list(rows.order_by("pk"))
    if not decisions:
        words = _("Văn bản này đã được thu hồi, hoặc không quyết định hồ sơ nào.")
        raise Refused([Unmet("letter", guards.OURS, words)])
    moved = [
        lifecycle.perform(
            decision.dossier_id, "recall", by=by, at=at, note=reason, changes={"decided_at": None},
            given={"whole_letter": True},
        )
        for decision in decisions
    ]  # fmt: skip
    for dossier in moved:
        _undo(dossier, by=by, at=at)
    return moved


def _undo(dossier: Dossier, *, by: User, at: datetime) -> None:
    decision: Decision = dossier.decision
    note = dossier.moves.order_by("-pk").values_list("note", flat=True)[0]
    recalls.recall(decision.letter, reason=note, by=by, at=at)
    if decision.permit is not None:
        permits.end(decision.permit, by=by, at=at)
    dossier.advices.filter(voided_at__isnull=True).update(voided_at=at)
    Decision.objects.filter(pk=decision.pk).update(recalled_at=at)
