"""Form 04: the plan of screening tests (III.1.3.3-f, III.2.3.3-a)."""

from applications.draft_facts import Facts
from applications.draft_texts import shared
from applications.draft_texts.blocks import Article, Item, Wording, lead, listed, parts, say, table
from documents.letterforms.words import number


def wording(f: Facts) -> Wording:
    """Whom, when, by which method, by whom, what follows a result."""
    return Wording(
        heading="KẾ HOẠCH",
        name="Kế hoạch xét nghiệm",
        abstract=f"Xét nghiệm sàng lọc COVID-19 cho người lao động tại {f.site}",
        blocks=(
            shared.bases(f, clause=f.slot_clause("screening_plan")),
            *parts(_aim(f), _entry(f), _rounds(f), _others(f), _how(f), _results(f), _who(f)),
        ),
        recipients=(f.agency, "Sở Y tế", "Tổ An toàn COVID-19"),
    )


def _aim(f: Facts) -> Article:
    return Article(
        "Mục đích, đối tượng",
        (
            say(
                "Xét nghiệm nhằm phát hiện sớm người nhiễm để cách ly, khoanh vùng kịp thời và giữ cho cơ "
                "sở được sản xuất liên tục."
            ),
            say(
                f"Đối tượng gồm {f.people} người của các ca ({f.shift_words()}), kể cả cán bộ quản lý, "
                "người nước ngoài, người được thuê lại "
                "và người ở lại nơi ở trong ngày xét nghiệm; người của đơn vị cung cấp vào cơ sở theo phần "
                "IV."
            ),
        ),
    )


def _entry(f: Facts) -> Article:
    return Article(
        "Trước khi vào làm việc",
        (
            lead("Người lao động chỉ vào ca đầu tiên khi:"),
            listed(*shared.worker_conditions(f)),
            say(
                "Phiếu kết quả phải ghi phương pháp, giờ lấy mẫu, giờ trả kết quả và nơi xét nghiệm. Phiếu "
                "quá hạn, không rõ giờ lấy mẫu "
                "hoặc không đọc được thì xét nghiệm lại."
            ),
        ),
    )


def _rounds(f: Facts) -> Article:
    rows = _first(f) if f.first_phase else _second(f)
    heads = (
        ("Giai đoạn", 20),
        ("Đối tượng", 26),
        ("Nhịp xét nghiệm", 26),
        ("Số người dự kiến", 16, True),
        ("Mục", 12, True),
    )
    return Article(
        "Nhịp xét nghiệm khi đang sản xuất",
        (
            lead("Lịch xét nghiệm được tính từ ngày làm việc đầu tiên:"),
            table(heads, rows),
            say(
                "Người vắng mặt trong đợt được xét nghiệm trước khi vào ca kế tiếp và ghi vào đợt đó. Nếu "
                "phải chọn ngẫu nhiên, danh sách "
                "do cổng thông tin của tỉnh rút, lưu cách rút để ai cũng kiểm tra lại được; cơ sở không tự "
                "chọn người."
            ),
        ),
    )


def _sample(f: Facts, path: str) -> str:
    """How many people a share of the planned workforce is, rounded up."""
    people = f.answers.people
    if people is None:
        return f.people
    share = f.values.share_of(path).value
    return f"{number(-(-people * share.numerator // share.denominator))} người"


def _first(f: Facts) -> list[tuple[str, ...]]:
    every, monthly = "duties.screening_all", "duties.screening_monthly"
    return [
        (
            "Tháng đầu",
            f"{f.share(every + '.share')} người lao động".capitalize(),
            f"{f.round_days} ngày một đợt",
            _sample(f, f"{every}.share"),
            f.clause(f"{every}.due"),
        ),
        (
            "Các tháng sau",
            f"Ngẫu nhiên {f.share(monthly + '.share')} người lao động",
            f"Mỗi tháng một đợt, {shared.due_words(f, 'screening_monthly')}",
            _sample(f, f"{monthly}.share"),
            f.clause(f"{monthly}.due"),
        ),
    ]


def _second(f: Facts) -> list[tuple[str, ...]]:
    path = "duties.screening_twice_monthly"
    return [
        (
            "Hằng tháng",
            f"Ngẫu nhiên ít nhất {f.share(path + '.share')} người lao động",
            f"{f.whole(path + '.draws')} đợt mỗi tháng, {shared.due_words(f, 'screening_twice_monthly')}",
            f"{_sample(f, path + '.share')} mỗi đợt",
            f.clause(f"{path}.due"),
        )
    ]


def _others(f: Facts) -> Article:
    items: list[Item] = []
    if f.first_phase:
        items = _suppliers(f)
    elif f.is_external:
        items = _caterer(f)
    items.append(
        "Khách đến làm việc, lái xe giao nhận chỉ vào khu vực được chỉ định sau khi xuất trình kết quả còn "
        "hiệu lực"
    )
    return Article("Người ngoài cơ sở", (listed(*items),))


def _suppliers(f: Facts) -> list[Item]:
    """Who comes in regularly, in the first phase."""
    return [
        (
            "Người của đơn vị cung cấp suất ăn, hàng hóa, dịch vụ thường xuyên vào cơ sở có kết quả âm "
            "tính trước khi làm việc với cơ sở "
            f"{f.whole('visitors.first_test')} ngày",
            f.clause("visitors.first_test"),
        ),
        (
            f"Sau đó những người này được xét nghiệm sàng lọc {_weekly(f)}; cơ sở lưu phiếu kết quả tại cổng",
            f.clause("visitors.regular_test"),
        ),
    ]


def _caterer(f: Facts) -> list[Item]:
    """Who cooks for the site from outside, in the second phase."""
    path = "duties.caterer_screening_monthly"
    return [
        (
            f"{f.caterer} xét nghiệm ngẫu nhiên mỗi tháng ít nhất {f.share(path + '.share')} số người "
            "làm việc tại cơ sở, gửi danh sách và "
            f"kết quả {shared.due_words(f, 'caterer_screening_monthly')}",
            f.clause(f"{path}.share", f"{path}.due"),
        )
    ]


def _weekly(f: Facts) -> str:
    """ "mỗi tuần một lần", or in days where the plan says another number."""
    days = f.whole("visitors.regular_test")
    return "mỗi tuần một lần" if days == 7 else f"{days} ngày một lần"


def _how(f: Facts) -> Article:
    testing = f.answers.testing
    return Article(
        "Cách lấy mẫu",
        (
            listed(
                f"Phương pháp: {f.method}",
                f"Đơn vị lấy mẫu, xét nghiệm: {f.provider}; người lấy mẫu được tập huấn và mặc đủ phương "
                "tiện phòng hộ",
                f"Nơi lấy mẫu: {f.known(testing.place, 'Nơi lấy mẫu', 'testing#place')}, thông thoáng, "
                "một chiều, có chỗ chờ giãn cách",
                "Lấy mẫu theo từng ca, từng chuyền để không dồn người; không để người của hai ca gặp nhau "
                "tại nơi lấy mẫu",
                "Que thử, đồ phòng hộ đã dùng thu gom như chất thải lây nhiễm, giao đơn vị có chức năng xử "
                "lý",
            ),
        ),
    )


def _results(f: Facts) -> Article:
    code = "screening_all" if f.first_phase else "screening_twice_monthly"
    to = shared.recipient(f, code)
    clause = f.clause(f"duties.{code}.recipient")
    return Article(
        "Xử lý và báo cáo kết quả",
        (
            say(
                f"Kết quả từng đợt được nhập trên cổng thông tin của tỉnh theo từng người và gửi {to}; danh "
                "sách, phiếu kết quả lưu tại cơ sở.",
                clause,
            ),
            lead("Khi có kết quả dương tính hoặc nghi ngờ:"),
            *shared.suspect_steps(f),
        ),
    )


def _who(f: Facts) -> Article:
    return Article(
        "Tổ chức thực hiện",
        (
            listed(
                f"{f.testing_keeper} lập danh sách từng đợt, báo lịch cho người lao động trước một ngày, "
                "nhập kết quả trong ngày",
                "Trưởng ca bảo đảm người của ca có mặt đúng giờ; người từ chối xét nghiệm không được bố "
                "trí làm việc",
                f"Tổ trưởng Tổ An toàn COVID-19 {f.head} đối chiếu số người có mặt với số người được xét "
                "nghiệm sau mỗi đợt",
            ),
            say("Chi phí xét nghiệm do doanh nghiệp chi trả; người lao động không phải nộp tiền", "IV-c"),
        ),
    )
