"""The province that the bench measures is what it says, and looks as the verbs would have left it."""

from collections import Counter

import pytest
from django.db.models import Count, Q

from applications.models import Decision, Dossier, Paper
from applications.states import OPEN, State
from bench.cases import FIRST, MIX, Case, cases
from bench.figures import Figure
from bench.province import Province
from documents.models import Letter
from journal import sealing
from organisations.models import Enterprise, Permit, Site
from tests.cast import instant, signed_in

# Late enough that the oldest dossier was submitted under the plan.
AT = instant("2022-10-14")
WANTED = list(cases(dossiers=50, enterprises=25))


@pytest.fixture
def province(db: None) -> Province:
    made = Province(at=AT)
    made.add(WANTED[: len(FIRST)])
    made.add(WANTED[len(FIRST) :])
    return made


def test_the_bench_draws_every_state_and_the_same_cases_each_time() -> None:
    many = list(cases(dossiers=1_000, enterprises=500))
    assert {case.state for case in many} == set(MIX) == set(State)
    assert many == list(cases(dossiers=1_000, enterprises=500))
    assert Counter(case.firm for case in many) == dict.fromkeys(range(500), 2)


def test_the_maker_makes_as_many_of_each_state_as_the_cases_say(province: Province) -> None:
    made = Counter(Dossier.objects.order_by("pk").values_list("state", flat=True))
    assert made == Counter(case.state for case in WANTED)
    assert (Enterprise.objects.count(), Site.objects.count()) == (25, 50)
    assert Enterprise.objects.order_by("pk").values("tax_code").distinct().count() == 25


def test_each_made_dossier_has_its_papers_its_code_and_its_running_clock(province: Province) -> None:
    current = Count("papers", filter=Q(papers__replaced_at__isnull=True))
    for dossier in Dossier.objects.annotate(current=current).order_by("pk"):
        open_stages = list(dossier.stages.filter(closed_at__isnull=True))
        is_filed = dossier.state != State.DRAFT
        assert dossier.current == 13
        assert (dossier.code is not None) == is_filed
        assert [stage.state for stage in open_stages] == (
            [dossier.state] if is_filed and dossier.state in OPEN else []
        )
        assert all(stage.due_at == dossier.due_at for stage in open_stages)


def test_made_decisions_hold_their_letter_their_advice_and_their_permit(province: Province) -> None:
    approved = Dossier.objects.filter(state=State.APPROVED).count()
    assert Permit.objects.count() == approved > 0
    for decision in Decision.objects.select_related("letter", "advice", "permit", "dossier").order_by("pk"):
        assert decision.advice.dossier_id == decision.dossier_id
        assert (decision.permit is not None) == (decision.dossier.state == State.APPROVED)
        assert decision.letter.kind in {Letter.Kind.DECISION, Letter.Kind.REFUSAL}


def test_papers_of_accepted_dossiers_are_all_in_order(province: Province) -> None:
    accepted = Paper.objects.filter(dossier__accepted_at__isnull=False, replaced_at__isnull=True)
    assert set(accepted.order_by("pk").values_list("verdict", flat=True)) == {Paper.Verdict.IN_ORDER}


def test_the_made_journal_can_be_sealed_and_verified(province: Province) -> None:
    sealing.seal(at=AT)
    assert sealing.verify() == []
    assert sealing.unsealed() == 0


def test_the_pages_of_the_bench_open_on_what_was_made(province: Province) -> None:
    officer, chairman = signed_in(province.users["dolisa"]), signed_in(province.users["chairman"])
    forwarded = Dossier.objects.get(state=State.FORWARDED, site=_site(WANTED[0]))
    assert officer.get("/dossiers/").status_code == 200
    assert officer.get(f"/dossiers/{forwarded.code}/").status_code == 200
    assert chairman.get(f"/dossiers/{forwarded.code}/decide/").status_code == 200


def _site(case: Case) -> Site:
    return Site.objects.get(enterprise__name__endswith=f" {case.firm}", address=f"Ấp {case.number % 9 + 1}")


def test_a_figure_over_its_limit_says_so() -> None:
    assert Figure("pages", "queue", 0.03, ratio=3.2, most=3.0, queries=(7, 7)).over == "OVER 3.0 x"
    assert (
        Figure("pages", "queue", 0.03, ratio=2.9, most=3.0, queries=(7, 13)).over == "OVER 12 queries, GROWS"
    )
    assert Figure("pages", "queue", 0.03, ratio=2.9, most=3.0, queries=(12, 12)).over == ""
    assert Figure("pages", "queue", 0, fails=True).over == "DOES NOT ANSWER"
