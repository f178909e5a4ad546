"""What the rows of the lifecycle's table promise beside the state: advice, permits, letters, teams."""

import pytest

from applications import deciding, filing, lifecycle, receiving
from applications.models import Advice, Paper
from applications.states import CLOSED, OPEN, State
from applications.unmet import NotAllowed, Refused, Stale
from documents.models import Letter
from organisations.models import Permit, Post
from organisations.roles import Role
from tests import cast
from tests.applications import making
from tests.applications.making import HOUR, REASONS
from tests.applications.test_lifecycle import written

pytestmark = pytest.mark.django_db
LATER = cast.AT + 9 * HOUR


def test_whoever_advised_never_decides() -> None:
    both = cast.make_official(
        "hai-vai@tra-vinh.example", "Trà Văn Hai", Role.VICE_CHAIRMAN, "PPC", "Phó Chủ tịch"
    )
    Post.objects.create(
        user=both, agency=cast.agency("DOLISA"), role=Role.RECEIVING, title="Kiêm nhiệm", since=cast.SINCE
    )
    vars(both).pop("all_posts", None)
    dossier = making.make_dossier(State.FORWARDED)
    Advice.objects.filter(dossier=dossier).update(by=both)
    before = written(dossier)
    for decide in (making.approve, making.refuse):
        with pytest.raises(Refused) as answer:
            decide(dossier, LATER, by=both)
        assert [each.code for each in answer.value.unmet] == ["same_person"]
    assert written(dossier) == before
    assert making.approve(dossier, LATER).state == State.APPROVED


def test_sending_back_voids_the_advice_and_the_question_is_kept() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    advice = making.advice_of(dossier)
    dossier = making.send_back(dossier, LATER)
    advice.refresh_from_db()
    assert (dossier.state, advice.voided_at) == (State.INSPECTED, LATER)
    assert dossier.moves.last().note == "Khu cách ly có đủ phòng không?"
    with pytest.raises(Refused) as answer:
        lifecycle.perform(dossier.pk, "forward", by=cast.make_dolisa_officer(), at=LATER)
    assert [each.code for each in answer.value.unmet] == ["advice"]
    dossier = making.forward(dossier, LATER)
    assert making.advice_of(dossier) != advice


def test_a_decision_rests_on_the_advice_that_the_page_showed() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    shown = making.advice_of(dossier)
    making.forward(making.send_back(dossier, LATER), LATER)
    before = written(dossier)
    chairman = cast.make_chairman()
    with pytest.raises(Stale):
        deciding.approve(dossier=dossier, advice=shown, kind="quyet_dinh", by=chairman, at=LATER)
    with pytest.raises(Stale):
        deciding.refuse(
            dossier=dossier, advice=shown, reasons=REASONS, kind="thong_bao", by=chairman, at=LATER
        )
    assert written(dossier) == before


def test_a_decision_does_not_rest_on_the_advice_of_another_dossier() -> None:
    dossier = making.make_dossier(State.FORWARDED)
    other = making.make_dossier(State.FORWARDED, site=cast.make_site(name="Cơ sở hai", zone=None))
    with pytest.raises(Stale):
        deciding.approve(
            dossier=dossier,
            advice=making.advice_of(other),
            kind="quyet_dinh",
            by=cast.make_chairman(),
            at=LATER,
        )


def test_replacing_a_paper_voids_the_advice() -> None:
    dossier = making.make_dossier(State.SUPPLEMENT_REQUESTED)
    advice = Advice.objects.create(
        dossier=dossier, verdict="approve", number="1", by=cast.make_dolisa_officer(), at=cast.AT
    )
    making.put_paper(dossier, "commitment", LATER)
    advice.refresh_from_db()
    assert advice.voided_at == LATER


def test_the_signed_sheet_voids_nothing() -> None:
    dossier = making.make_dossier(State.TEAM_ASSIGNED)
    papers = list(dossier.papers.values_list("pk", "verdict", "replaced_at"))
    making.conclude_visit(dossier, LATER)
    assert list(dossier.papers.values_list("pk", "verdict", "replaced_at")) == papers


@pytest.mark.parametrize("state", OPEN)
def test_the_enterprise_withdraws_at_any_time_before_a_decision(state: State) -> None:
    dossier = making.withdraw(making.make_dossier(state), LATER)
    assert dossier.state == State.WITHDRAWN
    assert not dossier.stages.filter(closed_at__isnull=True).exists()
    again = making.draft(dossier.site, LATER)
    assert (again.state, again.pk != dossier.pk) == (State.DRAFT, True)


@pytest.mark.parametrize("state", CLOSED)
def test_nothing_is_withdrawn_after_the_end(state: State) -> None:
    with pytest.raises(Stale):
        making.withdraw(making.make_dossier(state), LATER)


@pytest.mark.parametrize(
    ("state", "lives_on"), [(State.APPROVED, True), (State.REFUSED, False), (State.DECLINED, False)]
)
def test_a_site_has_one_live_dossier_a_phase(state: State, lives_on: bool) -> None:
    dossier = making.make_dossier(state)
    again = making.draft(dossier.site, LATER)
    assert (again.pk == dossier.pk) is lives_on
    second_phase = making.draft(dossier.site, LATER, phase=2)
    assert second_phase.pk not in {dossier.pk, again.pk}
    assert making.draft(dossier.site, LATER, phase=2).pk == second_phase.pk


def test_only_the_enterprise_opens_a_draft() -> None:
    site = cast.make_site()
    for user in (cast.make_dolisa_officer(), cast.make_zone_head(), cast.make_other_enterprise().claimed_by):
        with pytest.raises(NotAllowed):
            filing.create_draft(site=site, phase=1, by=user, at=LATER)
    assert filing.create_draft(site=site, phase=1, by=cast.make_colleague(), at=LATER).created_by


def test_a_decision_writes_one_permit_one_letter_and_one_number() -> None:
    dossier = making.make_dossier(State.APPROVED)
    decision = making.decision_of(dossier)
    assert decision.verdict == "approved"
    assert decision.permit.basis == f"dossier:{dossier.pk}"
    assert (decision.permit.cap, decision.permit.phase) == (making.WORKERS, 1)
    assert (decision.letter.number, decision.letter.symbol) == (1, "QĐ-UBND")
    assert decision.rules_digest == dossier.rules_digest == decision.permit.rules_digest


def test_a_refusal_writes_a_letter_and_no_permit() -> None:
    dossier = making.make_dossier(State.REFUSED)
    decision = making.decision_of(dossier)
    assert (decision.verdict, decision.permit, decision.reasons) == ("refused", None, list(REASONS))
    assert decision.letter.kind == Letter.Kind.REFUSAL
    assert not Permit.objects.exists()


def test_the_team_is_bound_to_the_site_when_the_sheet_is_signed() -> None:
    dossier = making.make_dossier(State.INSPECTED)
    (binding,) = dossier.site.team_bindings.all()
    assert (binding.team, binding.ended_at, binding.basis) == (cast.make_team(), None, dossier.code)
    making.conclude_visit(making.reinspect(dossier, LATER), LATER + HOUR)
    assert dossier.site.team_bindings.count() == 1
    assert dossier.sheets.count() == 2


def test_handing_a_paper_back_needs_words_and_the_present_version() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    paper = dossier.papers.order_by("pk").first()
    with pytest.raises(Refused):
        receiving.mark_paper(
            paper=paper, verdict=Paper.Verdict.RETURNED, by=cast.make_dolisa_officer(), at=LATER
        )
    making.put_paper(making.request_supplement(dossier, LATER), paper.slot, LATER)
    making.submit(making.fresh(dossier), LATER)
    with pytest.raises(Stale):
        receiving.mark_paper(
            paper=paper, verdict=Paper.Verdict.IN_ORDER, by=cast.make_dolisa_officer(), at=LATER
        )
