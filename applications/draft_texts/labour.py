"""Form 09: managing workers at work and lodging, and health declaration (III.1.3.2-d, III.1.3.3-i)."""

from applications.draft_facts import Facts
from applications.draft_texts import shared
from applications.draft_texts.blocks import Article, Wording, articles, lead, listed, numbered, say
from documents.letterforms import Block

# The columns of the worker list in words; which are asked for comes from the plan.
FIELDS = {
    "full_name": "họ tên",
    "date_of_birth": "ngày sinh",
    "identity_number": "số giấy tờ tùy thân",
    "permanent_address": "địa chỉ thường trú",
    "current_residence": "nơi ở hiện nay",
    "own_phone": "số điện thoại của mình",
    "relative_phone": "số điện thoại của người thân",
}


def wording(f: Facts) -> Wording:
    """Lists, roll call, coming and going, declaration, new people, data, breach."""
    return Wording(
        heading="QUY ĐỊNH",
        name="Quy định quản lý lao động, khai báo y tế",
        abstract=f"Quản lý người lao động, khai báo y tế tại nơi làm việc và nơi ở của {f.site}",
        blocks=(
            shared.bases(f, shared.LABOUR, clause=f.slot_clause("labour_management_regulation")),
            *articles(
                _scope(f),
                _list(f),
                _may_work(f),
                _roll_call(f),
                _going_out(f),
                _declaring(f),
                _changes(f),
                _data(f),
                _breach(f),
                _force(f),
            ),
        ),
        recipients=("Các bộ phận, người lao động của cơ sở", "Công đoàn cơ sở", f.agency),
    )


def _scope(f: Facts) -> Article:
    return Article(
        "Phạm vi, người chịu trách nhiệm",
        (
            say(
                f"Quy định này áp dụng cho mọi người làm việc, lưu trú tại {f.site}, theo hình thức "
                f"{f.mode}. Bộ phận nhân sự giữ danh sách; bảo vệ giữ cổng; trưởng ca giữ "
                f"điểm danh; Tổ An toàn COVID-19 do {f.head} đứng đầu kiểm tra chung."
            ),
        ),
    )


def _list(f: Facts) -> Article:
    fields = f.rules.words("worker_list.fields")
    names = ", ".join(FIELDS.get(each, each) for each in fields.value)
    return Article(
        "Danh sách lao động",
        (
            numbered(
                (
                    f"Mỗi người lao động được ghi đủ: {names}. Thiếu một thông tin thì chưa đưa vào danh "
                    "sách làm việc.",
                    fields.clause,
                ),
                (
                    "Danh sách được cập nhật trên phần mềm quản lý lao động dùng chung của tỉnh; người đại "
                    "diện doanh nghiệp chịu trách nhiệm trước pháp luật về tính chính xác, "
                    "không cố ý giấu hoặc khai sai.",
                    "III.1.3.2-f",
                ),
                "Số người trong danh sách, tính cả người nghỉ giữa ca và ở nơi ở, không vượt quy mô được "
                f"duyệt; hiện đề nghị {f.people} người, chia theo {f.shift_words()}.",
            ),
        ),
    )


def _may_work(f: Facts) -> Article:
    return Article(
        "Điều kiện để được vào làm việc",
        (
            lead("Bộ phận nhân sự và Tổ An toàn COVID-19 chỉ đưa vào ca người đủ các điều kiện:"),
            listed(*shared.worker_conditions(f)),
        ),
    )


def _roll_call(f: Facts) -> Article:
    blocks: list[Block] = [
        listed(
            "Trưởng ca điểm danh đầu ca và cuối ca theo sơ đồ vị trí; chênh một người cũng phải tìm cho ra "
            "lý do trong ca đó",
            "Bảo vệ đối chiếu người vào cổng với danh sách được phép trong ngày; người không có tên không "
            "vào, dù có người bảo lãnh",
            "Số người có mặt, vắng mặt, lý do vắng được nhập trên cổng thông tin của tỉnh trong ngày",
        )
    ]
    if f.has_lodging:
        blocks.append(
            say(
                f"Tại nơi ở, {f.lodging_keeper} điểm danh mỗi sáng và mỗi tối theo phòng; "
                "người không có mặt lúc điểm danh tối mà không báo trước được coi là đã rời nơi ở."
            )
        )
    return Article("Điểm danh", tuple(blocks))


def _going_out(f: Facts) -> Article:
    if f.first_phase and f.is_closed:
        stay = "fitness.three_on_site"
        return Article(
            "Ra, vào cơ sở và nơi ở",
            (
                numbered(
                    "Người ở lại cơ sở chỉ ra ngoài khi có lý do khám chữa bệnh hoặc việc gia đình cấp "
                    "thiết, được Tổ trưởng Tổ An toàn COVID-19 đồng ý bằng văn bản; mọi lần ra, "
                    "vào ghi sổ giờ, nơi đến, người đi cùng.",
                    (
                        f"Khi trở lại phải cách ly {f.whole(stay + '.isolation')} ngày tại khu cách ly và "
                        f"xét nghiệm đủ {f.whole(stay + '.tests')} lần âm tính, không tính là người đang "
                        "làm "
                        "việc trong thời gian đó.",
                        f.clause(f"{stay}.isolation", f"{stay}.tests"),
                    ),
                ),
            ),
        )
    return Article(
        "Đi lại giữa nơi ở và cơ sở",
        (
            say(
                "Người lao động đi theo lộ trình đã đăng ký, ghi lại nơi đã đến ngoài lộ trình và người đã "
                "tiếp xúc gần; đi ra ngoài tỉnh hoặc đến nơi có dịch phải báo trước và chỉ "
                "trở lại làm việc khi Tổ An toàn COVID-19 đồng ý."
            ),
        ),
    )


def _declaring(f: Facts) -> Article:
    return Article(
        "Khai báo y tế",
        (
            numbered(
                "Mọi người khai báo y tế mỗi ngày trước khi vào ca, bằng mã của cơ sở trên điện thoại hoặc "
                "bằng phiếu giấy tại cổng; bảo vệ không cho vào khi chưa khai báo.",
                "Nội dung khai báo: triệu chứng trong ngày, nơi đã đến, người tiếp xúc là ca nhiễm hoặc "
                "nghi nhiễm, tình trạng của người cùng nhà, cùng phòng.",
                "Đang làm việc mà thấy triệu chứng thì báo ngay trưởng ca; không chờ hết ca, không tự uống "
                "thuốc hạ sốt để tiếp tục làm.",
                f"Người khai có triệu chứng hoặc tiếp xúc được đưa đến khu cách ly tại {f.isolation_place}, báo "
                f"{f.health_unit}; ngày nghỉ được giải quyết theo pháp luật lao động và bảo hiểm xã hội.",
            ),
        ),
    )


def _changes(f: Facts) -> Article:
    blocks: list[Block] = [
        say(
            "Người mới tuyển, người thay thế, người trở lại sau khi nghỉ chỉ vào làm việc sau khi có tên "
            "trong danh sách bổ sung và đủ điều kiện tại Điều 3; người thôi việc, "
            "cách ly hoặc nghỉ dài ngày được đưa ra khỏi danh sách trước khi thêm người khác.",
            "III.1.2-d" if f.first_phase else "III.2.1-f",
        )
    ]
    if f.values.has("duties.roster_monthly.due"):
        blocks.append(
            say(
                f"Biến động lao động được cập nhật {shared.due_words(f, 'roster_monthly')}; không có biến "
                "động cũng phải báo.",
                f.clause("duties.roster_monthly.due"),
            )
        )
    return Article("Thay đổi lao động", tuple(blocks))


def _data(f: Facts) -> Article:
    return Article(
        "Giữ kín thông tin cá nhân",
        (
            say(
                "Thông tin sức khỏe, giấy tờ tùy thân, số điện thoại chỉ dùng để phòng, chống dịch; người "
                "giữ danh sách không chụp, không gửi lên nhóm chung. Danh sách giấy được khóa, "
                "hủy khi hết thời hạn lưu; chỉ cung cấp cho cơ quan có thẩm quyền."
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
                "Quy định này có hiệu lực kể từ ngày ký, được phổ biến và lấy chữ ký xác nhận của từng "
                "người lao động trước ca đầu tiên. Bộ phận nhân sự, bảo vệ, trưởng ca và Tổ An "
                "toàn COVID-19 chịu trách nhiệm thi hành",
            ),
        ),
    )
