"""What a submission needs: papers, answers, a list within the cap, and every lack named with its clause."""

from datetime import date
from typing import Any

import pytest

import plan
from applications import filing, lifecycle, receiving
from applications.models import Dossier, Paper
from applications.models.dossier import Caterer, Certificate
from applications.states import State
from organisations.plan_in_force import rules_at
from tests import cast
from tests.applications import making
from tests.applications.making import HOUR
from tests.applications.unmet import refused, told

pytestmark = pytest.mark.django_db

LATER = cast.AT + 9 * HOUR
OURS = "not in the plan"


def asked_to_submit(dossier: Dossier, at: Any = cast.AT) -> list[tuple[str, str, str]]:
    return told(lifecycle.unmet("submit", dossier, by=making.owner_of(dossier), at=at))


@pytest.mark.parametrize("phase", [1, 2])
def test_a_filled_draft_may_be_submitted(phase: int) -> None:
    assert asked_to_submit(making.make_dossier(phase=phase)) == []


@pytest.mark.parametrize("phase", [1, 2])
def test_an_empty_draft_is_told_every_paper_and_every_question(phase: int) -> None:
    dossier = making.draft(phase=phase)
    slots = [slot for slot in rules_at(cast.AT).phase(phase).papers() if slot.required]
    papers = [("paper", slot.clause, f"papers/{slot.code}") for slot in slots]
    found = asked_to_submit(dossier)
    assert found[: len(papers)] == papers
    assert {each[0] for each in found[len(papers) :]} == {"answer"}


ANSWERS = [
    ({"mode": ""}, "III.1.3.3-b", "production"),
    ({"baseline": None}, "III.1.2-a", "baseline"),
    ({"baseline": 0}, "III.1.2-a", "baseline"),
    ({"baseline_as_of": None}, "III.1.2-a", "baseline"),
    ({"baseline_evidence": None}, "III.1.2-a", "baseline"),
    ({"requested_start_on": None}, OURS, "production"),
    ({"signer_name": ""}, "III.1.3.3-m", "signer"),
    ({"signed_on": None}, "III.1.3.3-m", "signer"),
    ({"contact_phone": ""}, OURS, "signer"),
    ({"signer_capacity": "authorised"}, "III.1.3.3-m", "signer"),
    ({"signed_on": date(2021, 10, 15)}, "III.1.3.3-m", "signer"),
]


@pytest.mark.parametrize(("changes", "clause", "anchor"), ANSWERS)
def test_each_question_left_open_is_named(changes: dict[str, Any], clause: str, anchor: str) -> None:
    dossier = making.make_dossier(**changes)
    assert asked_to_submit(dossier) == [("answer", clause, anchor)]


def test_a_date_signed_today_is_judged_by_the_day_in_vietnam() -> None:
    just_after_midnight = cast.instant("2021-10-15", "00:30")
    dossier = making.make_dossier(signed_on=date(2021, 10, 15))
    assert asked_to_submit(dossier, at=just_after_midnight) == []


def test_an_authorised_signer_brings_the_authorisation() -> None:
    paper, signed = making.stored_pdf(), plan.local_day(cast.AT)
    held = {"signer_capacity": "authorised", "signer_authorisation": paper, "signer_authorised_since": signed}
    assert asked_to_submit(making.make_dossier(**held, signer_authorised_until=signed)) == []


@pytest.mark.parametrize(
    ("since", "until"),
    [(None, None), (date(2021, 10, 15), None), (date(2021, 9, 1), date(2021, 10, 13))],
)
def test_the_authorisation_holds_on_the_day_of_signing(since: date | None, until: date | None) -> None:
    dossier = making.make_dossier(
        signer_capacity="authorised", signer_authorisation=making.stored_pdf(),
        signer_authorised_since=since, signer_authorised_until=until,
    )  # fmt: skip
    assert asked_to_submit(dossier) == [("answer", "III.1.3.3-m", "signer")]


def test_a_missing_certificate_is_excused_by_a_reason_only() -> None:
    dossier = making.make_dossier(certificate=Certificate.NONE, certificate_reason=" ")
    making.filing.take_out(
        dossier=dossier, slot="investment_certificate", by=making.owner_of(dossier), at=cast.AT
    )
    missing = ("paper", "III.1.3.3-c", "papers/investment_certificate")
    assert asked_to_submit(making.fresh(dossier)) == [missing]
    Dossier.objects.filter(pk=dossier.pk).update(certificate_reason="Hộ kinh doanh, không thuộc diện cấp")
    assert asked_to_submit(making.fresh(dossier)) == []


def test_a_kitchen_of_its_own_needs_no_caterers_paper() -> None:
    dossier = making.make_dossier(caterer=Caterer.IN_HOUSE)
    making.filing.take_out(
        dossier=dossier, slot="caterer_information", by=making.owner_of(dossier), at=cast.AT
    )
    assert asked_to_submit(making.fresh(dossier)) == []


def test_a_list_above_the_cap_is_refused_with_the_clause_of_the_share() -> None:
    dossier = making.make_dossier(baseline=150, enterprise_total=150, rows=51, slips_count=51)
    assert asked_to_submit(dossier) == [("cap", "III.1.2-a", "papers/worker_list")]
    making.put_paper(dossier, "worker_list", rows=50)
    assert asked_to_submit(dossier) == []


def test_a_small_enterprise_may_bring_half() -> None:
    dossier = making.make_dossier(baseline=149, enterprise_total=149, rows=74, slips_count=74)
    assert asked_to_submit(dossier) == []
    making.put_paper(dossier, "worker_list", rows=75)
    assert asked_to_submit(dossier) == [
        ("cap", "III.1.2-b", "papers/worker_list"),
        ("slips", "III.1.3.3-e", "papers/vaccination_slips"),
    ]


def test_a_small_site_of_a_large_enterprise_brings_a_third() -> None:
    dossier = making.make_dossier(baseline=90, enterprise_total=400, rows=31, slips_count=31)
    assert asked_to_submit(dossier) == [("cap", "III.1.2-a", "papers/worker_list")]


def test_phase_2_has_no_cap_but_no_more_people_than_there_are() -> None:
    dossier = making.make_dossier(phase=2, baseline=50, rows=50)
    assert asked_to_submit(dossier) == []
    making.put_paper(dossier, "worker_list", rows=51)
    assert asked_to_submit(dossier) == [("baseline", "III.1.2-a", "papers/worker_list")]


@pytest.mark.parametrize("rows", [None, 0])
def test_a_list_of_which_nobody_could_be_read_is_no_list(rows: int | None) -> None:
    dossier = making.make_dossier()
    Paper.objects.filter(dossier=dossier, slot="worker_list").update(rows=rows)
    assert asked_to_submit(dossier) == [("list", "III.1.3.3-d", "papers/worker_list")]


def test_fewer_slips_than_workers_need_a_reason() -> None:
    dossier = making.make_dossier(slips_count=39)
    assert asked_to_submit(dossier) == [("slips", "III.1.3.3-e", "papers/vaccination_slips")]
    Dossier.objects.filter(pk=dossier.pk).update(
        slips_missing_reason="Một người mất phiếu, đã xin xác nhận lại"
    )
    assert asked_to_submit(making.fresh(dossier)) == []


def test_a_returned_paper_must_be_replaced() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    paper = dossier.papers.get(slot="commitment", replaced_at__isnull=True)
    officer = making.officer_of(dossier)
    receiving.mark_paper(
        paper=paper, verdict="returned", reason="Thiếu dấu", fix="Đóng dấu", by=officer, at=cast.AT
    )
    dossier = making.request_supplement(dossier)
    assert asked_to_submit(dossier) == [("returned", "III.1.3.3-l", "papers/commitment")]
    making.put_paper(dossier, "commitment", LATER)
    assert asked_to_submit(dossier) == []


def test_nothing_is_submitted_undeclared() -> None:
    dossier = making.make_dossier()
    owner = making.owner_of(dossier)
    act = lambda: filing.submit(dossier=dossier, by=owner, at=LATER, declared=False)  # noqa: E731
    assert refused(act) == [("declared", "III.1.3.3-m", "declared")]


def test_fitness_is_never_asked_for_at_submission() -> None:
    codes = {code for code, _clause, _anchor in asked_to_submit(making.draft())}
    assert codes <= {"paper", "returned", "answer", "cap", "baseline", "slips", "list"}
