"""Papers that bend a page: long names, long lists, three-line heads, and the preview before signing."""

from dataclasses import replace

from documents.letterforms import DeclineReason, Paper, ReceivedPaper, RefusalReason, SheetItem
from tests.counts import SOAK
from tests.documents.letters import samples
from tests.documents.letters.samples import DECISION, DECLINE, DISPATCH, RECEIPT, REFUSAL, SHEET, SUBMISSION

TWELVE = tuple(f"Ủy ban nhân dân huyện thứ {n}" for n in range(1, 13))
LONG_ABSTRACT = (
    f"cho phép {samples.FIRM} mở lại hoạt động sản xuất tại Khu công nghiệp Long Đức trong giai đoạn dịch bệnh "
    "còn diễn biến phức tạp, gắn với phương án an toàn đã được Tổ kiểm tra của tỉnh xác nhận"
)
TUQ = ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")
UNISSUED = {"number": None, "dated": None, "token": "", "printed_token": ""}


def _conditions(count: int) -> dict[str, Paper]:
    chosen = samples.CONDITIONS[:count]
    return {
        f"decision with {count} conditions": replace(DECISION, conditions=chosen),
        f"dispatch with {count} conditions": replace(DISPATCH, conditions=chosen),
    }


def _receipt(count: int) -> Paper:
    papers = tuple(
        ReceivedPaper(name=f"Giấy tờ thứ {n} của doanh nghiệp", originals=n % 2, copies=n)
        for n in range(1, count + 1)
    )
    return replace(RECEIPT, papers=papers)


def _refusal(count: int) -> Paper:
    reason = RefusalReason(
        clause="III.1.3.3-k",
        found="Chưa có danh sách người của bên cung cấp suất ăn; hợp đồng ghi tên một đơn vị khác.",
        to_do="Nộp danh sách và bản sao hợp đồng đúng đơn vị.",
    )
    return replace(REFUSAL, reasons=(reason,) * count)


PAPERS: dict[str, Paper] = {
    "decision unsigned": replace(DECISION, **UNISSUED),
    "dispatch unsigned": replace(DISPATCH, **UNISSUED),
    "decision to twelve": replace(DECISION, recipients=TWELVE),
    "decision with a long abstract": replace(DECISION, abstract=LONG_ABSTRACT),
    "decision for a long name": replace(
        DECISION, firm=samples.LONG_FIRM, abstract=f"cho phép {samples.LONG_FIRM} mở lại hoạt động sản xuất"
    ),
    "decision without a cap": replace(
        DECISION, cap=None, cap_until=None, signer_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    ),
    "dispatch to one": replace(DISPATCH, addressees=(samples.FIRM,)),
    "dispatch for a long name": replace(
        DISPATCH, firm=samples.LONG_FIRM, abstract=f"cho phép {samples.LONG_FIRM} mở lại hoạt động sản xuất"
    ),
    "refusal of a department": replace(
        REFUSAL,
        superior=("UBND TỈNH TRÀ VINH",),
        agency=samples.DOLISA,
        symbol="TB-SLĐTBXH",
        signer_lines=TUQ,
    ),
    "refusal with one reason": _refusal(1),
    "refusal with eleven reasons": _refusal(11),
    "sheet with sixteen items": replace(
        SHEET,
        items=tuple(SheetItem(title=f"Điều kiện thứ {n} của phương án", ok=n % 3 > 0) for n in range(16)),
    ),
    "receipt with wordy fields": replace(
        RECEIPT,
        request="Hoạt động sản xuất trở lại, giai đoạn 1, Nhà máy may số 2 tại Khu công nghiệp Long Đức",
        due_for="đề xuất Chủ tịch phân công tổ kiểm tra",
        result_promise="Chủ tịch Ủy ban nhân dân tỉnh quyết định sau khi có kết quả kiểm tra tại cơ sở",
        collect_at="trên cổng, bằng tài khoản của doanh nghiệp, và qua thư điện tử",
    ),
    "sheet without a volume": replace(
        SHEET, volume_version=None, volume_digest="", guidance="", cap=None, mode=""
    ),
    "decline with nine reasons": replace(
        DECLINE,
        reasons=(DeclineReason(basis="III.1.3.3-a", text="Chữ ký không phải của người đại diện. " * 3),) * 9,
    ),
    "decline of a department": replace(DECLINE, agency=samples.DOLISA),
    "submission of a long name": replace(SUBMISSION, firm=samples.LONG_FIRM),
}
PAPERS["control of twelve"] = samples.CONTROL_OF_TWELVE
PAPERS["control of a long name"] = replace(samples.CONTROL, firm=samples.LONG_FIRM, agency=samples.DOLISA)
PAPERS["apology of a long name"] = replace(
    samples.APOLOGY, firm=samples.LONG_FIRM, agency=samples.DOLISA, reason=samples.APOLOGY.reason * 4
)
for _count in range(1, 10) if SOAK else (1, 4, 7, 9):
    PAPERS |= _conditions(_count)
for _count in range(3, 31) if SOAK else (3, 14, 30):
    PAPERS[f"receipt of {_count} papers"] = _receipt(_count)
