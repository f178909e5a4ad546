"""Form 07: the rule on COVID-19 safety at the workplace and the lodging (III.1.3.2-b, III.1.3.3-h)."""

from applications.draft_facts import Facts
from applications.draft_texts import shared
from applications.draft_texts.blocks import Article, Wording, articles, lead, listed, numbered, say
from documents.letterforms import Block


def wording(f: Facts) -> Wording:
    """Groups, the workplace, the lodging, meals, coming and going, breach."""
    return Wording(
        heading="QUY ĐỊNH",
        name="Quy định nơi làm việc, nơi ở",
        abstract=f"An toàn phòng, chống dịch COVID-19 tại nơi làm việc và nơi ở của {f.site}",
        blocks=(
            shared.bases(
                f, shared.LABOUR, shared.SAFETY, clause=f.slot_clause("workplace_lodging_regulation")
            ),
            *articles(
                _scope(f),
                _groups(f),
                _workplace(f),
                _lodging(f),
                _meals(f),
                _going(f),
                _duties(f),
                _breach(f),
                _force(f),
            ),
        ),
        recipients=("Các bộ phận, người lao động của cơ sở", "Công đoàn cơ sở", f.agency),
    )


def _scope(f: Facts) -> Article:
    return Article(
        "Phạm vi, đối tượng",
        (
            say(
                f"Quy định này áp dụng cho {f.people} người lao động của {f.site} theo hình thức {f.mode}, "
                "tại xưởng, nhà ăn, khu vệ sinh, lối đi"
                f"{', nơi ở' if f.has_lodging else ''} và trên xe đưa đón; người ngoài được phép vào cũng "
                "phải theo."
            ),
        ),
    )


def _groups(f: Facts) -> Article:
    return Article(
        "Chia nhóm cố định",
        (
            numbered(
                f"Người lao động chia theo ca ({f.shift_words()}), trong ca chia theo chuyền hoặc tổ; cùng "
                "nhóm thì cùng làm, cùng ăn"
                f"{', cùng phòng ở' if f.has_lodging else ''}, cùng xe.",
                "Nhóm này không gặp nhóm kia ở khu vực chung: lệch giờ vào ca, giờ ăn, giờ tắm và giờ dùng "
                "nhà vệ sinh; lối đi kẻ vạch một chiều.",
                "Danh sách nhóm do trưởng ca giữ, cập nhật trong ngày khi có thay đổi và gửi Tổ An toàn "
                "COVID-19 để phục vụ truy vết.",
            ),
        ),
    )


def _workplace(f: Facts) -> Article:
    return Article(
        "Tại nơi làm việc",
        (
            listed(
                "Khoảng cách giữa hai người được giữ bằng vạch hoặc vách; nơi không giãn được thì lắp vách "
                "ngăn và chia nhỏ thời gian",
                "Có đủ nước, xà phòng, dung dịch sát khuẩn tại cổng, cửa xưởng, nhà ăn, nhà vệ sinh; người "
                "phụ trách kiểm tra đầu mỗi ca",
                "Sàn, bàn, máy được vệ sinh sau mỗi ca; nhà vệ sinh được vệ sinh nhiều lần trong ca và có "
                "sổ ký nhận",
                "Phòng thay đồ, phòng nghỉ ghi số người tối đa ngay ngoài cửa; quá số ấy thì chờ bên ngoài",
            ),
        ),
    )


def _lodging(f: Facts) -> Article:
    if not f.has_lodging:
        return _at_home()
    keeper = f.lodging_keeper
    return Article(
        "Tại nơi ở",
        (
            lead("Nơi ở gồm các phòng sau, số người không vượt số giường:"),
            shared.room_table(f),
            numbered(
                f"{keeper} phụ trách nơi ở, trực hoặc cử người trực suốt ngày đêm, giữ sổ ra vào và danh "
                "sách người theo phòng, theo giường.",
                "Giường kê cách nhau hoặc có rèm ngăn, người nằm so le đầu chân; mỗi phòng có cửa thông "
                "gió và được mở ít nhất hai lần mỗi ngày.",
                "Đồ dùng cá nhân để riêng, không dùng chung khăn, chén, bàn chải; nhà tắm, nhà vệ sinh "
                "chia giờ theo phòng và được khử khuẩn hằng ngày.",
                "Không tiếp khách, không uống rượu bia, không tụ tập; hàng gửi đến nhận tại cổng và được "
                "khử khuẩn trước khi mang vào.",
                "Mỗi sáng và tối, trưởng phòng điểm danh, đo thân nhiệt, hỏi triệu chứng và báo người phụ "
                "trách.",
            ),
        ),
    )


def _at_home() -> Article:
    return Article(
        "Tại nơi cư trú của người lao động",
        (
            say(
                "Người lao động ở nơi cư trú hạn chế tiếp xúc, không đến nơi có dịch, không tụ tập; "
                "khi trong nhà có người nhiễm, nghi nhiễm hoặc phải cách ly thì báo "
                "ngay cơ sở và không đến làm việc. Cơ sở lập danh sách nơi cư trú của từng người để "
                "địa phương cùng quản lý.",
                "III.1.3.2-d",
            ),
        ),
    )


def _meals(f: Facts) -> Article:
    seats = f.seats
    cook = f"do {f.caterer} cung cấp" if f.is_external else "do bếp của cơ sở nấu"
    return Article(
        "Ăn uống",
        (
            say(
                f"Suất ăn {cook}, chia sẵn từng phần. Nhà ăn phục vụ mỗi lượt không quá {seats} người, ngồi "
                "theo chỗ có ghi tên hoặc số, cùng nhóm ngồi cùng "
                "khu; ăn xong rời ngay. Người phục vụ đeo khẩu trang, găng tay, không đi vào xưởng và nơi "
                "ở; thức ăn lưu mẫu theo quy định về an toàn thực phẩm."
            ),
        ),
    )


def _going(f: Facts) -> Article:
    blocks: list[Block] = []
    if f.answers.lodging.no_transport:
        blocks.append(
            say(
                "Cơ sở không tổ chức xe đưa đón; người lao động đi phương tiện cá nhân, đi thẳng, không "
                "ghé nơi đông người."
            )
        )
    else:
        blocks += [
            lead("Việc đưa đón bằng xe của cơ sở:"),
            shared.vehicle_table(f),
            say(
                "Chỗ ngồi trên xe cố định theo danh sách; lên xe đeo khẩu trang, sát khuẩn tay, không ăn "
                "uống; xe được khử khuẩn trước và sau mỗi lượt."
            ),
        ]
    if f.first_phase and f.is_closed:
        blocks.append(_staying(f))
    return Article("Đi lại, ra vào", tuple(blocks))


def _staying(f: Facts) -> Block:
    """Who stays on site stays; who left comes back by way of the isolation area."""
    stay = "fitness.three_on_site"
    return say(
        "Người ở lại cơ sở không ra ngoài và không tiếp xúc với cộng đồng. Người đã rời cơ sở hoặc "
        "nơi ở, khi trở lại phải cách ly "
        f"{f.whole(stay + '.isolation')} ngày tại khu cách ly và đủ {f.whole(stay + '.tests')} lần "
        "xét nghiệm âm tính mới được làm việc; đi lại giữa nơi làm "
        "việc và nơi ở đã được duyệt không tính là ra ngoài.",
        f.clause(f"{stay}.isolation", f"{stay}.tests"),
    )


def _duties(f: Facts) -> Article:
    return Article(
        "Trách nhiệm",
        (
            listed(
                "Lãnh đạo doanh nghiệp: bảo đảm mặt bằng, phòng ở, nước sạch, phương tiện phòng hộ; trả đủ "
                "lương và chế độ cho người ở lại",
                f"Tổ An toàn COVID-19 do {f.head} đứng đầu: kiểm tra nơi làm việc, nơi ở hằng ngày; nhắc nhở và lập "
                "biên bản vi phạm",
                "Trưởng ca, trưởng phòng: điểm danh, giữ nhóm, báo bất thường ngay; khi có người nghi "
                f"nhiễm thì đưa đến khu cách ly tại {f.isolation_place} theo lối riêng",
                "Người lao động: tự theo dõi sức khỏe, khai báo trung thực, giữ gìn vệ sinh chung và nhắc "
                "nhở nhau",
            ),
        ),
    )


def _breach(f: Facts) -> Article:
    return Article("Xử lý vi phạm", (listed(*shared.sanctions()),))


def _force(f: Facts) -> Article:
    return Article(
        "Hiệu lực",
        (
            say(
                "Quy định này có hiệu lực kể từ ngày ký, niêm yết tại cổng, nhà ăn và từng phòng ở. Khi "
                "thay đổi phòng ở, xe đưa đón hoặc cách chia nhóm, Tổ An "
                "toàn COVID-19 cập nhật quy định và báo người lao động trước khi áp dụng",
            ),
        ),
    )
