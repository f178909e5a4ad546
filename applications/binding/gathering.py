"""What goes into the volume of a dossier, in the plan's order. The letter of request stands apart."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from applications import guards
from applications.models import Dossier, Paper, ScanPage
from applications.packing.slots import PLAN
from applications.sight import PERSONAL
from applications.slot_states import slots_of
from documents import letterforms, pdf
from documents.letterforms.coded import pages_of
from documents.letterforms.volume import DigestList, ListedFile
from documents.models import Letter, StoredFile

# The letter of request is a paper of its own (III.1.3.3-a), never bound in.
APART = "request_letter"
SHEET_CLAUSE = "III.1.3.1-d"
PLAN_TITLE = "Phương án sản xuất gắn với phòng, chống dịch COVID-19"


@dataclass(frozen=True)
class Part:
    """One part: a stored PDF, or one of our own making, and the digest of what was filed.

    `has_foot` says that its lower margin holds words or a code already.
    """

    slot: str
    title: str
    clause: str
    digest: str
    pages: int
    file: StoredFile | None = None
    made: bytes = field(default=b"", repr=False)
    has_foot: bool = False


def parts_of(dossier: Dossier, *, at: datetime) -> list[Part]:
    """The parts as the dossier stands: plan, attachments, signed confirmation sheets. Letters not yet made wait."""
    with override("vi"):
        return [*_papers(dossier, at=at), *_sheets(dossier)]


def key_of(parts: list[Part]) -> str:
    """Tells one set of parts from another."""
    lines = "\n".join(f"{part.slot} {part.digest} {part.pages}" for part in parts)
    return hashlib.sha256(lines.encode()).hexdigest()


def _papers(dossier: Dossier, *, at: datetime) -> Iterator[Part]:
    """What was filed, the signed plan first; a plan that nobody has signed is never bound in."""
    papers = guards.current_papers(dossier)
    for slot in slots_of(dossier, at=at):
        paper = papers.get(slot.code)
        if paper is None or slot.code == APART:
            continue
        if slot.code in PERSONAL:
            yield _listed(dossier, paper, slot.title, slot.clause)
        elif paper.pdf is not None and paper.pdf.withdrawn_at is None:
            yield _filed(paper, PLAN_TITLE if slot.code == PLAN else slot.title, slot.clause)


def _filed(paper: Paper, title: str, clause: str) -> Part:
    file = paper.pdf
    coded = ScanPage.objects.filter(paper=paper, found=ScanPage.Found.CODED).exists()
    return Part(paper.slot, title, clause, file.sha256, paper.pages, file=file, has_foot=coded)


def _made(slot: str, title: str, clause: str, content: bytes, *, digest: str) -> Part:
    return Part(slot, title, clause, digest, pages_of(content), made=content)


def _listed(dossier: Dossier, paper: Paper, title: str, clause: str) -> Part:
    """Papers that name workers, or tell of their health, enter by digest: whoever sees the dossier reads the volume."""
    originals = [part.file for part in paper.parts.select_related("file").order_by("position", "pk")]
    listed = tuple(
        ListedFile(what=f"Tệp {number}, {_kind(file)}", pages=file.pages or 0, digest=file.sha256)
        for number, file in enumerate(originals, start=1)
    )
    people = f", {paper.rows} người" if paper.rows is not None else ""
    slips = (
        f", {dossier.slips_count} phiếu" if paper.slot == "vaccination_slips" and dossier.slips_count else ""
    )
    sheet = DigestList(
        agency=(dossier.site.enterprise.name,),
        place="",
        check_host=settings.CHECK_HOST,
        dossier_code=dossier.code or "",
        heading=f"BẢNG KÊ: {title.upper()}",
        firm=dossier.site.enterprise.name,
        lead=f"{title} của {dossier.site.name}: {len(listed)} tệp{people}{slips}, bản {paper.version} trong hồ sơ",
        files=listed,
        note="Giấy tờ này có thông tin riêng của người lao động nên lưu trên cổng, không đóng vào tập. Người "
        "giải quyết hồ sơ mở tại trang hồ sơ; so dấu số ở bảng trên với dấu số của tệp để biết tệp còn nguyên",
    )
    content = pdf.render(letterforms.html(sheet))
    return _made(paper.slot, f"{title} (bảng kê)", clause, content, digest=_digest_of(originals))


def digest_of(paper: Paper) -> str:
    """The digest under which a filed paper stands among the parts."""
    if paper.slot not in PERSONAL:
        return paper.pdf.sha256 if paper.pdf is not None else ""
    return _digest_of([part.file for part in paper.parts.select_related("file").order_by("position", "pk")])


def _digest_of(originals: list[StoredFile]) -> str:
    """Of one file its own; of several, that of their digests."""
    if len(originals) == 1:
        return originals[0].sha256
    return hashlib.sha256("\n".join(file.sha256 for file in originals).encode()).hexdigest()


def _kind(file: StoredFile) -> str:
    kind = file.media_type.rsplit("/", 1)[-1]
    return "Excel" if "sheet" in kind else kind.upper()


def _sheets(dossier: Dossier) -> Iterator[Part]:
    """Each signed confirmation sheet, in the order of signing; appending one voids nothing."""
    for number, sheet in enumerate(
        dossier.sheets.filter(letter__pdf__isnull=False)
        .select_related("letter__pdf")
        .order_by("signed_at", "pk"),
        start=1,
    ):
        file = sheet.letter.pdf
        pages = file.pages or 0
        made = b""
        if not pages:  # a letter is laid out without being counted
            with file.content.open("rb") as stream:
                made = stream.read()
            pages = pages_of(made)
        yield Part(
            f"sheet_{number}", _sheet_title(sheet.letter), SHEET_CLAUSE, sheet.letter.sha256, pages,
            file=None if made else file, made=made,
        )  # fmt: skip


def _sheet_title(letter: Letter) -> str:
    """What was signed on paper says so in the contents."""
    return "Phiếu xác nhận kiểm tra" + (", ký trên giấy" if letter.recorded_by_id is not None else "")
