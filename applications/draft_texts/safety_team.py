"""Form 08: the rule on the COVID-19 safety team (III.1.3.2-c, III.1.3.3-h)."""

from applications.draft_facts import ROLES, Facts
from applications.draft_texts import shared
from applications.draft_texts.blocks import Article, Wording, articles, lead, listed, numbered, say


def wording(f: Facts) -> Wording:
    """Who is in it, what each does, day by day, whom they tell, what backs them."""
    return Wording(
        heading="QUY ĐỊNH",
        name="Quy định Tổ An toàn COVID-19",
        abstract=f"Tổ chức và hoạt động của Tổ An toàn COVID-19 tại {f.site}",
        blocks=(
            shared.bases(f, shared.LABOUR, shared.SAFETY, clause=f.slot_clause("safety_team_regulation")),
            *articles(
                _setting_up(f), _tasks(f), _each(f), _day(f), _telling(f), _rights(f), _self(f), _force(f)
            ),
        ),
        recipients=("Người của Tổ An toàn COVID-19", "Các bộ phận của cơ sở", f.agency),
    )


def _setting_up(f: Facts) -> Article:
    count = len(f.answers.team.members)
    size = f", gồm {count} người" if count else ""
    return Article(
        "Thành lập",
        (
            lead(
                f"Thành lập Tổ An toàn COVID-19 của {f.site}{size}, do {f.signer_title} doanh nghiệp trực "
                "tiếp chỉ đạo:",
                "III.1.3.2-c" if f.first_phase else "",
            ),
            shared.member_table(f),
            say(
                "Mỗi ca, mỗi khu vực có ít nhất một người của Tổ. Người nghỉ, chuyển việc hoặc phải cách "
                "ly được thay trong ngày; danh sách mới báo cơ quan tiếp "
                "nhận và niêm yết tại cổng."
            ),
        ),
    )


def _tasks(f: Facts) -> Article:
    return Article(
        "Nhiệm vụ của Tổ",
        (
            listed(
                "Phổ biến, hướng dẫn người lao động thực hiện các quy định phòng, chống dịch của cơ sở",
                "Kiểm tra điều kiện của từng người trước khi vào làm việc; giữ danh sách được phép vào "
                "trong ngày",
                "Kiểm tra đeo khẩu trang, khoảng cách, vệ sinh, thông gió tại xưởng, nhà ăn, nơi ở và trên "
                "xe; nhắc nhở, ghi sổ",
                f"Phối hợp với {f.testing_keeper} tổ chức xét nghiệm đúng nhịp; đối chiếu số người được xét "
                "nghiệm với số người có mặt",
                f"Tiếp nhận thông tin người có triệu chứng; đưa vào khu cách ly tại {f.isolation_place}; "
                "lập danh sách người tiếp xúc",
                "Lập và gửi các báo cáo theo Phương án sản xuất; chuẩn bị hồ sơ và đi cùng Tổ kiểm tra",
            ),
        ),
    )


def _each(f: Facts) -> Article:
    areas = [
        f"{f.known(each.name, 'Họ tên người của Tổ An toàn COVID-19', f'team#members-{place}-name')}, "
        f"{ROLES[each.role].lower() if each.role else 'tổ viên'}: phụ trách "
        f"{f.known(each.area, f'Khu, ca của {each.name}', f'team#members-{place}-area')}; "
        "có mặt suốt giờ làm việc của khu, ca đó"
        for place, each in enumerate(f.answers.team.members)
    ] or [f"Phân công: {f.head}"]
    return Article(
        "Phân công",
        (
            numbered(
                f"Tổ trưởng {f.head} điều hành chung, quyết định khi có tình huống, ký báo cáo, là đầu mối "
                f"với cơ quan y tế và {f.agency}.",
                "Tổ phó thay Tổ trưởng khi vắng mặt; nếu không có Tổ phó thì Tổ trưởng chỉ định bằng văn "
                "bản một tổ viên thay.",
                "Tổ viên kiểm tra khu, ca được giao theo Điều 4 và báo Tổ trưởng ngay khi có việc bất "
                "thường.",
            ),
            lead("Cụ thể từng người:"),
            listed(*areas, marks="dashes"),
        ),
    )


def _day(f: Facts) -> Article:
    return Article(
        "Việc hằng ngày",
        (
            lead(f"Trong mỗi ca ({f.shift_words()}), người của Tổ:"),
            listed(
                "Trước ca: nhận danh sách được phép vào; kiểm tra nước, xà phòng, dung dịch sát khuẩn; "
                "giám sát khai báo y tế và đo thân nhiệt tại cổng",
                "Đầu ca: đối chiếu số người có mặt với danh sách, sơ đồ vị trí; không để người ngoài danh "
                "sách ở lại",
                "Giữa ca: đi hết khu vực ít nhất một vòng, kiểm tra khẩu trang, khoảng cách, thông gió, "
                "nhà vệ sinh; giám sát giờ ăn",
                "Cuối ca: giám sát ra về, giao ca, khử khuẩn; ghi sổ số người, người vắng, vi phạm, triệu "
                "chứng",
                "Cuối ngày: Tổ trưởng tổng hợp, báo lãnh đạo doanh nghiệp và nhập số liệu trên cổng thông "
                "tin của tỉnh",
            ),
        ),
    )


def _telling(f: Facts) -> Article:
    return Article(
        "Báo tin và xử lý tình huống",
        (
            lead("Khi có người sốt, ho, khó thở hoặc có kết quả xét nghiệm nghi ngờ:"),
            *shared.suspect_steps(f),
        ),
    )


def _rights(f: Facts) -> Article:
    return Article(
        "Quyền và bảo đảm",
        (
            listed(
                "Được yêu cầu bất kỳ ai, kể cả cán bộ quản lý, thực hiện ngay biện pháp phòng, chống dịch; "
                "được tạm dừng một vị trí hoặc một chuyền",
                "Được tập huấn trước khi làm nhiệm vụ, được cấp phương tiện phòng hộ và thời gian làm "
                "nhiệm vụ tính là giờ làm việc",
                "Thiếu trách nhiệm, bỏ vị trí, ghi sổ không đúng thực tế bị thay và xử lý theo nội quy lao "
                "động",
            ),
        ),
    )


def _self(f: Facts) -> Article:
    return Article(
        "Phối hợp với tổ tự quản, công an, y tế",
        (
            say(
                "Tổ An toàn COVID-19 phối hợp với tổ tự quản về an ninh, trật tự do "
                f"{f.self_head} đứng đầu, với {f.police} và {f.health_unit}; trao đổi hằng "
                "ngày qua "
                "nhóm nhắn tin chung, không đưa thông tin sức khỏe của cá nhân lên nhóm.",
                "V.3-d",
            ),
        ),
    )


def _force(f: Facts) -> Article:
    return Article(
        "Hiệu lực",
        (
            say(
                "Quy định này có hiệu lực kể từ ngày ký. Người của Tổ và các bộ phận chịu trách nhiệm thi "
                "hành; Tổ trưởng báo cáo kết quả hoạt động với lãnh đạo "
                "doanh nghiệp hằng tuần và khi Tổ kiểm tra đến làm việc",
            ),
        ),
    )
