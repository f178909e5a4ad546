"""Decisions signed on paper: the Office types in what stands on the paper beside its scan, reads it back, issues.

The signer decides, the clerk records: both names stand in the record. The scan is the letter.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from applications import deciding, decision_letters, lifecycle, waiting_scans
from applications.actors import Actor, may_act
from applications.models import Advice, Decision, Dossier, PaperSignature, Upload
from applications.states import State
from applications.unmet import NotAllowed, Stale
from documents import storing
from documents.checking import MEDIA_TYPES
from documents.issuing import OnPaper
from documents.models import StoredFile
from journal.recording import record
from organisations.models import User

MOVES = {Decision.Verdict.APPROVED: "record_approval", Decision.Verdict.REFUSED: "record_refusal"}


@transaction.atomic
def wait(*, dossier: Dossier, scan: StoredFile, by: User, at: datetime) -> None:
    """Keeps a scan whose answers are still wrong, in the place of one that this person sent before."""
    held = _forwarded(dossier, by=by, at=at)
    waiting_scans.clear(held, sent_by=by, by=by, at=at)
    scan.save()
    kind = next(kind for kind, media in MEDIA_TYPES.items() if media == scan.media_type)
    Upload.objects.create(dossier=held, slot=waiting_scans.SLOT, file=scan, kind=kind, at=at, by=by)
    record("upload.kept", by=by, at=at, kind="dossier", subject_id=held.pk, fields=[waiting_scans.SLOT])


def _forwarded(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """The dossier, locked, where this person may record what was signed."""
    if not may_act(Actor.RECORDER, dossier, by=by, at=at):
        raise NotAllowed("record_signature")
    held = lifecycle.held(dossier.pk)
    if held.state != State.FORWARDED:
        raise Stale(held)
    return held


@transaction.atomic
def keep(
    *, dossier: Dossier, advice: Advice, verdict: str, kind: str, signer: User, number: int, dated: date,
    reasons: Sequence[Mapping[str, str]], scan: StoredFile, by: User, at: datetime,
) -> PaperSignature:  # fmt: skip
    """Keeps what was typed, to be read back; typed again it takes the place of what was, scan and all.

    `scan` may be kept and not yet saved (documents.storing.keep).
    """
    held = _forwarded(dossier, by=by, at=at)
    deciding.same_advice(held, advice)
    if not StoredFile.objects.filter(pk=scan.pk).exists():
        scan.save()
    waiting_scans.clear(held, keeping=scan, by=by, at=at)
    for old in PaperSignature.objects.filter(dossier=held).select_related("scan"):
        old.delete()
        if old.scan != scan:
            storing.withdraw(old.scan, by=by, at=at)
    kept: PaperSignature = PaperSignature.objects.create(
        dossier=held, advice=advice, verdict=verdict, kind=kind, signer=signer, number=number, dated=dated,
        reasons=[dict(reason) for reason in reasons], scan=scan, at=at, by=by,
    )  # fmt: skip
    fields = ["verdict", "kind", "signer", "number", "dated", "scan"]
    record("signature.kept", by=by, at=at, kind="dossier", subject_id=held.pk, fields=fields)
    return kept


@transaction.atomic
def issue(*, signature: PaperSignature, by: User, at: datetime) -> Decision:
    """Issues the letter that was signed: the dossier is decided by the signer, as read back."""
    kept = signature
    move, signer = MOVES[Decision.Verdict(kept.verdict)], kept.signer
    moved = lifecycle.perform(
        kept.dossier_id, move, by=by, at=at, reasons=kept.reasons,
        given={"signer": signer, "dated": kept.dated},
    )  # fmt: skip
    deciding.same_advice(moved, kept.advice)
    paper = OnPaper(number=kept.number, dated=kept.dated, scan=kept.scan, recorded_by=by)
    gone, _rows = PaperSignature.objects.filter(pk=kept.pk).delete()
    if not gone:  # typed anew since it was read back: what was read is not what would go out
        raise Stale(moved)
    if kept.verdict == Decision.Verdict.APPROVED:
        letter = decision_letters.issue_approval(
            moved, advice=kept.advice, kind=kept.kind, by=signer, at=at, on_paper=paper
        )
        return deciding.write_approval(
            moved, advice=kept.advice, letter=letter, by=signer, at=at, recorded_by=by
        )
    letter = decision_letters.issue_refusal(
        moved, advice=kept.advice, reasons=kept.reasons, kind=kept.kind, by=signer, at=at, on_paper=paper
    )
    return deciding.write_refusal(
        moved, advice=kept.advice, letter=letter, reasons=kept.reasons, by=signer, at=at, recorded_by=by
    )
