"""What each paper needs, in our own words: shown beside its slot and in the guide. Data, no rules.

The order, the titles and which are required come from the plan.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.packing.slots import PLAN

Words = str | Promise


@dataclass(frozen=True)
class Guidance:
    """One sentence of what the paper is, and the points it must show."""

    what: Words
    needs: tuple[Words, ...]


SIGNED = _("Chữ ký người đại diện, đóng dấu")

GUIDANCE: dict[str, Guidance] = {
    PLAN: Guidance(
        _("Phần đầu của tập hồ sơ: cơ sở sản xuất và phòng dịch thế nào."),
        (_("Đủ các trang, đúng thứ tự"), _("Khớp với các quy định, kế hoạch kèm theo"), SIGNED),
    ),
    "request_letter": Guidance(
        _("Thư của doanh nghiệp xin hoạt động lại, để riêng ngoài tập hồ sơ."),
        (
            _("Tên, mã số thuế, địa chỉ cơ sở"),
            _("Ngày muốn bắt đầu và số người làm việc"),
            _("Hình thức sản xuất"),
            SIGNED,
        ),
    ),
    "investment_certificate": Guidance(
        _("Bản sao giấy chứng nhận của cơ sở này."),
        (
            _("Giấy chứng nhận đăng ký đầu tư; nếu không có thì đăng ký doanh nghiệp"),
            _("Đủ các trang, cả lần thay đổi mới nhất"),
            _("Đọc rõ số, ngày cấp, địa chỉ"),
        ),
    ),
    "worker_list": Guidance(
        _("Người dự kiến vào làm, trên biểu mẫu Excel của cổng."),
        (
            _("Mỗi người một dòng, đủ bảy cột bắt buộc"),
            _("Không nhiều hơn số người tối đa của cơ sở"),
            _("Người nấu ăn của bếp cơ sở cũng ghi vào đây"),
        ),
    ),
    "vaccination_slips": Guidance(
        _("Phiếu xác nhận tiêm của những người trong danh sách."),
        (
            _("Mỗi người một phiếu, xếp theo thứ tự danh sách"),
            _("Đọc rõ họ tên, ngày tiêm, nơi tiêm"),
            _("Thiếu phiếu nào thì ghi lý do"),
        ),
    ),
    "screening_plan": Guidance(
        _("Cơ sở xét nghiệm ai, khi nào, bằng cách nào."),
        (
            _("Phương pháp và nơi xét nghiệm"),
            _("Tỷ lệ và lịch các đợt"),
            _("Người phụ trách, số điện thoại"),
            SIGNED,
        ),
    ),
    "isolation_plan": Guidance(
        _("Khu cách ly cho người nghi nhiễm và cách vận hành."),
        (
            _("Vị trí, số phòng, số giường"),
            _("Ai trông coi, ăn uống, vệ sinh, rác thải"),
            _("Cách báo y tế và chuyển người"),
            SIGNED,
        ),
    ),
    "safety_regulation": Guidance(
        _("Cơ sở giữ an toàn trong sản xuất như thế nào."),
        (
            _("Vào ca, ra ca, giãn cách ở chuyền"),
            _("Khẩu trang, rửa tay, khử khuẩn, thông gió"),
            _("Ai kiểm tra, xử lý vi phạm"),
            SIGNED,
        ),
    ),
    "workplace_lodging_regulation": Guidance(
        _("An toàn ở nơi làm việc và nơi ở."),
        (
            _("Chia nhóm theo xưởng và phòng ở"),
            _("Sức chứa, giường, nhà vệ sinh"),
            _("Đưa đón, ra vào, khách"),
            SIGNED,
        ),
    ),
    "safety_team_regulation": Guidance(
        _("Các tổ an toàn COVID-19 của cơ sở."),
        (
            _("Tên, điện thoại từng người trong tổ"),
            _("Mỗi tổ lo khu vực, ca nào"),
            _("Việc hằng ngày và cách báo cáo"),
            SIGNED,
        ),
    ),
    "labour_management_regulation": Guidance(
        _("Quản lý người lao động ở nơi làm, nơi ở, và khai báo y tế."),
        (
            _("Điểm danh, ra vào, người mới đến"),
            _("Khai báo y tế hằng ngày"),
            _("Cập nhật danh sách khi có thay đổi"),
            SIGNED,
        ),
    ),
    "caterer_information": Guidance(
        _("Ai nấu ăn cho người lao động."),
        (
            _("Tên, địa chỉ, người liên hệ của đơn vị"),
            _("Danh sách người của đơn vị phục vụ cơ sở"),
            _("Có bếp riêng thì chọn “Bếp của cơ sở”, không cần tệp"),
        ),
    ),
    "health_contract": Guidance(
        _("Bản sao hợp đồng với cơ sở y tế trên địa bàn; nộp sau được."),
        (
            _("Tên cơ sở y tế, số và ngày hợp đồng"),
            _("Việc giám sát, xét nghiệm, xử lý ca nghi nhiễm"),
            _("Thời hạn hợp đồng"),
        ),
    ),
    "commitment": Guidance(
        _("Cam kết làm đúng phương án và chịu trách nhiệm."),
        (
            _("Tên người đại diện, chức danh"),
            _("Cam kết các điều kiện của kế hoạch"),
            SIGNED,
        ),
    ),
}
NONE = Guidance("", ())


def guidance(slot: str) -> Guidance:
    """Guidance for a slot; empty for one that has no words yet."""
    return GUIDANCE.get(slot, NONE)
