"""What a page promises of a dossier: its two names, who holds it, until when, the telephone, what comes next.

    promise(dossier, at=now)                  one page
    promises(page_of_dossiers, at=now)        a list: {pk: Promise} in a constant number of queries

Dossiers come with site__enterprise, receiving_agency, team__agency and handled_by selected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import plan
from applications import guards
from applications.models import Decision, Dossier, Move, Paper, Supplement
from applications.states import CLOSED, State
from applications.usual_times import usual_of
from organisations import agency_codes
from organisations.models import Agency, TeamMember
from organisations.plan_in_force import rules_at
from pages import parts
from pages.deadline_words import Deadline, deadline, due_words
from pages.templatetags.ui import vn_date, vn_moment, vn_number, vn_phone

CHAIR_SIDE = frozenset({State.TEAM_PROPOSED, State.FORWARDED})


@dataclass(frozen=True)
class Promise:
    """The promise of a dossier at an instant, for pages of every role."""

    public_name: str
    staff_name: str
    tone: str
    icon: str
    holder_name: str
    holder_line: str
    phone: str
    deadline: Deadline
    next_line: str
    is_over: bool = False
    usual: str = ""
    # Its decision was taken back and has not been replaced.
    is_recalled: bool = False

    @property
    def tag(self) -> parts.Tag:
        """The state as the enterprise and the public read it."""
        return parts.Tag(self.public_name, self.tone, self.icon)

    @property
    def staff_tag(self) -> parts.Tag:
        """The state as officials read it."""
        return parts.Tag(self.staff_name, self.tone, self.icon)

    @property
    def holder(self) -> parts.Holder:
        """Who has it now, for the component."""
        title = _("Cần hỏi") if self.is_over else _("Đang giữ hồ sơ")
        return parts.Holder(title, self.holder_name, self.holder_line, self.phone, self.usual)


@dataclass(frozen=True)
class Facts:
    """What the words need and the dossier's own row does not hold."""

    office: Agency | None
    papers_left: Mapping[UUID, int] = field(default_factory=dict)
    returned: Mapping[UUID, int] = field(default_factory=dict)
    decisions: Mapping[UUID, Decision] = field(default_factory=dict)
    leaders: Mapping[int, TeamMember] = field(default_factory=dict)
    # How dossiers that wait for the agency's advice came there, where that was not by a visit.
    back_by: Mapping[UUID, Move] = field(default_factory=dict)

    def is_recalled(self, row: Dossier) -> bool:
        """Whether the decision of a dossier was taken back."""
        return row.pk in self.back_by and self.back_by[row.pk].name == "recall"


def promise(dossier: Dossier, *, at: datetime) -> Promise:
    """The promise of one dossier, with how long its stage usually takes."""
    made = promises([dossier], at=at)[dossier.pk]
    return replace(made, usual=usual_of(dossier.state, at=at))


def promises(dossiers: Iterable[Dossier], *, at: datetime) -> dict[UUID, Promise]:
    """The promises of many, by primary key; at most six queries."""
    rows = list(dossiers)
    if not rows:
        return {}
    facts = _facts(rows, at=at)
    return {row.pk: _promise(row, facts, at=at) for row in rows}


def _facts(rows: list[Dossier], *, at: datetime) -> Facts:
    """One query a kind, and only for states that are there."""
    in_state: dict[str, list[UUID]] = {}
    for row in rows:
        in_state.setdefault(row.state, []).append(row.pk)
    drafts = in_state.get(State.DRAFT, [])
    asked = in_state.get(State.SUPPLEMENT_REQUESTED, [])
    ended = in_state.get(State.APPROVED, []) + in_state.get(State.REFUSED, [])
    visiting = {row.team_id for row in rows if row.state == State.TEAM_ASSIGNED and row.team_id}
    return Facts(
        office=Agency.objects.get(code=agency_codes.OFFICE) if CHAIR_SIDE & in_state.keys() else None,
        papers_left=_papers_left(rows, drafts, at=at) if drafts else {},
        returned=_returned(asked) if asked else {},
        decisions=_decisions(ended) if ended else {},
        leaders=_leaders(visiting, at=at) if visiting else {},
        back_by=_back_by(in_state.get(State.INSPECTED, [])),
    )


def _papers_left(rows: list[Dossier], drafts: list[UUID], *, at: datetime) -> dict[UUID, int]:
    filed: dict[UUID, set[str]] = {pk: set() for pk in drafts}
    current = Paper.objects.filter(dossier__in=drafts, replaced_at__isnull=True).order_by("pk")
    for dossier_id, slot in current.values_list("dossier", "slot"):
        filed[dossier_id].add(slot)
    left = {}
    for row in rows:
        if row.pk in filed:
            wanted = (s.code for s in rules_at(at).phase(row.phase).papers() if s.required)
            left[row.pk] = sum(
                1 for code in wanted if code not in filed[row.pk] and not guards.excused(row, code)
            )
    return left


def _returned(asked: list[UUID]) -> dict[UUID, int]:
    """How many things each enterprise is asked to mend."""
    rows = Supplement.objects.filter(dossier__in=asked, answered_at__isnull=True).order_by("pk")
    return {dossier_id: len(items) for dossier_id, items in rows.values_list("dossier", "items")}


def _decisions(ended: list[UUID]) -> dict[UUID, Decision]:
    rows = Decision.objects.filter(dossier__in=ended, recalled_at__isnull=True)
    rows = rows.select_related("permit", "letter").order_by("pk")
    return {row.dossier_id: row for row in rows}


def _leaders(teams: set[Any], *, at: datetime) -> dict[int, TeamMember]:
    day = plan.local_day(at)
    rows = TeamMember.objects.filter(team__in=teams, is_leader=True, since__lte=day).select_related(
        "user", "team__agency"
    )
    return {row.team_id: row for row in rows.order_by("-pk") if row.until is None or row.until >= day}


def _back_by(inspected: list[UUID]) -> dict[UUID, Move]:
    """The last move of each dossier that the Chairman's side gave back: a question, or a recall."""
    if not inspected:
        return {}
    rows = Move.objects.filter(dossier__in=inspected).order_by("at", "pk")
    last = {move.dossier_id: move for move in rows}
    return {pk: move for pk, move in last.items() if move.name in ("send_back", "recall")}


def _promise(row: Dossier, facts: Facts, *, at: datetime) -> Promise:
    holder_name, holder_line, phone = _holder(row, facts)
    recalled = facts.is_recalled(row)
    return Promise(
        public_name=_public_name(row, facts),
        staff_name=str(State(row.state).label),
        tone="wait" if recalled else row.look.tone,
        icon="exclamation-circle" if recalled else row.look.icon,
        holder_name=holder_name,
        holder_line=holder_line,
        phone=phone,
        deadline=_deadline(row, at=at),
        next_line=_next_line(row, facts),
        is_over=row.state in CLOSED,
        is_recalled=recalled,
    )


def _public_name(row: Dossier, facts: Facts) -> str:
    if row.state == State.SUPPLEMENT_REQUESTED and facts.returned.get(row.pk):
        n = facts.returned[row.pk]
        return ngettext("Cần bổ sung %(n)d điểm", "Cần bổ sung %(n)d điểm", n) % {"n": n}
    if row.pk in facts.back_by:
        recalled = facts.is_recalled(row)
        return _("Văn bản đã thu hồi, đang xét lại") if recalled else _("Đang làm rõ thêm")
    decision = facts.decisions.get(row.pk)
    if decision is not None and decision.permit is not None:
        return _("Được hoạt động từ %(day)s") % {"day": vn_date(decision.permit.starts_on)}
    if decision is not None:
        n = len(decision.reasons)
        return ngettext("Chưa được đồng ý, %(n)d lý do", "Chưa được đồng ý, %(n)d lý do", n) % {"n": n}
    return str(row.look.public)


def _holder(row: Dossier, facts: Facts) -> tuple[str, str, str]:
    """Name, line and telephone: of the office that works on it, or that answers for it."""
    agency = row.receiving_agency
    if row.state in {State.DRAFT, State.SUPPLEMENT_REQUESTED}:
        return (
            row.site.enterprise.name,
            _("Cần hỏi thì gọi %(agency)s") % {"agency": agency.name},
            agency.phone,
        )
    if row.state in CHAIR_SIDE:
        return _("Chủ tịch UBND tỉnh"), facts.office.name, facts.office.phone
    if row.state == State.TEAM_ASSIGNED and row.team_id is not None:
        leader = facts.leaders.get(row.team_id)
        team = leader.team if leader else row.team
        line = _("Tổ trưởng %(name)s") % {"name": leader.user.full_name} if leader else ""
        return team.name, line, (leader and leader.user.phone) or team.agency.phone
    if row.state in CLOSED:
        return agency.name, _("Trả lời về hồ sơ này"), agency.phone
    return agency.name, row.handled_by.full_name if row.handled_by else _("Bộ phận tiếp nhận"), agency.phone


def _deadline(row: Dossier, *, at: datetime) -> Deadline:
    if row.state == State.DRAFT:
        return deadline(None, at=at, paused=_("hồ sơ chưa nộp"))
    if row.state == State.SUPPLEMENT_REQUESTED:
        return deadline(None, at=at, paused=_("chờ doanh nghiệp bổ sung"))
    if row.state in CLOSED:
        return Deadline(_("đã xong"), vn_moment(row.state_since), "calm", "check2")
    return deadline(row.due_at, at=at)


def _next_line(row: Dossier, facts: Facts) -> str:
    make = NEXT_LINES.get(State(row.state))
    return make(row, facts) if make else ""


def _draft_line(row: Dossier, facts: Facts) -> str:
    n = facts.papers_left.get(row.pk, 0)
    if not n and not _is_answered(row):
        return _("Đã có các giấy tờ bắt buộc; còn câu hỏi chưa trả lời.")
    if not n:
        return _("Đã có các giấy tờ bắt buộc; xem lại rồi nộp.")
    return ngettext("Còn %(n)d giấy tờ.", "Còn %(n)d giấy tờ.", n) % {"n": n}


def _is_answered(row: Dossier) -> bool:
    """Whether the questions beside the papers have their answers."""
    return bool(
        row.mode and row.requested_start_on and row.baseline and row.baseline_as_of
        and row.baseline_evidence_id and row.signer_name and row.signed_on and row.contact_phone
    )  # fmt: skip


def _visit_line(row: Dossier, facts: Facts) -> str:
    holder, line, phone = _holder(row, facts)
    words = _(
        "%(when)s, %(team)s đến cơ sở. %(leader)s, %(phone)s. Chuẩn bị bản gốc các giấy tờ và người ký."
    )
    if row.visit_planned_at is None:
        return _("%(team)s sẽ hẹn giờ đến cơ sở.") % {"team": holder}
    values = {
        "when": vn_moment(row.visit_planned_at),
        "team": holder,
        "leader": line,
        "phone": vn_phone(phone),
    }
    return words % values


def _inspected_line(row: Dossier, facts: Facts) -> str:
    if facts.is_recalled(row):
        return _recalled_line(row, facts)
    if row.pk in facts.back_by:
        return _("Chủ tịch đề nghị làm rõ thêm; cơ quan tiếp nhận trả lời rồi trình lại.")
    return _("Phiếu xác nhận kiểm tra có tại đây; cơ quan tiếp nhận trình Chủ tịch, chậm nhất %(due)s.") % {
        "due": due_words(row.due_at)
    }


def _recalled_line(row: Dossier, facts: Facts) -> str:
    """What the recall means today, that nothing is asked of the enterprise, and whom to call."""
    if facts.back_by[row.pk].from_state == State.APPROVED:
        now = _("Cơ sở không được hoạt động theo văn bản ấy nữa.")
    else:
        now = _("Văn bản không đồng ý ấy không còn hiệu lực.")
    words = _(
        "Anh/chị chưa phải làm gì thêm: %(agency)s trình lại Chủ tịch, chậm nhất %(due)s; "
        "cần hỏi thì gọi %(agency)s, %(phone)s."
    )
    agency = row.receiving_agency
    values = {"agency": agency.name, "due": due_words(row.due_at), "phone": vn_phone(agency.phone)}
    return f"{now} {words % values}"


def _approved_line(row: Dossier, facts: Facts) -> str:
    decision = facts.decisions.get(row.pk)
    if decision is None or decision.permit is None or decision.permit.cap is None:
        return _("Các nghĩa vụ tính từ ngày ấy.")
    return _("Tối đa %(n)s người; các nghĩa vụ tính từ ngày ấy.") % {"n": vn_number(decision.permit.cap)}


NEXT_LINES: dict[State, Any] = {
    State.DRAFT: _draft_line,
    State.SUBMITTED: lambda row, facts: (
        _("%(agency)s trả lời chậm nhất %(due)s.")
        % {"agency": row.receiving_agency.name, "due": due_words(row.due_at)}
    ),
    State.SUPPLEMENT_REQUESTED: lambda row, facts: _("Thời hạn chưa tính cho đến khi đủ giấy tờ."),
    State.DECLINED: lambda row, facts: _("Xem lý do, rồi lập hồ sơ mới từ hồ sơ này."),
    State.ACCEPTED: lambda row, facts: (
        _("Đề xuất tổ kiểm tra chậm nhất %(due)s.") % {"due": due_words(row.due_at)}
    ),
    State.TEAM_PROPOSED: lambda row, facts: (
        _("Phân công tổ chậm nhất %(due)s. Người liên hệ: %(who)s, %(phone)s.")
        % {
            "due": due_words(row.due_at),
            "who": row.handled_by.full_name if row.handled_by else row.receiving_agency.name,
            "phone": vn_phone(row.receiving_agency.phone),
        }
    ),
    State.TEAM_ASSIGNED: _visit_line,
    State.INSPECTED: _inspected_line,
    State.FORWARDED: lambda row, facts: (
        _("Chủ tịch quyết định chậm nhất %(due)s.") % {"due": due_words(row.due_at)}
    ),
    State.APPROVED: _approved_line,
    State.REFUSED: lambda row, facts: _("Xem lý do; sửa và nộp lại từ hồ sơ này, hỏi, hoặc khiếu nại."),
    State.WITHDRAWN: lambda row, facts: _("Lập lại bất cứ lúc nào."),
}
