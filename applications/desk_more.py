"""What else an officer may do with a case, beside its road: links of the side column and of the queue."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from applications import correcting, moving
from applications.models import Dossier
from applications.states import CLOSED, State
from pages import parts


def of_case(dossier: Dossier, *, at: datetime) -> list[parts.Entry]:
    """For who receives the dossier; no query: the case has few to spare."""
    found: list[tuple[str, str]] = []
    if dossier.state in moving.MOVABLE:
        found.append((_("Chuyển sang cơ quan đúng"), "move"))
    if dossier.state == State.TEAM_ASSIGNED:
        found.append((_("Đổi lịch kiểm tra"), "move_visit"))
    if dossier.state not in correcting.CLOSED_TO_IT:
        found.append((_("Sửa lỗi nhập rõ ràng"), "correct"))
    if dossier.state == State.SUPPLEMENT_REQUESTED:
        found.append((_("Các lần bổ sung"), "supplement"))
    found.append((_("Những chỗ đã sửa"), "corrections"))
    if dossier.due_at is not None and dossier.state not in (State.DRAFT, *CLOSED):
        found.append((_("Xin lỗi và hẹn lại ngày"), "apology"))
    found.append((_("Phiếu kiểm soát"), "control"))
    return [
        parts.Entry(label, reverse(f"dossiers:{name}", args=[dossier.reference])) for label, name in found
    ]


def of_queue() -> list[parts.Entry]:
    """For the desk: what begins here and not in a row."""
    found = (
        (_("Nộp tại quầy"), "dossiers:counter"),
        (_("Nhập văn bản giấy"), "dossiers:paper_permit"),
        (_("Sổ theo dõi (mẫu 06)"), "dossiers:book"),
        (_("Thư viện lý do, điều kiện"), "dossiers:library"),
    )
    return [parts.Entry(label, reverse(name)) for label, name in found]
