"""Two more A5 slips of the one-stop desk: the apology with a new day, and the control slip of every hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from documents.letterforms.paper import Contact, Paper
from documents.letterforms.slips import Form


@dataclass(frozen=True, kw_only=True)
class ApologySlip(Paper):
    """Form 04: the day that was promised cannot be kept; sorry, why, and the new day. Once a stage.

    `promised_for` says in small letters what was promised ("đề xuất tổ kiểm tra").
    """

    sheet_size: ClassVar[str] = "a5"
    template: ClassVar[str] = "letters/apology.html"

    form: Form
    firm: str
    address: str
    firm_contact: str
    request: str
    received_at: datetime
    promised_for: str
    promised_at: datetime
    reason: str
    new_at: datetime
    contact: Contact
    officer: str

    @property
    def kind_name(self) -> str:
        return "Phiếu xin lỗi và hẹn lại"

    @property
    def foot_note(self) -> str:
        return "Ngày hẹn mới thay ngày đã ghi trên giấy tiếp nhận."


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """One hand-over as the record has it. `result` is "early", "on_time", "late" or empty where no time ran."""

    giver: str
    taker: str
    given_at: datetime
    taken_at: datetime
    giver_name: str
    taker_name: str
    result: str
    note: str

    @property
    def boxes(self) -> tuple[tuple[str, bool], ...]:
        """The three results, the right one ticked."""
        named = (("early", "Trước hạn"), ("on_time", "Đúng hạn"), ("late", "Quá hạn"))
        return tuple((words, self.result == code) for code, words in named)


@dataclass(frozen=True, kw_only=True)
class ControlSlip(Paper):
    """Form 05: every hand-over of a dossier, from the record and never typed."""

    sheet_size: ClassVar[str] = "a5"
    template: ClassVar[str] = "letters/control.html"

    form: Form
    firm: str
    made_by: str
    received_at: datetime
    hand_overs: tuple[HandOver, ...]

    @property
    def kind_name(self) -> str:
        return "Phiếu kiểm soát hồ sơ"

    @property
    def foot_note(self) -> str:
        return "Lập từ nhật ký hồ sơ, không sửa tay."
