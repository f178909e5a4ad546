"""Decisions signed on paper: the Office types in what stands on the paper beside its scan, reads it back, issues.

The signer decides, the clerk records: both names stand in the record. The scan is the letter.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from applications import deciding, deciding_many, decision_letters, lifecycle, waiting_scans
from applications.actors import Actor, may_act
from applications.models import Advice, Decision, Dossier, PaperSignature, Upload
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale
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
    typed = {"verdict": verdict, "kind": kind, "signer": signer, "number": number, "dated": dated}
    reasons = [dict(reason) for reason in reasons]
    return _keep([advice], {**typed, "reasons": reasons}, dossiers=[dossier], scan=scan, by=by, at=at)[0]


@transaction.atomic
def keep_many(
    *, advices: Sequence[Advice], kind: str, signer: User, number: int, dated: date, scan: StoredFile, by: User,
    at: datetime,
) -> list[PaperSignature]:  # fmt: skip
    """The same for one paper with an annex: a row for each dossier, all with the one scan. Raises as `keep` does."""
    if unmet := deciding_many.together(advices):
        raise Refused(unmet)
    typed = {"kind": kind, "signer": signer, "number": number, "dated": dated}
    typed |= {"verdict": Decision.Verdict.APPROVED, "reasons": []}
    return _keep(advices, typed, dossiers=[advice.dossier for advice in advices], scan=scan, by=by, at=at)


def _keep(
    advices: Sequence[Advice], typed: Mapping[str, Any], *, dossiers: Sequence[Dossier], scan: StoredFile, by: User,
    at: datetime,
) -> list[PaperSignature]:  # fmt: skip
    """One row for each dossier; whatever was kept of this scan, or of a paper that names one of them, goes whole."""
    if not StoredFile.objects.filter(pk=scan.pk).exists():
        scan.save()
    for dossier, advice in zip(dossiers, advices, strict=True):
        held = _forwarded(dossier, by=by, at=at)
        deciding.same_advice(held, advice)
        waiting_scans.clear(held, keeping=scan, by=by, at=at)
    Upload.objects.filter(file=scan).delete()  # it waited at a dossier that is not named any more
    before = PaperSignature.objects.filter(dossier__in=dossiers).values_list("scan", flat=True)
    old = PaperSignature.objects.filter(scan__in=[*before, scan.pk])
    gone = {row.scan for row in old.select_related("scan")}
    old.delete()
    for file in gone - {scan}:
        storing.withdraw(file, by=by, at=at)
    kept = [
        PaperSignature.objects.create(dossier=advice.dossier, advice=advice, scan=scan, at=at, by=by, **typed)
        for advice in advices
    ]
    fields = ["verdict", "kind", "signer", "number", "dated", "scan"]
    for row in kept:
        record("signature.kept", by=by, at=at, kind="dossier", subject_id=row.dossier_id, fields=fields)
    return kept


def of_scan(scan_id: UUID) -> list[PaperSignature]:
    """What is kept of one paper with its annex, in the order of the annex; read again what one clerk typed last."""
    rows = PaperSignature.objects.filter(scan=scan_id).select_related(
        "advice__dossier__site__enterprise",
        "advice__dossier__receiving_agency",
        "advice__by",
        "signer",
        "scan",
        "by",
    )
    return list(rows.order_by("pk"))


@transaction.atomic
def issue_many(*, signatures: Sequence[PaperSignature], by: User, at: datetime) -> list[Decision]:
    """Issues one letter for all that were read back together; all of them, or none with the reason."""
    first = signatures[0]
    paper = OnPaper(number=first.number, dated=first.dated, scan=first.scan, recorded_by=by)
    decisions = deciding_many.approve_many(
        advices=[row.advice for row in signatures], kind=first.kind, by=first.signer, at=at, on_paper=paper
    )
    gone, _rows = PaperSignature.objects.filter(pk__in=[row.pk for row in signatures]).delete()
    if gone != len(signatures):  # typed anew since it was read back
        raise Stale(first.advice.dossier)
    return decisions


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
    of_annex = PaperSignature.objects.filter(scan=kept.scan_id).exclude(pk=kept.pk).exists()
    gone, _rows = PaperSignature.objects.filter(pk=kept.pk).delete()
    if not gone or of_annex:  # typed anew since it was read back: what was read is not what would go out
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
