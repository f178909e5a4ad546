"""What was sent by mistake: its bytes go, its row and digests stay, so that the record says what was there.

A paper goes by the enterprise's hand while the dossier has never been submitted; afterwards papers, files of messages
and files behind answers go by the receiving agency's, with a reason, also once the dossier is decided.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from applications import filing, later_papers, lifecycle
from applications.actors import Actor, may_act, may_prepare
from applications.binding.gathering import digest_of
from applications.models import Dossier, Paper, PaperPart, Volume, VolumeBook
from applications.states import OPEN, State
from applications.unmet import NotAllowed, Refused, Stale, Unmet, reason_unmet
from documents import storing
from documents.models import StoredFile
from journal.recording import announce, record
from organisations.models import User

CLAUSE = "III.1.3.1-b"


def may_retract(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """The enterprise until it first submits; then the receiving agency, whatever has become of the dossier."""
    if dossier.submitted_at is None:
        return dossier.state == State.DRAFT and may_prepare(dossier, by=by, at=at)
    return may_act(Actor.RECEIVER, dossier, by=by, at=at)


def may_retract_files(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Files of messages and behind answers: the receiving agency; before, the enterprise answers with another."""
    return dossier.submitted_at is not None and may_retract(dossier, by=by, at=at)


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
            storing.withdraw(file, reason=reason.strip(), by=by, at=at)
    if was_submitted:
        _say_why(dossier, paper, reason.strip()[:500], by=by, at=at)
        _unbind(dossier, paper, by=by, at=at)
        announce("paper.retracted", paper.pk, at=at)
    elif paper.replaced_at is None:
        filing.take_out(dossier=dossier, slot=paper.slot, by=by, at=at)
    words = [paper.slot, f"v{paper.version}"]
    record("paper.retracted", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=words)


def _say_why(dossier: Dossier, paper: Paper, reason: str, *, by: User, at: datetime) -> None:
    """The reason stays with the version. Where another may come it is returned; what is decided stays decided."""
    values: dict[str, Any] = {"reason": reason}
    if dossier.state in OPEN or later_papers.may_follow(dossier, paper.slot):
        fix = str(_("Tải bản đúng lên."))
        values |= {"verdict": Paper.Verdict.RETURNED, "verdict_at": at, "verdict_by": by, "fix": fix}
    Paper.objects.filter(pk=paper.pk).update(**values)
    if dossier.state in OPEN:
        dossier.advices.filter(voided_at__isnull=True).update(voided_at=at)


@transaction.atomic
def retract_file(
    *, dossier: Dossier, file: StoredFile, what: str, reason: str, by: User, at: datetime
) -> None:
    """Withdraws a file of a message or behind an answer (`what` names it for the journal); nothing else moves.

    Stale when it is gone already.
    """
    held = lifecycle.held(dossier.pk)
    if not may_retract_files(held, by=by, at=at):
        raise NotAllowed("retract_file")
    if unmet := reason_unmet(reason):
        raise Refused(unmet)
    if not storing.withdraw(file, reason=reason.strip(), by=by, at=at):
        raise Stale(held)
    record("file.retracted", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[what])
    announce("file.retracted", file.pk, at=at)


def gone_words(file: StoredFile, reasons: Mapping[UUID, str] | None = None) -> str:
    """What stands in place of the link to a file that was withdrawn; empty while it is there."""
    if file.withdrawn_at is None:
        return ""
    reason = (storing.why_withdrawn([file]) if reasons is None else reasons).get(file.pk, "")
    return _("Tệp đã được rút: %(reason)s") % {"reason": reason} if reason else _("Tệp đã được rút")


def _unbind(dossier: Dossier, paper: Paper, *, by: User, at: datetime) -> None:
    """Volumes that hold the paper's pages go too, and a new one is made."""
    digest = digest_of(paper)
    volumes = [each for each in dossier.volumes.order_by("pk") if _holds(each, paper, digest)]
    for book in VolumeBook.objects.filter(volume__in=volumes).select_related("file").order_by("pk"):
        storing.withdraw(book.file, by=by, at=at)
    announce("volume.wanted", dossier.pk, at=at)


def _holds(volume: Volume, paper: Paper, digest: str) -> bool:
    """Whether a volume holds the paper, by its parts: binding may end after the paper was replaced.

    Parts that name no digests leave the time: what was bound while the paper was in force.
    """
    if volume.parts and all("digest" in part for part in volume.parts):
        return any((part["slot"], part["digest"]) == (paper.slot, digest) for part in volume.parts)
    ended = paper.replaced_at is not None and volume.made_at > paper.replaced_at
    return volume.made_at >= paper.uploaded_at and not ended


def files_of(paper: Paper) -> list[StoredFile]:
    """Every stored file of a version: its PDF and its originals."""
    files = [part.file for part in paper.parts.select_related("file").order_by("position", "pk")]
    return files + ([paper.pdf] if paper.pdf is not None and paper.pdf not in files else [])


def _is_used_elsewhere(file: StoredFile, paper: Paper) -> bool:
    """A renewed dossier shares the bytes of the old one: they stay for the version in force there."""
    in_force = Q(replaced_at__isnull=True) & ~Q(dossier=paper.dossier_id)
    parts = PaperPart.objects.filter(paper=OuterRef("pk"), file=file)
    return Paper.objects.filter(in_force).filter(Q(pdf=file) | Q(Exists(parts))).exists()
