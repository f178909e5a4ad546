"""A paper sent by mistake: its bytes go, its row and digests stay, so that the record says what was there.

The enterprise may while the dossier has never been submitted; afterwards the receiving agency, with a reason.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from applications import filing, lifecycle
from applications.actors import Actor, may_act, may_prepare
from applications.models import Dossier, Paper, PaperPart, VolumeBook
from applications.states import OPEN, State
from applications.unmet import NotAllowed, Refused, Stale, Unmet
from documents import storing
from documents.models import StoredFile
from journal.recording import announce, record
from organisations.models import User

CLAUSE = "III.1.3.1-b"


def may_retract(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """The enterprise until it first submits; then the receiving agency, as long as the dossier is open."""
    if dossier.submitted_at is None:
        return dossier.state == State.DRAFT and may_prepare(dossier, by=by, at=at)
    return dossier.state in OPEN and may_act(Actor.RECEIVER, dossier, by=by, at=at)


@transaction.atomic
def retract(*, paper: Paper, reason: str = "", by: User, at: datetime) -> None:
    """Withdraws the files of one version. In force, it leaves its slot (draft) or is returned (submitted)."""
    dossier = lifecycle.held(paper.dossier_id)
    if not may_retract(dossier, by=by, at=at):
        raise NotAllowed("retract")
    was_submitted = dossier.submitted_at is not None
    if was_submitted and not reason.strip():
        raise Refused(
            [Unmet("reason", CLAUSE, _("Ghi lý do rút, để doanh nghiệp biết phải làm gì."), "reason")]
        )
    files = [file for file in files_of(paper) if file.withdrawn_at is None]
    if not files:
        raise Stale(dossier)
    for file in files:
        if not _is_used_elsewhere(file, paper):
            storing.withdraw(file, by=by, at=at)
    if was_submitted:
        Paper.objects.filter(pk=paper.pk).update(
            verdict=Paper.Verdict.RETURNED, verdict_at=at, verdict_by=by, reason=reason.strip()[:500],
            fix=str(_("Tải bản đúng lên.")),
        )  # fmt: skip
        dossier.advices.filter(voided_at__isnull=True).update(voided_at=at)
        _unbind(dossier, paper, by=by, at=at)
        announce("paper.retracted", paper.pk, at=at)
    elif paper.replaced_at is None:
        filing.take_out(dossier=dossier, slot=paper.slot, by=by, at=at)
    words = [paper.slot, f"v{paper.version}"]
    record("paper.retracted", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=words)


def _unbind(dossier: Dossier, paper: Paper, *, by: User, at: datetime) -> None:
    """Volumes that were bound while the paper was in force hold its pages: they go too, and a new one is made."""
    bound = VolumeBook.objects.filter(volume__dossier=dossier, volume__made_at__gte=paper.uploaded_at)
    if paper.replaced_at is not None:
        bound = bound.filter(volume__made_at__lte=paper.replaced_at)
    for book in bound.select_related("file").order_by("pk"):
        storing.withdraw(book.file, by=by, at=at)
    announce("volume.wanted", dossier.pk, at=at)


def files_of(paper: Paper) -> list[StoredFile]:
    """Every stored file of a version: its PDF and its originals."""
    files = [part.file for part in paper.parts.select_related("file").order_by("position", "pk")]
    return files + ([paper.pdf] if paper.pdf is not None and paper.pdf not in files else [])


def _is_used_elsewhere(file: StoredFile, paper: Paper) -> bool:
    """A renewed dossier shares the bytes of the old one: they stay for the version in force there."""
    in_force = Q(replaced_at__isnull=True) & ~Q(dossier=paper.dossier_id)
    parts = PaperPart.objects.filter(paper=OuterRef("pk"), file=file)
    return Paper.objects.filter(in_force).filter(Q(pdf=file) | Q(Exists(parts))).exists()
