"""One plain paper of every kind, with invented people, and the extremes that bend a page."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from documents.letterforms import (
    ApologySlip,
    ConfirmationSheet,
    Contact,
    ControlSlip,
    Decision,
    DeclineReason,
    DeclineSlip,
    Fault,
    Form,
    HandOver,
    Paper,
    ReceiptSlip,
    ReceivedPaper,
    Refusal,
    RefusalReason,
    SheetItem,
    Source,
    SubmissionNote,
    SupplementSlip,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOST = "https://khoiphucsanxuat.travinh.example"
FIRM = "Công ty TNHH May Sông Hậu"
LONG_FIRM = "Công ty Cổ phần Đầu tư Xuất nhập khẩu Nông sản và Thực phẩm chế biến Duyên Hải Xanh Cửu Long"
COMMITTEE = ("ỦY BAN NHÂN DÂN", "TỈNH TRÀ VINH")
DOLISA = ("SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI")
ZONE_BOARD = Contact(agency="Ban Quản lý Khu kinh tế Trà Vinh", phone="0294 3555 020")
COMPLAINT = (
    "Nếu không đồng ý, doanh nghiệp có thể khiếu nại đến Chủ tịch Ủy ban nhân dân tỉnh "
    "hoặc khởi kiện tại Tòa án trong thời hạn luật định"
)
CODE = {"token": "Q7K4M2XD9F", "printed_token": "Q7K4-M2XD-9F", "check_host": HOST}
BOARD_HEAD = {
    "superior": ("UBND TỈNH TRÀ VINH",),
    "agency": ("BAN QUẢN LÝ KHU KINH TẾ",),
    "place": "Trà Vinh",
}
CONDITIONS = (
    "Chỉ gọi vào làm những người có tên trong danh sách đã nộp và đủ điều kiện vào ngày bắt đầu làm việc",
    "Xét nghiệm toàn bộ người lao động cách 03 ngày một lần trong tháng đầu và báo kết quả về Sở Y tế",
    "Gửi danh sách khách hàng, nhà cung cấp giao dịch trực tiếp vào thứ Sáu mỗi tuần",
    "Gửi danh sách người của bên cung cấp suất ăn, hàng hóa, dịch vụ chậm nhất thứ Năm mỗi tuần",
    "Bổ sung bản sao hợp đồng với đơn vị y tế chậm nhất ngày 13 tháng 10 năm 2021",
    "Báo ngay Sở Y tế và cơ quan nhận hồ sơ khi có người dương tính hoặc nghi mắc COVID-19",
    "Giữ khu cách ly tạm thời luôn sẵn sàng, có lối đi riêng và người trực",
    "Người rời nơi lưu trú phải cách ly và xét nghiệm lại trước khi trở vào làm việc",
    "Chỉ tăng số người làm việc sau khi có văn bản đồng ý của Chủ tịch Ủy ban nhân dân tỉnh",
)

DECISION = Decision(
    kind="quyet_dinh",
    agency=COMMITTEE,
    symbol="QĐ-UBND",
    number=2156,
    place="Trà Vinh",
    dated=date(2021, 10, 4),
    dossier_code="H59.07-210928-0007",
    **CODE,
    authority="Chủ tịch Ủy ban nhân dân tỉnh Trà Vinh",
    abstract=f"cho phép {FIRM} mở lại hoạt động sản xuất",
    plan_title="Kế hoạch số 76/KH-UBND",
    legal_bases=(
        "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015, sửa đổi ngày 22 tháng 11 năm 2019",
        "Luật Phòng, chống bệnh truyền nhiễm ngày 21 tháng 11 năm 2007",
        "Căn cứ Kế hoạch số 76/KH-UBND ngày 31 tháng 8 năm 2021 của Ủy ban nhân dân tỉnh",
    ),
    recommendation=Source(
        by="Trưởng Ban Quản lý Khu kinh tế Trà Vinh", number="118/TTr-BQLKKT", dated=date(2021, 10, 1)
    ),
    sheet=Source(by="Tổ kiểm tra số 03", number="12/PXN-TKT03", dated=date(2021, 9, 30)),
    firm=FIRM,
    tax_code="2100987653",
    site="Lô C3, Khu công nghiệp Long Đức, xã Long Đức, thành phố Trà Vinh",
    start=datetime(2021, 10, 6, 6, 0, tzinfo=VIETNAM),
    mode="“3 tại chỗ”",
    cap=612,
    baseline=1836,
    cap_until=date(2021, 11, 6),
    conditions=CONDITIONS[:5],
    team="Tổ kiểm tra số 03",
    leader="bà Thạch Thị Sô Phi",
    visit_frequency="mỗi tuần một lần trong tháng đầu, mỗi tháng một lần trong các tháng sau",
    contact=ZONE_BOARD,
    complaint=COMPLAINT,
    addressees=("Ban Quản lý Khu kinh tế Trà Vinh", FIRM),
    duty_holders=(
        "Chánh Văn phòng Ủy ban nhân dân tỉnh",
        "Trưởng Ban Quản lý Khu kinh tế Trà Vinh",
        "Giám đốc Sở Y tế",
        "Tổ trưởng Tổ kiểm tra số 03",
        f"người đại diện theo pháp luật của {FIRM}",
    ),
    recipients=("Như Điều 5", "CT, các PCT UBND tỉnh", "Sở LĐTBXH, Công an tỉnh", "UBND thành phố Trà Vinh"),
    drafting_unit="KGVX",
    signer_lines=("CHỦ TỊCH",),
    signer_name="Trần Minh Khải",
)

DISPATCH = replace(
    DECISION,
    kind="cong_van",
    symbol="UBND-KGVX",
    number=5,
    dated=date(2022, 1, 5),
    recipients=("Như trên", "CT, các PCT UBND tỉnh", "Sở Y tế", "Tổ kiểm tra số 03"),
    signer_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer_name="Lâm Thị Ngọc Hân",
)

_SHARED = {
    name: getattr(DECISION, name)
    for name in ("agency", "place", "dated", "dossier_code", "authority", "plan_title", "firm", "tax_code")
} | {"site": DECISION.site, "contact": ZONE_BOARD, "complaint": COMPLAINT, "drafting_unit": "KGVX", **CODE}

REFUSAL = Refusal(
    **_SHARED,
    kind="thong_bao",
    symbol="TB-UBND",
    number=187,
    abstract=f"chưa đồng ý để {FIRM} mở lại hoạt động sản xuất",
    team="Tổ kiểm tra số 02",
    visited_on=date(2021, 9, 30),
    reasons=(
        RefusalReason(
            clause="III.1.1-d",
            found="Nơi lưu trú có 118 chỗ ngủ trong khi danh sách ở lại có 164 người.",
            to_do="Thêm chỗ ngủ hoặc giảm danh sách cho vừa số chỗ.",
        ),
        RefusalReason(
            clause="III.1.3.3-g",
            found="Phương án chưa nêu lối đi riêng của khu cách ly; thực tế đi chung với nhà ăn.",
            to_do="Tách lối đi, sửa phương án và gửi ảnh sau khi sửa.",
        ),
        RefusalReason(
            clause="III.1.1-a",
            found="27 người chưa có xác nhận của chính quyền nơi cư trú.",
            to_do="Bổ sung xác nhận hoặc rút 27 người khỏi danh sách.",
        ),
    ),
    stays_valid="Những giấy tờ còn lại đã đạt, được giữ trong hồ sơ và không phải nộp lần nữa",
    resubmit=(
        "Sửa xong, doanh nghiệp mở hồ sơ này trên Cổng khôi phục sản xuất, chọn lập hồ sơ mới từ "
        "hồ sơ cũ rồi nộp; thời hạn giải quyết được tính lại kể từ khi hồ sơ mới được tiếp nhận"
    ),
    addressees=(FIRM,),
    recipients=(FIRM, "CT, các PCT UBND tỉnh", "Ban Quản lý Khu kinh tế Trà Vinh", "Tổ kiểm tra số 02"),
    signer_lines=("TUQ. CHỦ TỊCH", "TRƯỞNG BAN", "BAN QUẢN LÝ KHU KINH TẾ"),
    signer_name="Kim Sóc Kha",
)

SHEET = ConfirmationSheet(
    superior=("UBND TỈNH TRÀ VINH",),
    agency=("TỔ KIỂM TRA SỐ 03",),
    symbol="PXN-TKT03",
    number=12,
    place="Trà Vinh",
    dated=date(2021, 9, 30),
    dossier_code="H59.07-210928-0007",
    **CODE,
    abstract=f"Kết quả kiểm tra phương án sản xuất gắn với an toàn phòng, chống dịch COVID-19 của {FIRM}",
    firm=FIRM,
    site="Lô C3, Khu công nghiệp Long Đức, xã Long Đức, thành phố Trà Vinh",
    team="Tổ kiểm tra số 03",
    visited_from=datetime(2021, 9, 30, 8, 0, tzinfo=VIETNAM),
    visited_to=datetime(2021, 9, 30, 11, 30, tzinfo=VIETNAM),
    items=(
        SheetItem(title="Danh sách và số lao động dự kiến", ok=True, remark="612 người, trong mức tối đa"),
        SheetItem(title="Chỗ ngủ, chỗ ăn của người ở lại", ok=True, remark="640 chỗ"),
        SheetItem(title="Khu cách ly tạm thời", ok=True, remark="4 phòng, 12 giường, có lối đi riêng"),
        SheetItem(title="Tổ An toàn COVID-19", ok=True, remark="9 người, đã phân công"),
        SheetItem(title="Hợp đồng với đơn vị y tế", ok=False, remark="Nộp sau khi hoạt động"),
        SheetItem(title="Thông tin bên cung cấp suất ăn", ok=None),
    ),
    guidance="lịch xét nghiệm của tháng đầu; cách báo khi có người nghi mắc; danh sách gửi mỗi tuần",
    conclusion="phương án đủ điều kiện an toàn; Tổ đề nghị cho phép doanh nghiệp mở lại hoạt động sản xuất",
    cap=612,
    mode="“3 tại chỗ”",
    leader="Thạch Thị Sô Phi",
    firm_person="Nguyễn Thị Bích Trâm",
    volume_version=2,
    volume_digest="62d7a6b1211d6276c2f1e0aa",
)

_PAPER_NAMES = (
    "Văn bản đề nghị hoạt động trở lại",
    "Bản sao giấy chứng nhận đầu tư",
    "Danh sách người lao động dự kiến (612 người)",
    "Phiếu xác nhận tiêm vắc xin (612 phiếu)",
    "Phương án xét nghiệm tầm soát",
    "Phương án khu cách ly và cách vận hành",
    "Quy định an toàn trong sản xuất",
    "Quy định an toàn nơi làm việc, nơi lưu trú",
    "Quy định về Tổ An toàn COVID-19",
    "Quy định quản lý lao động, khai báo y tế",
    "Thông tin bên cung cấp suất ăn",
    "Hợp đồng với đơn vị y tế (nộp sau)",
    "Bản cam kết",
)

RECEIPT = ReceiptSlip(
    **BOARD_HEAD,
    **CODE,
    symbol="TNHS",
    number=7,
    dated=date(2021, 9, 28),
    dossier_code="H59.07-210928-0007",
    form=Form(number="01", title=("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ")),
    firm=FIRM,
    tax_code="2100987653",
    submitter="Nguyễn Thị Bích Trâm",
    submitter_phone="0912 000 345",
    request="Mở lại hoạt động sản xuất, giai đoạn 1",
    papers=tuple(ReceivedPaper(name=name, originals=1) for name in _PAPER_NAMES),
    received_at=datetime(2021, 9, 28, 15, 20, tzinfo=VIETNAM),
    due_for="lập tổ kiểm tra",
    due_at=datetime(2021, 9, 30, 23, 59, 59, tzinfo=VIETNAM),
    result_promise="trong 03 ngày làm việc sau khi kiểm tra xong",
    collect_at="Cổng khôi phục sản xuất hoặc quầy số 2",
    contact=ZONE_BOARD,
    officer="Lê Hoài Phương",
)

DECLINE = DeclineSlip(
    **BOARD_HEAD,
    **CODE,
    symbol="TCHS",
    number=4,
    dated=date(2021, 9, 29),
    dossier_code="H59.07-210929-0003",
    form=Form(number="03", title=("PHIẾU TỪ CHỐI TIẾP NHẬN", "GIẢI QUYẾT HỒ SƠ")),
    firm="Hợp tác xã Thủy sản Cồn Trứng",
    address="Ấp Cồn Trứng, xã Trường Long Hòa, thị xã Duyên Hải",
    firm_contact="0907 000 118",
    request="Mở lại hoạt động sản xuất, giai đoạn 1",
    reasons=(
        DeclineReason(basis="II.1", text="Bên nộp là hợp tác xã; Kế hoạch áp dụng cho doanh nghiệp."),
        DeclineReason(
            basis="III.1.3.1-b",
            text="Cơ sở không nằm trong khu công nghiệp hay khu kinh tế nên hồ sơ thuộc Sở Lao động - "
            "Thương binh và Xã hội.",
        ),
    ),
    ways_on=(
        "Hỏi Ủy ban nhân dân thị xã về cách áp dụng cho hợp tác xã",
        "Doanh nghiệp thành viên ở cùng địa điểm lập hồ sơ mới từ hồ sơ này; giấy tờ đã tải lên vẫn còn",
    ),
    complaint="Không đồng ý với việc từ chối, bên nộp có quyền khiếu nại đến Trưởng Ban Quản lý Khu kinh tế",
    contact=ZONE_BOARD,
    officer="Lê Hoài Phương",
)

SUPPLEMENT = SupplementSlip(
    **BOARD_HEAD,
    **CODE,
    symbol="HDHS",
    number=15,
    dated=date(2021, 9, 28),
    dossier_code="H59.07-210928-0012",
    form=Form(number="02", title=("PHIẾU YÊU CẦU BỔ SUNG,", "HOÀN THIỆN HỒ SƠ")),
    firm=FIRM,
    address="Lô D1, Khu công nghiệp Long Đức, thành phố Trà Vinh",
    firm_contact="Nguyễn Thị Bích Trâm, 0918 000 221",
    request="Mở lại hoạt động sản xuất, giai đoạn 1",
    faults=(
        Fault(
            thing="Danh sách người lao động", clause="III.1.3.3-d",
            fault="Thiếu điện thoại người thân ở các dòng 14, 22 và 301", to_do="Điền cột H, tải lại danh sách",
        ),
        Fault(
            thing="Bản cam kết", clause="III.1.3.3-l", fault="Trang 3 chưa đóng dấu",
            to_do="Đóng dấu, quét lại cả bản",
        ),
        Fault(thing="Nội dung khác", clause="", fault="Chưa rõ số ca", to_do="Trả lời"),
    ),
    reason="bảo đảm đủ căn cứ để kiểm tra thực tế",
    contact=ZONE_BOARD,
    officer="Lê Hoài Phương",
)  # fmt: skip

SUBMISSION = SubmissionNote(
    **BOARD_HEAD,
    **CODE,
    dated=date(2021, 9, 27),
    dossier_code="H59.07-210928-0007",
    firm=FIRM,
    tax_code="2100987653",
    submitter="Nguyễn Thị Bích Trâm",
    request="Mở lại hoạt động sản xuất, giai đoạn 1",
    submitted_at=datetime(2021, 9, 27, 14, 5, tzinfo=VIETNAM),
    papers_count=12,
    receiving_agency="Ban Quản lý Khu kinh tế Trà Vinh",
    answer_by=datetime(2021, 9, 28, 17, 0, tzinfo=VIETNAM),
    contact=ZONE_BOARD,
    next_steps=(
        "Ban Quản lý Khu kinh tế kiểm tra đủ giấy tờ và trả lời trong thời hạn nêu trên",
        "Hồ sơ đủ thì doanh nghiệp nhận giấy tiếp nhận, có ngày hẹn lập tổ kiểm tra",
        "Tổ kiểm tra đến cơ sở; giờ đến và người liên hệ được báo trước trên Cổng",
        "Chủ tịch Ủy ban nhân dân tỉnh quyết định; văn bản được gửi trên Cổng",
    ),
)

APOLOGY = ApologySlip(
    **BOARD_HEAD,
    **CODE,
    symbol="HDHS-BQLKKT",
    number=9,
    dated=date(2021, 9, 30),
    dossier_code="H59.07-210928-0007",
    form=Form(number="04", title=("PHIẾU XIN LỖI", "VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ")),
    firm=FIRM,
    address="Lô C3, Khu công nghiệp Long Đức, xã Long Đức, thành phố Trà Vinh",
    firm_contact="Nguyễn Thị Bích Trâm, 0912 000 345",
    request="Mở lại hoạt động sản xuất, giai đoạn 1",
    received_at=datetime(2021, 9, 28, 15, 20, tzinfo=VIETNAM),
    promised_for="đề xuất tổ kiểm tra",
    promised_at=datetime(2021, 9, 30, 23, 59, 59, tzinfo=VIETNAM),
    reason="Hai tổ kiểm tra đang cách ly y tế, tổ thay thế nhận việc từ ngày 02 tháng 10",
    new_at=datetime(2021, 10, 2, 17, 0, tzinfo=VIETNAM),
    contact=ZONE_BOARD,
    officer="Lê Hoài Phương",
)


def _hand_over(number: int) -> HandOver:
    offices = ("Ban QLKKT Trà Vinh", "Văn phòng UBND tỉnh", "Tổ kiểm tra số 03")
    given = datetime(2021, 9, 28, 8, 5, tzinfo=VIETNAM) + timedelta(hours=7 * number)
    return HandOver(
        giver=offices[number % 3],
        taker=offices[(number + 1) % 3],
        given_at=given,
        taken_at=given + timedelta(minutes=11),
        giver_name="Lê Hoài Phương",
        taker_name="Nguyễn Kim Oanh",
        result=("early", "on_time", "late", "")[number % 4],
        note=("Đề xuất tổ kiểm tra", "", "Có phiếu xác nhận")[number % 3],
    )


CONTROL = ControlSlip(
    **BOARD_HEAD,
    **CODE,
    symbol="HDHS-BQLKKT",
    number=7,
    dated=date(2021, 10, 1),
    dossier_code="H59.07-210928-0007",
    form=Form(number="05", title=("PHIẾU KIỂM SOÁT", "QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ")),
    firm="Công ty TNHH Giày Ánh Dương",
    made_by="Bộ phận tiếp nhận, Ban Quản lý Khu kinh tế Trà Vinh",
    received_at=datetime(2021, 9, 28, 15, 20, tzinfo=VIETNAM),
    hand_overs=tuple(_hand_over(number) for number in range(5)),
)
CONTROL_OF_TWELVE = replace(CONTROL, hand_overs=tuple(_hand_over(number) for number in range(12)))

PLAIN: dict[str, Paper] = {
    "decision": DECISION,
    "dispatch": DISPATCH,
    "refusal": REFUSAL,
    "refusal dispatch": replace(REFUSAL, kind="cong_van", symbol="UBND-KGVX", number=40),
    "sheet": SHEET,
    "receipt": RECEIPT,
    "decline": DECLINE,
    "supplement": SUPPLEMENT,
    "submission": SUBMISSION,
    "apology": APOLOGY,
    "control": CONTROL,
}
