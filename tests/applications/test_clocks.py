"""The promise, stage by stage: when each falls due, over weekends, holidays and swapped days; and the codes."""

from datetime import date, datetime

import pytest

from applications.models import Dossier, Stage
from applications.states import CLOSED, State
from applications.unmet import NotAllowed
from organisations.models import Holiday
from tests import cast
from tests.applications import making

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    """From "2021-10-14 16:20"."""
    return cast.instant(*text.split())


def off(*days: str, kind: str = Holiday.Kind.OFF) -> None:
    cast.load_reference()
    for day in days:
        Holiday.objects.update_or_create(on=date.fromisoformat(day), defaults={"name": "Nghỉ", "kind": kind})


def due(dossier: Dossier) -> datetime:
    """The due time, which row, open stage and (for acceptance) proposal agree on."""
    (stage,) = Stage.objects.filter(dossier=dossier, closed_at__isnull=True)
    assert (stage.due_at, stage.clause) == (dossier.due_at, dossier.due_clause)
    if dossier.state == State.ACCEPTED:
        assert dossier.proposal_due_at == dossier.due_at
    return dossier.due_at


def submitted(when: str, *, phase: int = 1) -> Dossier:
    return making.submit(making.make_dossier(phase=phase, at=at(when)), at(when))


@pytest.mark.parametrize(
    ("submission", "answer"),
    [
        ("2021-10-14 16:20", "2021-10-15 17:00"),  # Thursday
        ("2021-10-15 08:00", "2021-10-18 17:00"),  # Friday: Monday
        ("2021-10-16 10:00", "2021-10-18 17:00"),  # Saturday: Monday
        ("2021-10-15 00:30", "2021-10-18 17:00"),  # in UTC it is still the 14th
    ],
)
def test_completeness_is_answered_within_one_working_day(submission: str, answer: str) -> None:
    assert due(submitted(submission)) == at(answer)


def test_a_holiday_is_no_working_day_and_a_swapped_saturday_is() -> None:
    off("2021-10-15")
    assert due(submitted("2021-10-14 09:00")) == at("2021-10-18 17:00")
    off("2021-10-16", kind=Holiday.Kind.WORKING)
    other = making.make_dossier(State.SUBMITTED, site=cast.make_site(), at=at("2021-10-14 09:00"))
    assert due(other) == at("2021-10-16 17:00")


# the day of acceptance does not count; a last day that is off rolls on.
TWO_DAYS = [
    ("2021-09-30 09:00", "2021-10-04", (), ()),
    ("2021-10-11 09:00", "2021-10-13", (), ()),
    ("2021-10-11 00:30", "2021-10-13", (), ()),
    ("2021-10-15 16:59", "2021-10-18", (), ()),
    ("2021-10-16 09:00", "2021-10-18", (), ()),
    ("2021-10-12 09:00", "2021-10-18", ("2021-10-14", "2021-10-15"), ()),
    ("2021-09-30 09:00", "2021-10-02", (), ("2021-10-02",)),
]


@pytest.mark.parametrize(("phase", "clause"), [(1, "III.1.3.1-c"), (2, "III.2.3.1-a")])
@pytest.mark.parametrize(("acceptance", "day", "holidays", "working"), TWO_DAYS)
def test_two_days_run_from_acceptance(
    acceptance: str, day: str, holidays: tuple[str, ...], working: tuple[str, ...], phase: int, clause: str
) -> None:
    off(*holidays)
    off(*working, kind=Holiday.Kind.WORKING)
    dossier = making.accept(submitted(acceptance, phase=phase), at(acceptance))
    assert due(dossier).replace(second=0) == at(f"{day} 23:59")
    assert dossier.due_clause == clause


def test_each_later_stage_has_its_working_days() -> None:
    dossier = making.accept(submitted("2021-10-14 09:00"), at("2021-10-14 10:00"))
    dossier = making.propose_team(dossier, at("2021-10-15 09:00"))
    assert due(dossier) == at("2021-10-18 17:00")  # assignment: one
    dossier = making.assign_team(dossier, at("2021-10-15 10:00"))
    assert due(dossier) == at("2021-10-19 17:00")  # visit: two
    dossier = making.conclude_visit(dossier, at("2021-10-18 09:00"))
    assert due(dossier) == at("2021-10-19 17:00")  # file and advice: the next
    dossier = making.forward(dossier, at("2021-10-18 15:00"))
    assert due(dossier) == at("2021-10-21 17:00")  # decision: three after the visit
    assert dossier.due_clause == "not in the plan"


def test_a_file_that_arrives_late_leaves_the_chairman_the_next_working_day() -> None:
    dossier = making.make_dossier(State.INSPECTED, at=at("2021-10-14 08:00"))
    dossier = making.forward(dossier, at("2021-10-22 09:00"))
    assert due(dossier) == at("2021-10-25 17:00")


def test_a_second_visit_moves_the_decision_on() -> None:
    dossier = making.make_dossier(State.INSPECTED, at=at("2021-10-14 08:00"))
    dossier = making.reinspect(dossier, at("2021-10-20 08:00"))
    dossier = making.conclude_visit(dossier, at("2021-10-20 15:00"))
    assert due(making.forward(dossier, at("2021-10-20 16:00"))) == at("2021-10-25 17:00")


def test_no_clock_runs_while_the_enterprise_is_asked_and_a_new_one_begins_when_it_answers() -> None:
    dossier = making.make_dossier(State.SUPPLEMENT_REQUESTED, at=at("2021-10-14 09:00"))
    assert due(dossier) is None
    dossier = making.submit(dossier, at("2021-10-21 09:00"))
    assert due(dossier) == at("2021-10-22 17:00")


@pytest.mark.parametrize("state", [State.DRAFT, *CLOSED])
def test_no_clock_runs_in_a_draft_or_after_the_end(state: State) -> None:
    dossier = making.make_dossier(state)
    assert dossier.due_at is None
    assert not dossier.stages.filter(closed_at__isnull=True).exists()


def test_the_stages_follow_one_another_without_a_gap() -> None:
    dossier = making.make_dossier(State.APPROVED)
    stages = list(dossier.stages.order_by("opened_at", "pk"))
    assert [stage.closed_at for stage in stages] == [stage.opened_at for stage in stages[1:]] + [
        dossier.decided_at
    ]
    moves = dossier.moves.values_list("to_state", "at")
    assert [(stage.state, stage.opened_at) for stage in stages] == list(moves)[:-1]


# --- codes ---


def test_codes_are_born_at_submission_in_order_by_agency_and_local_day() -> None:
    sites = [cast.make_site(name=f"Cơ sở {n}", zone=None) for n in range(3)]
    drafts = [making.make_dossier(site=site, at=at("2021-10-14 09:00")) for site in sites]
    board = making.make_dossier(site=cast.make_site(), at=at("2021-10-14 09:00"))
    assert [draft.code for draft in drafts] == [None] * 3
    codes = [
        making.submit(drafts[0], at("2021-10-14 09:00")).code,
        making.submit(drafts[1], at("2021-10-14 23:30")).code,
        making.submit(drafts[2], at("2021-10-15 00:30")).code,
        making.submit(board, at("2021-10-15 00:40")).code,
    ]
    dolisa, zone = (cast.agency(code).number for code in ("DOLISA", "EZB"))
    assert codes == [
        f"{dolisa}-211014-0001", f"{dolisa}-211014-0002", f"{dolisa}-211015-0001", f"{zone}-211015-0001",
    ]  # fmt: skip


def test_a_refused_submission_takes_no_number() -> None:
    first = making.make_dossier()
    with pytest.raises(NotAllowed):
        making.filing.submit(dossier=first, by=cast.make_colleague(), at=cast.AT, declared=True)
    assert making.submit(first).code.endswith("-0001")


def test_a_dossier_keeps_its_code_through_a_supplement() -> None:
    dossier = making.make_dossier(State.SUPPLEMENT_REQUESTED)
    assert making.submit(dossier, cast.instant("2021-10-20")).code == dossier.code


def test_what_the_law_gave_on_the_day_of_submission_is_frozen() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    assert (dossier.cap, dossier.cap_clause, dossier.baseline) == (100, "III.1.2-a", making.BASELINE)
    assert len(dossier.rules_digest) == 64
