"""Parts of the plan about life beside the work: lodging, transport, meals."""

from applications.draft_facts import Facts
from applications.draft_texts import shared
from applications.draft_texts.blocks import Article, lead, say


def lodging(f: Facts) -> Article:
    """Where workers sleep."""
    title = "Nơi ở"
    if not f.has_lodging:
        return Article(
            title,
            (
                say(
                    "Cơ sở không bố trí chỗ ở tập trung. Người lao động về nơi cư trú sau ca, đi thẳng từ "
                    "nhà đến cơ sở và ngược "
                    "lại, không dừng ở nơi đông người; mỗi ngày ghi lộ trình, người cùng đi và tình trạng "
                    "sức khỏe khi vào cổng."
                ),
            ),
        )
    return Article(
        title,
        (
            lead("Nơi ở của người lao động được bố trí như sau:"),
            shared.room_table(f),
            say(
                f"{f.lodging_keeper} phụ trách nơi ở, giữ danh sách "
                "người theo phòng và sổ ra vào. "
                "Người cùng ca, cùng chuyền ở cùng phòng; mỗi người một giường cố định, không đổi phòng "
                "khi chưa được Tổ An "
                "toàn COVID-19 đồng ý.",
                "III.1.3.2-b",
            ),
        ),
    )


def transport(f: Facts) -> Article:
    """How they come and go."""
    if f.answers.lodging.no_transport:
        text = (
            "Cơ sở không tổ chức xe đưa đón; người lao động dùng phương tiện cá nhân, không đi chung xe "
            "với người ngoài cơ sở. "
            "Người đến cổng để xe đúng khu, khử khuẩn tay, đo thân nhiệt rồi mới vào xưởng."
        )
        return Article("Đi lại", (say(text),))
    return Article(
        "Đi lại",
        (
            lead("Xe đưa đón của cơ sở:"),
            shared.vehicle_table(f),
            say(
                "Mỗi xe chở người của một ca, ngồi cách ghế khi còn chỗ, chỗ ngồi cố định theo danh sách; "
                "lái xe đủ điều kiện y tế "
                "như người lao động, không dừng đón người ngoài danh sách. Xe được khử khuẩn trước và sau "
                "mỗi lượt."
            ),
        ),
    )


def meals(f: Facts) -> Article:
    """Who cooks, how people eat."""
    if f.is_external:
        cook = (
            f"Suất ăn do {f.caterer} cung cấp, {f.caterers} người phục vụ; thông tin và danh sách kèm hồ sơ."
        )
    else:
        cook = (
            "Cơ sở tự nấu ăn tại bếp của mình, không thuê đơn vị bên ngoài; "
            f"{f.cooks} người của bếp có tên trong danh sách lao động."
        )
    return Article(
        "Bữa ăn",
        (
            say(cook, f.slot_clause("caterer_information")),
            say(
                f"Nhà ăn phục vụ mỗi lượt không quá {f.seats} người, ngồi so le, có vách ngăn hoặc giãn cách; "
                "ăn theo ca, theo chuyền, không nói "
                "chuyện khi ăn. Suất ăn chia sẵn, dụng cụ dùng riêng; bàn ghế được lau khử khuẩn sau mỗi "
                "lượt."
            ),
        ),
    )
