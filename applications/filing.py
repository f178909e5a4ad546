"""The enterprise's verbs: draft, answer, put papers, submit, withdraw."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

import plan
from applications import guards, later_papers, lifecycle, plan_rows, slips, supplementing
from applications.actors import Actor, may_act, may_prepare
from applications.models import Dossier, Paper, PaperPart, SignerPaper
from applications.standing import unmet_by_paper
from applications.states import ENDED, State
from applications.unmet import NotAllowed, Refused, Stale, Unmet
from documents import storing
from documents.models import StoredFile
from documents.numbers import take
from journal.recording import announce, record
from organisations.models import Membership, Representative, Site, User
from organisations.plan_in_force import form_sets, rules_at
from pages.folding import fold

# Columns that the enterprise answers; nothing else may be written through `answer`.
ANSWERS = frozenset({
    "mode", "baseline", "baseline_as_of", "baseline_evidence", "enterprise_total", "requested_start_on",
    "slips_count", "slips_missing_reason", "certificate", "certificate_reason", "caterer", "signer_name",
    "signer_title", "signer_capacity", "signer_authorisation", "signer_authorised_since",
    "signer_authorised_until", "signed_on", "contact_name", "contact_phone",
})  # fmt: skip
# Answers that are files.
EVIDENCE = ("baseline_evidence", "signer_authorisation")
EDITABLE = (State.DRAFT, State.SUPPLEMENT_REQUESTED)


def search_text(site: Site, *, code: str = "") -> str:
    """What a search over dossiers compares."""
    firm = site.enterprise
    return fold(f"{code} {site.name} {firm.name} {firm.tax_code} {firm.tax_code.replace('-', '')}")[:600]


@transaction.atomic
def create_draft(*, site: Site, phase: int, by: User, at: datetime) -> Dossier:
    """A draft for a site, or the live dossier that already stands there (one a site and phase)."""
    if not Membership.objects.filter(enterprise=site.enterprise_id, user=by, ended_at__isnull=True).exists():
        raise NotAllowed("create_draft")
    return new_draft(site=site, phase=phase, by=by, at=at, contact_name=by.full_name, contact_phone=by.phone)


def new_draft(
    *, site: Site, phase: int, by: User, at: datetime, contact_name: str, contact_phone: str
) -> Dossier:
    """The draft itself, for a verb that has asked who may; Refused where the site is permitted on paper."""
    if (live := _live(site, phase)) is not None:
        return live
    _not_permitted_on_paper(site, phase, on=plan.local_day(at))
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(
                site=site,
                phase=phase,
                form_set=form_sets().on(plan.local_day(at)).version,
                receiving_agency=site.receiving_agency,
                state_since=at,
                created_at=at,
                created_by=by,
                saved_at=at,
                search=search_text(site),
                contact_name=contact_name,
                contact_phone=contact_phone,
                **_signed_by(site.representative_on(plan.local_day(at))),
            )
    except IntegrityError:
        # A double click: the other request was first, and its draft is this draft.
        found = _live(site, phase)
        if found is None:
            raise
        return found
    record("dossier.created", by=by, at=at, kind="dossier", subject_id=dossier.pk)
    return dossier


def _not_permitted_on_paper(site: Site, phase: int, *, on: date) -> None:
    if unmet := unmet_by_paper(site, phase=phase, on=on):
        raise Refused(unmet)


def _signed_by(representative: Representative | None) -> dict[str, Any]:
    """Columns of a registered signer: who, and from when until when authorised; a legal one needs no paper."""
    if representative is None:
        return {}
    who = {
        "signer_name": representative.full_name,
        "signer_title": representative.title,
        "signer_capacity": representative.capacity,
    }
    if representative.capacity != Representative.Capacity.AUTHORISED:
        return who
    return who | {
        "signer_authorised_since": representative.since,
        "signer_authorised_until": representative.until,
    }


def _live(site: Site, phase: int) -> Dossier | None:
    return Dossier.objects.filter(site=site, phase=phase).exclude(state__in=ENDED).first()


@transaction.atomic
def answer(*, dossier: Dossier, answers: Mapping[str, Any], by: User, at: datetime) -> None:
    """Saves answers of a draft; Stale once it has been submitted.

    A file among them may be kept and not yet saved (documents.storing.keep); the one it replaces is withdrawn.
    """
    unknown = set(answers) - ANSWERS
    if unknown:
        raise ValueError(f"not answers: {sorted(unknown)}")
    edit(dossier, by=by, at=at, **answers)
    record("dossier.answered", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=list(answers))


@transaction.atomic
def put_paper(
    *, dossier: Dossier, slot: str, pdf: StoredFile | None, originals: Sequence[StoredFile], pages: int,
    rows: int | None, by: User, at: datetime,
) -> Paper:  # fmt: skip
    """Files a new version into a slot. Replacing a paper that an advice rests on voids the advice.

    A paper that may follow (III.1.3.3-k) comes to the officials: it voids and moves nothing, the desk is told.
    """
    known = {paper.code for paper in rules_at(at).phase(dossier.phase).papers()}
    if slot not in known:
        raise ValueError(f"no such slot: {slot}")
    follows = _follows(dossier, slot, by=by, at=at)
    if not follows:
        edit(dossier, by=by, at=at, **({"listed_workers": rows} if slot == "worker_list" else {}))
        dossier.advices.filter(voided_at__isnull=True).update(voided_at=at)
    last = dossier.papers.filter(slot=slot).aggregate(last=Max("version"))["last"] or 0
    dossier.papers.filter(slot=slot, replaced_at__isnull=True).update(replaced_at=at)
    paper = Paper.objects.create(
        dossier=dossier,
        slot=slot,
        version=last + 1,
        pdf=pdf,
        pages=pages,
        rows=rows,
        uploaded_at=at,
        uploaded_by=by,
    )
    PaperPart.objects.bulk_create(
        [PaperPart(paper=paper, position=i, file=file) for i, file in enumerate(originals, start=1)]
    )
    record("paper.put", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[slot])
    if follows:
        announce("paper.followed", paper.pk, at=at)
        announce("volume.wanted", dossier.pk, at=at)
    return paper


def _follows(dossier: Dossier, slot: str, *, by: User, at: datetime) -> bool:
    """Whether the person may bring this paper now though the dossier is with the officials; locks it."""
    if slot not in later_papers.codes(dossier) or not later_papers.may_bring(dossier, slot, by=by, at=at):
        return False
    return later_papers.is_awaited(lifecycle.held(dossier.pk), slot)


@transaction.atomic
def take_out(*, dossier: Dossier, slot: str, by: User, at: datetime) -> bool:
    """Takes the present version out of a draft; the files stay in the record of versions."""
    edit(dossier, by=by, at=at, **({"listed_workers": None} if slot == "worker_list" else {}))
    taken = dossier.papers.filter(slot=slot, replaced_at__isnull=True).update(replaced_at=at)
    if taken:
        record("paper.taken_out", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[slot])
    return bool(taken)


@transaction.atomic
def edit(dossier: Dossier, *, by: User, at: datetime, **columns: Any) -> None:
    """Writes columns of a draft if it is still one, as somebody of the enterprise."""
    if not may_prepare(dossier, by=by, at=at):
        raise NotAllowed("edit")
    replaced = _give_owner(dossier, columns)
    won = Dossier.objects.filter(pk=dossier.pk, state__in=EDITABLE).update(
        saved_at=at, version=F("version") + 1, **columns
    )
    if not won:
        raise Stale(Dossier.objects.get(pk=dossier.pk))
    for file in replaced:
        if not _is_evidence(file):
            storing.withdraw(file, by=by, at=at)


def _give_owner(dossier: Dossier, columns: Mapping[str, Any]) -> list[StoredFile]:
    """Saves the files among the columns; gives those in whose place they come, under the dossier's lock.

    What an agency has received stays in the record, replaced or not.
    """
    given = {name: columns[name] for name in EVIDENCE if name in columns}
    if not given:
        return []
    held, replaced = lifecycle.held(dossier.pk), []
    for name, file in given.items():
        if file is not None and not StoredFile.objects.filter(pk=file.pk).exists():
            file.save()
        if (old := getattr(held, name)) is not None and old != file and held.submitted_at is None:
            replaced.append(old)
    return replaced


def _is_evidence(file: StoredFile) -> bool:
    """Whether an answer rests on it still: a renewed dossier shares the files of the old one."""
    answers = Q(baseline_evidence=file) | Q(signer_authorisation=file)
    return Dossier.objects.filter(answers).exists() or SignerPaper.objects.filter(file=file).exists()


@transaction.atomic
def submit(*, dossier: Dossier, by: User, at: datetime, declared: bool) -> Dossier:
    """Submits: freezes baseline, cap and the law's digest, gives the code, issues the submission note."""
    fresh = lifecycle.held(dossier.pk)
    # Who may not submit is told that, by `perform`, and not what is missing.
    if not declared and may_act(Actor.SUBMITTER, fresh, by=by, at=at):
        raise Refused([
            Unmet("declared", "III.1.3.3-m", _("Chưa xác nhận các giấy tờ đúng với bản đã ký và đóng dấu."), "declared")
        ])  # fmt: skip
    changes: dict[str, Any] = {"submitted_at": at, "submitted_by": by, "rules_digest": rules_at(at).digest}
    if (cap := guards.cap_by(rules_at(at).phase(fresh.phase), fresh)) is not None:
        changes |= {"cap": cap.limit, "cap_clause": cap.clause}
    if fresh.code is None:
        # Taken only where the move can succeed; a refused submission rolls the number back with it.
        day = f"{plan.local_day(at):%y%m%d}"
        number = take(f"dossiers:{fresh.receiving_agency.number}:{day}")
        code = f"{fresh.receiving_agency.number}-{day}-{number:04d}"
        changes |= {"code": code, "search": search_text(fresh.site, code=code)}
    moved = lifecycle.perform(dossier.pk, "submit", by=by, at=at, changes=changes)
    plan_rows.freeze(dossier=moved, by=by, at=at)
    supplementing.close(moved, by=by, at=at)
    slips.issue_submission_note(moved, by=by, at=at)
    return moved


def withdraw(*, dossier: Dossier, by: User, at: datetime, note: str = "") -> Dossier:
    """Takes the dossier back at any time before a decision."""
    return lifecycle.perform(dossier.pk, "withdraw", by=by, at=at, note=note)
