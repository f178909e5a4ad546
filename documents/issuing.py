"""Issuing letters: the row with its number and frozen data in the verb's transaction, the PDF in a worker."""

import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
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
from documents.models import Letter, StoredFile
from documents.numbers import NumberTaken, is_to_come, letters_key, take
from documents.page_images import page_count
from documents.storing import keep
from journal.recording import announce, record
from journal.tokens import new_token
from organisations.models import Agency, User

FORMS: dict[str, type[Paper]] = {
    form.__name__: form
    for form in (
        letterforms.Decision,
        letterforms.AnnexedDecision,
        letterforms.Refusal,
        letterforms.ReceiptSlip,
        letterforms.DeclineSlip,
        letterforms.SupplementSlip,
        letterforms.ConfirmationSheet,
        letterforms.SubmissionNote,
        letterforms.ApologySlip,
        letterforms.ControlSlip,
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


@dataclass(frozen=True)
class OnPaper:
    """A letter signed on paper: the number and day that stand on it, its scan, and who put them in.

    A sheet bears no number.
    """

    number: int | None
    dated: date
    scan: StoredFile
    recorded_by: User


def nowhere_else(year: int) -> Collection[int]:
    """Of a register in which letters alone have numbers."""
    return ()


def issue(
    *,
    subject_key: str,
    kind: str,
    agency: Agency,
    symbol: str,
    register: str,
    compose: Callable[..., Paper],
    site_id: UUID | None,
    dossier_code: str,
    abstract: str,
    signer_name: str,
    by: User,
    at: datetime,
    on_paper: OnPaper | None = None,
    elsewhere: Callable[[int], Collection[int]] | None = None,
) -> Letter:
    """Numbers and freezes one letter inside the caller's transaction and announces that its PDF is wanted.

    `compose(token=, printed_token=, number=, dated=)` returns the paper. An empty `register` gives no number.
    `elsewhere(year)` marks a register that is kept on paper too: the numbers of it on papers that are no letters.
    Of such a register the portal gives reserved numbers alone.
    The unique `subject_key` makes a doubled call fail rather than issue twice. Raises BlockUsedUp or NumberTaken.
    """
    day = on_paper.dated if on_paper else plan.local_day(at)
    number = _number(agency, register, on_paper, day=day, elsewhere=elsewhere)
    token = new_token()
    with override("vi"):  # a letter is Vietnamese, whichever language its signer reads the portal in
        paper = compose(token=token, printed_token=printed(token), number=number, dated=day)
    letter = Letter.objects.create(
        subject_key=subject_key, kind=kind, agency=agency, number=number, symbol=symbol, year=day.year, dated=day,
        abstract=abstract[:300], dossier_code=dossier_code, site_id=site_id, token=token, data=freeze(paper),
        issued_at=at, issued_by=by, signer_name=signer_name, **_scanned(on_paper, at=at),
    )  # fmt: skip
    record("letter.issued", by=by, at=at, kind="letter", subject_id=letter.pk, fields=["number"])
    if on_paper:
        announce("letter.ready", letter.pk, at=at)
    else:
        announce("letter.issued", letter.pk, at=at)
    return letter


def _number(
    agency: Agency, register: str, on_paper: OnPaper | None, *, day: date,
    elsewhere: Callable[[int], Collection[int]] | None,
) -> int | None:  # fmt: skip
    """The next number of the register, or the one that stands on the paper."""
    if not register:
        return None
    key = letters_key(agency.code, year=day.year, register=register)
    if on_paper is None:
        return take(key, reserved_only=elsewhere is not None)
    if on_paper.number is None:
        return None
    look_free(
        on_paper.number, agency=agency, register=register, year=day.year, elsewhere=elsewhere or nowhere_else
    )
    return on_paper.number


def look_free(
    number: int, *, agency: Agency, register: str, year: int,
    elsewhere: Callable[[int], Collection[int]] = nowhere_else,
) -> None:  # fmt: skip
    """NumberTaken for a number that a paper may not have: of the portal's block, or on another paper of the year."""
    key = letters_key(agency.code, year=year, register=register)
    # The first question holds the register: of two clerks with one number the second looks when the first is done.
    if is_to_come(key, number):
        raise NumberTaken(key)
    # One register for all kinds of letters: a number used for a decision is not free for a notice.
    letters = Letter.objects.filter(agency=agency, year=year, number=number)
    if number in elsewhere(year) or letters.exists():
        raise NumberTaken(key)


def _scanned(on_paper: OnPaper | None, *, at: datetime) -> dict[str, Any]:
    """The scan is the letter: what was signed, not what the portal would print."""
    if on_paper is None:
        return {}
    scan = on_paper.scan
    return {"pdf": scan, "sha256": scan.sha256, "rendered_at": at, "recorded_by": on_paper.recorded_by}


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
            path, name=f"{file_stem(letter)}.pdf", media_type="application/pdf", pages=page_count(path), by=None,
            at=at,
        )  # fmt: skip
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
