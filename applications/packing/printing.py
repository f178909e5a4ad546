"""Printing what is to be signed: asked for in a transaction, laid out by a worker, one version a text."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications import drafting, lifecycle
from applications.actors import may_prepare
from applications.models import Dossier, SigningPack
from applications.packing import sheets
from applications.packing.slots import sign_of
from applications.unmet import NotAllowed, Refused, Unmet
from documents import letterforms
from documents.letterforms import coded
from documents.models import StoredFile
from documents.storing import keep
from journal.recording import announce, record
from journal.tokens import new_token
from organisations.models import User


@dataclass(frozen=True)
class Printed:
    """One paper as it was printed, as `SigningPack.printed` keeps it."""

    slot: str
    sign: str
    title: str
    pages: int
    digest: str


def printed_in(pack: SigningPack) -> dict[str, Printed]:
    """What a print holds, by slot."""
    return {row["slot"]: Printed(**row) for row in pack.printed}


def text_digest(paper: letterforms.Paper) -> str:
    """Digest of what a paper says, whatever its foot, code or title."""
    return hashlib.sha256(letterforms.fragment(paper).encode()).hexdigest()


def text_digests(dossier: Dossier, *, on: date) -> dict[str, str]:
    """Digest of the text that each paper to sign would have now, by slot, in signing order."""
    with override("vi"):
        return {draft.slot: text_digest(draft.paper) for draft in drafting.drafts(dossier, on=on)}


def _whole_digest(digests: dict[str, str]) -> str:
    return hashlib.sha256("\n".join(f"{slot} {text}" for slot, text in digests.items()).encode()).hexdigest()


def ask(*, dossier: Dossier, kind: str = SigningPack.Kind.PAPERS, by: User, at: datetime) -> SigningPack:
    """A print of the papers to sign as they are now, or of the separators; the one there is if nothing changed."""
    if not may_prepare(dossier, by=by, at=at):
        raise NotAllowed("print")
    on = plan.local_day(at)
    digests = text_digests(dossier, on=on)
    if kind == SigningPack.Kind.SEPARATORS:
        digests = {slot: title for slot, title in sheets.from_outside(dossier, at=at) if slot not in digests}
    elif not digests:
        words = _("Chưa có giấy tờ nào để in. Trả lời các câu hỏi về phương án trước.")
        raise Refused([Unmet("drafts", "III.1.3.3-b", words)])
    return _asked(dossier, kind, _whole_digest(digests), by=by, at=at)


@transaction.atomic
def _asked(dossier: Dossier, kind: str, digest: str, *, by: User, at: datetime) -> SigningPack:
    lifecycle.held(dossier.pk)
    found = latest(dossier, kind=kind)
    if found is not None and found.text_digest == digest:
        return found
    return _new(dossier, kind, digest, by=by, at=at)


def latest(dossier: Dossier, *, kind: str = SigningPack.Kind.PAPERS) -> SigningPack | None:
    """The newest print."""
    return (
        dossier.packs.filter(kind=kind).select_related("file", "made_by").order_by("-version", "pk").first()
    )


def _new(dossier: Dossier, kind: str, digest: str, *, by: User, at: datetime) -> SigningPack:
    last = dossier.packs.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0
    try:
        with transaction.atomic():
            pack = SigningPack.objects.create(
                dossier=dossier, kind=kind, version=last + 1, code=new_token(8), text_digest=digest,
                made_at=at, made_by=by,
            )  # fmt: skip
    except IntegrityError:  # a double click: the other request was first
        return SigningPack.objects.get(dossier=dossier, kind=kind, version=last + 1)
    record("pack.printed", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=[kind])
    announce("pack.asked", pack.pk, at=at)
    return pack


def make_pdf(pack_id: str, *, at: datetime) -> None:
    """Lays the print out; run twice it leaves one file. Handler of pack.asked."""
    pack = SigningPack.objects.select_related("dossier__site__enterprise", "dossier__receiving_agency").get(
        pk=pack_id
    )
    if pack.rendered_at is not None:
        return
    with override("vi"):
        rows, content = _papers(pack) if pack.kind == SigningPack.Kind.PAPERS else _separators(pack)
    digest = _whole_digest({row.slot: row.digest for row in rows}) if content.texts else pack.text_digest
    file = _kept(pack, content, at=at)
    with transaction.atomic():
        file.save()
        won = SigningPack.objects.filter(pk=pack.pk, rendered_at__isnull=True).update(
            printed=[vars(row) for row in rows],
            pages=content.pages,
            file=file,
            rendered_at=at,
            text_digest=digest,
        )
        if won:
            announce("pack.ready", pack.pk, at=at)
        else:
            transaction.set_rollback(True)
    if not won:
        file.content.delete(save=False)


@dataclass(frozen=True)
class _Content:
    """The bytes of a print; `texts` says whether it holds papers to sign."""

    pdf: bytes
    pages: int
    texts: bool


def _papers(pack: SigningPack) -> tuple[list[Printed], _Content]:
    drafts = drafting.drafts(pack.dossier, on=plan.local_day(pack.made_at))
    rows, parts = [], []
    for draft in drafts:
        pages = coded.page_count(draft.paper)
        parts.append(coded.render(draft.paper, sheets.codes(pack, draft.slot, draft.title, pages)))
        rows.append(Printed(draft.slot, sign_of(draft.slot), draft.title, pages, text_digest(draft.paper)))
    cover = sheets.cover(pack, [(row.title, row.pages) for row in rows])
    return rows, _bound([sheets.coded_cover(pack, cover), *parts], texts=True)


def _separators(pack: SigningPack) -> tuple[list[Printed], _Content]:
    drafted = text_digests(pack.dossier, on=plan.local_day(pack.made_at))
    outside = sheets.from_outside(pack.dossier, at=pack.made_at)
    named = [(slot, title) for slot, title in outside if slot not in drafted]
    parts = [
        coded.render(sheets.separator(pack, title), sheets.codes(pack, slot, title, 0))
        for slot, title in named
    ]
    return [Printed(slot, sign_of(slot), title, 0, "") for slot, title in named], _bound(parts, texts=False)


def _bound(parts: Sequence[bytes], *, texts: bool) -> _Content:
    """One PDF of our own papers after one another; the same papers give the same bytes."""
    out = BytesIO()
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(BytesIO(part)) as one:
                whole.pages.extend(one.pages)
        whole.remove_unreferenced_resources()
        whole.save(out, deterministic_id=True)
        return _Content(out.getvalue(), len(whole.pages), texts)


def _kept(pack: SigningPack, content: _Content, *, at: datetime) -> StoredFile:
    stem = "bo-ky" if content.texts else "to-ngan-cach"
    name = f"{stem}-{pack.dossier.reference}-ban-{pack.version}.pdf"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.pdf"
        path.write_bytes(content.pdf)
        kept: Any = keep(
            path, name=name, media_type="application/pdf", pages=content.pages, by=pack.made_by, at=at
        )
    return kept
