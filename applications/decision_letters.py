"""Composing the Chairman's letters from a dossier: what is decided, on what it rests, what follows.

Every number of the plan arrives from the rules in force; the wording is the portal's own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from functools import partial
from typing import Any, cast

from django.utils.translation import override

import plan
from applications.models import Advice, Dossier
from applications.slips import complaint, contact, frame, title_of_plan
from documents.issuing import issue
from documents.letterforms import Decision, Paper, Refusal, RefusalReason, Source
from documents.models import Letter
from organisations.models import Agency, User
from organisations.models.permit import Mode
from organisations.plan_in_force import rules_on
from organisations.roles import Role
from plan.clock import LOCAL

SYMBOLS = {"quyet_dinh": "QĐ-UBND", "cong_van": "UBND-KT", "thong_bao": "TB-UBND"}
MEND = "Khắc phục và chứng minh bằng giấy tờ"
AUTHORITY = "Chủ tịch Ủy ban nhân dân tỉnh Trà Vinh"
# Laws that such a decision rests on; the plan and the agency's advice follow them.
LEGAL_BASES = (
    "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của "
    "Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019",
    "Luật Phòng, chống bệnh truyền nhiễm ngày 21 tháng 11 năm 2007",
)


def committee() -> Agency:
    """The People's Committee, on whose number the Chairman's letters run."""
    return Agency.objects.get(code="PPC")


def signer_lines(by: User, *, at: datetime) -> tuple[str, ...]:
    """CHỦ TỊCH, or for the head: a deputy by dated post."""
    roles = {post.role for post in by.posts_on(plan.local_day(at))}
    return ("CHỦ TỊCH",) if Role.CHAIRMAN in roles else ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def issue_approval(dossier: Dossier, *, advice: Advice, kind: str, by: User, at: datetime) -> Letter:
    """Numbers and freezes the letter of consent."""
    compose = partial(approval, dossier, advice=advice, kind=kind, by=by, at=at)
    return _issue(
        dossier, Letter.Kind.DECISION, compose, kind=kind, by=by, at=at, abstract=_abstract(dossier)
    )


def issue_refusal(
    dossier: Dossier,
    *,
    advice: Advice,
    reasons: Sequence[Mapping[str, str]],
    kind: str,
    by: User,
    at: datetime,
) -> Letter:
    """Numbers and freezes the letter of refusal."""
    compose = partial(refusal, dossier, advice=advice, reasons=reasons, kind=kind, by=by, at=at)
    return _issue(
        dossier, Letter.Kind.REFUSAL, compose, kind=kind, by=by, at=at, abstract=_refusal_abstract(dossier)
    )


def _issue(
    dossier: Dossier, letter_kind: str, compose: Any, *, kind: str, by: User, at: datetime, abstract: str
) -> Letter:
    symbol = SYMBOLS[kind]
    return issue(
        subject_key=f"dossier:{dossier.pk}:decision",
        kind=letter_kind,
        agency=committee(),
        symbol=symbol,
        register="UBND",
        compose=compose,
        site_id=dossier.site_id,
        dossier_code=dossier.code or "",
        abstract=abstract,
        signer_name=by.full_name,
        by=by,
        at=at,
    )


@override("vi")
def approval(dossier: Dossier, *, advice: Advice, kind: str, by: User, at: datetime, **common: Any) -> Paper:
    """The letter of consent, for issue or (with empty `common`) for preview."""
    rules = rules_on(advice.starts_on).phase(dossier.phase)
    sheet = dossier.sheets.select_related("team", "signed_by").first()
    firm = dossier.site.enterprise
    start = datetime.combine(advice.starts_on, time(advice.hour), tzinfo=LOCAL)
    return Decision(
        **_shared(dossier, advice=advice, kind=kind, by=by, at=at, **common),
        kind=cast(Any, kind),  # the form offers these alone
        abstract=_abstract(dossier),
        legal_bases=LEGAL_BASES,
        recommendation=Source(
            by=dossier.receiving_agency.name, number=advice.number, dated=plan.local_day(advice.at)
        ),
        sheet=Source(by=sheet.team.name, dated=plan.local_day(sheet.signed_at)),
        start=start,
        mode=str(Mode(advice.mode).label).split(":")[0],
        cap=advice.cap,
        baseline=dossier.baseline,
        cap_until=rules.first_month_ends(started_on=advice.starts_on) if advice.cap else None,
        conditions=(*duties(dossier, advice), *advice.conditions),
        leader=sheet.signed_by.full_name,
        visit_frequency=visit_words(dossier, advice),
        addressees=(firm.name,),
        duty_holders=(firm.name, dossier.receiving_agency.name, "Sở Y tế", str(sheet.team.name)),
    )


def refusal(
    dossier: Dossier, *, advice: Advice, reasons: Sequence[Mapping[str, str]], kind: str, by: User, at: datetime,
    **common: Any,
) -> Paper:  # fmt: skip
    """The letter of refusal, for issue or preview."""
    sheet = dossier.sheets.first()
    return Refusal(
        **_shared(dossier, advice=advice, kind=kind, by=by, at=at, **common),
        kind=cast(Any, kind),  # the form offers these alone
        abstract=_refusal_abstract(dossier),
        visited_on=plan.local_day(sheet.visited_at),
        reasons=tuple(
            RefusalReason(clause=r["clause"], found=r["text"], to_do=r.get("to_do") or MEND)
            for r in reasons
        ),
        stays_valid="Giấy tờ không nêu ở trên vẫn dùng được khi nộp lại",
        resubmit="Doanh nghiệp khắc phục xong thì mở hồ sơ trên cổng, chọn “Lập hồ sơ mới từ hồ sơ này” và nộp lại",
        addressees=(dossier.site.enterprise.name,),
    )  # fmt: skip


def _shared(
    dossier: Dossier, *, advice: Advice, kind: str, by: User, at: datetime, **common: Any
) -> dict[str, Any]:
    firm = dossier.site.enterprise
    return {
        **frame(committee(), symbol=SYMBOLS[kind], **common),
        "dossier_code": dossier.code,
        "authority": AUTHORITY,
        "plan_title": title_of_plan(),
        "firm": firm.name,
        "tax_code": firm.tax_code,
        "site": dossier.site.place,
        "team": dossier.sheets.select_related("team").first().team.name,
        "contact": contact(dossier.receiving_agency),
        "complaint": complaint(committee()),
        "recipients": (
            firm.name,
            "Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân tỉnh",
            dossier.receiving_agency.name,
            "Sở Y tế; Công an tỉnh",
            f"Ủy ban nhân dân {dossier.site.district.name_in_text}",
        ),
        "drafting_unit": "KT",
        "signer_lines": signer_lines(by, at=at),
        "signer_name": by.full_name,
    }


def _abstract(dossier: Dossier) -> str:
    return f"cho phép {dossier.site.enterprise.name} hoạt động sản xuất trở lại"


def _refusal_abstract(dossier: Dossier) -> str:
    return f"chưa đồng ý để {dossier.site.enterprise.name} hoạt động sản xuất trở lại"


def duties(dossier: Dossier, advice: Advice) -> tuple[str, ...]:
    """The first duties in words, each from the plan's own occurrences for this start."""
    rules = rules_on(advice.starts_on).phase(dossier.phase)
    month_ends = rules.first_month_ends(started_on=advice.starts_on)
    first: dict[str, plan.Occurrence] = {}
    for occurrence in rules.occurrences(started_on=advice.starts_on, until=month_ends):
        first.setdefault(occurrence.rule, occurrence)
    lines = ["Chỉ bố trí làm việc những người có tên trong danh sách đã nộp và đủ điều kiện theo Kế hoạch"]
    for rule, words in DUTY_WORDS.items():
        if rule in first:
            due = plan.local_day(first[rule].due_at)
            when = "chậm nhất" if rule in ONCE else "lần đầu chậm nhất"
            lines.append(f"{words}, {when} hết ngày {due:%d/%m/%Y} ({first[rule].clause})")
    return tuple(lines)


ONCE = frozenset({"health_contract"})
DUTY_WORDS = {
    "screening_all": "Xét nghiệm toàn bộ người lao động theo đợt và báo kết quả về Sở Y tế",
    "supplier_workers_weekly": "Hằng tuần gửi danh sách người lao động của nhà cung cấp",
    "partners_weekly": "Hằng tuần gửi danh sách khách hàng, đơn vị cung cấp dịch vụ",
    "health_contract": "Nộp hợp đồng với cơ sở y tế nếu chưa nộp",
    "screening_twice_monthly": "Xét nghiệm ngẫu nhiên hai lần mỗi tháng và báo danh sách, kết quả",
    "roster_monthly": "Hằng tháng cập nhật biến động danh sách lao động",
    "partners_monthly": "Hằng tháng gửi danh sách khách hàng, nhà cung cấp",
    "caterer_screening_monthly": "Hằng tháng yêu cầu đơn vị cung cấp suất ăn xét nghiệm ngẫu nhiên",
}


def visit_words(dossier: Dossier, advice: Advice) -> str:
    """How often the team comes, from the plan's own windows for this start."""
    rules = rules_on(advice.starts_on).phase(dossier.phase)
    month_ends = rules.first_month_ends(started_on=advice.starts_on)
    count = len(rules.visits(started_on=advice.starts_on, until=month_ends))
    return f"{count:02d} lần trong tháng đầu, từ đó mỗi tháng một lần"
