"""Form 05: the isolation area and how it works (III.1.3.3-g, III.1.3.2-g)."""

from applications.draft_facts import Facts
from applications.draft_texts import shared
from applications.draft_texts.blocks import Article, Wording, lead, listed, parts, say, table
from documents.letterforms import Block


def wording(f: Facts) -> Wording:
    """Where, with what, who, step by step, until release."""
    temporary = "tạm thời " if not f.first_phase else ""
    return Wording(
        heading="PHƯƠNG ÁN",
        name="Phương án khu cách ly",
        abstract=f"Khu cách ly {temporary}dành cho người nghi nhiễm COVID-19 và cách vận hành tại {f.site}",
        blocks=(
            shared.bases(f, clause=f.slot_clause("isolation_plan")),
            *parts(_place(f), _people(f), _receiving(f), _life(f), _leaving(f), _drill(f)),
        ),
        recipients=(
            f.agency,
            f"{f.answers.isolation.health_unit or 'Cơ sở y tế địa phương'}",
            "Tổ An toàn COVID-19",
        ),
    )


def _place(f: Facts) -> Article:
    rows = (
        ("Vị trí", f.isolation_place),
        ("Số phòng", f.isolation_rooms),
        ("Số giường", f.isolation_beds),
        ("Người phụ trách", f.isolation_keeper),
        ("Cơ sở y tế liên hệ", f.health_unit),
    )
    return Article(
        "Vị trí, sức chứa, trang bị",
        (
            table((("Nội dung", 32), ("Bố trí", 68)), rows),
            lead(
                "Khu cách ly đáp ứng các yêu cầu sau trước ngày sản xuất và trong suốt thời gian hoạt động:"
            ),
            listed(
                "Tách khỏi xưởng, nhà ăn và nơi ở; có lối vào, lối ra riêng, có biển báo và hàng rào hoặc "
                "vạch ngăn",
                "Mỗi phòng một người; có nhà vệ sinh riêng, nước sạch, xà phòng, thùng rác có nắp, cửa sổ "
                "mở được, không dùng điều hòa chung",
                "Có giường, chăn màn, nước uống, nhiệt kế, máy đo nồng độ oxy, khẩu trang, điện thoại và "
                "danh bạ khẩn cấp đặt sẵn",
                "Không dùng khu cách ly làm kho hoặc chỗ nghỉ khi đang không có người",
            ),
        ),
    )


def _people(f: Facts) -> Article:
    return Article(
        "Người trực",
        (
            say(
                f"{f.isolation_keeper} phụ trách khu cách ly và phân công người trực theo từng ca "
                f"({f.shift_words()}). Người trực được hướng dẫn mặc, "
                "cởi phương tiện phòng hộ, không có bệnh nền nặng và không trực liên tục hai ca."
            ),
            listed(
                "Giữ chìa khóa, sổ theo dõi người vào, ra, thân nhiệt và triệu chứng hai lần mỗi ngày",
                "Không cho người không có nhiệm vụ vào khu cách ly; đồ dùng, suất ăn đặt tại bàn trung "
                "gian trước cửa",
                "Báo ngay Tổ trưởng khi người cách ly khó thở, sốt cao hoặc nồng độ oxy giảm",
            ),
        ),
    )


def _receiving(f: Facts) -> Article:
    return Article(
        "Quy trình khi phát hiện người nghi nhiễm",
        (
            lead("Các bước dưới đây được thực hiện ngay, theo thứ tự, ở bất kỳ ca nào:"),
            *shared.suspect_steps(f),
            say(
                "Trong lúc chờ y tế, mọi trao đổi thực hiện qua điện thoại. Xe chở người nghi nhiễm do cơ "
                "quan y tế điều động; cơ sở không "
                "dùng xe đưa đón người lao động để chở người nghi nhiễm."
            ),
        ),
    )


def _life(f: Facts) -> Article:
    return Article(
        "Ăn ở, vệ sinh, chất thải",
        (
            listed(
                "Suất ăn đựng trong đồ dùng một lần; nước uống đóng chai; bảo đảm đủ bữa và có thuốc thông "
                "thường",
                "Bề mặt, nhà vệ sinh được lau bằng dung dịch khử khuẩn ít nhất hai lần mỗi ngày và ngay "
                "sau khi người cách ly rời đi",
                "Rác, khẩu trang, đồ ăn thừa bỏ vào túi chất thải lây nhiễm, buộc kín, giao đơn vị có chức "
                "năng thu gom",
                "Chăn màn, quần áo giặt riêng; phòng trống được thông gió trước khi sử dụng lại",
            ),
            say("Người lao động cách ly được giữ chỗ làm việc và hưởng chế độ theo pháp luật lao động."),
        ),
    )


def _leaving(f: Facts) -> Article:
    blocks: list[Block] = [
        listed(
            "Người có kết quả khẳng định dương tính được bàn giao cho cơ quan y tế cùng danh sách người "
            "tiếp xúc",
            "Người có kết quả khẳng định âm tính rời khu cách ly khi cơ quan y tế đồng ý và tiếp tục theo "
            "dõi sức khỏe tại nơi ở",
        )
    ]
    stay = "fitness.three_on_site"
    if f.first_phase and f.is_closed:
        blocks.append(
            listed(
                (
                    "Người tự rời cơ sở hoặc nơi ở rồi trở lại được cách ly tại đây đủ "
                    f"{f.whole(stay + '.isolation')} ngày, không kể ngày trở lại",
                    f.clause(f"{stay}.isolation"),
                ),
                (
                    f"Trong thời gian ấy có {f.whole(stay + '.tests')} lần xét nghiệm âm tính cách nhau "
                    f"{f.whole(stay + '.tests_apart')} ngày, lần cuối "
                    f"trước khi làm việc lại {f.whole(stay + '.last_test')} ngày; rời cơ sở lần nữa thì "
                    "tính lại từ đầu",
                    f.clause(f"{stay}.tests", f"{stay}.last_test"),
                ),
                marks="dashes",
            )
        )
    return Article("Kết thúc cách ly", tuple(blocks))


def _drill(f: Facts) -> Article:
    return Article(
        "Chuẩn bị, diễn tập và trách nhiệm",
        (
            say(
                "Trước ngày sản xuất, cơ sở diễn tập một lần với tình huống có người nghi nhiễm trong ca, "
                "ghi lại thời gian từng bước và chỗ "
                "cần sửa; sau đó diễn tập lại khi thay người trực hoặc thay vị trí khu cách ly."
            ),
            say(
                f"{f.signer_title} {f.signer} bảo đảm nhân lực, kinh phí; Tổ trưởng {f.head} chỉ huy khi có "
                "tình huống. Che giấu, chậm báo hoặc để "
                "người nghi nhiễm tiếp xúc với người khác bị xử lý theo nội quy lao động và quy định của "
                "pháp luật",
            ),
        ),
    )
