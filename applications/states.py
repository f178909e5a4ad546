"""The states of a dossier with their two names: for officials, and for the enterprise."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a dossier is; labels are the staff names."""

    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Chờ kiểm tra đủ giấy tờ")
    SUPPLEMENT_REQUESTED = "supplement_requested", _("Chờ doanh nghiệp bổ sung")
    DECLINED = "declined", pgettext_lazy("state", "Từ chối tiếp nhận")
    ACCEPTED = "accepted", _("Đã tiếp nhận, đang tính hạn")
    TEAM_PROPOSED = "team_proposed", _("Chờ Chủ tịch phân công tổ")
    TEAM_ASSIGNED = "team_assigned", _("Chờ kiểm tra thực tế")
    INSPECTED = "inspected", _("Đã kiểm tra, chờ trình")
    FORWARDED = "forwarded", _("Chờ Chủ tịch quyết định")
    APPROVED = "approved", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")
    WITHDRAWN = "withdrawn", _("Doanh nghiệp rút")


OPEN = (
    State.DRAFT,
    State.SUBMITTED,
    State.SUPPLEMENT_REQUESTED,
    State.ACCEPTED,
    State.TEAM_PROPOSED,
    State.TEAM_ASSIGNED,
    State.INSPECTED,
    State.FORWARDED,
)
CLOSED = (State.DECLINED, State.APPROVED, State.REFUSED, State.WITHDRAWN)
# Without consent: the site may begin anew.
ENDED = (State.DECLINED, State.REFUSED, State.WITHDRAWN)
# What officials see of the open ones: all but drafts, a supplement that is waited for included.
WITH_OFFICIALS = tuple(state for state in OPEN if state is not State.DRAFT)


@dataclass(frozen=True)
class Look:
    """How a state shows: the enterprise's name for it, tone and icon of its tag."""

    public: str | Promise
    tone: str
    icon: str


LOOKS: dict[str, Look] = {
    State.DRAFT: Look(_("Chưa nộp"), "calm", "pencil"),
    State.SUBMITTED: Look(_("Đã nộp, đang kiểm tra đủ giấy tờ"), "info", "inbox"),
    State.SUPPLEMENT_REQUESTED: Look(_("Cần bổ sung giấy tờ"), "wait", "arrow-return-left"),
    State.DECLINED: Look(_("Không được tiếp nhận, có lý do"), "late", "x-circle"),
    State.ACCEPTED: Look(pgettext_lazy("public state", "Đã tiếp nhận"), "info", "check2"),
    State.TEAM_PROPOSED: Look(_("Đang lập tổ kiểm tra"), "info", "people"),
    State.TEAM_ASSIGNED: Look(_("Sắp kiểm tra tại cơ sở"), "info", "truck"),
    State.INSPECTED: Look(_("Đã kiểm tra, đang tổng hợp"), "info", "clipboard-check"),
    State.FORWARDED: Look(_("Đang trình Chủ tịch UBND tỉnh"), "info", "pen"),
    State.APPROVED: Look(_("Được hoạt động"), "ok", "check-circle"),
    State.REFUSED: Look(_("Chưa được đồng ý"), "late", "x-circle"),
    State.WITHDRAWN: Look(_("Đã rút hồ sơ"), "calm", "arrow-counterclockwise"),
}
