"""The one-stop slips of a dossier: submission note, receipt (form 01), decline (form 03)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings

import plan
from applications import guards
from applications.models import Dossier
from applications.models import Paper as PaperVersion
from documents.issuing import issue
from documents.letterforms import (
    Contact,
    DeclineReason,
    DeclineSlip,
    Form,
    Paper,
    ReceiptSlip,
    ReceivedPaper,
    SubmissionNote,
)
from documents.models import Letter
from organisations.models import Agency, User
from organisations.plan_in_force import law, rules_at
from pages.templatetags.ui import vn_number, vn_phone

# Numbers and titles of the forms of the one-stop circular in force; circulars renumber them.
RECEIPT_FORM = Form(number="01", title=("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"))
# Stands before the signed plan, which is none of the numbered papers.
PLAN_SIGN = "PA"
DECLINE_FORM = Form(number="03", title=("PHIẾU TỪ CHỐI TIẾP NHẬN", "GIẢI QUYẾT HỒ SƠ"))


def request_text(dossier: Dossier) -> str:
    """What the enterprise asks for, in one line."""
    return f"Sản xuất trở lại, giai đoạn {dossier.phase}, {dossier.site.name}"


def frame(agency: Agency, **given: Any) -> dict[str, Any]:
    """Head, place and check host that every paper of an agency carries."""
    return {
        "superior": (agency.letter_superior,) if agency.letter_superior else (),
        "agency": tuple(agency.letter_lines),
        "place": law().province.place,
        "check_host": settings.CHECK_HOST,
        **given,
    }


def contact(agency: Agency) -> Contact:
    """Where a reader may ask."""
    return Contact(agency=agency.name, phone=agency.phone, mail=agency.email)


def issue_submission_note(dossier: Dossier, *, by: User, at: datetime) -> Letter:
    """The note that the enterprise keeps; one for each submission."""
    return issue_slip(
        dossier, Letter.Kind.SUBMISSION, partial(_submission_note, dossier, by=by, at=at), by=by, at=at
    )


def _submission_note(dossier: Dossier, *, by: User, at: datetime, **common: Any) -> Paper:
    common.pop("number")
    return SubmissionNote(
        **frame(dossier.receiving_agency, **common),
        dossier_code=dossier.code,
        firm=dossier.site.enterprise.name,
        tax_code=dossier.site.enterprise.tax_code,
        submitter=by.full_name,
        request=request_text(dossier),
        submitted_at=at,
        papers_count=len(guards.current_papers(dossier)),
        receiving_agency=dossier.receiving_agency.name,
        answer_by=dossier.due_at,
        contact=contact(dossier.receiving_agency),
        next_steps=(
            "Cơ quan tiếp nhận kiểm tra đủ giấy tờ, rồi tiếp nhận, yêu cầu bổ sung hoặc từ chối có lý do.",
            "Khi được tiếp nhận, cơ quan đề xuất tổ kiểm tra; tổ hẹn ngày đến cơ sở.",
            "Sau khi kiểm tra, Chủ tịch Ủy ban nhân dân tỉnh quyết định bằng văn bản có mã kiểm tra.",
        ),
    )


def issue_receipt(dossier: Dossier, *, by: User, at: datetime) -> Letter:
    """Form 01, numbered in the agency's own register of slips."""
    compose = partial(_receipt, dossier, by=by, at=at)
    return issue_slip(dossier, Letter.Kind.RECEIPT, compose, by=by, at=at, register="slips")


def _receipt(dossier: Dossier, *, by: User, at: datetime, **common: Any) -> Paper:
    papers = guards.current_papers(dossier)
    return ReceiptSlip(
        **frame(dossier.receiving_agency, symbol=slip_symbol(dossier), **common),
        dossier_code=dossier.code,
        form=RECEIPT_FORM,
        firm=dossier.site.enterprise.name,
        tax_code=dossier.site.enterprise.tax_code,
        submitter=dossier.contact_name,
        submitter_phone=vn_phone(dossier.contact_phone),
        request=request_text(dossier),
        papers=tuple(
            _received(dossier, number, slot, papers.get(slot.code))
            for number, slot in enumerate(rules_at(dossier.submitted_at).phase(dossier.phase).papers())
        ),
        received_at=at,
        due_for="đề xuất tổ kiểm tra",
        due_at=dossier.proposal_due_at,
        result_promise="quyết định của Chủ tịch, sau khi kiểm tra cơ sở",
        collect_at="trên cổng và qua thư điện tử",
        contact=contact(dossier.receiving_agency),
        officer=by.full_name,
        **volume_of(dossier),
    )


def volume_of(dossier: Dossier) -> dict[str, Any]:
    """Version and digest of the bound volume, for the papers that name it; nothing before it is bound."""
    volume = dossier.volumes.order_by("-version", "-pk").first()
    return {"volume_version": volume.version, "volume_digest": volume.digest} if volume else {}


def _received(dossier: Dossier, number: int, slot: plan.Slot, paper: PaperVersion | None) -> ReceivedPaper:
    """A row of form 01 under the plan's own number; a paper that is not there says why its row is empty."""
    sign = str(number) if number else PLAN_SIGN
    if paper is None:
        return ReceivedPaper(name=f"{slot.title} ({_absence(dossier, slot)})", number=sign)
    counts = {"worker_list": (paper.rows, "người"), "vaccination_slips": (dossier.slips_count, "phiếu")}
    count, unit = counts.get(slot.code, (None, ""))
    name = f"{slot.title} ({vn_number(count)} {unit})" if count else slot.title
    return ReceivedPaper(name=name, number=sign, copies=1)


def _absence(dossier: Dossier, slot: plan.Slot) -> str:
    if guards.excused(dossier, slot.code):
        return "không có, đã nêu lý do"
    return "nộp sau" if slot.due_days_after_start is not None else "không nộp"


def issue_decline(
    dossier: Dossier, *, reasons: Sequence[Mapping[str, str]], by: User, at: datetime
) -> Letter:
    """Form 03 with its reasons."""
    compose = partial(_decline, dossier, reasons=reasons, by=by, at=at)
    return issue_slip(dossier, Letter.Kind.DECLINE, compose, by=by, at=at, register="slips")


def _decline(
    dossier: Dossier, *, reasons: Sequence[Mapping[str, str]], by: User, at: datetime, **common: Any
) -> Paper:
    agency = dossier.receiving_agency
    return DeclineSlip(
        **frame(agency, symbol=slip_symbol(dossier), **common),
        dossier_code=dossier.code,
        form=DECLINE_FORM,
        firm=dossier.site.enterprise.name,
        address=dossier.site.place,
        firm_contact=f"{dossier.contact_name}, {vn_phone(dossier.contact_phone)}",
        request=request_text(dossier),
        reasons=tuple(DeclineReason(basis=reason["clause"], text=reason["text"]) for reason in reasons),
        ways_on=(
            "Mở hồ sơ này trên cổng, chọn “Lập hồ sơ mới”; giấy tờ còn đúng thì dùng lại",
            f"Hỏi {agency.short_name}, điện thoại {agency.phone}",
        ),
        complaint=complaint(agency),
        contact=contact(agency),
        officer=by.full_name,
    )


def complaint(agency: Agency) -> str:
    """Where and how to complain, as one sentence without its full stop."""
    return (
        f"Không đồng ý với nội dung này, doanh nghiệp có quyền khiếu nại đến {agency.name} "
        "theo Luật Khiếu nại hoặc khởi kiện theo Luật Tố tụng hành chính"
    )


def slip_symbol(dossier: Dossier) -> str:
    """Symbol of the agency's slips: "HDHS-SLĐTBXH"."""
    return f"HDHS-{dossier.receiving_agency.symbol}" if dossier.receiving_agency.symbol else "HDHS"


def issue_slip(
    dossier: Dossier, kind: str, compose: Any, *, by: User, at: datetime, register: str = "", key: str = ""
) -> Letter:
    """Issues one slip of the desk; with a `register` it takes its next number."""
    return issue(
        subject_key=key or f"dossier:{dossier.pk}:{kind}:{dossier.version}",
        kind=kind,
        agency=dossier.receiving_agency,
        symbol=slip_symbol(dossier) if register else "",
        register=register,
        compose=compose,
        site_id=dossier.site_id,
        dossier_code=dossier.code or "",
        abstract=request_text(dossier),
        signer_name=by.full_name,
        by=by,
        at=at,
    )


def title_of_plan() -> str:
    """The plan as letters cite it: its number when issued, else its title."""
    return f"Kế hoạch số {law().number}" if law().number else law().title
