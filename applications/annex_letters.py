"""One document for many enterprises: the shared part once, who they are in the annex."""

from collections.abc import Sequence
from datetime import datetime, time
from functools import partial
from typing import Any, cast
from uuid import uuid4

from django.utils.translation import override

import plan
from applications import decision_letters, duty_words, numbers_on_paper
from applications.decision_letters import (
    LEGAL_BASES,
    REGISTER,
    SYMBOLS,
    committee,
    numbers_in_words,
    signer_lines,
)
from applications.models import Advice
from applications.slips import complaint, contact, frame, title_of_plan
from documents import recalls
from documents.issuing import OnPaper, issue
from documents.letterforms import AnnexedDecision, AnnexItem, Paper, Source
from documents.models import Letter, LetterSite
from organisations.models import User
from organisations.models.permit import Mode
from organisations.plan_in_force import law, rules_on
from plan.clock import LOCAL


def issue_annexed(
    advices: Sequence[Advice], *, kind: str, by: User, at: datetime, on_paper: OnPaper | None = None
) -> Letter:
    """Numbers and freezes one letter for all; `by` signs it. The sites that it is about become its lines."""
    with numbers_in_words():
        letter = issue(
            subject_key=f"annex:{uuid4()}:decision", kind=Letter.Kind.DECISION, agency=committee(),
            symbol=SYMBOLS[kind], register=REGISTER, compose=partial(annexed, advices, kind=kind, by=by, at=at),
            site_id=None, dossier_code="", abstract=_abstract(len(advices)), signer_name=by.full_name,
            by=on_paper.recorded_by if on_paper else by, at=at, on_paper=on_paper,
            elsewhere=numbers_on_paper.of_permits,
        )  # fmt: skip
    LetterSite.objects.bulk_create(
        LetterSite(letter=letter, site_id=advice.dossier.site_id) for advice in advices
    )
    for advice in advices:
        old = advice.dossier.decisions.filter(recalled_at__isnull=False, letter__replaced_by__isnull=True)
        for decision in old.select_related("letter"):
            recalls.replace(decision.letter, letter)
    return letter


@override("vi")
def annexed(advices: Sequence[Advice], *, kind: str, by: User, at: datetime, **common: Any) -> Paper:
    """The letter with its annex, for issue or (with empty `common`) for preview. One agency, one start."""
    first = advices[0]
    agency, rules = first.dossier.receiving_agency, rules_on(first.starts_on).phase(first.dossier.phase)
    return AnnexedDecision(
        **frame(committee(), symbol=SYMBOLS[kind], **common),
        dossier_code="",
        authority=law().province.decider,
        abstract=_abstract(len(advices)),
        plan_title=title_of_plan(),
        firm="các doanh nghiệp có tên trong Phụ lục",
        tax_code="",
        site="",
        team="Tổ kiểm tra",
        contact=contact(agency),
        complaint=complaint(committee()),
        recipients=(
            "Các doanh nghiệp có tên trong Phụ lục",
            "Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân tỉnh",
            agency.name,
            "Sở Y tế; Công an tỉnh",
            "Ủy ban nhân dân các huyện, thị xã, thành phố có cơ sở",
        ),
        drafting_unit="KT",
        signer_lines=signer_lines(by, agency=agency, on=common.get("dated") or plan.local_day(at)),
        signer_name=by.full_name,
        addressees=("Các doanh nghiệp có tên trong Phụ lục",),
        kind=cast(Any, kind),
        legal_bases=LEGAL_BASES,
        recommendations=_recommendations(advices),
        start=datetime.combine(first.starts_on, time(first.hour), tzinfo=LOCAL),
        cap_until=rules.first_month_ends(started_on=first.starts_on) if first.cap else None,
        conditions=decision_letters.duties(first.dossier, first),
        visit_frequency=duty_words.visits(rules, started_on=first.starts_on),
        duty_holders=(agency.name, "Sở Y tế", "các Tổ kiểm tra", "các doanh nghiệp có tên trong Phụ lục"),
        items=tuple(_item(advice) for advice in advices),
    )  # fmt: skip


def _recommendations(advices: Sequence[Advice]) -> tuple[Source, ...]:
    """The agency's papers, each once, in the order of their days."""
    papers = sorted({(plan.local_day(advice.at), advice.number) for advice in advices})
    agency = advices[0].dossier.receiving_agency.name
    return tuple(Source(by=agency, number=number, dated=dated) for dated, number in papers)


def _item(advice: Advice) -> AnnexItem:
    dossier = advice.dossier
    firm, sheet = dossier.site.enterprise, dossier.sheets.select_related("team", "signed_by").first()
    return AnnexItem(
        firm=firm.name, tax_code=firm.tax_code, site=dossier.site.place, dossier_code=dossier.code or "",
        cap=advice.cap, baseline=dossier.baseline or 0, mode=str(Mode(advice.mode).label).split(":")[0],
        team=sheet.team.name, leader=sheet.signed_by.full_name, conditions=tuple(advice.conditions),
    )  # fmt: skip


def _abstract(count: int) -> str:
    return f"cho phép {count:02d} doanh nghiệp hoạt động sản xuất trở lại"
