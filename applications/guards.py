"""What must be true before a dossier moves. Each guard lists what is unmet, with its clause.

Guards ask for papers and numbers, never for a worker's fitness: that is asked at call-up.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

import plan
from applications import bound_teams
from applications.actors import is_authorised
from applications.models import Advice, Dossier, Paper
from applications.models.dossier import Caterer, Certificate
from applications.packing.slots import PLAN
from applications.standing import unmet_by_paper
from applications.supplements import unanswered
from applications.unmet import Unmet
from documents.models import StoredFile
from organisations.models import Representative, Team, User
from organisations.plan_in_force import rules_at
from organisations.roles import May
from pages.templatetags.ui import vn_date

OURS = plan.NOT_IN_THE_PLAN


def nothing(dossier: Dossier, *, by: User, at: datetime, **given: Any) -> list[Unmet]:
    """No requirement."""
    return []


def words_missing(clause: str) -> Unmet:
    """The note that a transition asks for is empty."""
    return Unmet("note", clause, _("Chưa ghi nội dung. Viết rõ cần làm gì, vì sao."), "note")


def current_papers(dossier: Dossier) -> dict[str, Paper]:
    """The present version in each slot."""
    return {paper.slot: paper for paper in dossier.papers.filter(replaced_at__isnull=True).order_by("slot")}


def excused(dossier: Dossier, slot: str) -> bool:
    """Whether the dossier says, with a reason, why a slot stays empty (A-22, III.1.3.3-j)."""
    if slot == "investment_certificate":
        return dossier.certificate == Certificate.NONE and bool(dossier.certificate_reason.strip())
    return slot == "caterer_information" and dossier.caterer == Caterer.IN_HOUSE


def missing(dossier: Dossier, papers: Mapping[str, Paper], slots: Sequence[plan.Slot]) -> list[plan.Slot]:
    """What of `slots` is asked for at once, is not there, and may not stay empty."""
    return [
        slot
        for slot in slots
        if slot.required
        and slot.code not in papers
        and not excused(dossier, slot.code)
        and not goes_without(dossier, slot.code)
    ]


def goes_without(dossier: Dossier, slot: str) -> bool:
    """A dossier that was handed in before the signed plan was asked for has never had one, and goes its way."""
    never = slot == PLAN and dossier.submitted_at is not None
    return never and not dossier.papers.filter(slot=PLAN).exists()


def submission(dossier: Dossier, *, by: User, at: datetime, **given: Any) -> list[Unmet]:
    """The signed plan, required papers, a readable list within the cap, answers, reasons for missing slips."""
    rules = rules_at(at).phase(dossier.phase)
    papers = current_papers(dossier)
    unmet = [
        Unmet("paper", slot.clause, _("Chưa có “%(paper)s”.") % {"paper": slot.title}, f"papers/{slot.code}")
        for slot in missing(dossier, papers, rules.papers())
    ]
    unmet += [
        Unmet("returned", slot.clause, _("“%(paper)s” bị trả lại, chưa có bản mới.") % {"paper": slot.title},
              f"papers/{slot.code}")
        for slot in rules.papers()
        if slot.code in papers and papers[slot.code].verdict == Paper.Verdict.RETURNED
    ]  # fmt: skip
    unmet += unanswered(dossier, papers)
    unmet += _unasked(dossier, papers) + _half_typed(dossier)
    if dossier.submitted_at is None:  # what was handed in before the paper was entered goes its way
        unmet += unmet_by_paper(dossier.site, phase=dossier.phase, on=plan.local_day(at))
    return unmet + _answers(dossier, on=plan.local_day(at)) + _workers(dossier, rules, papers)


def _answers(dossier: Dossier, *, on: date) -> list[Unmet]:
    """The questions beside the papers."""
    wanted = [
        (bool(dossier.mode), "III.1.3.3-b", _("Chưa chọn hình thức sản xuất."), "production"),
        (bool(dossier.baseline), "III.1.2-a", _("Chưa có số lao động hiện có."), "baseline"),
        (bool(dossier.baseline_as_of), "III.1.2-a", _("Chưa ghi ngày của số lao động."), "baseline"),
        (is_there(dossier.baseline_evidence), "III.1.2-a", _("Chưa có tệp chứng minh số lao động."), "baseline"),
        (bool(dossier.requested_start_on), OURS, _("Chưa ghi ngày muốn bắt đầu."), "production"),
        (bool(dossier.signer_name and dossier.signed_on), "III.1.3.3-m", _("Chưa ghi ai ký, ký ngày nào."), "signer"),
        (bool(dossier.contact_phone), OURS, _("Chưa ghi người liên hệ và điện thoại."), "signer"),
        (
            dossier.signer_capacity != Representative.Capacity.AUTHORISED or is_there(dossier.signer_authorisation),
            "III.1.3.3-m", _("Người ký theo ủy quyền: chưa có giấy ủy quyền."), "signer",
        ),
        (
            not dossier.signer_authorisation_id or authorised_on(dossier, dossier.signed_on),
            "III.1.3.3-m", _("Ngày ký nằm ngoài thời gian ủy quyền ghi trong giấy."), "signer",
        ),
        (
            dossier.signed_on is None or dossier.signed_on <= on,
            "III.1.3.3-m", _("Ngày ký nằm sau hôm nay. Nhập ngày đã ký."), "signer",
        ),
    ]  # fmt: skip
    return [Unmet("answer", clause, words, anchor) for met, clause, words, anchor in wanted if not met]


def is_there(file: StoredFile | None) -> bool:
    """Whether an answer has its file still; one sent by mistake may have been withdrawn."""
    return file is not None and file.withdrawn_at is None


def authorised_on(dossier: Dossier, day: date | None) -> bool:
    """Whether the signer's authorisation holds that day (A-24); a legal representative needs none."""
    if dossier.signer_capacity != Representative.Capacity.AUTHORISED or day is None:
        return True
    since, until = dossier.signer_authorised_since, dossier.signer_authorised_until
    return since is not None and since <= day and (until is None or day <= until)


def _unasked(dossier: Dossier, papers: Mapping[str, Paper]) -> list[Unmet]:
    """Papers that are there while their question has no answer; a missing paper is said already."""
    wanted = [
        (dossier.certificate, "III.1.3.3-c", _("Chưa chọn loại giấy chứng nhận đã gửi."), "investment_certificate"),
        (dossier.caterer, "III.1.3.3-j", _("Chưa trả lời ai nấu ăn cho người lao động."), "caterer_information"),
    ]  # fmt: skip
    return [
        Unmet("answer", clause, words, f"papers/{slot}")
        for given, clause, words, slot in wanted
        if slot in papers and not given
    ]


def _half_typed(dossier: Dossier) -> list[Unmet]:
    """What was typed last and is no answer: the older answer beneath it is not what the person means."""
    unmet = []
    for typing in dossier.typings.exclude(texts={}).order_by("form", "pk"):
        kind = typing.form.partition("-")[0]
        anchor = {"reply": "supplement", "plan": "plan"}.get(kind, typing.form)
        if anchor == typing.form and anchor not in ("production", "baseline", "signer"):
            anchor = f"papers/{typing.form}"
        text = next((each for each in typing.texts.values() if each), "")[:40]
        words = _("“%(text)s” nhập dở, chưa thành câu trả lời. Sửa cho đúng rồi lưu.") % {"text": text}
        if not text:
            words = _("Có ô bắt buộc vừa xóa trống. Nhập lại rồi lưu.")
        unmet.append(Unmet("half_typed", OURS, words, anchor))
    return unmet


def cap_by(rules: Any, dossier: Dossier) -> plan.Cap | None:
    """The cap that a phase's rules give the site of a dossier; None without a baseline."""
    if not dossier.baseline:
        return None
    total = dossier.enterprise_total or dossier.baseline
    cap: plan.Cap = rules.cap(baseline=dossier.baseline, enterprise_total=total)
    return cap


def _workers(dossier: Dossier, rules: Any, papers: Mapping[str, Paper]) -> list[Unmet]:
    """The list is read and within the cap; slips are as many as workers, or the reason is given."""
    unmet: list[Unmet] = []
    count = papers["worker_list"].rows if "worker_list" in papers else None
    if "worker_list" in papers and not count:
        words = _("Danh sách lao động chưa đọc được người nào. Tải lại đúng mẫu.")
        unmet.append(Unmet("list", "III.1.3.3-d", words, "papers/worker_list"))
    cap = cap_by(rules, dossier)
    if cap is not None and count is not None:
        unmet += _too_many(dossier, cap, count)
    if count and "vaccination_slips" in papers:
        unmet += _too_few_slips(dossier, count)
    return unmet


def _too_many(dossier: Dossier, cap: plan.Cap, count: int) -> list[Unmet]:
    """What a list says that is longer than the cap, or than the people the site has."""
    unmet = []
    if cap.limit is not None and count > cap.limit:
        words = _("Danh sách có %(count)s người, tối đa %(cap)s. Bỏ bớt %(over)s người rồi tải lại.")
        values = {"count": count, "cap": cap.limit, "over": count - cap.limit}
        unmet.append(Unmet("cap", cap.clause, words % values, "papers/worker_list"))
    if count > dossier.baseline:
        words = _("Danh sách có %(count)s người, nhiều hơn số lao động hiện có %(baseline)s.")
        values = {"count": count, "baseline": dossier.baseline}
        unmet.append(Unmet("baseline", "III.1.2-a", words % values, "papers/worker_list"))
    return unmet


def _too_few_slips(dossier: Dossier, count: int) -> list[Unmet]:
    """Fewer vaccination slips than people, and no reason given."""
    slips = dossier.slips_count
    if (slips or 0) >= count or dossier.slips_missing_reason.strip():
        return []
    words = _("Có %(slips)s phiếu tiêm cho %(count)s người. Ghi số phiếu và lý do thiếu.")
    if slips is None:
        words = _("Chưa ghi số phiếu tiêm; danh sách có %(count)s người.")
    values = {"slips": slips or 0, "count": count}
    return [Unmet("slips", "III.1.3.3-e", words % values, "papers/vaccination_slips")]


def papers_in_order(
    dossier: Dossier, *, by: User, at: datetime, papers: Mapping[str, Paper] | None = None, **given: Any
) -> list[Unmet]:
    """Every current paper is marked, and marked in order; a page that has read the papers hands them over."""
    rules = rules_at(dossier.submitted_at or at).phase(dossier.phase)
    papers = current_papers(dossier) if papers is None else papers
    unmet = []
    if dossier.site.enterprise.confirmed_at is None:
        unmet.append(Unmet("claim", OURS, _("Doanh nghiệp chưa được cơ quan tiếp nhận xác nhận."), "claim"))
    for number, slot in enumerate(rules.papers()):
        paper = papers.get(slot.code)
        if paper is not None and paper.verdict != Paper.Verdict.IN_ORDER:
            returned = paper.verdict == Paper.Verdict.RETURNED
            unmet.append(Unmet("paper", slot.clause, paper_words(number, slot, returned=returned), slot.code))
    return unmet


def paper_words(number: int, slot: plan.Slot, *, returned: bool = False) -> str:
    """Which paper stands in the way, by its number in the plan, and why; the plan itself has none."""
    name = _("Giấy tờ %(number)s, %(paper)s") % {"number": number, "paper": slot.title}
    words = _("%(paper)s: đã trả lại") if returned else _("%(paper)s: chưa xem")
    return words % {"paper": name if number else slot.title}


def reasons_given(
    dossier: Dossier, *, by: User, at: datetime, reasons: Sequence[Mapping[str, str]] = (), **given: Any
) -> list[Unmet]:
    """At least one structured reason: clause and words."""
    if any(reason.get("clause") and reason.get("text", "").strip() for reason in reasons):
        return []
    return [
        Unmet("reasons", "III.1.3.1-g", _("Chưa có lý do. Cần ít nhất một lý do kèm điều khoản."), "reasons")
    ]


def team_named(
    dossier: Dossier, *, by: User, at: datetime, team: Any = None, visit_at: datetime | None = None,
    basis: str = "", basis_field: str = "basis", **given: Any,
) -> list[Unmet]:  # fmt: skip
    """A team with a leader in post on the visit's day, the site's own or another on a document (`basis`)."""
    team = team or dossier.team
    if team is None:
        return [Unmet("team", "III.1.3.1-c", _("Chưa chọn tổ kiểm tra."), "team")]
    day = plan.local_day(visit_at or at)
    if team.leader_on(day) is None:
        return [Unmet("leader", "III.1.3.1-d", _leaderless(team, day, today=plan.local_day(at)), "team")]
    return bound_teams.unmet(dossier, team, basis=basis, anchor=basis_field, on=day)


def _leaderless(team: Team, day: date, *, today: date) -> str:
    """Why nobody of the team can sign on the visit's day: it has ended by then, or it has no leader."""
    last = team.last_day()
    values = {"team": team.name, "day": vn_date(day), "last": vn_date(last)}
    if last is not None and last < day:
        words = _("%(team)s kết thúc ngày %(last)s; ngày kiểm tra %(day)s tổ không còn ai.")
    elif team.leader_on(today) is None:
        words = _("%(team)s chưa có tổ trưởng.")
    else:
        words = _("%(team)s không có tổ trưởng ngày %(day)s.")
    return words % values


def sheet_signed(dossier: Dossier, *, by: User, at: datetime, **given: Any) -> list[Unmet]:
    """The confirmation sheet of this visit is in the dossier, signed since the team was assigned."""
    if dossier.sheets.filter(signed_at__gte=dossier.state_since).exists():
        return []
    return [Unmet("sheet", "III.1.3.1-d", _("Phiếu xác nhận chưa có chữ ký của tổ trưởng."), "visit")]


def advice_given(dossier: Dossier, *, by: User, at: datetime, **given: Any) -> list[Unmet]:
    """A signed sheet and an advice in force."""
    unmet = []
    if not dossier.sheets.exists():
        unmet.append(Unmet("sheet", "III.1.3.1-d", _("Chưa có phiếu xác nhận kiểm tra."), "visit"))
    if not dossier.advices.filter(voided_at__isnull=True).exists():
        unmet.append(Unmet("advice", "III.1.3.1-f", _("Chưa có ý kiến đề nghị."), "advice"))
    return unmet


def _decision(
    dossier: Dossier, *, by: User, at: datetime, advice: Advice | None = None
) -> tuple[Advice | None, list[Unmet]]:
    """The advice, and why this person may not decide on it: the two sides are never one person."""
    advice = advice or dossier.advices.filter(voided_at__isnull=True).first()
    if advice is None:
        return None, [Unmet("advice", "III.1.3.1-f", _("Chưa có ý kiến đề nghị còn hiệu lực."), "advice")]
    if advice.by_id == by.pk:
        return advice, [Unmet("same_person", OURS, _("Người đề nghị không thể là người quyết định."))]
    stands_there = dossier.receiving_agency_id in by.agencies_where(May.RECEIVE, on=at)
    if stands_there and not is_authorised(dossier, by=by, at=at):
        words = _("Anh/chị có chức trách tại %(agency)s, cơ quan đề nghị hồ sơ này; người khác quyết định.")
        return advice, [Unmet("both_sides", OURS, words % {"agency": dossier.receiving_agency.short_name})]
    return advice, []


def approval(
    dossier: Dossier, *, by: User, at: datetime, advice: Advice | None = None, **given: Any
) -> list[Unmet]:
    """An advice by somebody else, with a start date, and a cap within the law's; a page gives the one it shows."""
    advice, unmet = _decision(dossier, by=by, at=at, advice=advice)
    if advice is None:
        return unmet
    if advice.starts_on is None:
        unmet.append(Unmet("start", "III.1.3.1-f", _("Ý kiến đề nghị chưa có ngày bắt đầu."), "advice"))
    elif advice.starts_on < plan.local_day(at):
        words = _("Ngày bắt đầu %(day)s đã qua. Trả lại để cơ quan đề nghị ngày khác.")
        unmet.append(Unmet("start", "III.1.3.1-f", words % {"day": f"{advice.starts_on:%d/%m/%Y}"}, "advice"))
    if dossier.cap is not None and (advice.cap is None or advice.cap > dossier.cap):
        words = _("Số người đề nghị vượt mức tối đa %(cap)s.") % {"cap": dossier.cap}
        unmet.append(Unmet("cap", dossier.cap_clause, words, "advice"))
    return unmet


def refusal(
    dossier: Dossier, *, by: User, at: datetime, reasons: Sequence[Mapping[str, str]] = (), **given: Any
) -> list[Unmet]:
    """An advice by somebody else (either way), and reasons."""
    _advice, unmet = _decision(dossier, by=by, at=at)
    return unmet + reasons_given(dossier, by=by, at=at, reasons=reasons)
