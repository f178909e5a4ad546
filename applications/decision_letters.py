"""Composing the Chairman's letters from a dossier: what is decided, on what it rests, what follows.

Every number of the plan arrives from the rules in force; the wording is the portal's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications import duty_words, numbers_on_paper
from applications.actors import is_authorised
from applications.models import Advice, Dossier
from applications.slips import complaint, contact, frame, title_of_plan
from applications.unmet import Refused, Unmet
from documents import recalls
from documents.issuing import OnPaper, issue, look_free
from documents.letterforms import Decision, Paper, Refusal, RefusalReason, Source
from documents.models import Counter, Letter
from documents.numbers import BlockUsedUp, NumberTaken, left, letters_key
from organisations import agency_codes
from organisations.models import Agency, Post, User
from organisations.models.authorisation import authorisation_of
from organisations.models.permit import Mode
from organisations.plan_in_force import law, rules_on
from organisations.roles import May, Role
from pages.templatetags.ui import vn_phone
from plan.clock import LOCAL

REGISTER = "UBND"
NO_NUMBER = "no_number"
SYMBOLS = {"quyet_dinh": "QĐ-UBND", "cong_van": "UBND-KT", "thong_bao": "TB-UBND"}
MEND = "Khắc phục và chứng minh bằng giấy tờ"
# Laws that such a decision rests on; the plan, the sheet and the agency's advice follow them.
LEGAL_BASES = (
    "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của "
    "Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019",
    "Luật Phòng, chống bệnh truyền nhiễm ngày 21 tháng 11 năm 2007",
)


def committee() -> Agency:
    """The People's Committee, on whose number the Chairman's letters run."""
    return Agency.objects.get(code=agency_codes.PROVINCE)


def presumed_signer(by: User, *, dossier: Dossier, at: datetime) -> User:
    """Whose name a preview bears: the reader's who may sign, else the Chairman's, for whom the Office prepares."""
    if by.may(May.DECIDE, on=at) or is_authorised(dossier, by=by, at=at):
        return by
    posts = Post.objects.filter(role=Role.CHAIRMAN).select_related("user").order_by("-since", "pk")
    return next((post.user for post in posts if post.covers(plan.local_day(at))), by)


def signer_lines(by: User, *, agency: Agency, on: date) -> tuple[str, ...]:
    """CHỦ TỊCH; for the head, a deputy by dated post; by written authorisation, the head of the agency (A-20)."""
    roles = {post.role for post in by.posts_on(on)}
    if Role.CHAIRMAN in roles:
        return ("CHỦ TỊCH",)
    if Role.VICE_CHAIRMAN in roles:
        return ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    authorised = authorisation_of(by, agency.pk, on=on)
    title = authorised.post.title if authorised and authorised.post else ""
    return ("TUQ. CHỦ TỊCH", *filter(None, [title.upper()]), *agency.letter_lines)


def basis_of(dossier: Dossier) -> str:
    """What the permit and the letter of the next decision are known by; a recalled decision keeps its own."""
    before = dossier.decisions.count()
    return f"dossier:{dossier.pk}" + (f":{before}" if before else "")


def issue_approval(
    dossier: Dossier, *, advice: Advice, kind: str, by: User, at: datetime, on_paper: OnPaper | None = None
) -> Letter:
    """Numbers and freezes the letter of consent; `by` signs it."""
    compose = partial(approval, dossier, advice=advice, kind=kind, by=by, at=at)
    letter = Letter.Kind.DECISION
    return _issue(
        dossier, letter, compose, kind=kind, by=by, at=at, on_paper=on_paper, abstract=_abstract(dossier)
    )


def issue_refusal(
    dossier: Dossier, *, advice: Advice, reasons: Sequence[Mapping[str, str]], kind: str, by: User, at: datetime,
    on_paper: OnPaper | None = None,
) -> Letter:  # fmt: skip
    """Numbers and freezes the letter of refusal; `by` signs it."""
    compose = partial(refusal, dossier, advice=advice, reasons=reasons, kind=kind, by=by, at=at)
    letter, abstract = Letter.Kind.REFUSAL, _refusal_abstract(dossier)
    return _issue(dossier, letter, compose, kind=kind, by=by, at=at, on_paper=on_paper, abstract=abstract)


def _issue(
    dossier: Dossier, letter_kind: str, compose: Any, *, kind: str, by: User, at: datetime, abstract: str,
    on_paper: OnPaper | None,
) -> Letter:  # fmt: skip
    with numbers_in_words():
        letter = issue(
            subject_key=f"{basis_of(dossier)}:decision", kind=letter_kind, agency=committee(), symbol=SYMBOLS[kind],
            register=REGISTER, compose=compose, site_id=dossier.site_id, dossier_code=dossier.code or "",
            abstract=abstract, signer_name=by.full_name, by=on_paper.recorded_by if on_paper else by, at=at,
            on_paper=on_paper, elsewhere=numbers_on_paper.of_permits,
        )  # fmt: skip
    replaced = dossier.decisions.filter(letter__replaced_by__isnull=True, recalled_at__isnull=False)
    for old in replaced.select_related("letter"):
        recalls.replace(old.letter, letter)
    return letter


@transaction.atomic
def look_number_free(number: int, *, dated: date) -> None:
    """Refused for a number typed from a paper that could not be issued now; the issue looks again."""
    with numbers_in_words():
        look_free(
            number,
            agency=committee(),
            register=REGISTER,
            year=dated.year,
            elsewhere=numbers_on_paper.of_permits,
        )


def no_number(*, at: datetime) -> list[Unmet]:
    """What locks a signature in the portal: no number of this year's register is reserved and free (A-20)."""
    key = letters_key(agency_codes.PROVINCE, year=plan.local_day(at).year, register=REGISTER)
    return [] if left(Counter.objects.filter(key=key).first()) else [_block_wanted()]


def _block_wanted() -> Unmet:
    """Who can help, and by which telephone: a signer cannot reserve numbers."""
    office = Agency.objects.get(code=agency_codes.OFFICE)
    words = _(
        "Cổng không còn số nào được dành cho năm nay. %(office)s (%(phone)s) dành một dãy ở mục Cấp số."
    )
    detail = words % {"office": office.name, "phone": vn_phone(office.phone)}
    return Unmet(NO_NUMBER, plan.NOT_IN_THE_PLAN, detail)


@contextmanager
def numbers_in_words() -> Iterator[None]:
    """A block that is used up, or a typed number that is not free, as what stands in the way."""
    try:
        yield
    except BlockUsedUp as used_up:
        raise Refused([_block_wanted()]) from used_up
    except NumberTaken as taken:
        words = _("Số này đã dùng trong năm, hoặc nằm trong dãy dành cho cổng. Xem lại sổ văn bản đi.")
        raise Refused([Unmet("number", plan.NOT_IN_THE_PLAN, words, "number")]) from taken


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
        legal_bases=(*LEGAL_BASES, title_of_plan()),
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
        visit_frequency=duty_words.visits(rules, started_on=advice.starts_on),
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
        "authority": law().province.decider,
        "plan_title": title_of_plan(),
        "firm": firm.name,
        "tax_code": firm.tax_code,
        "site": dossier.site.place,
        "team": dossier.sheets.select_related("team").first().team.name,
        "contact": contact(dossier.receiving_agency),
        "complaint": complaint(committee()),
        "recipients": (
            firm.name,
            "CT, các PCT UBND tỉnh",
            dossier.receiving_agency.name,
            "Sở Y tế; Công an tỉnh",
            f"Ủy ban nhân dân {dossier.site.district.name_in_text}",
        ),
        "drafting_unit": "KT",
        "signer_lines": signer_lines(
            by, agency=dossier.receiving_agency, on=common.get("dated") or plan.local_day(at)
        ),
        "signer_name": by.full_name,
    }


def _abstract(dossier: Dossier) -> str:
    return f"cho phép {dossier.site.enterprise.name} hoạt động sản xuất trở lại"


def _refusal_abstract(dossier: Dossier) -> str:
    return f"chưa đồng ý để {dossier.site.enterprise.name} hoạt động sản xuất trở lại"


def duties(dossier: Dossier, advice: Advice) -> tuple[str, ...]:
    """Who may work, then the first duties in words, each from the plan's own occurrences for this start."""
    phase = rules_on(advice.starts_on).phase(dossier.phase)
    recipients = {
        "RA": dossier.receiving_agency.name,
        agency_codes.HEALTH: "Sở Y tế",
        "CHAIR": law().province.decider,
    }
    return (
        "Chỉ bố trí làm việc những người có tên trong danh sách đã nộp và đủ điều kiện theo Kế hoạch",
        *duty_words.duties(
            phase,
            started_on=advice.starts_on,
            until=phase.first_month_ends(started_on=advice.starts_on),
            recipients=recipients,
        ),
    )
