"""Dossiers in every state, made by the verbs that people use, on the cast of tests/cast.py.

    dossier = making.make_dossier(State.INSPECTED)               # DOLISA's, phase 1
    dossier = making.make_dossier(State.ACCEPTED, phase=2, site=site, at=cast.instant("2021-11-01"))

Each step is also a function of its own, which takes the dossier and an instant and returns the dossier as it
now is. Papers are small real files in the store. Submission happens at `at`, every later step an hour on.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

import plan
from applications import deciding, filing, guards, receiving, supplementing, supplements
from applications.models import Advice, Decision, Dossier, Paper, Sheet
from applications.models.dossier import Caterer, Certificate
from applications.packing.slots import PLAN
from applications.states import State
from documents.models import StoredFile
from documents.storing import store
from inspections import visiting
from inspections.models import Visit
from organisations.models import Site, Team, User
from organisations.models.permit import Mode
from organisations.plan_in_force import rules_at
from tests import cast
from tests.applications import making_many
from tests.workers.workbooks import workbook, worker

HOUR = timedelta(hours=1)
# Binding a volume takes seconds: tests/applications/test_volume.py does it, others leave the event to a worker.
NOT_BOUND = ("volume.wanted",)
BASELINE = 300
WORKERS = 40
REASONS = (
    {"clause": "III.1.3.3-e", "text": "Phiếu tiêm không khớp danh sách", "to_do": "Nộp lại phiếu tiêm"},
)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# --- files ---


@lru_cache
def pdf_bytes(pages: int = 1) -> bytes:
    """A small real PDF of blank A4 pages."""
    document, written = pikepdf.new(), BytesIO()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.save(written)
    return written.getvalue()


@lru_cache
def worker_list_bytes(rows: int = WORKERS) -> bytes:
    """A worker list that reads without a fault."""
    return workbook([worker(number) for number in range(rows)])


def _on_disk(name: str, content: bytes) -> Path:
    path = Path(settings.VAR) / "made" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path


def stored_pdf(*, by: User | None = None, at: datetime = cast.AT, name: str = "giay-to.pdf") -> StoredFile:
    """A one-page PDF in the store."""
    path = _on_disk("page.pdf", pdf_bytes())
    return store(path, name=name, media_type="application/pdf", pages=1, by=by, at=at)


def stored_workbook(*, rows: int = WORKERS, by: User | None = None, at: datetime = cast.AT) -> StoredFile:
    """A worker list in the store."""
    path = _on_disk(f"workers-{rows}.xlsx", worker_list_bytes(rows))
    return store(path, name="danh-sach.xlsx", media_type=EXCEL, pages=None, by=by, at=at)


# --- who ---


def owner_of(dossier: Dossier) -> User:
    """Who may submit."""
    return dossier.site.enterprise.claimed_by


def officer_of(dossier: Dossier) -> User:
    """An officer of the agency that receives it."""
    makers = {"DOLISA": cast.make_dolisa_officer, "EZB": cast.make_zone_officer}
    return makers[dossier.receiving_agency.code]()


def assigner_of(dossier: Dossier) -> User:
    """Who assigns the team: the Chairman's side, in phase 2 the receiving agency."""
    return cast.make_office_clerk() if dossier.phase == 1 else officer_of(dossier)


def fresh(dossier: Dossier) -> Dossier:
    """The dossier as it stands in the database."""
    return Dossier.objects.select_related("site__enterprise", "receiving_agency", "team").get(pk=dossier.pk)


# --- the enterprise ---


def put_paper(
    dossier: Dossier, slot: str, at: datetime = cast.AT, *, rows: int = WORKERS, by: User | None = None
) -> Paper:
    """One good paper into a slot."""
    by = by or owner_of(dossier)
    if slot == "worker_list":
        files: dict[str, Any] = {
            "pdf": None,
            "originals": [stored_workbook(rows=rows, by=by, at=at)],
            "pages": 0,
        }
    else:
        file = stored_pdf(by=by, at=at, name=f"{slot}.pdf")
        files = {"pdf": file, "originals": [file], "pages": 1}
    count = rows if slot == "worker_list" else None
    return filing.put_paper(dossier=dossier, slot=slot, rows=count, by=by, at=at, **files)


def draft(site: Site | None = None, at: datetime = cast.AT, *, phase: int = 1) -> Dossier:
    """An empty draft of the site (of DOLISA's, unless one is given)."""
    site = site or cast.make_site(name="Cơ sở Càng Long", zone=None)
    by = site.enterprise.claimed_by
    return fresh(filing.create_draft(site=site, phase=phase, by=by, at=at))


def answers(dossier: Dossier, at: datetime = cast.AT, *, baseline: int = BASELINE) -> dict[str, Any]:
    """Good answers to every question beside the papers."""
    day = plan.local_day(at)
    return {
        "mode": Mode.THREE_ON_SITE,
        "baseline": baseline,
        "baseline_as_of": day,
        "baseline_evidence": stored_pdf(by=owner_of(dossier), at=at, name="so-lao-dong.pdf"),
        "enterprise_total": baseline,
        "requested_start_on": day + timedelta(days=14),
        "slips_count": WORKERS,
        "certificate": Certificate.ERC,
        "caterer": Caterer.EXTERNAL,
        "signer_name": "Lê Thị Mỹ Ẩn",
        "signer_title": "Giám đốc",
        "signer_capacity": "legal",
        "signed_on": day,
        "contact_name": "Đỗ Kim Ánh",
        "contact_phone": "+84912345678",
    }


def fill(dossier: Dossier, at: datetime = cast.AT, *, rows: int = WORKERS, **changes: Any) -> Dossier:
    """All answers, the signed plan, and every paper asked for at once; `changes` overrides answers."""
    filing.answer(dossier=dossier, answers={**answers(dossier, at), **changes}, by=owner_of(dossier), at=at)
    required = [slot.code for slot in rules_at(at).phase(dossier.phase).slots() if slot.required]
    if dossier.papers.exists():
        for slot in (*required, PLAN):
            put_paper(dossier, slot, at, rows=rows)
        return fresh(dossier)
    first, *others = [slot for slot in (*required, PLAN) if slot != "worker_list"]
    paper = put_paper(dossier, first, at)
    put_paper(dossier, "worker_list", at, rows=rows)
    making_many.put_like(paper, others, _on_disk("page.pdf", pdf_bytes()))
    return fresh(dossier)


def from_before_the_plan(state: str = State.SUBMITTED, **given: Any) -> Dossier:
    """A dossier that was handed in while nobody asked for the signed plan: it never had one."""
    dossier = make_dossier(state, **given)
    dossier.papers.filter(slot=PLAN).delete()
    return fresh(dossier)


def submit(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    """Hands it in, what was asked for mended first."""
    dossier = mend(fresh(dossier), at)
    return fresh(filing.submit(dossier=dossier, by=owner_of(dossier), at=at, declared=True))


def withdraw(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    return fresh(filing.withdraw(dossier=dossier, by=owner_of(dossier), at=at, note="Hoãn kế hoạch sản xuất"))


# --- the receiving agency ---


def mark_all(dossier: Dossier, at: datetime = cast.AT, *, verdict: str = Paper.Verdict.IN_ORDER) -> Dossier:
    """Every present paper marked alike."""
    words = {"reason": "Thiếu chữ ký", "fix": "Ký rồi nộp lại"} if verdict == Paper.Verdict.RETURNED else {}
    officer = officer_of(dossier)
    if verdict == Paper.Verdict.IN_ORDER:
        making_many.mark_in_order(dossier, by=officer, at=at)
        return fresh(dossier)
    for paper in dossier.papers.filter(replaced_at__isnull=True).order_by("pk"):
        receiving.mark_paper(paper=paper, verdict=verdict, by=officer, at=at, **words)
    return fresh(dossier)


def accept(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    """Marks every paper in order and accepts."""
    mark_all(dossier, at)
    return fresh(receiving.accept(dossier=fresh(dossier), by=officer_of(dossier), at=at))


def decline(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    return fresh(receiving.decline(dossier=dossier, reasons=REASONS, by=officer_of(dossier), at=at))


def request_supplement(dossier: Dossier, at: datetime = cast.AT, *, slot: str = "") -> Dossier:
    """Every paper read, one of them returned, then asked for with form 02."""
    present = dossier.papers.filter(replaced_at__isnull=True)
    if not present.filter(verdict=Paper.Verdict.RETURNED).exists():
        paper = present.filter(slot=slot).first() or present.order_by("pk")[0]
        receiving.mark_paper(
            paper=paper, verdict=Paper.Verdict.RETURNED, reason="Thiếu chữ ký",
            fix="Ký, đóng dấu rồi quét lại", by=officer_of(dossier), at=at,
        )  # fmt: skip
    for paper in present.filter(verdict=Paper.Verdict.NONE).order_by("pk"):
        receiving.mark_paper(paper=paper, verdict=Paper.Verdict.IN_ORDER, by=officer_of(dossier), at=at)
    return fresh(
        supplementing.request(
            dossier=fresh(dossier), items=supplementing.items_of(fresh(dossier), parts={}, at=at),
            reason="bảo đảm đủ căn cứ", phone="+842943555111", by=officer_of(dossier), at=at,
        )
    )  # fmt: skip


def mend(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    """Everything that the open supplement asks for."""
    asked, papers = supplements.open_of(dossier), guards.current_papers(dossier)
    for position, item in enumerate(asked.items if asked else ()):
        if supplements.is_met(item, papers):
            continue
        if item["kind"] == "paper":
            put_paper(dossier, item["about"], at)
        else:
            by = owner_of(dossier)
            answers = {position: "Đã sửa"}
            supplementing.reply(dossier=dossier, round_number=asked.round, answers=answers, by=by, at=at)
    return fresh(dossier)


def propose_team(dossier: Dossier, at: datetime = cast.AT, *, team: Team | None = None) -> Dossier:
    team, by = team or cast.make_team(), officer_of(dossier)
    return fresh(receiving.propose_team(dossier=dossier, team=team, visit_at=at + 2 * HOUR, by=by, at=at))


def reinspect(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    note = "Kiểm tra lại khu cách ly"
    return fresh(
        receiving.reinspect(dossier=dossier, visit_at=at + HOUR / 2, note=note, by=officer_of(dossier), at=at)
    )


def forward(dossier: Dossier, at: datetime = cast.AT, **changes: Any) -> Dossier:
    """Advises consent from the fifth day on with the listed workers; `changes` overrides fields of the advice."""
    advice = {
        "verdict": Advice.Verdict.APPROVE,
        "number": "112/TTr-SLĐTBXH",
        "starts_on": plan.local_day(at) + timedelta(days=5),
        "hour": 7,
        "cap": WORKERS if dossier.cap is not None else None,
        "mode": dossier.mode,
        "conditions": ["Bố trí lối đi một chiều tại cổng"],
        "reasons": (),
        "note": "",
        **changes,
    }
    return fresh(receiving.forward(dossier=dossier, by=officer_of(dossier), at=at, **advice))


def forward_refusal(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    return forward(dossier, at, verdict=Advice.Verdict.REFUSE, reasons=REASONS)


# --- the team ---


def assign_team(dossier: Dossier, at: datetime = cast.AT, *, team: Team | None = None) -> Dossier:
    team, by = team or cast.make_team(), assigner_of(dossier)
    return fresh(deciding.assign_team(dossier=dossier, team=team, visit_at=at + HOUR / 2, by=by, at=at))


def see(dossier: Dossier, at: datetime = cast.AT, *, verdict: str = Sheet.Verdict.PASSED) -> Visit:
    """Opens the visit as the worker would, and saves what the leader saw; everything is in order."""
    visiting.open_for(str(dossier.pk), at=at)
    visit = Visit.objects.select_related("dossier__team").get(dossier=dossier, sheet__isnull=True)
    visiting.save(
        visit=visit,
        texts={
            "firm_person": "Lê Thị Mỹ Ẩn, Giám đốc",
            "remarks": "Bố trí đúng như giấy tờ đã nộp",
            "guidance": "Đã hướng dẫn ghi sổ người ra vào",
            "verdict": verdict,
        },
        findings={code: (True, "") for code, _title, _clause in visiting.items(visit.dossier, at=at)},
        started_at=at - HOUR / 4,
        ended_at=at,
        by=cast.make_team_leader(),
        at=at,
    )
    return Visit.objects.select_related("dossier__team").get(pk=visit.pk)


def conclude_visit(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    """The visit, seen and signed by the leader."""
    visiting.sign(visit=see(dossier, at), by=cast.make_team_leader(), at=at)
    return fresh(dossier)


# --- the Chairman's side ---


def advice_of(dossier: Dossier) -> Advice:
    """The advice in force."""
    return dossier.advices.get(voided_at__isnull=True)


def send_back(dossier: Dossier, at: datetime = cast.AT) -> Dossier:
    question = "Khu cách ly có đủ phòng không?"
    return fresh(deciding.send_back(dossier=dossier, question=question, by=cast.make_chairman(), at=at))


def approve(dossier: Dossier, at: datetime = cast.AT, *, by: User | None = None) -> Dossier:
    deciding.approve(
        dossier=dossier, advice=advice_of(dossier), kind="quyet_dinh", by=by or cast.make_chairman(), at=at
    )
    return fresh(dossier)


def refuse(dossier: Dossier, at: datetime = cast.AT, *, by: User | None = None) -> Dossier:
    deciding.refuse(
        dossier=dossier, advice=advice_of(dossier), reasons=REASONS, kind="thong_bao",
        by=by or cast.make_chairman(), at=at,
    )  # fmt: skip
    return fresh(dossier)


def decision_of(dossier: Dossier) -> Decision:
    return Decision.objects.select_related("letter", "permit").get(dossier=dossier)


# --- whole ways ---

Step = Callable[[Dossier, datetime], Dossier]
TO_INSPECTED: tuple[Step, ...] = (submit, accept, propose_team, assign_team, conclude_visit)

WAYS: Mapping[str, tuple[Step, ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: (submit,),
    State.SUPPLEMENT_REQUESTED: (submit, request_supplement),
    State.DECLINED: (submit, decline),
    State.ACCEPTED: (submit, accept),
    State.TEAM_PROPOSED: TO_INSPECTED[:3],
    State.TEAM_ASSIGNED: TO_INSPECTED[:4],
    State.INSPECTED: TO_INSPECTED,
    State.FORWARDED: (*TO_INSPECTED, forward),
    State.APPROVED: (*TO_INSPECTED, forward, approve),
    State.REFUSED: (*TO_INSPECTED, forward_refusal, refuse),
    State.WITHDRAWN: (submit, withdraw),
}


def way_to(state: str, *, phase: int = 1) -> tuple[Step, ...]:
    """The steps from a filled draft to a state; KeyError for team_proposed in phase 2, which has none."""
    if phase == 1:
        return WAYS[state]
    if state == State.TEAM_PROPOSED:
        raise KeyError(state)
    return tuple(step for step in WAYS[state] if step is not propose_team)


def make_dossier(
    state: str = State.DRAFT,
    *,
    phase: int = 1,
    site: Site | None = None,
    at: datetime = cast.AT,
    **answered: Any,
) -> Dossier:
    """A dossier that came to `state` by its own way; `answered` overrides answers (baseline=120, rows=30)."""
    dossier = fill(draft(site, at, phase=phase), at, **answered)
    for number, step in enumerate(way_to(state, phase=phase)):
        dossier = step(dossier, at + number * HOUR)
    return dossier
