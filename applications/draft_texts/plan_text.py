"""Form 02: the plan itself, the first part of the bound volume (III.1.3.3-b)."""

from applications.draft_facts import Facts
from applications.draft_texts import plan_life, shared
from applications.draft_texts.blocks import Article, Item, Wording, lead, listed, parts, say, table
from documents.letterforms import Block, Table
from documents.letterforms.words import number


def wording(f: Facts) -> Wording:
    """Ten parts: who, how, with whom, under which conditions, who watches, who is told."""
    name = (
        "Phương án sản xuất gắn với phòng, chống dịch COVID-19"
        if f.first_phase
        else "Phương án sản xuất trong trạng thái bình thường mới"
    )
    return Wording(
        heading="PHƯƠNG ÁN",
        name=name,
        abstract=f"S{name.removeprefix('Phương án s')} tại {f.site}",
        blocks=(
            shared.bases(f, shared.LABOUR, shared.SAFETY, clause=_clause(f)),
            *parts(
                _general(f), _aims(f), _work(f), _workers(f), plan_life.lodging(f), plan_life.transport(f),
                plan_life.meals(f), _testing(f), _isolation(f), _teams(f), _reports(f), _carrying_out(f),
            ),
        ),
        recipients=(f.agency, "Tổ kiểm tra", "Tổ An toàn COVID-19 và các bộ phận của cơ sở"),
    )  # fmt: skip


def _clause(f: Facts) -> str:
    return "III.1.3.3-b" if f.first_phase else f.slot_clause("safety_regulation")


def _general(f: Facts) -> Article:
    rows = (
        ("Doanh nghiệp", f.firm),
        ("Mã số thuế", f.tax_code),
        ("Cơ sở sản xuất", f"{f.dossier.site.name}, tại {f.place}"),
        ("Ngành nghề, sản phẩm", f.products),
        ("Lao động hiện có", f"{f.baseline} người"),
        ("Người đại diện ký", f"{f.signer}, {f.signer_title}"),
        ("Người liên hệ", f.contact),
    )
    return Article("Thông tin chung", (_facts(rows),))


def _facts(rows: tuple[tuple[str, str], ...]) -> Table:
    return table((("Nội dung", 32), ("Thông tin", 68)), rows)


def _aims(f: Facts) -> Article:
    return Article(
        "Mục tiêu và nguyên tắc",
        (
            say(
                "Phương án nhằm đưa cơ sở trở lại sản xuất từng bước, giữ việc làm và thu nhập cho người "
                "lao động, đồng thời "
                "không để dịch bệnh xâm nhập, lây lan trong cơ sở và ra cộng đồng."
            ),
            lead("Trong mọi quyết định về sản xuất, cơ sở giữ các nguyên tắc sau:"),
            listed(
                "An toàn của người lao động và của cộng đồng đứng trước tiến độ sản xuất",
                "Chỉ sản xuất khi có văn bản đồng ý, đúng thời điểm, quy mô và hình thức được duyệt",
                "Mỗi khu vực, mỗi ca, mỗi phòng ở đều có người chịu trách nhiệm được nêu tên",
                "Phát hiện sớm, cách ly ngay, báo ngay; không che giấu, không chờ đủ thông tin mới báo",
            ),
        ),
    )


def _work(f: Facts) -> Article:
    blocks: list[Block] = [
        say(f"Cơ sở tổ chức sản xuất theo hình thức {f.mode}, đề nghị bắt đầu từ {f.start}."),
        lead("Ca làm việc và số người của từng ca như sau:"),
        shared.shift_table(f),
    ]
    cap = f.cap
    if cap and cap.limit is not None:
        blocks.append(
            say(
                f"Trong tháng đầu, tổng số người có mặt trong danh sách không vượt {number(cap.limit)} "
                f"người trên {f.baseline} lao "
                "động hiện có, tính cả người đang nghỉ giữa ca và người đang ở tại nơi ở; muốn thêm người "
                "phải có ý kiến "
                "của cấp có thẩm quyền và người thêm phải đủ mọi điều kiện của Kế hoạch.",
                cap.clause,
            )
        )
    blocks.append(
        say(
            "Người của ca này không vào khu vực của ca khác. Giữa hai ca có khoảng trống để người ra hết "
            "mới cho người vào, "
            "khử khuẩn bề mặt chung và mở cửa thông gió; giao ca bằng sổ hoặc điện thoại, không họp tập "
            "trung."
        )
    )
    return Article("Hình thức sản xuất, ca và số người", tuple(blocks))


def _workers(f: Facts) -> Article:
    return Article(
        "Người lao động được vào làm việc",
        (
            lead("Chỉ bố trí làm việc người có tên trong danh sách kèm hồ sơ và đủ các điều kiện sau:"),
            listed(*shared.worker_conditions(f)),
            say(
                "Tổ An toàn COVID-19 đối chiếu giấy tờ của từng người trước ca làm việc đầu tiên, lưu bản "
                "chụp theo danh sách; "
                "người thiếu một điều kiện không vào xưởng, dù đã được phân công."
            ),
        ),
    )


def _rounds_of_first_phase(f: Facts) -> tuple[Item, ...]:
    return (
        (
            f"Trong tháng đầu xét nghiệm {f.share('duties.screening_all.share')} người lao động, "
            f"{f.round_days} ngày một đợt",
            f.clause("duties.screening_all.due", "duties.screening_all.share"),
        ),
        (
            f"Các tháng sau, mỗi tháng xét nghiệm ngẫu nhiên {f.share('duties.screening_monthly.share')} "
            "người lao động, "
            f"{shared.due_words(f, 'screening_monthly')}",
            f.clause("duties.screening_monthly.share", "duties.screening_monthly.due"),
        ),
    )


def _rounds_of_second_phase(f: Facts) -> tuple[Item, ...]:
    path = "duties.screening_twice_monthly"
    return (
        (
            f"Mỗi tháng xét nghiệm ngẫu nhiên {f.whole(path + '.draws')} lần, mỗi lần ít nhất "
            f"{f.share(path + '.share')} người lao động",
            f.clause(f"{path}.share", f"{path}.draws"),
        ),
        (
            f"Hoàn thành và gửi kết quả {shared.due_words(f, 'screening_twice_monthly')}",
            f.clause(f"{path}.due"),
        ),
    )


def _testing(f: Facts) -> Article:
    return Article(
        "Xét nghiệm sàng lọc",
        (
            listed(
                *(_rounds_of_first_phase(f) if f.first_phase else _rounds_of_second_phase(f)),
                f"Phương pháp: {f.method}; đơn vị thực hiện: {f.provider}",
                f"Phụ trách: {f.testing_keeper}; chi tiết tại Kế hoạch xét nghiệm kèm theo",
            ),
        ),
        f.slot_clause("screening_plan"),
    )


def _isolation(f: Facts) -> Article:
    return Article(
        "Khu cách ly và xử lý người nghi nhiễm",
        (
            say(
                f"Khu cách ly đặt tại {f.isolation_place}, gồm {f.isolation_rooms} phòng, "
                f"{f.isolation_beds} giường, do {f.isolation_keeper} phụ trách."
            ),
            lead("Khi có người sốt, ho, khó thở, mất vị giác hoặc có kết quả xét nghiệm nghi ngờ:"),
            *shared.suspect_steps(f),
        ),
        f.slot_clause("isolation_plan"),
    )


def _teams(f: Facts) -> Article:
    team = f.answers.team
    group = "đã lập nhóm nhắn tin chung" if team.has_group else "lập nhóm nhắn tin chung trước ngày bắt đầu"
    return Article(
        "Tổ An toàn COVID-19 và tổ tự quản",
        (
            lead("Tổ An toàn COVID-19 của cơ sở gồm:"),
            shared.member_table(f),
            say(
                "Tổ tự quản về an ninh, trật tự gắn với phòng, chống dịch gồm "
                f"{f.known(team.self_people, 'Số người của tổ tự quản', 'team#self_people')} "
                f"người, do {f.self_head} đứng đầu, phối hợp với {f.police} "
                f"và cơ quan y tế; {group}.",
                "V.3-d",
            ),
        ),
        f.slot_clause("safety_team_regulation"),
    )


def _reports(f: Facts) -> Article:
    return Article(
        "Chế độ báo cáo",
        (
            lead("Cơ sở cử người phụ trách gửi đủ, đúng hạn các báo cáo sau:"),
            shared.duty_table(f),
            say(
                "Kết quả dương tính hoặc nghi ngờ báo ngay, không chờ kỳ báo cáo. Không có thay đổi cũng "
                "phải báo là không "
                "thay đổi."
            ),
        ),
    )


def _carrying_out(f: Facts) -> Article:
    return Article(
        "Tổ chức thực hiện",
        (
            listed(
                f"{f.signer_title} {f.signer} chịu trách nhiệm chung, quyết định nhân lực, kinh phí phòng, "
                "chống dịch của cơ sở",
                f"Tổ trưởng Tổ An toàn COVID-19 {f.head} kiểm tra hằng ngày, được quyền dừng một khu vực "
                "khi thấy không an toàn",
                "Quản đốc, trưởng ca bố trí người đúng danh sách, đúng vị trí; điểm danh đầu và cuối ca",
                "Công đoàn cơ sở vận động, giám sát và chuyển ý kiến của người lao động",
                "Mọi người lao động được phổ biến Phương án này và các quy định kèm theo trước ca đầu "
                "tiên, ký xác nhận đã hiểu",
            ),
            say(
                "Phương án được xem lại khi thay đổi ca, số người, nơi ở, hoặc khi Tổ kiểm tra có nhận "
                "xét; nội dung thay đổi gửi "
                f"{f.agency} trước khi thực hiện. Chi phí xét nghiệm, y tế và an toàn của cơ sở do doanh "
                "nghiệp chi trả",
                "IV-c",
            ),
        ),
    )
