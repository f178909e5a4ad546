"""The papers of a dossier as the desk reads them: each slot with its present version, and what is left to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.guards import excused
from applications.models import Dossier, Paper
from organisations.plan_in_force import rules_at
from pages import parts

# What an officer looks for in each paper; the last line of all of them is the signature.
SIGNED = gettext_lazy("Chữ ký người đại diện và dấu")
LOOK_FOR: dict[str, tuple[str | Promise, ...]] = {
    "request_letter": (
        gettext_lazy("Tên, mã số thuế, địa chỉ cơ sở"),
        gettext_lazy("Số lao động và ngày muốn bắt đầu"),
        gettext_lazy("Hình thức sản xuất"),
        SIGNED,
    ),
    "investment_certificate": (
        gettext_lazy("Đúng doanh nghiệp, đúng địa điểm"),
        gettext_lazy("Ngành nghề có trong giấy chứng nhận"),
        gettext_lazy("Còn hiệu lực"),
    ),
    "worker_list": (
        gettext_lazy("Đủ bảy cột của mẫu"),
        gettext_lazy("Số người không vượt mức tối đa"),
        gettext_lazy("Nơi ở ghi đến ấp, khóm"),
    ),
    "vaccination_slips": (
        gettext_lazy("Tên trên phiếu khớp danh sách"),
        gettext_lazy("Có ngày tiêm và nơi tiêm"),
        gettext_lazy("Đọc được trên bản quét"),
    ),
    "screening_plan": (
        gettext_lazy("Có phương pháp và nơi xét nghiệm"),
        gettext_lazy("Tỷ lệ và lịch các đợt"),
        gettext_lazy("Có người phụ trách, số điện thoại"),
        SIGNED,
    ),
    "isolation_plan": (
        gettext_lazy("Có địa điểm, số phòng, sức chứa"),
        gettext_lazy("Đường đi riêng cho người cách ly"),
        gettext_lazy("Người phụ trách và cơ sở y tế liên hệ"),
        SIGNED,
    ),
    "safety_regulation": (
        gettext_lazy("Khoảng cách, thông khí, khử khuẩn"),
        gettext_lazy("Cách chia ca, chia xưởng"),
        SIGNED,
    ),
    "workplace_lodging_regulation": (
        gettext_lazy("Chỗ làm, ăn, nghỉ, vệ sinh"),
        gettext_lazy("Sức chứa đủ cho số người trong danh sách"),
        SIGNED,
    ),
    "safety_team_regulation": (
        gettext_lazy("Có quyết định lập Tổ và danh sách"),
        gettext_lazy("Việc của Tổ hằng ngày"),
        SIGNED,
    ),
    "labour_management_regulation": (
        gettext_lazy("Cách khai báo y tế hằng ngày"),
        gettext_lazy("Quản lý người ra vào"),
        SIGNED,
    ),
    "caterer_information": (
        gettext_lazy("Tên, địa chỉ, điện thoại nơi cung cấp"),
        gettext_lazy("Giấy chứng nhận an toàn thực phẩm"),
        gettext_lazy("Cam kết xét nghiệm người giao suất ăn"),
    ),
    "health_contract": (
        gettext_lazy("Đúng cơ sở y tế, còn thời hạn"),
        gettext_lazy("Chữ ký và dấu của hai bên"),
    ),
    "commitment": (
        gettext_lazy("Đủ nội dung cam kết"),
        SIGNED,
    ),
}
LOOKS = {
    "ok": (gettext_lazy("đạt"), "check-lg", "is-ok"),
    "returned": (gettext_lazy("đã trả lại"), "arrow-return-left", "is-late"),
    "unseen": (gettext_lazy("chưa xem"), "circle", ""),
    "later": (gettext_lazy("nộp sau"), "clock", ""),
    "excused": (gettext_lazy("không cần, có lý do"), "dash-lg", ""),
    "missing": (gettext_lazy("chưa có"), "dash-lg", ""),
}


@dataclass(frozen=True)
class SlotRow:
    """One of the papers that the plan asks for, with what stands in it."""

    number: int
    code: str
    title: str
    clause: str
    required: bool
    paper: Paper | None
    excused: bool

    @property
    def status(self) -> str:
        """A key of LOOKS."""
        if self.paper is None:
            return "excused" if self.excused else "missing" if self.required else "later"
        by_verdict = {Paper.Verdict.IN_ORDER: "ok", Paper.Verdict.RETURNED: "returned"}
        return by_verdict.get(Paper.Verdict(self.paper.verdict), "unseen")

    @property
    def words(self) -> str:
        """The status in words."""
        return str(LOOKS[self.status][0])

    @property
    def icon(self) -> str:
        """The status as an icon."""
        return LOOKS[self.status][1]

    @property
    def css(self) -> str:
        """The status as a class of the strip."""
        return LOOKS[self.status][2]

    @property
    def look_for(self) -> tuple[str | Promise, ...]:
        """What an officer looks for."""
        return LOOK_FOR.get(self.code, (SIGNED,))

    @property
    def why(self) -> parts.Why:
        """The clause that asks for the paper."""
        return parts.Why(self.clause, title=_("Căn cứ %(clause)s") % {"clause": self.clause})


def slots_of(dossier: Dossier, *, at: datetime) -> list[SlotRow]:
    """The slots of the law of the day of submission, in their order, each with its present paper: one query."""
    present = dossier.papers.filter(replaced_at__isnull=True).order_by("slot")
    papers = {paper.slot: paper for paper in present.select_related("pdf", "verdict_by", "uploaded_by")}
    slots = rules_at(dossier.submitted_at or at).phase(dossier.phase).slots()
    return [
        SlotRow(number, slot.code, slot.title, slot.clause, slot.required, papers.get(slot.code),
                excused(dossier, slot.code))
        for number, slot in enumerate(slots, start=1)
    ]  # fmt: skip


def next_unseen(rows: Sequence[SlotRow], *, after: int = 0) -> SlotRow | None:
    """The next paper that nobody has marked, from one number on, then from the start."""
    unseen = [row for row in rows if row.status == "unseen"]
    return next((row for row in unseen if row.number > after), unseen[0] if unseen else None)
