"""The lives of the demo's dossiers, lived through the portal's own verbs at times relative to `now`."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import plan
from applications import deciding, filing, lifecycle, receiving, supplementing
from applications.models import Advice, Dossier, Paper
from documents.models import StoredFile
from documents.storing import store
from inspections import visiting
from journal import outbox
from organisations.models import Site, Team, User
from organisations.plan_in_force import rules_at
from plan.clock import LOCAL
from restart_portal.demo import plans
from restart_portal.demo.firms import Firm

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEPS = ("submit", "accept", "propose_team", "assign_team", "conclude_visit", "forward", "approve")
# The last step lived, and how many of the steps before it.
BEFORE = timedelta(hours=40)  # how long before handing in a dossier was begun
ENDS = {"withdrawn": 1, "declined": 1, "supplement_requested": 1, "sent_back": 6, "refused": 6}


@dataclass(frozen=True)
class Life:
    """How far a dossier has come, when it was submitted and when it last moved, in hours before now."""

    firm: int
    site: int
    ends: str
    age: float
    rest: float


# Binding forty volumes would double the seeding; the worker does it in the first minute.
LEFT_TO_THE_WORKER = ("volume.wanted",)

LIVES = (
    Life(0, 1, "approved", 15 * 24, 11 * 24),
    Life(0, 0, "supplement_requested", 46, 20),
    Life(1, 0, "forwarded", 8 * 24, 18),
    Life(2, 0, "forwarded", 7 * 24, 3),
    Life(3, 0, "accepted", 50, 26),
    Life(4, 0, "accepted", 7 * 24, 6 * 24),
    Life(5, 0, "submitted", 3, 3),
    Life(6, 0, "submitted", 4 * 24, 4 * 24),
    Life(7, 0, "team_assigned", 5 * 24, 20),
    Life(8, 0, "approved", 12 * 24, 8 * 24),
    Life(9, 0, "refused", 11 * 24, 5 * 24),
    Life(10, 0, "inspected", 6 * 24, 20),
    Life(11, 0, "team_proposed", 4 * 24, 20),
    Life(12, 0, "sent_back", 9 * 24, 10),
    Life(13, 0, "declined", 5 * 24, 3 * 24),
    Life(14, 0, "withdrawn", 6 * 24, 4 * 24),
    Life(15, 0, "draft", 30, 30),
    Life(0, 2, "begun", 26, 26),
)


@dataclass(frozen=True)
class People:
    """Who acts in the demo."""

    desk: dict[str, User]
    office: User
    chairman: User
    leader: User
    team: Team


def live(
    life: Life, *, firm: Firm, site: Site, files: dict[str, Path], people: People, owner: User, now: datetime
) -> Dossier:
    """Lives one dossier up to its end."""
    start, end = now - timedelta(hours=life.age), now - timedelta(hours=life.rest)
    if life.ends == "begun":
        return _begun(firm, site, owner=owner, at=start)
    if life.ends == "draft":
        return _draft(firm, site, files, owner=owner, at=start - BEFORE)
    moments = moments_of(life, now=now)
    # From the moment of handing in, which may lie before a weekend: nobody signs after that.
    dossier = _draft(firm, site, files, owner=owner, at=moments[0] - BEFORE)
    plans.answer(
        dossier, firm, people=_cap(firm, moments[0]), by=owner, at=moments[0] - BEFORE + timedelta(hours=1)
    )
    count = len(moments)
    for name, at in zip(STEPS[:count], moments, strict=True):
        dossier = _step(name, dossier, people=people, owner=owner, at=at)
        tell_of(at)
    last = office_hour(end + timedelta(minutes=30))
    dossier = _ending(life.ends, dossier, people=people, owner=owner, at=max(last, moments[-1]))
    tell_of(last)
    return dossier


def moments_of(life: Life, *, now: datetime) -> list[datetime]:
    """When each step of a life that is handed in happens: in office hours, in order."""
    start, end = now - timedelta(hours=life.age), now - timedelta(hours=life.rest)
    count = ENDS.get(life.ends) or [*STEPS].index(_step_to(life.ends)) + 1
    return in_order([office_hour(start + (end - start) * i / max(count - 1, 1)) for i in range(count)])


def _begun(firm: Firm, site: Site, *, owner: User, at: datetime) -> Dossier:
    """A draft whose questions are answered and whose papers are drafted, before anything is signed."""
    dossier = filing.create_draft(site=site, phase=1, by=owner, at=at)
    day = plan.local_day(at)
    answers = {
        "mode": "three_on_site", "baseline": firm.workers, "baseline_as_of": day - timedelta(days=60),
        "enterprise_total": firm.workers, "requested_start_on": day + timedelta(days=21), "caterer": "external",
        "certificate": "irc", "contact_name": firm.contact, "contact_phone": firm.phone,
    }  # fmt: skip
    filing.answer(dossier=dossier, answers=answers, by=owner, at=at)
    plans.answer(dossier, firm, people=_cap(firm, at), by=owner, at=at + timedelta(hours=1))
    return Dossier.objects.get(pk=dossier.pk)


def _cap(firm: Firm, at: datetime) -> int:
    return int(rules_at(at).phase(1).cap(baseline=firm.workers).limit)


def in_order(moments: list[datetime]) -> list[datetime]:
    """Office hours fold an evening into an afternoon; each step still comes after the one before it."""
    ordered = moments[:1]
    for moment in moments[1:]:
        ordered.append(max(moment, ordered[-1] + timedelta(minutes=20)))
    return ordered


def tell_of(at: datetime) -> None:
    """Answers what has been announced as if at that instant: letters are made, people are told."""
    while outbox.drain(now=lambda: at, leave=LEFT_TO_THE_WORKER):
        pass


def office_hour(at: datetime) -> datetime:
    """The instant itself by day; before or after office hours, the afternoon before it."""
    local = at.astimezone(LOCAL)
    if local.weekday() >= 5:
        friday = local.date() - timedelta(days=local.weekday() - 4)
        return datetime.combine(friday, time(15, local.minute), tzinfo=LOCAL)
    if time(7, 30) <= local.time() <= time(16, 30):
        return at
    day = local.date() if local.time() > time(16, 30) else local.date() - timedelta(days=1)
    return datetime.combine(day, time(15, local.minute), tzinfo=LOCAL)


def _step_to(state: str) -> str:
    targets = {row.target.value: row.name for row in lifecycle.ROWS if row.name in STEPS}
    return targets[state]


def _draft(firm: Firm, site: Site, files: dict[str, Path], *, owner: User, at: datetime) -> Dossier:
    dossier = filing.create_draft(site=site, phase=1, by=owner, at=at)
    rules = rules_at(at).phase(1)
    day = plan.local_day(at)
    cap = rules.cap(baseline=firm.workers)
    evidence = _store(files["request_letter"], "bang-luong.pdf", PDF, owner, at)
    filing.answer(
        dossier=dossier,
        answers={
            "mode": "three_on_site", "baseline": firm.workers, "baseline_as_of": day - timedelta(days=60),
            "baseline_evidence": evidence, "enterprise_total": firm.workers,
            "requested_start_on": day + timedelta(days=21), "slips_count": cap.limit, "certificate": "erc",
            "caterer": "external", "signer_name": firm.signer,
            "signer_title": firm.title, "signer_capacity": "legal", "signed_on": day,
            "contact_name": firm.contact, "contact_phone": firm.phone,
        },
        by=owner,
        at=at,
    )  # fmt: skip
    for slot in rules.papers():
        if slot.code == "health_contract":
            continue
        kind, name = (XLSX, "danh-sach.xlsx") if slot.code == "worker_list" else (PDF, f"{slot.code}.pdf")
        file = _store(files[slot.code], name, kind, owner, at)
        is_list = slot.code == "worker_list"
        filing.put_paper(
            dossier=dossier, slot=slot.code, pdf=None if is_list else file, originals=[file],
            pages=0 if is_list else 1, rows=cap.limit if is_list else None, by=owner, at=at,
        )  # fmt: skip
    return Dossier.objects.get(pk=dossier.pk)


def _store(path: Path, name: str, kind: str, by: User, at: datetime) -> StoredFile:
    return store(path, name=name, media_type=kind, pages=1 if kind == PDF else None, by=by, at=at)


def _step(name: str, dossier: Dossier, *, people: People, owner: User, at: datetime) -> Dossier:
    desk = people.desk[dossier.receiving_agency.code]
    if name == "submit":
        return filing.submit(dossier=dossier, by=owner, at=at, declared=True)
    if name == "accept":
        for paper in dossier.papers.filter(replaced_at__isnull=True).order_by("pk"):
            receiving.mark_paper(paper=paper, verdict=Paper.Verdict.IN_ORDER, by=desk, at=at)
        return receiving.accept(dossier=dossier, by=desk, at=at)
    if name == "propose_team":
        return receiving.propose_team(
            dossier=dossier, team=people.team, visit_at=_morning(at), by=desk, at=at
        )
    if name == "assign_team":
        return deciding.assign_team(
            dossier=dossier, team=people.team, visit_at=_morning(at), by=people.office, at=at
        )
    if name == "conclude_visit":
        return _visit(dossier, people=people, at=at)
    if name == "forward":
        return _forward(dossier, by=desk, at=at)
    return _decide(dossier, by=people.chairman, at=at)


def _morning(at: datetime) -> datetime:
    """Half past eight of the next day that is not a weekend."""
    day = plan.local_day(at) + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(8, 30), tzinfo=LOCAL)


def _visit(dossier: Dossier, *, people: People, at: datetime) -> Dossier:
    visit = visiting.open_visit(dossier=dossier, at=at)
    items = visiting.items(dossier, at=at)
    visiting.save(
        visit=visit,
        texts={
            "firm_person": dossier.contact_name,
            "remarks": "Cơ sở bố trí lối đi một chiều, khu ở tách khỏi khu sản xuất, phòng cách ly đủ giường.",
            "guidance": "Hướng dẫn lịch xét nghiệm, danh sách gửi hằng tuần và cách báo khi có người nghi nhiễm.",
            "verdict": "passed",
        },
        findings={code: (True, "") for code, _title, _clause in items},
        started_at=max(at - timedelta(hours=2), dossier.state_since),
        ended_at=at,
        by=people.leader,
        at=at,
    )
    visiting.sign(visit=visit, by=people.leader, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def _forward(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    return receiving.forward(
        dossier=dossier, verdict="approve", number=f"{100 + dossier.pk.int % 80}/TTr-{dossier.receiving_agency.symbol}",
        starts_on=plan.local_day(at) + timedelta(days=5), hour=6, cap=dossier.cap, mode=dossier.mode,
        conditions=["Giữ phòng cách ly tối thiểu bốn giường trong suốt thời gian hoạt động"], reasons=[], note="",
        by=by, at=at,
    )  # fmt: skip


def _decide(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    advice = Advice.objects.get(dossier=dossier, voided_at__isnull=True)
    deciding.approve(dossier=dossier, advice=advice, kind="quyet_dinh", by=by, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def _ending(ends: str, dossier: Dossier, *, people: People, owner: User, at: datetime) -> Dossier:
    desk = people.desk[dossier.receiving_agency.code]
    if ends == "withdrawn":
        return filing.withdraw(dossier=dossier, by=owner, at=at, note="Doanh nghiệp đổi kế hoạch sản xuất.")
    if ends == "declined":
        return _decline(dossier, by=desk, at=at)
    if ends == "supplement_requested":
        return _ask_for_more(dossier, by=desk, at=at)
    if ends == "sent_back":
        question = "Cơ sở có bao nhiêu người làm ca đêm, nghỉ ở đâu?"
        return deciding.send_back(dossier=dossier, question=question, by=people.chairman, at=at)
    if ends == "refused":
        return _refuse(dossier, by=people.chairman, at=at)
    return dossier


def _decline(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    why = {
        "clause": "III.1.3.3-d",
        "text": "Danh sách lao động của một cơ sở khác.",
        "to_do": "Nộp đúng danh sách.",
    }
    return receiving.decline(dossier=dossier, reasons=[why], by=by, at=at)


def _ask_for_more(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """Some papers go back with words, the others are in order; form 02 asks for the rest."""
    for slot, reason, fix in RETURNED:
        paper = dossier.papers.get(slot=slot, replaced_at__isnull=True)
        receiving.mark_paper(
            paper=paper, verdict=Paper.Verdict.RETURNED, reason=reason, fix=fix, by=by, at=at
        )
    for paper in dossier.papers.filter(replaced_at__isnull=True, verdict=Paper.Verdict.NONE).order_by("pk"):
        receiving.mark_paper(paper=paper, verdict=Paper.Verdict.IN_ORDER, by=by, at=at)
    return supplementing.request(
        dossier=dossier, items=supplementing.items_of(dossier, parts={}, at=at),
        reason="bảo đảm đủ căn cứ để tiếp nhận và kiểm tra thực tế", phone=dossier.receiving_agency.phone,
        by=by, at=at,
    )  # fmt: skip


def _refuse(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    advice = Advice.objects.get(dossier=dossier, voided_at__isnull=True)
    reasons = [
        {
            "clause": "III.1.3.3-g",
            "text": "Khu cách ly chung lối đi với xưởng.",
            "to_do": "Bố trí lối đi riêng.",
        }
    ]
    deciding.refuse(dossier=dossier, advice=advice, reasons=reasons, kind="thong_bao", by=by, at=at)
    return Dossier.objects.get(pk=dossier.pk)


RETURNED = (
    (
        "screening_plan",
        "Kế hoạch ghi xét nghiệm bảy ngày một lần.",
        "Đổi lịch thành ba ngày một lần trong tháng đầu, ký lại.",
    ),
    ("commitment", "Bản cam kết chưa đóng dấu.", "Đóng dấu rồi tải bản mới."),
)
