"""A new dossier from one that ended without consent: answers and papers that are still right are used again."""

from datetime import datetime
from typing import Any

from django.db import transaction

import plan
from applications import filing, guards, plan_rows
from applications.actors import may_prepare
from applications.models import Dossier, Paper, PaperPart
from applications.phases import phase_on
from applications.retracting import files_of
from applications.states import ENDED, State
from applications.unmet import NotAllowed, Stale
from organisations.models import User

# The start asked for and the day of signing belong to the old request.
ANEW = frozenset({"requested_start_on", "signed_on"})


@transaction.atomic
def renew(*, dossier: Dossier, by: User, at: datetime) -> Dossier:
    """The live dossier of the same site, made from the old one unless there is one already."""
    if not may_prepare(dossier, by=by, at=at):
        raise NotAllowed("renew")
    if dossier.state not in ENDED:
        raise Stale(dossier)
    draft = filing.create_draft(site=dossier.site, phase=phase_on(plan.local_day(at)), by=by, at=at)
    untouched = (
        draft.state == State.DRAFT and not draft.papers.exists() and draft.saved_at == draft.created_at
    )
    if untouched and draft.phase == dossier.phase:
        filing.answer(dossier=draft, answers=_answers(dossier), by=by, at=at)
        plan_rows.copy(source=dossier, target=draft, by=by, at=at)
        for slot, paper in guards.current_papers(dossier).items():
            if paper.verdict != Paper.Verdict.RETURNED and not _is_gone(paper):
                _again(draft, slot, paper, by=by, at=at)
    return Dossier.objects.get(pk=draft.pk)


def _answers(dossier: Dossier) -> dict[str, Any]:
    """What was answered before, without the files that have lost their bytes."""
    answers = {name: getattr(dossier, name) for name in filing.ANSWERS - ANEW}
    gone = {name for name in filing.EVIDENCE if (file := answers[name]) is not None and file.withdrawn_at}
    return {name: value for name, value in answers.items() if name not in gone}


def _is_gone(paper: Paper) -> bool:
    """Whether bytes of the paper were withdrawn: its time of keeping is over, or it was taken back."""
    return any(file.withdrawn_at for file in files_of(paper))


def _again(draft: Dossier, slot: str, paper: Paper, *, by: User, at: datetime) -> None:
    """Files the same bytes again: rows are new, files are shared."""
    parts = PaperPart.objects.filter(paper=paper).select_related("file").order_by("position", "pk")
    filing.put_paper(
        dossier=draft, slot=slot, pdf=paper.pdf, originals=[part.file for part in parts], pages=paper.pages,
        rows=paper.rows, by=by, at=at,
    )  # fmt: skip
