"""Passages and tables that several papers share, so that they never contradict one another."""

from applications.draft_facts import ROLES, Facts
from applications.draft_texts.blocks import Item, listed, say, table
from documents.letterforms import GAP, Block, Passage, Table
from documents.letterforms.words import number
from organisations import agency_codes

INFECTIONS = "Luật Phòng, chống bệnh truyền nhiễm ngày 21 tháng 11 năm 2007"
LABOUR = "Bộ luật Lao động ngày 20 tháng 11 năm 2019"
SAFETY = "Luật An toàn, vệ sinh lao động ngày 25 tháng 6 năm 2015"


def bases(f: Facts, *laws: str, clause: str = "") -> Passage:
    """What a paper rests on."""
    named = "; ".join((INFECTIONS, *laws))
    return say(
        f"Căn cứ {named}; căn cứ {f.plan_name} (sau đây gọi là Kế hoạch) và điều kiện thực tế của cơ sở.",
        clause,
    )


def shift_table(f: Facts) -> Table:
    """Shifts with hours and people, and their sum."""
    rows = [
        (
            str(place + 1),
            f.shift_name(place),
            f.hours(place),
            f.known(shift.people, f"Số người của {f.shift_name(place)}", f"work#shifts-{place}-people"),
        )
        for place, shift in enumerate(f.shifts)
    ] or [("1", GAP, GAP, f.people)]
    heads = (("TT", 8, True), ("Ca", 26), ("Thời gian", 46), ("Số người", 20, True))
    return table(heads, [*rows, ("", "Cộng", "", f.people)])


def member_table(f: Facts) -> Table:
    """The safety team by name, place, area and phone."""
    people = [
        (
            str(place + 1),
            f.known(each.name, "Họ tên người của Tổ An toàn COVID-19", f"team#members-{place}-name"),
            f.known(
                ROLES[each.role] if each.role else "",
                f"Vai trò của {each.name or 'người trong Tổ'}",
                f"team#members-{place}-role",
            ),
            f.known(each.area, f"Khu, ca của {each.name or 'người trong Tổ'}", f"team#members-{place}-area"),
            f.phone(
                each.phone, f"Điện thoại của {each.name or 'người trong Tổ'}", f"team#members-{place}-phone"
            ),
        )
        for place, each in enumerate(f.answers.team.members)
    ]
    heads = (
        ("TT", 8, True),
        ("Họ tên", 28),
        ("Vai trò", 15),
        ("Phụ trách khu, ca", 28),
        ("Điện thoại", 21, True),
    )
    if not people:
        people = [
            (
                "1",
                f.known("", "Tên, vai trò, điện thoại người của Tổ An toàn COVID-19", "team#members-0-name"),
                GAP,
                GAP,
                GAP,
            )
        ]
    return table(heads, people)


def room_table(f: Facts) -> Table:
    """Where workers sleep, with the sum of beds."""
    rows = [
        (
            str(place + 1),
            f.known(each.place, "Tên nơi ở", f"lodging#rooms-{place}-place"),
            f.known(each.rooms, f"Số phòng của {each.place or 'nơi ở'}", f"lodging#rooms-{place}-rooms"),
            f.known(each.beds, f"Số giường của {each.place or 'nơi ở'}", f"lodging#rooms-{place}-beds"),
        )
        for place, each in enumerate(f.answers.lodging.rooms)
    ] or [("1", f.known("", "Nơi ở, số phòng, số giường", "lodging#rooms-0-place"), GAP, GAP)]
    total = number(f.answers.beds) if f.answers.beds else GAP
    heads = (("TT", 8, True), ("Nơi ở", 52), ("Số phòng", 20, True), ("Số giường", 20, True))
    return table(heads, [*rows, ("", "Cộng", "", total)])


def vehicle_table(f: Facts) -> Table:
    """Vehicles with seats and routes."""
    rows = [
        (
            str(place + 1),
            f.known(each.kind, "Loại xe", f"lodging#vehicles-{place}-kind"),
            f.known(each.count, f"Số xe {each.kind}".strip(), f"lodging#vehicles-{place}-count"),
            f.known(each.seats, f"Số chỗ của {each.kind or 'xe'}", f"lodging#vehicles-{place}-seats"),
            f.known(each.route, f"Tuyến đường của {each.kind or 'xe'}", f"lodging#vehicles-{place}-route"),
        )
        for place, each in enumerate(f.answers.lodging.vehicles)
    ] or [("1", f.known("", "Xe đưa đón", "lodging#vehicles-0-kind"), GAP, GAP, GAP)]
    heads = (
        ("TT", 8, True),
        ("Loại xe", 24),
        ("Số xe", 11, True),
        ("Chỗ mỗi xe", 14, True),
        ("Tuyến đường", 43),
    )
    return table(heads, rows)


def worker_conditions(f: Facts) -> tuple[Item, ...]:
    """What a worker must show before the first shift, by the phase's values."""
    return _first_phase(f) if f.first_phase else _second_phase(f)


def _first_phase(f: Facts) -> tuple[Item, ...]:
    items: list[Item] = [
        (
            "Có xác nhận đã tiêm vắc xin phòng COVID-19 của cơ quan y tế và của chính quyền địa phương nơi "
            f"thường trú hoặc tạm trú; thời gian kể từ ngày tiêm không ít hơn {f.whole('fitness.dose_age')} "
            "ngày",
            f.clause("fitness.confirmations", "fitness.dose_age"),
        ),
        (
            f"Có kết quả xét nghiệm âm tính với SARS-CoV-2 trong vòng {f.whole('fitness.test_age')} giờ "
            "trước khi "
            "trở lại làm việc, tính từ lúc lấy mẫu",
            f.clause("fitness.test_age"),
        ),
    ]
    return (*items, *(_of_who_stays(f) if f.is_closed else ()))


def _of_who_stays(f: Facts) -> tuple[Item, ...]:
    """What is asked besides of who lives on the site."""
    stay = "fitness.three_on_site"
    return (
        (
            "Người ở lại cơ sở vào nơi ở trước ngày làm việc ít nhất "
            f"{f.whole(stay + '.lodged_before')} ngày và "
            f"được xét nghiệm {f.share(stay + '.entry_share')} trước khi sản xuất",
            f.clause(f"{stay}.lodged_before", f"{stay}.entry_share"),
        ),
        (
            f"Người đã rời cơ sở hoặc nơi ở, khi trở lại phải cách ly đủ {f.whole(stay + '.isolation')} "
            "ngày tại "
            f"khu cách ly, có {f.whole(stay + '.tests')} lần xét nghiệm âm tính cách nhau "
            f"{f.whole(stay + '.tests_apart')} ngày, lần cuối trước khi làm việc lại "
            f"{f.whole(stay + '.last_test')} ngày",
            f.clause(f"{stay}.isolation", f"{stay}.tests"),
        ),
    )


def _second_phase(f: Facts) -> tuple[Item, ...]:
    entering, recruit = "fitness.entering", "fitness.recruit"
    return (
        (
            "Được cơ quan y tế và chính quyền địa phương nơi cư trú xác nhận đã kiểm soát nguy cơ lây "
            "nhiễm trong vòng "
            f"{f.whole('fitness.risk_controlled_within')} ngày trước khi làm việc",
            f.clause("fitness.risk_controlled_within"),
        ),
        (
            f"Có {f.whole(entering + '.tests')} lần xét nghiệm âm tính cách nhau "
            f"{f.whole(entering + '.tests_apart')} ngày, "
            f"lần gần nhất không quá {f.whole(entering + '.last_test')} ngày trước khi làm việc",
            f.clause(f"{entering}.tests", f"{entering}.last_test"),
        ),
        (
            f"Người mới tuyển khai báo y tế, có {f.whole(recruit + '.tests')} lần xét nghiệm âm tính cách "
            "nhau "
            f"{f.whole(recruit + '.tests_apart')} ngày, lần cuối trước khi bắt đầu làm việc "
            f"{f.whole(recruit + '.last_test')} "
            "ngày; hồ sơ lưu tại cơ sở để kiểm tra",
            f.clause(f"{recruit}.declaration", f"{recruit}.last_test"),
        ),
    )


def duty_table(f: Facts) -> Table:
    """What is reported, to whom and when, from the duties in force."""
    rows = [
        (str(place), title, when, to, clause)
        for place, (title, when, to, clause) in enumerate(_duties(f), start=1)
    ]
    heads = (("TT", 8, True), ("Nội dung", 35), ("Thời hạn", 24), ("Nơi nhận", 19), ("Mục", 14, True))
    return table(heads, rows)


def _duties(f: Facts) -> list[tuple[str, str, str, str]]:
    found = []
    for code in f.values.codes("duties"):
        if code == "caterer_screening_monthly" and not f.is_external:
            continue
        path = f"duties.{code}"
        row = f.values.row(f"{path}.due")
        found.append((f.values.title_of(path), due_words(f, code), recipient(f, code), row.clause))
    return found


def due_words(f: Facts, code: str) -> str:
    """When a duty falls due, in words."""
    row = f.values.row(f"duties.{code}.due")
    value = row.value
    if row.unit in ("weekday", "before_weekday"):
        before = "trước " if row.unit == "before_weekday" else ""
        return f"{before}{f.weekday(f'duties.{code}.due')} hằng tuần"
    if row.unit == "days_apart":
        return f"{f.round_days} ngày một đợt, trong tháng đầu"
    if row.unit == "before_day_of_month":
        return f"trước ngày {value} hằng tháng"
    if row.unit == "days_after_start":
        return f"trong {value} ngày từ ngày bắt đầu"
    return f"ngày {value} hằng tháng"


def recipient(f: Facts, code: str) -> str:
    """Who gets it."""
    to = f.values.word(f"duties.{code}.recipient").value
    return "Sở Y tế" if to == agency_codes.HEALTH else f.agency


def suspect_steps(f: Facts) -> tuple[Block, ...]:
    """The chain from the first sign to the hand-over, the same in every paper."""
    return (
        listed(
            "Người phát hiện giữ nguyên vị trí, đeo khẩu trang, giữ khoảng cách và báo ngay người của Tổ "
            "An toàn COVID-19 trong ca; không tự ý đưa người nghi nhiễm ra khỏi cơ sở",
            f"Người của Tổ báo Tổ trưởng {f.head}; người nghi nhiễm được đưa theo lối riêng đến khu cách ly "
            f"tại {f.isolation_place}",
            f"Tổ trưởng báo ngay {f.health_unit} để được hướng dẫn xét nghiệm khẳng định, đồng thời báo "
            f"lãnh đạo doanh nghiệp và {f.agency}",
            "Tạm dừng khu vực người đó làm việc; lập danh sách người tiếp xúc theo ca, theo phòng ở và "
            "theo xe đưa đón; giữ nguyên vị trí những người này cho đến khi có ý kiến của cơ quan y tế",
            "Khử khuẩn, thông gió khu vực liên quan; chỉ sản xuất lại ở khu vực đó khi cơ quan y tế cho phép",
        ),
    )


def sanctions() -> tuple[Item, ...]:
    """What follows a breach."""
    return (
        "Vi phạm lần đầu chưa gây hậu quả: nhắc nhở ngay tại chỗ, ghi sổ của Tổ An toàn COVID-19",
        "Vi phạm từ lần thứ hai hoặc cố ý: tạm thời không bố trí làm việc tại khu vực đó và xem xét xử lý "
        "kỷ luật theo nội quy lao động, đúng trình tự của Bộ luật Lao động",
        "Khai báo gian dối, trốn cách ly, tự ý ra khỏi khu vực được phép: ngoài kỷ luật lao động, doanh "
        "nghiệp báo cơ quan có thẩm quyền để xử phạt vi phạm hành chính hoặc xử lý hình sự theo quy định "
        "của pháp luật",
    )
