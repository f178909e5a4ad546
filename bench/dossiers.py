"""The dossiers of the bench as rows: papers, moves, clocks, sheets, advice, letters, decisions, journal.

To be quick, all dossiers share the files of their papers, and only the worker list has its original.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import plan
from applications.filing import search_text
from applications.lifecycle import ROWS
from applications.models import (
    Advice,
    Decision,
    Dossier,
    Move,
    Paper,
    PaperPart,
    Sheet,
    Stage,
    TeamProposal,
)  # fmt: skip
from applications.stages import WORKING_DAYS, Clock
from applications.states import OPEN, State
from bench.cases import Case
from documents.models import Letter, StoredFile
from journal.models import AuditEvent
from journal.tokens import new_token
from organisations.models import Agency, Permit, Site, Team, TeamBinding, User
from organisations.plan_in_force import rules_at, rules_on

CHUNK = 2_000
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST = "worker_list"
WORKER_LIST = "bench/list.xlsx"
TARGETS = {row.name: row.target for row in ROWS if 1 in row.phases}
REASON = {"clause": "III.1.3.3-g", "text": "Khu cách ly chung lối đi.", "to_do": "Bố trí lối đi riêng."}


@dataclass(frozen=True)
class Setting:
    """Who acts on the dossiers, and the days off."""

    desk: dict[str, User]
    office: User
    chairman: User
    leader: User
    teams: list[Team]
    committee: Agency
    days: tuple[Any, Any]
    at: datetime


@dataclass
class Batch:
    """Rows waiting to be written together, by model, in the order of their keys."""

    setting: Setting
    rows: dict[type, list[Any]] = field(default_factory=dict)
    numbers: int = 0

    def __post_init__(self) -> None:
        self.clock = cache(self._clock)
        self.file = cache(self._file)
        self.slots = cache(self._slots)
        self.officials = {user.pk for user in self._officials()}
        self.number = Letter.objects.count()
        self.code = Dossier.objects.count()

    def write(self) -> None:
        """Everything, parents first."""
        order = (
            StoredFile, Letter, Dossier, Paper, PaperPart, Move, Stage, TeamBinding, TeamProposal, Sheet, Advice,
            Permit, Decision, AuditEvent,
        )  # fmt: skip
        for model in order:
            model.objects.bulk_create(self.rows.get(model, []), CHUNK)

    def add(self, case: Case, site: Site, *, owner: User) -> None:
        """One dossier with all that its life has left."""
        dossier = self._dossier(case, site, owner)
        self._papers(dossier, case, owner)
        at = dossier.created_at
        previous: Stage | None = None
        for position, name in enumerate(case.steps):
            at = self._moment(case, position)
            before = State(dossier.state)
            self._move(dossier, name, by=self._actor(name, dossier, owner), at=at)
            self._traces(dossier, name, at=at)
            if previous is not None:
                previous.closed_at = at
            previous = self._stage(dossier, before, at=at)
        self._end(dossier, case, at=at)

    def _keep(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def _moment(self, case: Case, position: int) -> datetime:
        """The moves lie evenly between submission and the last one."""
        share = position / max(1, len(case.steps) - 1)
        hours = case.age - round((case.age - case.rest) * share)
        return self.setting.at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours)

    def _dossier(self, case: Case, site: Site, owner: User) -> Dossier:
        made = self._moment(case, 0) - timedelta(hours=30)
        cap = rules_at(made).phase(1).cap(baseline=case.workers)
        return self._keep(Dossier(
            site=site, phase=1, receiving_agency=site.receiving_agency, state=State.DRAFT, state_since=made,
            mode="three_on_site", baseline=case.workers, baseline_as_of=plan.local_day(made) - timedelta(days=30),
            baseline_evidence=self.file("bang-luong.pdf", PDF), enterprise_total=case.workers,
            requested_start_on=plan.local_day(made) + timedelta(days=21), listed_workers=cap.limit,
            slips_count=cap.limit, certificate="erc", caterer="external",
            signer_name=owner.full_name, signer_title="Giám đốc", signer_capacity="legal",
            signed_on=plan.local_day(made), contact_name=owner.full_name, contact_phone=owner.phone,
            created_at=made, created_by=owner, saved_at=made, search=search_text(site),
        ))  # fmt: skip

    def _file(self, name: str, kind: str) -> StoredFile:
        content = WORKER_LIST if kind == XLSX else "bench/paper.pdf"
        pages = 1 if kind == PDF else None
        return self._keep(StoredFile(
            name=name, media_type=kind, size=180_000, sha256=uuid4().hex * 2, pages=pages, content=content,
            stored_at=self.setting.at, stored_by=self.setting.office,
        ))  # fmt: skip

    def _slots(self, day: date) -> list[tuple[str, StoredFile]]:
        """The papers that are there at submission, each with the file that stands for all of its kind."""
        codes = [slot.code for slot in rules_on(day).phase(1).papers() if slot.code != "health_contract"]
        return [
            (code, self.file(f"{code}.pdf", PDF) if code != LIST else self.file("danh-sach.xlsx", XLSX))
            for code in codes
        ]

    def _papers(self, dossier: Dossier, case: Case, owner: User) -> None:
        """The signed plan and twelve of the thirteen papers; one in ten dossiers has replaced its first two."""
        for position, (slot, file) in enumerate(self.slots(plan.local_day(dossier.created_at))):
            versions = 2 if case.number % 10 == 0 and position < 2 else 1
            for version in range(1, versions + 1):
                at = dossier.created_at + timedelta(hours=version)
                paper = self._keep(Paper(
                    dossier=dossier, slot=slot, version=version, pdf=file if slot != LIST else None,
                    pages=1 if slot != LIST else 0, rows=dossier.listed_workers if slot == LIST else None,
                    uploaded_at=at, uploaded_by=owner, replaced_at=at if version < versions else None,
                    **self._verdict(dossier, case, position),
                ))  # fmt: skip
                if slot == LIST:
                    self._keep(PaperPart(paper=paper, position=1, file=file))

    def _verdict(self, dossier: Dossier, case: Case, position: int) -> dict[str, Any]:
        """All are marked once accepted; before that, some are."""
        desk = self.setting.desk[dossier.receiving_agency.code]
        marked = {"verdict_by": desk, "verdict_at": self._moment(case, 0)}
        if case.state == State.SUPPLEMENT_REQUESTED and position in {2, 5}:
            words = {"reason": "Bản cam kết chưa đóng dấu.", "fix": "Đóng dấu rồi tải bản mới."}
            return {"verdict": Paper.Verdict.RETURNED, **words, **marked}
        if "accept" in case.steps or (case.steps and position < case.number % 8):
            return {"verdict": Paper.Verdict.IN_ORDER, **marked}
        return {}

    def _actor(self, name: str, dossier: Dossier, owner: User) -> User:
        sides = {
            "submit": owner, "withdraw": owner, "assign_team": self.setting.office,
            "conclude_visit": self.setting.leader, "approve": self.setting.chairman,
            "refuse": self.setting.chairman,
        }  # fmt: skip
        return sides.get(name) or self.setting.desk[dossier.receiving_agency.code]

    def _move(self, dossier: Dossier, name: str, *, by: User, at: datetime) -> None:
        target = TARGETS[name]
        clock = self.clock(target, at)
        post = by.post_title(on=at) if by.pk in self.officials else ""
        self._keep(Move(
            dossier=dossier, name=name, from_state=dossier.state, to_state=target, at=at, by=by,
            by_name=by.full_name, by_post=post, reasons=[REASON] if name in {"decline", "refuse"} else [],
        ))  # fmt: skip
        self._keep(AuditEvent(
            at=at, verb=f"dossier.{name}", subject_kind="dossier", subject_id=str(dossier.pk), actor_id=by.pk,
            actor_name=by.full_name, actor_post=post, fields=["state"],
        ))  # fmt: skip
        dossier.state, dossier.state_since = target, at
        dossier.due_at, dossier.due_clause = clock.due_at, clock.clause

    def _officials(self) -> tuple[User, ...]:
        return (*self.setting.desk.values(), self.setting.office, self.setting.leader, self.setting.chairman)

    def _clock(self, state: State, at: datetime) -> Clock:
        """As applications.stages reckons it, with the days off read once."""
        rules = rules_at(at)
        holidays, working = self.setting.days
        if state == State.ACCEPTED:
            due = rules.phase(1).team_proposal_due(accepted_at=at, holidays=holidays, working_days=working)
            return Clock(due, "III.1.3.1-c")
        if state not in WORKING_DAYS:
            return Clock(None, "")
        value = rules.value(WORKING_DAYS[state])
        due = rules.add_working_days(at=at, days=value.value, holidays=holidays, working_days=working)
        return Clock(due, value.clause)

    def _stage(self, dossier: Dossier, before: State, *, at: datetime) -> Stage | None:
        if dossier.state not in OPEN:
            return None
        return self._keep(Stage(
            dossier=dossier, state=dossier.state, opened_at=at, due_at=dossier.due_at, clause=dossier.due_clause,
        ))  # fmt: skip

    def _traces(self, dossier: Dossier, name: str, *, at: datetime) -> None:
        """What a move leaves beside the log."""
        leave = {
            "submit": self._submitted, "accept": self._accepted, "decline": self._declined,
            "propose_team": self._proposed, "assign_team": self._assigned, "conclude_visit": self._visited,
            "forward": self._forwarded, "approve": self._decided, "refuse": self._decided,
        }.get(name)  # fmt: skip
        if leave:
            leave(dossier, at)

    def _submitted(self, dossier: Dossier, at: datetime) -> None:
        cap = rules_at(at).phase(1).cap(baseline=dossier.baseline)
        self.code += 1
        dossier.code = f"{dossier.receiving_agency.number}-{plan.local_day(at):%y%m%d}-{self.code:04d}"
        dossier.cap, dossier.cap_clause, dossier.rules_digest = cap.limit, cap.clause, rules_at(at).digest
        dossier.submitted_at, dossier.submitted_by = at, dossier.created_by
        dossier.search = search_text(dossier.site, code=dossier.code)
        self._letter(dossier, Letter.Kind.SUBMISSION, at=at)

    def _accepted(self, dossier: Dossier, at: datetime) -> None:
        dossier.accepted_at, dossier.proposal_due_at = at, dossier.due_at
        dossier.handled_by = self.setting.desk[dossier.receiving_agency.code]
        self._letter(dossier, Letter.Kind.RECEIPT, at=at)

    def _declined(self, dossier: Dossier, at: datetime) -> None:
        dossier.decided_at = at
        self._letter(dossier, Letter.Kind.DECLINE, at=at)

    def _proposed(self, dossier: Dossier, at: datetime) -> None:
        visit = at + timedelta(days=1)
        self._keep(TeamProposal(
            dossier=dossier, team=self._team(dossier), visit_at=visit, by=dossier.handled_by, at=at
        ))  # fmt: skip

    def _team(self, dossier: Dossier) -> Team:
        return self.setting.teams[dossier.baseline % len(self.setting.teams)]

    def _assigned(self, dossier: Dossier, at: datetime) -> None:
        dossier.team, dossier.visit_planned_at = self._team(dossier), at + timedelta(days=1)
        self._keep(TeamBinding(
            site=dossier.site, team=dossier.team, bound_at=at, bound_by=self.setting.office
        ))  # fmt: skip

    def _visited(self, dossier: Dossier, at: datetime) -> None:
        dossier.visited_at = at
        self._keep(Sheet(
            dossier=dossier, team=dossier.team, visited_at=at, verdict=Sheet.Verdict.PASSED,
            remarks="Lối đi một chiều, khu ở tách khỏi khu sản xuất.", guidance="Lịch xét nghiệm, danh sách tuần.",
            letter=self._letter(dossier, Letter.Kind.SHEET, at=at), signed_at=at, signed_by=self.setting.leader,
        ))  # fmt: skip

    def _forwarded(self, dossier: Dossier, at: datetime) -> None:
        self._keep(Advice(
            dossier=dossier, verdict=Advice.Verdict.APPROVE, number=f"{self.code}/TTr", hour=6,
            starts_on=plan.local_day(self.setting.at) + timedelta(days=5), cap=dossier.cap,
            cap_clause=dossier.cap_clause, mode=dossier.mode, conditions=["Giữ phòng cách ly bốn giường"],
            by=dossier.handled_by, at=at,
        ))  # fmt: skip

    def _decided(self, dossier: Dossier, at: datetime) -> None:
        approved = dossier.state == State.APPROVED
        dossier.decided_at = at
        permit = self._keep(Permit(
            site=dossier.site, phase=1, starts_on=plan.local_day(at) + timedelta(days=3), cap=dossier.cap,
            baseline=dossier.baseline, mode=dossier.mode, basis=f"dossier:{dossier.pk}",
            rules_digest=dossier.rules_digest, written_at=at, written_by=self.setting.chairman,
        )) if approved else None  # fmt: skip
        kind = Letter.Kind.DECISION if approved else Letter.Kind.REFUSAL
        self._keep(Decision(
            dossier=dossier, verdict="approved" if approved else "refused", advice=self.rows[Advice][-1],
            permit=permit, letter=self._letter(dossier, kind, at=at, agency=self.setting.committee),
            reasons=[] if approved else [REASON], rules_digest=dossier.rules_digest, decided_at=at,
            decided_by=self.setting.chairman,
        ))  # fmt: skip

    def _letter(self, dossier: Dossier, kind: str, *, at: datetime, agency: Agency | None = None) -> Letter:
        self.number += 1
        day = plan.local_day(at)
        return self._keep(Letter(
            subject_key=f"dossier:{dossier.pk}:{kind}", kind=kind, agency=agency or dossier.receiving_agency,
            number=self.number if agency else None, symbol="QĐ-UBND" if agency else "", year=day.year, dated=day,
            abstract=f"{dossier.site.name}, {kind}", dossier_code=dossier.code or "", site_id=dossier.site_id,
            token=new_token(), data={"form": "bench", "fields": {"text": "Điều 1. " * 300}}, issued_at=at,
            issued_by=dossier.handled_by or self.setting.office, sha256=uuid4().hex * 2, rendered_at=at,
        ))  # fmt: skip

    def _end(self, dossier: Dossier, case: Case, *, at: datetime) -> None:
        """Half of the new dossiers are in somebody's hands."""
        if case.state == State.SUBMITTED and case.number % 2:
            dossier.handled_by = self.setting.desk[dossier.receiving_agency.code]
