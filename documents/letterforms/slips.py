"""The A5 slips of the one-stop desk: receipt, supplement, decline, and the note of a submission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from documents.letterforms.paper import Contact, Paper


@dataclass(frozen=True, kw_only=True)
class Form:
    """Number and title (two hand-set lines) of a published form: data, since circulars renumber them."""

    number: str
    title: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReceivedPaper:
    """One row of form 01; `number` stands before it in place of its number in the list."""

    name: str
    number: str = ""
    originals: int = 0
    certified: int = 0
    copies: int = 0


@dataclass(frozen=True, kw_only=True)
class ReceiptSlip(Paper):
    """Form 01: what was received, by whom, and what is promised by when.

    `due_at` is the last moment in time (23:59:59 is printed as 24:00 of that day) and `due_for` says in small
    letters what is promised by it ("trình lập tổ kiểm tra"). `result_promise` and `collect_at` are whole phrases.
    """

    sheet_size: ClassVar[str] = "a5"
    template: ClassVar[str] = "letters/receipt.html"

    form: Form
    firm: str
    tax_code: str
    submitter: str
    submitter_phone: str
    request: str
    papers: tuple[ReceivedPaper, ...]
    sets: int = 1
    received_at: datetime
    due_for: str
    due_at: datetime
    result_promise: str
    collect_at: str
    contact: Contact
    officer: str
    volume_version: int | None = None
    volume_digest: str = ""

    @property
    def kind_name(self) -> str:
        return "Giấy tiếp nhận hồ sơ"

    @property
    def foot_note(self) -> str:
        note = "Giữ phiếu này để nhận kết quả."
        return (
            f"{note} Dấu số tập hồ sơ, bản {self.volume_version} (SHA-256):" if self.volume_digest else note
        )

    @property
    def foot_digest(self) -> str:
        """The bound volume that was received, when it was bound by then."""
        return self.volume_digest


@dataclass(frozen=True, kw_only=True)
class DeclineReason:
    basis: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DeclineSlip(Paper):
    """Form 03: the desk does not receive the dossier; each reason with its basis, and the ways on."""

    sheet_size: ClassVar[str] = "a5"
    template: ClassVar[str] = "letters/decline.html"

    form: Form
    firm: str
    address: str
    firm_contact: str
    request: str
    reasons: tuple[DeclineReason, ...]
    ways_on: tuple[str, ...]
    complaint: str
    contact: Contact
    officer: str

    @property
    def kind_name(self) -> str:
        return "Phiếu từ chối tiếp nhận hồ sơ"

    @property
    def foot_note(self) -> str:
        return "Hồ sơ này có thể dùng lại để lập hồ sơ mới."


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to mend: the paper (or answer) with its clause, what is wrong with it, what to do."""

    thing: str
    clause: str
    fault: str
    to_do: str


@dataclass(frozen=True, kw_only=True)
class SupplementSlip(Paper):
    """Form 02: everything that is missing, said once; no time is counted until it is answered."""

    sheet_size: ClassVar[str] = "a5"
    template: ClassVar[str] = "letters/supplement.html"

    form: Form
    firm: str
    address: str
    firm_contact: str
    request: str
    faults: tuple[Fault, ...]
    reason: str
    contact: Contact
    officer: str

    @property
    def count(self) -> str:
        """ "03"."""
        return f"{len(self.faults):02d}"

    @property
    def kind_name(self) -> str:
        return "Phiếu yêu cầu bổ sung hồ sơ"

    @property
    def foot_note(self) -> str:
        return "Trả lời trên Cổng bằng mã hồ sơ."


@dataclass(frozen=True, kw_only=True)
class SubmissionNote(Paper):
    """What the enterprise keeps right after submitting; no form of a circular, and it bears no number.

    `next_steps` are whole sentences with their times; `answer_by` is the last moment of the first answer.
    """

    sheet_size: ClassVar[str] = "a5"
    template: ClassVar[str] = "letters/submission.html"

    firm: str
    tax_code: str
    submitter: str
    request: str
    submitted_at: datetime
    papers_count: int
    receiving_agency: str
    answer_by: datetime
    contact: Contact
    next_steps: tuple[str, ...]

    @property
    def kind_name(self) -> str:
        return "Phiếu báo đã nộp hồ sơ"

    @property
    def foot_note(self) -> str:
        return "Dùng mã hồ sơ để hỏi hoặc tra cứu."
