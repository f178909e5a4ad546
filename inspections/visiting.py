"""The team's verbs: open the visit, save what was seen, sign the confirmation sheet."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import plan
from applications import lifecycle, sheets, waiting_scans
from applications.actors import is_leader
from applications.guards import current_papers
from applications.models import Dossier, Move, Sheet
from applications.slips import frame, volume_of
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale, Unmet
from documents.issuing import issue
from documents.letterforms import ConfirmationSheet, Paper, SheetItem
from documents.models import Letter
from inspections import early
from inspections.models import Finding, Visit
from inspections.paper_sheets import SignedPaper
from journal.recording import record
from organisations import agency_codes
from organisations.models import Agency, User
from organisations.models.permit import Mode
from organisations.plan_in_force import law, rules_at
from organisations.roles import May

TEXTS = ("firm_person", "remarks", "guidance", "verdict")


def is_member(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Whether a person belongs to the dossier's team that day."""
    if dossier.team is None or not by.may(May.LEAD_VISITS, on=at):
        return False
    return any(member.user_id == by.pk for member in dossier.team.members_on(plan.local_day(at)))


def open_visit(*, dossier: Dossier, at: datetime) -> Visit:
    """The visit that is to be made, opened when a team is assigned; the same one on a second call."""
    found = Visit.objects.filter(dossier=dossier, sheet__isnull=True).first()
    if found is not None:
        return found
    earlier = Visit.objects.filter(dossier=dossier).exists()
    try:
        with transaction.atomic():
            visit = Visit.objects.create(
                site_id=dossier.site_id,
                dossier=dossier,
                team_id=dossier.team_id,
                kind=Visit.Kind.REINSPECTION if earlier else Visit.Kind.INITIAL,
                planned_at=dossier.visit_planned_at,
            )
            record(
                "visit.opened",
                by=None,
                at=at,
                kind="visit",
                subject_id=visit.pk,
                fields=["team", "planned_at"],
            )
            return visit
    except IntegrityError:
        return Visit.objects.get(dossier=dossier, sheet__isnull=True)


def open_for(dossier_id: str, *, at: datetime) -> None:
    """Handler of dossier.team_assigned: the visit exists, planned when and by whom the dossier says."""
    dossier = Dossier.objects.get(pk=dossier_id)
    if dossier.state == State.TEAM_ASSIGNED:
        _agree(open_visit(dossier=dossier, at=at), dossier)


def move_with(move_id: str, *, at: datetime) -> None:
    """Handler of dossier.visit_moved: the visit goes with its appointment, and what was typed stays."""
    open_for(str(Move.objects.values_list("dossier", flat=True).get(pk=move_id)), at=at)


@transaction.atomic
def _agree(visit: Visit, dossier: Dossier) -> None:
    """Team and time as the dossier says; that the team came before its day is said of the day that holds."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    changes: dict[str, Any] = {"team": dossier.team_id, "planned_at": dossier.visit_planned_at}
    if visit.planned_at != dossier.visit_planned_at and early.is_said(visit):
        changes["remarks"] = early.moved(visit, dossier.visit_planned_at)
    Visit.objects.filter(pk=visit.pk).update(**changes)


@transaction.atomic
def save(
    *, visit: Visit, texts: Mapping[str, str], findings: Mapping[str, tuple[bool | None, str]],
    started_at: datetime | None, ended_at: datetime | None, by: User, at: datetime,
) -> None:  # fmt: skip
    """Saves what was seen so far; any member may, until the sheet is signed."""
    if not is_member(visit.dossier, by=by, at=at):
        raise NotAllowed("save_visit")
    columns: dict[str, Any] = {name: texts[name] for name in TEXTS if name in texts}
    won = Visit.objects.filter(pk=visit.pk, sheet__isnull=True).update(
        started_at=started_at, ended_at=ended_at, saved_at=at, saved_by=by, **columns
    )
    if not won:
        raise Stale(visit.dossier)
    for item, (in_order, remark) in findings.items():
        Finding.objects.update_or_create(
            visit=visit, item=item, defaults={"in_order": in_order, "remark": remark[:500]}
        )
    record("visit.saved", by=by, at=at, kind="visit", subject_id=visit.pk, fields=[*columns, *findings])


def items(dossier: Dossier, *, at: datetime) -> list[tuple[str, str, str]]:
    """(code, title, clause) of what a visit looks at: the signed plan and its papers."""
    rules = rules_at(dossier.submitted_at or at).phase(dossier.phase)
    return [(slot.code, slot.title, slot.clause) for slot in rules.papers()]


def failed_before(visit: Visit, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """(title, remark) of what was not in order on the last signed visit of the dossier."""
    signed = Visit.objects.filter(dossier=visit.dossier_id, sheet__isnull=False)
    rows = Finding.objects.filter(visit=signed.order_by("-sheet__signed_at").values("pk")[:1], in_order=False)
    return [(titles.get(row.item, row.item), row.remark) for row in rows.order_by("pk")]


def unmet(visit: Visit, *, by: User, at: datetime) -> list[Unmet]:
    """What stands in the way of signing."""
    texts = [
        (bool(visit.started_at and visit.ended_at), _("Chưa ghi giờ đến và giờ xong."), "started_at"),
        (not visit.ended_at or visit.ended_at <= at, _("Giờ xong nằm sau lúc này."), "ended_at"),
        (
            not (visit.started_at and visit.ended_at) or visit.started_at <= visit.ended_at,
            _("Giờ đến nằm sau giờ xong."), "started_at",
        ),
        (
            not visit.started_at or visit.started_at >= visit.dossier.state_since,
            _("Giờ đến nằm trước lúc tổ được phân công."), "started_at",
        ),
        (bool(visit.firm_person.strip()), _("Chưa ghi người đại diện doanh nghiệp làm việc với tổ."), "firm_person"),
        (bool(early.own_words(visit)), _("Chưa ghi nhận xét."), "remarks"),
        (bool(visit.guidance.strip()), _("Chưa ghi nội dung đã hướng dẫn."), "guidance"),
        (bool(visit.verdict), _("Chưa chọn kết luận chung."), "verdict"),
    ]  # fmt: skip
    missing = [Unmet("visit", "III.1.3.1-d", words, anchor) for met, words, anchor in texts if not met]
    return missing + _papers_unmet(visit, at=at)


def _papers_unmet(visit: Visit, *, at: datetime) -> list[Unmet]:
    """Each paper that was filed is judged, and what is not in order is said in words."""
    missing = []
    seen = {finding.item: finding for finding in visit.findings.order_by("pk")}
    filed = current_papers(visit.dossier)
    for code, title, clause in items(visit.dossier, at=at):
        finding = seen.get(code)
        if code not in filed and (finding is None or finding.in_order is None):
            continue  # a paper that follows later, or that the firm need not have
        if finding is None or finding.in_order is None:
            missing.append(
                Unmet("item", clause, _("Chưa đánh giá “%(item)s”.") % {"item": title}, f"item-{code}")
            )
        elif not finding.in_order and not finding.remark.strip():
            words = _("“%(item)s” chưa đạt: ghi thấy gì.") % {"item": title}
            missing.append(Unmet("item", clause, words, f"item-{code}"))
    return missing


@transaction.atomic
def sign(*, visit: Visit, by: User, at: datetime, paper: SignedPaper | None = None) -> Visit:
    """The leader signs: the sheet is issued as PDF, appended to the dossier, the team bound to the site.

    With `paper` the leader and the enterprise have signed it on paper, and its scan is the sheet.
    """
    dossier = lifecycle.held(visit.dossier_id)
    if not is_leader(dossier, by=by, at=at):
        raise NotAllowed("sign_sheet")
    open_for(str(dossier.pk), at=at)  # moved a moment ago: the sheet names the team that signs
    visit = Visit.objects.select_related("dossier__site__enterprise", "team").get(pk=visit.pk)
    if visit.sheet_id is not None or dossier.state != State.TEAM_ASSIGNED:
        raise Stale(dossier)
    missing = unmet(visit, by=by, at=at) + (paper.unmet(visit, at=at) if paper else [])
    if missing:
        raise Refused(missing)
    waiting_scans.clear(dossier, keeping=paper.scan if paper else None, by=by, at=at)
    letter = _issue_sheet(visit, paper, by=by, at=at)
    sheets.append(
        dossier=dossier,
        letter=letter,
        visited_at=visit.ended_at,
        verdict=visit.verdict,
        remarks=visit.remarks,
        guidance=visit.guidance,
        by=by,
        at=at,
    )
    won = Visit.objects.filter(pk=visit.pk, sheet__isnull=True).update(sheet=Sheet.objects.get(letter=letter))
    if not won:
        raise Stale(dossier)
    fields = ["scan"] if paper else []
    record("visit.signed", by=by, at=at, kind="visit", subject_id=visit.pk, fields=fields)
    return Visit.objects.get(pk=visit.pk)


def _issue_sheet(visit: Visit, paper: SignedPaper | None, *, by: User, at: datetime) -> Letter:
    """The confirmation sheet, frozen; it bears no number."""
    dossier = visit.dossier
    leader = paper.team_signer if paper else by.full_name
    firm_person = paper.firm_signer if paper else visit.firm_person
    return issue(
        subject_key=f"visit:{visit.pk}:sheet",
        kind=Letter.Kind.SHEET,
        agency=Agency.objects.get(code=agency_codes.PROVINCE),
        symbol="",
        register="",
        compose=partial(_sheet, visit, leader=leader, firm_person=firm_person),
        site_id=dossier.site_id,
        dossier_code=dossier.code or "",
        abstract=_abstract(visit),
        signer_name=leader,
        by=by,
        at=at,
        on_paper=paper.on_paper(by) if paper else None,
    )


def _abstract(visit: Visit) -> str:
    return f"kết quả kiểm tra thực tế tại {visit.dossier.site.name}"


def _sheet(visit: Visit, *, leader: str, firm_person: str, **common: Any) -> Paper:
    common.pop("number")
    dossier = visit.dossier
    seen = {finding.item: finding for finding in visit.findings.order_by("pk")}
    head = {"letter_superior": law().province.letter_superior, "letter_lines": [visit.team.name.upper()]}
    return ConfirmationSheet(
        **frame(Agency(**head), **common),
        dossier_code=dossier.code or "",
        abstract=_abstract(visit),
        firm=dossier.site.enterprise.name,
        site=dossier.site.place,
        team=visit.team.name,
        visited_from=visit.started_at,
        visited_to=visit.ended_at,
        items=tuple(
            SheetItem(title=title, ok=seen[code].in_order, remark=seen[code].remark)
            for code, title, _clause in items(dossier, at=visit.ended_at)
            if code in seen
        ),
        guidance=visit.guidance.strip().rstrip("."),
        conclusion=f"{Sheet.Verdict(visit.verdict).label}. {visit.remarks.strip().rstrip('.')}",
        cap=dossier.cap,
        mode=str(Mode(dossier.mode).label),
        leader=leader,
        firm_person=firm_person,
        **volume_of(dossier),
    )
