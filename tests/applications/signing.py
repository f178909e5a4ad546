"""Printed packs and scans for tests: the sheets of a print with what they are, and a scan sent and read."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Dossier, Scan, SigningPack
from applications.packing import printing
from applications.scanning import taking
from documents.models import StoredFile
from journal import outbox
from tests import cast
from tests.applications import making
from tests.applications.copier import Sheet

AT = cast.AT


def work(at: datetime = AT) -> None:
    """Everything that waits in the outbox, as the worker does it."""
    while outbox.drain(now=lambda: at):
        pass


def content_of(file: StoredFile) -> bytes:
    with file.content.open("rb") as stream:
        return bytes(stream.read())


def printed(dossier: Dossier, at: datetime = AT, *, kind: str = SigningPack.Kind.PAPERS) -> SigningPack:
    """The print of a dossier, laid out."""
    pack = printing.ask(dossier=dossier, kind=kind, by=making.owner_of(dossier), at=at)
    printing.make_pdf(str(pack.pk), at=at)
    return SigningPack.objects.select_related("file").get(pk=pack.pk)


def sheets_of(pack: SigningPack) -> list[Sheet]:
    """The sheets of a print in order: the cover first (no paper), then every page of every paper."""
    content = content_of(pack.file)
    covers = pack.pages - sum(row["pages"] or 1 for row in pack.printed)
    sheets = [Sheet(content, index) for index in range(covers)]
    for row in pack.printed:
        for page in range(1, (row["pages"] or 1) + 1):
            paper = row["slot"] if row["pages"] else ""
            sheets.append(Sheet(content, len(sheets), paper, page if row["pages"] else 0))
    return sheets


def sent(dossier: Dossier, *files: bytes, at: datetime = AT, name: str = "scan.pdf") -> Scan:
    """Files sent as one scan, not yet read."""
    uploads = [SimpleUploadedFile(name, content, "application/pdf") for content in files]
    taken = taking.take(dossier=dossier, sent=uploads, by=making.owner_of(dossier), at=at)
    assert taken.scan is not None, taken.refused
    return taken.scan


def read(dossier: Dossier, *files: bytes, at: datetime = AT, name: str = "scan.pdf") -> Scan:
    """Files sent as one scan, read and filed as far as is certain."""
    scan = sent(dossier, *files, at=at, name=name)
    work(at)
    return Scan.objects.select_related("dossier", "whole", "sent_by").get(pk=scan.pk)
