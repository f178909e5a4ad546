"""Names of the plan's values for readers: sections, subjects, leaves and units of the data's paths."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from organisations import agency_codes

SECTIONS = {
    "phase_1": _("Giai đoạn 1: dịch còn diễn biến phức tạp"),
    "phase_2": _("Giai đoạn 2: bình thường mới"),
    "routing": _("Nơi nhận hồ sơ"),
    "deployment": _("Triển khai đến doanh nghiệp"),
    "worker_list": _("Danh sách lao động"),
    "agencies": _("Việc của cơ quan"),
    "clock": _("Cách đếm ngày"),
    "stages": _("Thời gian từng bước"),
    "reminders": _("Nhắc việc"),
    "notices": _("Báo tin"),
    "bulletins": _("Bản tin"),
    "retention": _("Thời gian lưu"),
    "targets": _("Mục tiêu"),
}

SUBJECTS = {
    "period": _("Thời gian thực hiện"),
    "first_month": _("Tháng đầu"),
    "cap": _("Số người được làm việc"),
    "procedure": _("Thủ tục"),
    "fitness": _("Điều kiện vào làm"),
    "three_on_site": _("Ba tại chỗ"),
    "entering": _("Người vào làm"),
    "recruit": _("Người tuyển mới"),
    "visitors": _("Người của nhà cung cấp"),
    "visits": _("Kiểm tra định kỳ"),
}

LEAVES = {
    "in_zone": _("trong khu kinh tế, khu công nghiệp"),
    "elsewhere": _("nơi khác"),
    "before": _("hoàn thành trước"),
    "fields": _("các cột bắt buộc"),
    "begins": _("bắt đầu"),
    "opened_by": _("mở bằng"),
    "length": _("độ dài"),
    "share": _("tỷ lệ"),
    "small_below": _("ngưỡng cơ sở nhỏ, dưới"),
    "small_share": _("tỷ lệ cho cơ sở nhỏ"),
    "minimum": _("ít nhất"),
    "team_within": _("cử hoặc đề xuất tổ trong"),
    "volumes": _("số tập hồ sơ"),
    "confirmations": _("nơi xác nhận tiêm chủng"),
    "dose_age": _("số ngày sau mũi tiêm"),
    "doses": _("số mũi tối thiểu"),
    "recovered_days": _("thời gian tính cho người đã khỏi bệnh"),
    "test_age": _("xét nghiệm âm tính trong"),
    "lodged_before": _("vào ở trước khi làm"),
    "entry_share": _("tỷ lệ xét nghiệm khi vào ở"),
    "isolation": _("cách ly khi quay lại"),
    "tests": _("số lần xét nghiệm"),
    "tests_apart": _("hai lần cách nhau"),
    "last_test": _("lần cuối trước khi làm"),
    "first_test": _("xét nghiệm trước lần đến đầu"),
    "regular_test": _("xét nghiệm định kỳ"),
    "block": _("một lần trong mỗi"),
    "monthly": _("hằng tháng trước ngày"),
    "monthly_visits": _("số lần theo tháng"),
    "by_directive_from": _("chỉ khi có chỉ đạo, từ tháng thứ"),
    "owners": _("ai làm"),
    "due": _("thời hạn"),
    "months": _("áp dụng cho"),
    "opens": _("mở từ ngày"),
    "report_after": _("báo kết quả sau hạn"),
    "recipient": _("gửi đến"),
    "rolls": _("dời khi rơi vào ngày nghỉ"),
    "required": _("bắt buộc"),
    "risk_controlled_within": _("giấy kiểm soát nguy cơ trong"),
    "declaration": _("khai báo y tế"),
    "draws": _("số lần rút"),
    "draws_apart": _("hai lần rút cách nhau"),
    "first_due_after": _("kỳ đầu tính sau khi bắt đầu"),
    "counting": _("đếm theo"),
    "office_closes": _("hết giờ làm việc"),
    "completeness_working_days": _("kiểm tra đủ giấy tờ"),
    "team_assignment_working_days": _("phân công tổ"),
    "visit_working_days": _("kiểm tra tại cơ sở"),
    "advice_working_days": _("trình Chủ tịch"),
    "decision_working_days": _("quyết định, tính từ ngày kiểm tra"),
    "visit_report_working_days": _("báo cáo cuộc kiểm tra"),
    "relay_working_days": _("chuyển tiếp"),
    "answer_working_days": _("trả lời câu hỏi"),
    "late_start_days": _("bắt đầu trễ, phải rà lại sau"),
    "late_contract_days": _("hợp đồng nộp trễ, báo cơ quan sau"),
    "offsets": _("các ngày nhắc, so với hạn"),
    "digest_at": _("bản tóm tắt trong ngày lúc"),
    "quiet_from": _("giờ yên lặng từ"),
    "quiet_until": _("giờ yên lặng đến"),
    "cover_after": _("chuyển người thay sau"),
    "head_after": _("chuyển lãnh đạo sau"),
    "draft_after": _("nhắc hồ sơ lập dở sau"),
    "daily_at": _("hằng ngày lúc"),
    "weekly_on": _("hằng tuần vào"),
    "itinerary": _("lịch trình di chuyển"),
    "sites_running": _("cơ sở hoạt động"),
    "sites_running_by": _("cơ sở hoạt động, trước ngày"),
    "workers_of_cap": _("lao động so với mức cho phép"),
    "dossiers_in_time": _("hồ sơ đúng hạn"),
    "dossiers_over": _("hồ sơ, tính trong"),
    "duties_in_time": _("nghĩa vụ đúng hạn"),
    "duties_over": _("nghĩa vụ, tính trong"),
    "visits_in_time": _("kiểm tra đúng hạn"),
    "visits_over": _("kiểm tra, tính trong"),
    "positives_over": _("ca dương tính, tính trong"),
    "trend_over": _("xu hướng, so với trước"),
}

# What stands after a value that is counted, in the number of the value.
COUNTED = {
    "day_offsets": npgettext_lazy("unit", "ngày", "ngày"),
    "days": npgettext_lazy("unit", "ngày", "ngày"),
    "days_after_due": npgettext_lazy("unit", "ngày sau hạn", "ngày sau hạn"),
    "days_after_start": npgettext_lazy("unit", "ngày sau khi bắt đầu", "ngày sau khi bắt đầu"),
    "days_apart": npgettext_lazy("unit", "ngày một lần", "ngày một lần"),
    "days_or_none": npgettext_lazy("unit", "ngày", "ngày"),
    "doses": npgettext_lazy("unit", "mũi", "mũi"),
    "draws": npgettext_lazy("unit", "lần", "lần"),
    "full_days": npgettext_lazy("unit", "ngày trọn", "ngày trọn"),
    "hours": npgettext_lazy("unit", "giờ", "giờ"),
    "minutes": npgettext_lazy("unit", "phút", "phút"),
    "months": npgettext_lazy("unit", "tháng", "tháng"),
    "tests": npgettext_lazy("unit", "lần", "lần"),
    "visits": npgettext_lazy("unit", "lần", "lần"),
    "volumes": npgettext_lazy("unit", "tập", "tập"),
    "weeks": npgettext_lazy("unit", "tuần", "tuần"),
    "workers": npgettext_lazy("unit", "người", "người"),
    "working_days": npgettext_lazy("unit", "ngày làm việc", "ngày làm việc"),
}

# What stands after other values; nothing where the value says it all.
UNITS = {
    "agency": "",
    "before_date": "",
    "before_day_of_month": _("(trước ngày này hằng tháng)"),
    "before_weekday": _("(trước ngày này hằng tuần)"),
    "confirmations": "",
    "counting": "",
    "date": "",
    "day_of_month": _("(ngày trong tháng)"),
    "document": "",
    "fields": "",
    "flag": "",
    "month_of_operation": _("(tháng hoạt động)"),
    "months_of_operation": "",
    "owners": "",
    "recipient": "",
    "share": "",
    "time": "",
    "weekday": _("(hằng tuần)"),
}

WORDS = {
    agency_codes.ZONES: _("Ban Quản lý Khu kinh tế"),
    agency_codes.LABOUR: _("Sở Lao động – Thương binh và Xã hội"),
    agency_codes.PLANNING: _("Sở Kế hoạch và Đầu tư"),
    agency_codes.HEALTH: _("Sở Y tế"),
    "RA": _("cơ quan tiếp nhận hồ sơ"),
    "CHAIR": _("Chủ tịch UBND tỉnh"),
    "ENT": _("doanh nghiệp"),
    "friday": _("thứ Sáu"),
    "first": _("tháng đầu"),
    "later": _("các tháng sau"),
    "calendar": _("mọi ngày theo lịch"),
    "working": _("ngày làm việc"),
    "health": _("cơ quan y tế"),
    "locality": _("chính quyền nơi ở"),
    "chairman_directive": _("văn bản chỉ đạo của Chủ tịch UBND tỉnh"),
    "full_name": _("họ và tên"),
    "date_of_birth": _("ngày sinh"),
    "identity_number": _("số CMND hoặc CCCD"),
    "permanent_address": _("địa chỉ thường trú"),
    "current_residence": _("nơi ở hiện tại"),
    "own_phone": _("điện thoại"),
    "relative_phone": _("điện thoại người thân"),
    "True": _("có"),
    "False": _("không"),
    "None": _("không đặt"),
}


def subject_of(path: str, titles: Mapping[str, str]) -> str:
    """What a value is about: a duty, slot or task by the title in the plan's file, else the table; or ""."""
    table = path.rpartition(".")[0]
    if table in titles:
        return titles[table]
    subjects = [str(SUBJECTS[part]) for part in path.split(".")[1:-1] if part in SUBJECTS]
    return subjects[-1] if subjects else ""


def leaf_of(path: str) -> str:
    """The value's own name: "thời hạn"."""
    leaf = path.split(".")[-1]
    return str(LEAVES.get(leaf, leaf))


def unit_of(unit: str, value: Any) -> str:
    """What stands after a value: "ngày"; nothing after one that is not set."""
    if value is None:
        return ""
    if unit in COUNTED:
        return str(COUNTED[unit] % (value if isinstance(value, int) else 2))
    return str(UNITS.get(unit, unit))


def words_of(value: Any) -> str:
    """One value (not a list) in words: names of agencies and days; numbers stay numbers."""
    return str(WORDS.get(str(value), value))
