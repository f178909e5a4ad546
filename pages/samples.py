"""Invented things for the page that shows the components; nothing here is of the province."""

from datetime import date, datetime
from typing import Any

from pages.deadline_words import LOCAL, deadline
from pages.frame import Frame
from pages.parts import (
    Column,
    Count,
    Entry,
    Event,
    Evidence,
    Fact,
    FileRow,
    Holder,
    Message,
    Stage,
    Tag,
    Task,
    Tile,
    Unmet,
    Why,
)

AT = datetime(2021, 10, 14, 16, 20, tzinfo=LOCAL)
SWATCHES = (
    *("page", "surface", "sunk", "line", "line-strong", "ink", "ink-2", "ink-3", "accent"),
    *("accent-tint", "ok", "ok-tint", "wait", "wait-tint", "late", "late-tint", "calm", "calm-tint"),
)
WHY = Why("III.1.2-b", "#", "một nửa, vì 149 dưới 150", date(2021, 10, 12), title="Vì sao 74?")
HOLDER = Holder(
    "Đang ở",
    "Ban Quản lý Khu kinh tế Trà Vinh",
    "Nguyễn Thị Lan, phòng Doanh nghiệp",
    "+842943555024",
    "Thường trả lời trong 5 giờ làm việc.",
)


def _moment(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 10, day, hour, minute, tzinfo=LOCAL)


def heads() -> dict[str, Any]:
    """Page head, bar and what a deadline looks like."""
    return _frame() | {
        "deadlines": [
            deadline(_moment(15, 19, 20), at=AT),
            deadline(_moment(14, 21, 40), at=AT),
            deadline(_moment(12, 23, 59), at=AT),
            deadline(_moment(14, 23, 59), at=AT),
            deadline(_moment(18, 23, 59), at=AT),
            deadline(_moment(18, 17), at=AT, paused="chờ doanh nghiệp bổ sung"),
        ],
        "tags": [
            Tag("Đồng ý", "ok", "check-circle"),
            Tag("Đã tiếp nhận", "info", "inbox"),
            Tag("Cần bổ sung", "wait", "hourglass-split"),
            Tag("Quá hạn", "late", "exclamation-triangle"),
            Tag("Bản nháp", "calm", "pencil"),
        ],
    }


def _frame() -> dict[str, Any]:
    return {
        "head": {
            "title": "Bao bì Long Toàn",
            "code": "01-211005-0004",
            "tag": Tag("Đã tiếp nhận", "info", "check2"),
            "primary": Entry("Đề xuất tổ kiểm tra", "#"),
            "others": [Entry("Yêu cầu bổ sung", "#", "reply"), Entry("Chuyển người xử lý", "#", "people")],
        },
        "bar": Frame(
            "Trà Vinh",
            "",
            "",
            "",
            entries=(
                Entry("Hôm nay", "#", count=12, current=True),
                Entry("Hồ sơ", "#", count=31),
                Entry("Doanh nghiệp", "#"),
            ),
            work=True,
        ),
    }


def lists() -> dict[str, Any]:
    """Tasks, facts, stages, evidence, counts and rows."""
    return _of_one_dossier() | _of_many()


def _of_one_dossier() -> dict[str, Any]:
    """Tasks, facts, stages, evidence, and what is unmet."""
    return {
        "tasks": [
            Task(
                "Tải danh sách lao động lên",
                "#",
                "Bắt buộc, 74 người",
                tag=Tag("Đang làm", "info", "pencil"),
                is_next=True,
            ),
            Task("Điền kế hoạch xét nghiệm", "#", "Bắt buộc", tag=Tag("Chưa bắt đầu", "calm", "circle")),
            Task("Nộp hồ sơ", "", "Chưa làm được: còn 2 giấy tờ", tag=Tag("Chưa làm được", "calm", "lock")),
        ],
        "facts": [
            Fact("Mã số thuế", "2100 456 782", "#"),
            Fact("Hình thức", "Ba tại chỗ", "#"),
            Fact("Đề nghị hoạt động", "74 người, từ 18/10/2021", "#", why=WHY),
        ],
        "stages": [
            Stage("Đã nộp", "12/10, 09:42", "done"),
            Stage("Kiểm tra giấy tờ", "chờ bổ sung", "now", "wait", "pause-fill"),
            Stage("Quyết định", "3 ngày làm việc"),
        ],
        "evidence": [
            Evidence(
                "Số người đúng mức", "149 lao động, dưới 150 nên tối đa một nửa: 74", url="#", link="Xem"
            ),
            Evidence("Địa bàn ở cấp độ 2", "1 ca trong 7 ngày, cách cơ sở 4 km", "wait"),
        ],
        "unmet": [
            Unmet("Biên bản", "chưa có chữ ký của tổ trưởng", "#"),
            Unmet("Giấy tờ 13", "chưa xem", "#"),
        ],
    }


def _of_many() -> dict[str, Any]:
    """Counts above a list, its columns and rows, and what is done with many at once."""
    return {
        "counts": [
            Count(24, "Tất cả", "#", current=True),
            Count(2, "Quá hạn", "#", "late", "exclamation-triangle"),
            Count(5, "Hạn hôm nay", "#", "wait", "hourglass-split"),
        ],
        "columns": [
            Column("Cơ sở", sort_url="#"),
            Column("Lao động", numeric=True),
            Column("Thời hạn", sort_url="#", sorted="ascending"),
        ],
        "rows": [
            {
                "name": "Giày da Mỹ Ẩn",
                "place": "H. Châu Thành",
                "people": "96 / 288",
                "deadline": deadline(_moment(12, 23, 59), at=AT),
            },
            {
                "name": "Dừa sấy Càng Long",
                "place": "H. Càng Long",
                "people": "61 / 123",
                "deadline": deadline(_moment(14, 21, 40), at=AT),
            },
        ],
        "bulk": [Entry("Đề xuất tổ", "#"), Entry("Chuyển", "#")],
    }


def happenings() -> dict[str, Any]:
    """Timeline, messages, files, figures."""
    return _files() | _said() | _figures() | _nothing_yet()


def _files() -> dict[str, Any]:
    return {
        "files": [
            FileRow("ban-cam-ket.pdf", "1 trang · 0,4 MB", Tag("Đã tải lên", "ok", "check-circle")),
            FileRow(
                "trang-ky-2.heic",
                "Đang kiểm tra tệp",
                Tag("Đang kiểm tra", "info", "arrow-repeat"),
                progress=62,
            ),
            FileRow(
                "phu-luc.pdf",
                tag=Tag("Không nhận", "late", "x-circle"),
                error="PDF có mật khẩu. Lưu lại không mật khẩu, rồi tải lên.",
            ),
        ],
    }


def _said() -> dict[str, Any]:
    """What happened, and what was said about it."""
    return {
        "events": [
            Event("05/10, 08:12", "Đã nộp", "Lê Thị Mỹ Ẩn", "ok"),
            Event("06/10, 10:40", "Cần bổ sung 2 giấy tờ", "Ban Quản lý Khu kinh tế", "wait"),
            Event("07/10, 09:10", "Đã tiếp nhận", "Ban Quản lý Khu kinh tế", "info"),
        ],
        "messages_shown": [
            Message("Nguyễn Thị Lan", "cơ quan tiếp nhận", "10:40", "Ca đêm có bao nhiêu người ở lại?"),
            Message("Lê Thị Mỹ Ẩn", "doanh nghiệp", "11:05", "Ca đêm 22 người, đều ở khu B.", own=True),
        ],
        "notes": [
            Message("Trần Quốc Bảo", "", "11:20", "Đối chiếu với sơ đồ phòng khi đến cơ sở.", note=True)
        ],
    }


def _figures() -> dict[str, Any]:
    return {
        "tiles": [
            Tile(
                "Cơ sở đang hoạt động",
                "214",
                "#",
                "310",
                69,
                80,
                target_line="Mục tiêu 248",
                trend="18",
                trend_icon="arrow-up",
                second="Đang giải quyết: 31",
                second_url="#",
            ),
            Tile(
                "Nghĩa vụ đúng hạn",
                "91 %",
                "#",
                share=91,
                target=95,
                target_line="Mục tiêu 95 %",
                trend="3 điểm",
                trend_icon="arrow-up",
                second="Đang quá hạn: 19",
                second_url="#",
                alarm=True,
            ),
        ],
        "figure_columns": [Column("Tuần"), Column("Hồ sơ", numeric=True)],
        "figure_rows": [["20/9", "12"], ["27/9", "16"], ["04/10", "21"], ["11/10", "25"]],
    }


def _nothing_yet() -> dict[str, Any]:
    return {
        "empty": {
            "title": "Chưa có danh sách lao động",
            "text": "Danh sách cho biết ai được vào làm, ai còn thiếu gì và đến khi nào.",
            "steps": [
                ("Tải mẫu Excel", "6 cột bắt buộc"),
                ("Tải lên và xem trước", "dòng sai được chỉ rõ ô nào"),
            ],
            "primary": Entry("Tải danh sách lên", "#", "upload"),
        },
    }
