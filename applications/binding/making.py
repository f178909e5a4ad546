"""Binding a volume in the worker: same papers, same version; other papers, a new one."""

import hashlib
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

import plan
from applications import lifecycle
from applications.binding import gathering
from applications.binding.gathering import Part
from applications.models import Dossier, Sheet, Volume, VolumeBook
from applications.packing.slots import PLAN
from documents import binding, letterforms, pdf
from documents.digests import digest_of
from documents.issuing import printed
from documents.letterforms.coded import pages_of
from documents.letterforms.volume import Book, BoundPart, VolumeContents, VolumeCover
from documents.letterforms.words import number
from documents.models import StoredFile
from documents.storing import keep
from documents.uploads import stored_on_disk
from journal.recording import announce, record
from journal.tokens import new_token
from organisations.plan_in_force import law

# Ours: what a binding machine and a desk can still hold; a longer volume becomes Tập 1, Tập 2, …
MOST_PAGES = 300
PDF = "application/pdf"
SHORT = {PLAN: "Phương án"}
NAME = ("PHƯƠNG ÁN SẢN XUẤT GẮN VỚI", "AN TOÀN PHÒNG, CHỐNG DỊCH COVID-19")


class WithdrawnMeanwhile(Exception):
    """A paper was withdrawn while it was being bound: this volume goes, the withdrawal has asked for another."""


@dataclass(frozen=True)
class _Laid:
    """Where everything lies before it is bound."""

    version: int
    token: str
    parts: tuple[BoundPart, ...]
    total: int
    contents: int
    books: tuple[Book, ...]


def current(dossier: Dossier) -> Volume | None:
    """The volume in force."""
    return dossier.volumes.prefetch_related("books__file").order_by("-version", "-pk").first()


def want(dossier_id: str, *, at: datetime) -> None:
    """Asks for the volume in a row of its own, since binding is long. Handler of dossier.submitted."""
    dossier = Dossier.objects.get(pk=dossier_id)
    _want(dossier, since=dossier.submitted_at or at, at=at)


def _want(dossier: Dossier, *, since: datetime, at: datetime) -> None:
    """A volume made since then holds what came then: an event answered twice asks once."""
    if not dossier.volumes.filter(made_at__gte=since).exists():
        announce("volume.wanted", dossier.pk, at=at)


def want_for_letter(letter_id: str, *, at: datetime) -> None:
    """Handler of letter.ready: a signed confirmation sheet joins the volume of its dossier."""
    sheet = Sheet.objects.filter(letter_id=letter_id).select_related("dossier", "letter").first()
    if sheet is not None:
        _want(sheet.dossier, since=sheet.letter.rendered_at or at, at=at)


def bind(dossier_id: str, *, at: datetime) -> None:
    """Makes the next version where the papers are no longer those of the last. Handler of volume.wanted."""
    dossier = Dossier.objects.select_related("site__enterprise", "receiving_agency").get(pk=dossier_id)
    if dossier.code is None:
        return
    parts = gathering.parts_of(dossier, at=at)
    key, last = gathering.key_of(parts), current(dossier)
    if not parts or (last is not None and last.key == key):
        return
    laid = _laid_out(parts, version=last.version + 1 if last else 1)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="volume-")))
        laid, own = _own_sheets(dossier, laid, at=at)
        sheets = [_on_disk(stack, folder, f"own-{place}", made=made) for place, made in enumerate(own)]
        sheets += [
            _on_disk(stack, folder, f"part-{place}", made=part.made, file=part.file, has_foot=part.has_foot)
            for place, part in enumerate(parts)
        ]
        books = [(folder / f"tap-{book.number}.pdf", book.first_page, book.last_page) for book in laid.books]
        start = f"{dossier.code} · bản {laid.version} · tr. "
        binding.bound(sheets, start=start, total=laid.total, books=books)
        _keep(dossier, parts, laid, key, [path for path, _first, _last in books], at=at)


def _laid_out(parts: Sequence[Part], *, version: int, contents: int = 1) -> _Laid:
    """Cover, contents, parts: first pages counted through all books."""
    page, bound = 2 + contents, []
    for part in parts:
        bound.append(
            BoundPart(
                title=part.title,
                short=SHORT.get(part.slot, part.title),
                clause=part.clause,
                pages=part.pages,
                first_page=page,
                digest=part.digest,
            )
        )
        page += part.pages
    total = page - 1
    books = books_of([part.first_page for part in bound], total)
    return _Laid(version, new_token(), tuple(bound), total, contents, books)


def books_of(first_pages: Sequence[int], total: int, *, most: int = MOST_PAGES) -> tuple[Book, ...]:
    """Books of at most `most` pages, ended before a part where one begins in them, within it where none does."""
    books, first = list[Book](), 1
    while first <= total:
        last = min(first + most - 1, total)
        if last < total:
            starts = [page for page in first_pages if first < page <= last + 1]
            last = max(starts) - 1 if starts else last
        books.append(Book(number=len(books) + 1, first_page=first, last_page=last))
        first = last + 1
    return tuple(books)


def _own_sheets(dossier: Dossier, laid: _Laid, *, at: datetime) -> tuple[_Laid, list[bytes]]:
    """Cover and contents; a long list of contents moves all parts, and is laid out once more."""
    contents = pdf.render(letterforms.html(_contents(dossier, laid)))
    pages = pages_of(contents)
    if pages != laid.contents:
        shifted = tuple(
            BoundPart(**{**vars(part), "first_page": part.first_page + pages - laid.contents})
            for part in laid.parts
        )
        total = laid.total + pages - laid.contents
        books = books_of([part.first_page for part in shifted], total)
        laid = _Laid(laid.version, laid.token, shifted, total, pages, books)
        contents = pdf.render(letterforms.html(_contents(dossier, laid)))
    cover = pdf.render(letterforms.html(_cover(dossier, laid, at=at)))
    return laid, [cover, contents]


def _frame(dossier: Dossier) -> dict[str, object]:
    return {
        "agency": (dossier.site.enterprise.name,),
        "place": law().province.place,
        "check_host": settings.CHECK_HOST,
        "dossier_code": dossier.code or "",
    }


def _cover(dossier: Dossier, laid: _Laid, *, at: datetime) -> VolumeCover:
    facts = [f"Giai đoạn {dossier.phase}"]
    facts += [str(dossier.get_mode_display())] if dossier.mode else []
    facts += [f"{number(dossier.listed_workers)} người lao động"] if dossier.listed_workers else []
    frame: dict[str, object] = {
        **_frame(dossier), "token": laid.token, "printed_token": printed(laid.token),
    }  # fmt: skip
    return VolumeCover(
        **frame,  # type: ignore[arg-type]
        firm=dossier.site.enterprise.name,
        tax_code=dossier.site.enterprise.tax_code,
        site=dossier.site.place,
        name=NAME,
        facts=(" – ".join(facts), f"Nơi nhận: {dossier.receiving_agency.name}"),
        version=laid.version,
        made_at=at,
        made_on=plan.local_day(at),
        parts=laid.parts,
    )


def _contents(dossier: Dossier, laid: _Laid) -> VolumeContents:
    notes = ["Công văn đề nghị để riêng, không đóng vào tập"]
    if not any(part.clause == "III.1.3.3-k" for part in laid.parts):
        notes.append("Hợp đồng với cơ sở y tế được bổ sung sau, thành bản mới của tập")
    notes.append("Danh sách lao động và phiếu tiêm nộp theo bảng kê kèm dấu số của từng tệp")
    notes.append("Số trang của tập in ở góc dưới, bên phải; số trang riêng của mỗi giấy tờ giữ nguyên")
    return VolumeContents(
        **_frame(dossier),  # type: ignore[arg-type]
        parts=laid.parts,
        total=laid.total,
        books=laid.books,
        notes=tuple(notes),
    )


def _on_disk(
    stack: ExitStack, folder: Path, name: str, *, made: bytes = b"", file: StoredFile | None = None,
    has_foot: bool = False,
) -> binding.Sheets:  # fmt: skip
    if file is not None and not made:
        return binding.Sheets(stack.enter_context(stored_on_disk(file)), has_foot)
    path = folder / f"{name}.pdf"
    path.write_bytes(made)
    return binding.Sheets(path, has_foot)


def _keep(
    dossier: Dossier, parts: Sequence[Part], laid: _Laid, key: str, paths: Sequence[Path], *, at: datetime
) -> None:
    """Rows and files of one version; a second worker that was slower leaves nothing."""
    digests = [digest_of(path) for path in paths]
    whole = digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()
    files = [
        keep(
            path, name=_file_name(dossier, laid, book), media_type=PDF, pages=book.last_page - book.first_page + 1,
            by=None, at=at,
        )
        for path, book in zip(paths, laid.books, strict=True)
    ]  # fmt: skip
    try:
        with transaction.atomic():
            lifecycle.held(dossier.pk)
            bound = [part.file.pk for part in parts if part.file is not None]
            if StoredFile.objects.filter(pk__in=bound, withdrawn_at__isnull=False).exists():
                raise WithdrawnMeanwhile
            volume = Volume.objects.create(
                dossier=dossier, version=laid.version, key=key, pages=laid.total, digest=whole,
                token=laid.token, made_at=at,
                parts=[{"slot": part.slot, **vars(row)} for part, row in zip(parts, laid.parts, strict=True)],
            )  # fmt: skip
            _keep_books(volume, laid, files)
            record("volume.bound", by=None, at=at, kind="dossier", subject_id=dossier.pk)
    except (IntegrityError, WithdrawnMeanwhile):
        for file in files:
            file.content.delete(save=False)


def _keep_books(volume: Volume, laid: _Laid, files: Sequence[StoredFile]) -> None:
    """A row and a file for each book of a version."""
    for file, book in zip(files, laid.books, strict=True):
        file.save()
        VolumeBook.objects.create(
            volume=volume, number=book.number, file=file, first_page=book.first_page,
            pages=book.last_page - book.first_page + 1,
        )  # fmt: skip


def _file_name(dossier: Dossier, laid: _Laid, book: Book) -> str:
    tail = f"-tap-{book.number}" if len(laid.books) > 1 else ""
    return f"tap-ho-so-{dossier.code}-ban-{laid.version}{tail}.pdf"
