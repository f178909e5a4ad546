"""Issuing letters: the row with its number and frozen data in the verb's transaction, the PDF in a worker."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import override
from pydantic import TypeAdapter

import plan
from documents import letterforms, pdf
from documents.letterforms import Paper
from documents.models import Letter
from documents.numbers import take
from documents.storing import keep
from journal.recording import announce, record
from journal.tokens import new_token
from organisations.models import Agency, User

FORMS: dict[str, type[Paper]] = {
    form.__name__: form
    for form in (
        letterforms.Decision,
        letterforms.Refusal,
        letterforms.ReceiptSlip,
        letterforms.DeclineSlip,
        letterforms.ConfirmationSheet,
        letterforms.SubmissionNote,
    )
}


def freeze(paper: Paper) -> dict[str, Any]:
    """A paper as plain data with the name of its form."""
    form = type(paper)
    return {"form": form.__name__, "fields": TypeAdapter(form).dump_python(paper, mode="json")}


def thaw(data: dict[str, Any]) -> Paper:
    """The paper again, from what was frozen."""
    return TypeAdapter(FORMS[data["form"]]).validate_python(data["fields"])


def printed(token: str) -> str:
    """A token as people read it: groups of four."""
    return "-".join(token[i : i + 4] for i in range(0, len(token), 4))


def issue(
    *,
    subject_key: str,
    kind: str,
    agency: Agency,
    symbol: str,
    register: str,
    compose: Callable[..., Paper],
    site_id: UUID,
    dossier_code: str,
    abstract: str,
    signer_name: str,
    by: User,
    at: datetime,
) -> Letter:
    """Numbers and freezes one letter inside the caller's transaction and announces that its PDF is wanted.

    `compose(token=, printed_token=, number=, dated=)` returns the paper. An empty `register` gives no number.
    The unique `subject_key` makes a doubled call fail rather than issue twice.
    """
    day = plan.local_day(at)
    token = new_token()
    number = take(f"letters:{agency.code}:{day.year}:{register}") if register else None
    with override("vi"):  # a letter is Vietnamese, whichever language its signer reads the portal in
        paper = compose(token=token, printed_token=printed(token), number=number, dated=day)
    letter = Letter.objects.create(
        subject_key=subject_key,
        kind=kind,
        agency=agency,
        number=number,
        symbol=symbol,
        year=day.year,
        dated=day,
        abstract=abstract[:300],
        dossier_code=dossier_code,
        site_id=site_id,
        token=token,
        data=freeze(paper),
        issued_at=at,
        issued_by=by,
        signer_name=signer_name,
    )
    record("letter.issued", by=by, at=at, kind="letter", subject_id=letter.pk, fields=["number"])
    announce("letter.issued", letter.pk, at=at)
    return letter


class MadeMeanwhile(Exception):
    """Another worker has made the PDF of this letter; ours goes."""


def make_pdf(letter_id: str, *, at: datetime) -> None:
    """Makes the PDF of a letter that has none; run twice it leaves one file. Handler of letter.issued."""
    letter = Letter.objects.get(pk=letter_id)
    if letter.pdf_id is not None:
        return
    content = pdf.render(letterforms.html(thaw(letter.data)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.pdf"
        path.write_bytes(content)
        file = keep(
            path, name=f"{file_stem(letter)}.pdf", media_type="application/pdf", pages=None, by=None, at=at
        )
    try:
        with transaction.atomic():
            file.save()
            won = Letter.objects.filter(pk=letter.pk, pdf__isnull=True).update(
                pdf=file, sha256=file.sha256, rendered_at=at
            )
            if not won:
                raise MadeMeanwhile
            announce("letter.ready", letter.pk, at=at)
    except MadeMeanwhile:
        file.content.delete(save=False)


def file_stem(letter: Letter) -> str:
    """A file name that says what it is: kind, number or dossier."""
    return "-".join(
        part for part in (letter.kind, letter.full_number.replace("/", "-") or letter.dossier_code) if part
    )


def preview(paper: Paper) -> Paper:
    """The same paper without number, date and code, as the signer sees it beforehand."""
    return replace(paper, number=None, dated=None, token="", printed_token="", check_host=settings.CHECK_HOST)
