"""Form 10: the caterer, and the list of its people who serve the site (III.1.3.3-j)."""

from applications.draft_facts import Facts
from applications.draft_texts import shared
from applications.draft_texts.blocks import Article, Item, Wording, lead, listed, parts, say, table

ROWS = 15
"""Rows to write on where nobody has said how many people serve."""


def wording(f: Facts) -> Wording:
    """The sheet, the list to fill in, and what the caterer keeps to."""
    return Wording(
        heading="THÔNG TIN",
        name="Thông tin đơn vị cung cấp suất ăn",
        abstract=f"Đơn vị cung cấp suất ăn và người phục vụ tại {f.site}",
        blocks=parts(_unit(f), _people(f), _conditions(f)),
        recipients=(f.agency, f.answers.meals.name or "Đơn vị cung cấp suất ăn", "Tổ An toàn COVID-19"),
    )


def _unit(f: Facts) -> Article:
    meals = f.answers.meals
    rows = (
        ("Tên đơn vị", f.caterer),
        ("Địa chỉ", f.known(meals.address, "Địa chỉ đơn vị cung cấp suất ăn", "meals#address")),
        ("Người liên hệ", f.known(meals.contact, "Người liên hệ của đơn vị suất ăn", "meals#contact")),
        ("Điện thoại", f.phone(meals.phone, "Điện thoại đơn vị cung cấp suất ăn", "meals#phone")),
        ("An toàn thực phẩm", f.known(meals.licence, "Giấy chứng nhận an toàn thực phẩm", "meals#licence")),
        ("Số người phục vụ", f.caterers),
        ("Nơi ăn", f"{f.seats} chỗ mỗi lượt, chia theo ca"),
    )
    return Article(
        "Đơn vị cung cấp",
        (table((("Nội dung", 32), ("Thông tin", 68)), rows),),
        f.slot_clause("caterer_information"),
    )


def _people(f: Facts) -> Article:
    count = f.answers.meals.people or ROWS
    rows = [(str(place), "", "", "", "") for place in range(1, min(count, 60) + 1)]
    heads = (
        ("TT", 8, True),
        ("Họ tên", 32),
        ("Ngày sinh", 16),
        ("Số giấy tờ tùy thân", 24),
        ("Điện thoại", 20),
    )
    return Article(
        "Danh sách người phục vụ",
        (
            say(
                "Đơn vị cung cấp điền, cơ sở đối chiếu giấy tờ từng người trước khi cho vào; thay người "
                "thì lập lại danh sách."
            ),
            table(heads, rows, by_hand=True),
        ),
    )


def _tests_of_first_phase(f: Facts) -> list[Item]:
    return [
        (
            "Người phục vụ có kết quả xét nghiệm âm tính trước khi làm việc với cơ sở "
            f"{f.whole('visitors.first_test')} ngày",
            f.clause("visitors.first_test"),
        ),
        (
            f"Sau đó xét nghiệm không quá {f.whole('visitors.regular_test')} ngày một lần, phiếu kết "
            "quả gửi cơ sở lưu",
            f.clause("visitors.regular_test"),
        ),
        (
            "Cơ sở gửi danh sách người của đơn vị cung cấp "
            f"{shared.due_words(f, 'supplier_workers_weekly')} đến {f.agency}",
            f.clause("duties.supplier_workers_weekly.due"),
        ),
    ]


def _tests_of_second_phase(f: Facts) -> list[Item]:
    path = "duties.caterer_screening_monthly"
    return [
        (
            f"Mỗi tháng xét nghiệm ngẫu nhiên ít nhất {f.share(path + '.share')} số người làm việc tại "
            f"cơ sở, gửi kết quả {shared.due_words(f, 'caterer_screening_monthly')}",
            f.clause(f"{path}.share"),
        )
    ]


def _conditions(f: Facts) -> Article:
    items: list[Item] = [
        *(_tests_of_first_phase(f) if f.first_phase else _tests_of_second_phase(f)),
        "Người phục vụ đeo khẩu trang, găng tay, tạp dề riêng; không đi vào xưởng, nơi ở; người có triệu "
        "chứng nghỉ việc ngay",
        "Xe chở suất ăn, dụng cụ được khử khuẩn mỗi lượt, giao tại điểm quy định; thức ăn lưu mẫu theo "
        "pháp luật về an toàn thực phẩm",
        f"Có người nhiễm hoặc nghi nhiễm trong đơn vị thì báo ngay {f.head} và tạm ngừng phục vụ cho đến "
        "khi có ý kiến của cơ quan y tế",
    ]
    return Article(
        "Điều kiện phục vụ",
        (
            lead("Đơn vị cung cấp và cơ sở thống nhất:"),
            listed(*items),
            say(
                "Hai bên đã đọc và cùng thực hiện; cơ sở chịu trách nhiệm kiểm tra, đơn vị cung cấp chịu "
                "trách nhiệm về người của mình"
            ),
        ),
    )
