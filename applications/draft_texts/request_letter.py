"""Form 01: the letter that asks to produce again (III.1.3.3-a)."""

from applications.draft_facts import Facts
from applications.draft_texts.blocks import Wording, listed, say
from documents.letterforms import Block, Passage


def wording(f: Facts) -> Wording:
    """To the People's Committee through the receiving agency."""
    return Wording(
        heading="",
        name="Công văn đề nghị",
        abstract=f"đề nghị tổ chức lại hoạt động sản xuất tại {f.site}",
        addressees=(f.authority, f.agency),
        blocks=(*_asking(f), *_people(f), *_closing(f)),
        recipients=("Như trên", "Tổ An toàn COVID-19 của cơ sở"),
    )


def _asking(f: Facts) -> tuple[Block, ...]:
    return (
        say(
            f"{f.firm} (mã số thuế {f.tax_code}) là chủ {f.site} tại {f.place}, "
            f"hoạt động trong lĩnh vực {f.products}. Do diễn biến dịch COVID-19, cơ sở đã tạm ngừng sản "
            "xuất; "
            "đến nay doanh nghiệp đã chuẩn bị xong con người, mặt bằng và phương án phòng, chống dịch để "
            "hoạt động trở lại."
        ),
        say(
            f"Căn cứ {f.plan_name}, {f.firm} lập Phương án sản xuất gắn với phòng, chống dịch COVID-19 và "
            "kính đề nghị "
            f"{f.agency} tiếp nhận hồ sơ, tổ chức kiểm tra thực tế, trình Chủ tịch Ủy ban nhân dân tỉnh xem "
            "xét, "
            "cho phép cơ sở sản xuất trở lại với các nội dung chính như sau:",
            f.slot_clause("request_letter"),
        ),
    )


def _people(f: Facts) -> tuple[Block, ...]:
    limit = f.cap.limit if f.cap else None
    within = f", không vượt mức tối đa {limit} người của tháng đầu" if limit else ""
    return (
        listed(
            f"Thời điểm đề nghị bắt đầu: {f.start}",
            f"Hình thức tổ chức sản xuất: {f.mode}",
            (
                f"Quy mô: {f.people} người trên tổng số {f.baseline} lao động hiện có{within}",
                f.cap.clause if f.cap and limit else "",
            ),
            f"Bố trí ca: {f.shift_words()}",
            f"Khu cách ly dành cho người nghi nhiễm: {f.isolation_place}",
            f"Người phụ trách phòng, chống dịch: {f.head}",
        ),
    )


def _closing(f: Facts) -> tuple[Passage, ...]:
    return (
        say(
            "Kèm theo công văn này là tập hồ sơ gồm Phương án và các tài liệu theo Kế hoạch, đóng thành "
            "một quyển. "
            "Doanh nghiệp chịu trách nhiệm trước pháp luật về tính xác thực của hồ sơ; cam kết chỉ sản "
            "xuất khi có "
            "văn bản đồng ý, đúng quy mô và điều kiện được duyệt, và tạo mọi thuận lợi để Tổ kiểm tra làm "
            "việc.",
        ),
        say(f"Khi cần trao đổi, xin liên hệ {f.contact}. Trân trọng"),
    )
