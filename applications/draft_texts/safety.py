"""Form 06: the rule on COVID-19 safety in production (III.1.3.2-a, III.1.3.3-h)."""

from applications.draft_facts import Facts
from applications.draft_texts import shared
from applications.draft_texts.blocks import Article, Wording, articles, lead, listed, numbered, say
from documents.letterforms import Block


def wording(f: Facts) -> Wording:
    """Seven articles: whom it binds, into the shift, at the line, between shifts, goods, breach, force."""
    return Wording(
        heading="QUY ĐỊNH",
        name="Quy định an toàn sản xuất",
        abstract=f"An toàn phòng, chống dịch COVID-19 trong sản xuất tại {f.site}",
        blocks=(
            shared.bases(f, shared.LABOUR, shared.SAFETY, clause=f.slot_clause("safety_regulation")),
            *articles(
                _scope(f),
                _entering(f),
                _working(f),
                _changing(f),
                _goods(f),
                _suspects(f),
                _checks(f),
                _force(f),
            ),
        ),
        recipients=("Các bộ phận, người lao động của cơ sở", "Công đoàn cơ sở", f.agency),
    )


def _scope(f: Facts) -> Article:
    return Article(
        "Phạm vi, đối tượng",
        (
            numbered(
                f"Quy định này áp dụng trong khu vực sản xuất, kho, nhà ăn và lối đi của {f.site}, với mọi "
                "người lao động, cán bộ quản lý, người "
                "thuê lại, người của đơn vị cung cấp và khách được phép vào.",
                f"Cơ sở làm việc theo hình thức {f.mode}, gồm {f.shift_words()}; tổng số {f.people} người "
                "theo danh sách được duyệt.",
                (
                    "Chỉ sản xuất khi có văn bản đồng ý và trong phạm vi được duyệt; điều kiện của người "
                    "vào làm việc theo Phương án sản xuất.",
                    "I.2-b",
                ),
            ),
        ),
    )


def _entering(f: Facts) -> Article:
    return Article(
        "Vào ca",
        (
            lead("Trước khi vào xưởng, mỗi người lần lượt:"),
            listed(
                "Vào đúng cổng, đúng giờ của ca mình; đứng cách nhau theo vạch, không tụ tập trước cổng",
                "Khai báo y tế trong ngày, đo thân nhiệt; người sốt, ho, khó thở hoặc đau họng không vào "
                "xưởng mà sang khu chờ",
                "Được bảo vệ đối chiếu với danh sách được phép vào trong ngày; không có tên hoặc quá hạn "
                "xét nghiệm thì không vào",
                "Rửa tay hoặc sát khuẩn, thay khẩu trang mới, thay đồ bảo hộ tại tủ riêng",
            ),
        ),
    )


def _working(f: Facts) -> Article:
    return Article(
        "Trong khi làm việc",
        (
            numbered(
                "Đeo khẩu trang suốt ca; khẩu trang ướt, bẩn phải thay ngay. Người ở vị trí đối diện nhau "
                "có vách ngăn hoặc ngồi so le.",
                "Làm đúng chỗ, đúng chuyền được phân; không sang chuyền khác, không đổi chỗ. Sơ đồ vị trí "
                "từng người dán tại đầu chuyền và lưu "
                "theo ngày để truy vết.",
                "Mở cửa, chạy quạt hút để thông gió; nơi dùng điều hòa thì mở cửa định kỳ giữa ca. Tay "
                "nắm, bàn điều khiển, dụng cụ dùng chung "
                "được lau khử khuẩn đầu ca, giữa ca và cuối ca.",
                "Nghỉ giữa ca theo nhóm, không tập trung; uống nước bằng bình riêng; không hút thuốc "
                "chung, không ăn trong xưởng.",
                "Họp giao việc qua loa, bảng hoặc điện thoại; họp trực tiếp chỉ khi cần, ngắn, giãn cách "
                "và có danh sách người dự.",
            ),
        ),
    )


def _changing(f: Facts) -> Article:
    ways = "về nơi ở tại cơ sở" if f.is_closed else "lên xe hoặc về thẳng nơi ở"
    return Article(
        "Hết ca, giao ca",
        (
            say(
                f"Hết ca, người lao động ra theo lối ra, cởi đồ bảo hộ bỏ đúng chỗ, rửa tay rồi {ways}; "
                "người ca sau chỉ vào khi ca trước đã ra hết "
                "và khu vực đã được lau khử khuẩn. Trưởng ca ghi sổ giao ca gồm số người, người vắng, tình "
                "trạng sức khỏe và việc bất thường; hai trưởng ca "
                "không bàn giao trực tiếp trong phòng kín."
            ),
        ),
    )


def _goods(f: Facts) -> Article:
    blocks: list[Block] = [
        listed(
            "Giao nhận hàng tại một điểm ở ngoài xưởng; lái xe, phụ xe ở trên xe hoặc khu chờ riêng, không "
            "vào xưởng, nhà ăn, nơi ở",
            "Hàng hóa, chứng từ được khử khuẩn bề mặt trước khi đưa vào kho; người giao nhận đeo khẩu "
            "trang, sát khuẩn tay trước và sau",
            "Khách, nhà thầu, người sửa chữa chỉ vào khi Tổ An toàn COVID-19 đồng ý, có người dẫn và ghi "
            "sổ giờ vào, giờ ra",
        )
    ]
    if f.first_phase:
        blocks.append(
            say(
                "Người của đơn vị cung cấp thường xuyên có kết quả xét nghiệm âm tính trước lần đến đầu tiên "
                f"{f.whole('visitors.first_test')} ngày và được xét nghiệm lại không quá "
                f"{f.whole('visitors.regular_test')} ngày một lần.",
                f.clause("visitors.first_test", "visitors.regular_test"),
            )
        )
    return Article("Hàng hóa, lái xe, khách", tuple(blocks))


def _suspects(f: Facts) -> Article:
    return Article(
        "Khi có người nghi nhiễm trong ca",
        (lead("Người lao động và trưởng ca làm ngay theo thứ tự:"), *shared.suspect_steps(f)),
    )


def _checks(f: Facts) -> Article:
    return Article(
        "Kiểm tra và xử lý vi phạm",
        (
            say(
                f"Tổ An toàn COVID-19, đứng đầu là {f.head}, kiểm tra ít nhất một lần mỗi ca, ghi vào sổ và "
                "báo lãnh đạo vào cuối ngày. Người của Tổ có "
                "quyền yêu cầu dừng thao tác, dừng chuyền khi thấy nguy cơ."
            ),
            lead("Người vi phạm bị xử lý như sau:"),
            listed(*shared.sanctions()),
        ),
    )


def _force(f: Facts) -> Article:
    return Article(
        "Hiệu lực",
        (
            say(
                "Quy định này có hiệu lực kể từ ngày ký, được phổ biến cho từng người trước ca đầu tiên và "
                "niêm yết tại cổng, xưởng, nhà ăn. Quản đốc, "
                "trưởng ca và Tổ An toàn COVID-19 chịu trách nhiệm thi hành; chỗ nào chưa phù hợp thì đề "
                "nghị sửa đổi bằng văn bản",
            ),
        ),
    )
