"""What thirteen calls of one verb leave behind, written with the fewest statements: most tests begin with it.

The first paper goes through the verb; the others are like it. test_making.py holds both ways to the same rows.
"""

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from pathlib import Path

from django.db.models import F

from applications import receiving
from applications.models import Dossier, Paper, PaperPart
from documents import storing
from documents.models import StoredFile
from journal.models import AuditEvent
from organisations.models import User


def put_like(first: Paper, slots: Sequence[str], page: Path) -> None:
    """The same one-page paper into other slots of a dossier that has nothing in them."""
    by, at = first.uploaded_by, first.uploaded_at
    files = [
        storing.keep(page, name=f"{slot}.pdf", media_type="application/pdf", pages=1, by=by, at=at)
        for slot in slots
    ]
    StoredFile.objects.bulk_create(files)
    papers = [
        Paper(
            dossier=first.dossier, slot=slot, version=1, pdf=file, pages=1, uploaded_at=at, uploaded_by=by
        )
        for slot, file in zip(slots, files, strict=True)
    ]  # fmt: skip
    Paper.objects.bulk_create(papers)
    PaperPart.objects.bulk_create(
        [PaperPart(paper=paper, position=1, file=paper.pdf) for paper in papers]
    )  # fmt: skip
    Dossier.objects.filter(pk=first.dossier_id).update(version=F("version") + len(slots))
    _tell_like("paper.put", first.dossier_id, [[slot] for slot in slots])


def mark_in_order(dossier: Dossier, *, by: User, at: datetime) -> None:
    """Every present paper in order; the first mark takes the dossier in hand."""
    first, *others = dossier.papers.filter(replaced_at__isnull=True).order_by("pk")
    receiving.mark_paper(paper=first, verdict=Paper.Verdict.IN_ORDER, by=by, at=at)
    Paper.objects.filter(pk__in=[paper.pk for paper in others]).update(
        verdict=Paper.Verdict.IN_ORDER, verdict_at=at, verdict_by=by, reason="", fix=""
    )
    _tell_like("paper.marked", dossier.pk, [sorted([paper.slot, "verdict"]) for paper in others])


def _tell_like(verb: str, dossier_id: object, fields: Sequence[list[str]]) -> None:
    """A row of the journal for each, like the last one of this verb."""
    row = AuditEvent.objects.filter(verb=verb, subject_id=str(dossier_id)).order_by("-pk")[0]
    rows = []
    for names in fields:
        other = copy(row)
        other.pk, other.fields = None, names
        other._state = copy(row._state)
        other._state.adding = True
        rows.append(other)
    AuditEvent.objects.bulk_create(rows)
