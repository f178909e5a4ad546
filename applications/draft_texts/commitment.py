"""Form 11: the commitment, which covers the agencies' issued set and the firm's own rules (I.2-b, A-35)."""

from applications.draft_facts import Facts
from applications.draft_texts.blocks import Article, Item, Wording, articles, lead, listed, say
from documents.letterforms.words import number


def wording(f: Facts) -> Wording:
    """What the enterprise binds itself to, and what follows a breach."""
    return Wording(
        heading="BẢN CAM KẾT",
        name="Bản cam kết",
        abstract=f"Thực hiện các điều kiện an toàn phòng, chống dịch COVID-19 khi sản xuất trở lại tại {f.site}",
        blocks=(
            say(
                f"Tôi là {f.signer}, {f.signer_title}, {_capacity(f)} của {f.firm} (mã số thuế "
                f"{f.tax_code}), chủ {f.site} tại {f.place}. Căn cứ {f.plan_name}, thay mặt doanh "
                "nghiệp, tôi cam kết với Ủy ban nhân dân tỉnh và các cơ quan có thẩm quyền như sau:",
                f.slot_clause("commitment"),
            ),
            *articles(_rules(f), _production(f), _workers(f), _openness(f), _liability(f)),
        ),
        recipients=(f.agency, "Tổ kiểm tra", "Công đoàn cơ sở"),
    )


def _capacity(f: Facts) -> str:
    return "người được ủy quyền hợp pháp" if f.signs_by_authority else "người đại diện theo pháp luật"


def _rules(f: Facts) -> Article:
    return Article(
        "Tuân thủ quy định",
        (
            lead("Thực hiện đầy đủ, không chọn lọc:"),
            listed(
                (f"Các quy định, điều kiện trong {f.forms_words} do các cơ quan của tỉnh ban hành", "I.2-b"),
                (
                    "Quy định an toàn sản xuất; Quy định nơi làm việc, nơi ở; Quy định Tổ An toàn COVID-19 "
                    "của cơ sở",
                    f.slot_clause("safety_regulation"),
                ),
                (
                    "Quy định quản lý lao động và khai báo y tế của cơ sở",
                    f.slot_clause("labour_management_regulation"),
                ),
                ("Kế hoạch xét nghiệm và Phương án khu cách ly kèm hồ sơ", f.slot_clause("isolation_plan")),
            ),
        ),
    )


def _production(f: Facts) -> Article:
    cap = f.cap
    items: list[Item] = [
        "Chỉ sản xuất từ thời điểm ghi trong văn bản đồng ý; không đưa người vào xưởng sản xuất trước thời "
        "điểm đó",
        f"Giữ đúng hình thức {f.mode}; không tự chuyển sang hình thức khác",
    ]
    if cap and cap.limit is not None:
        items.append(
            (
                f"Trong tháng đầu sử dụng không quá {number(cap.limit)} người trên {f.baseline} lao động "
                "hiện có, tính theo danh sách chứ không tính theo người có mặt từng ngày",
                cap.clause,
            )
        )
    else:
        items.append(
            (f"Sử dụng không quá số người trong phương án được duyệt, hiện là {f.people} người", "I.2-b")
        )
    items.append(
        "Dừng ngay khu vực hoặc toàn bộ sản xuất khi cơ quan có thẩm quyền hoặc Tổ kiểm tra yêu cầu vì lý "
        "do dịch bệnh"
    )
    return Article("Thời điểm, quy mô, hình thức sản xuất", (listed(*items),))


def _workers(f: Facts) -> Article:
    items: list[Item] = [
        "Không bố trí làm việc người chưa đủ điều kiện tiêm chủng, xét nghiệm, lưu trú theo Kế hoạch, dù "
        "thiếu lao động"
    ]
    items += _health_of_first_phase(f) if f.first_phase else _health_of_second_phase(f)
    items.append(
        f"Duy trì khu cách ly tại {f.isolation_place} và Tổ An toàn COVID-19 do {f.head} đứng đầu trong "
        "suốt thời gian hoạt động"
    )
    items.append("Trả đủ tiền lương, bảo đảm ăn ở và không bắt người lao động chịu chi phí xét nghiệm")
    return Article("Người lao động, xét nghiệm, y tế", (listed(*items),))


def _health_of_first_phase(f: Facts) -> list[Item]:
    return [
        (
            f"Xét nghiệm {f.share('duties.screening_all.share')} người lao động {f.round_days} ngày một "
            f"đợt trong tháng đầu, sau đó ngẫu nhiên {f.share('duties.screening_monthly.share')} mỗi "
            "tháng",
            f.clause("duties.screening_all.due", "duties.screening_monthly.share"),
        ),
        (
            "Ký hợp đồng với cơ sở y tế trên địa bàn để quản lý, giám sát phòng, chống dịch; nộp bản "
            f"sao trong {f.whole('duties.health_contract.due')} ngày từ ngày sản xuất",
            f.clause("duties.health_contract.owners", "duties.health_contract.due"),
        ),
    ]


def _health_of_second_phase(f: Facts) -> list[Item]:
    path = "duties.screening_twice_monthly"
    return [
        (
            f"Xét nghiệm ngẫu nhiên ít nhất {f.share(path + '.share')} người lao động, "
            f"{f.whole(path + '.draws')} lần mỗi tháng",
            f.clause(f"{path}.share"),
        )
    ]


def _openness(f: Facts) -> Article:
    return Article(
        "Trung thực, phối hợp, báo cáo",
        (
            listed(
                "Khai báo trung thực về lao động, sức khỏe, khách hàng, nhà cung cấp; không che giấu ca "
                "nhiễm, nghi nhiễm, không sửa số liệu",
                "Báo ngay mọi trường hợp dương tính hoặc nghi nhiễm; gửi đủ, đúng hạn các báo cáo định kỳ",
                "Để Tổ kiểm tra và các cơ quan vào kiểm tra bất cứ lúc nào, cung cấp ngay sổ sách, danh "
                "sách, dữ liệu cổng vào",
            ),
        ),
    )


def _liability(f: Facts) -> Article:
    return Article(
        "Trách nhiệm khi vi phạm",
        (
            say(
                "Nếu không thực hiện đúng các điều trên, doanh nghiệp chấp nhận dừng hoạt động theo yêu "
                "cầu của cơ quan có thẩm quyền, chịu mọi chi phí khắc phục và bồi thường thiệt hại; "
                "cá nhân tôi và người có lỗi chịu trách nhiệm trước pháp luật. Bản cam kết này có giá trị "
                "trong suốt thời gian cơ sở hoạt động theo Kế hoạch; thay người đại diện thì người "
                "kế nhiệm tiếp tục thực hiện",
            ),
        ),
    )
