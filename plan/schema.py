"""The shape of a plan file. A section may be missing; one that is there holds exactly its keys."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from plan.rows import CLAUSE, Rows, per


class Section(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Section):
    """A table in a list, known by its code: a duty, a slot or a task."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Annotated[str, Field(min_length=1)]


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def _different(entries: tuple[AnyEntry, ...]) -> tuple[AnyEntry, ...]:
    codes = [entry.code for entry in entries]
    for code in codes:
        if codes.count(code) > 1:
            raise ValueError(f"code {code!r} stands twice")
    return entries


Different = AfterValidator(_different)


class Province(Section):
    """Whose plan it is, as letters and pages write it."""

    name: Annotated[str, Field(min_length=1)]
    code: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    place: Annotated[str, Field(min_length=1)]
    authority: Annotated[str, Field(min_length=1)]
    authority_short: Annotated[str, Field(min_length=1)]
    letter_superior: Annotated[str, Field(min_length=1)]
    decider: Annotated[str, Field(min_length=1)]


class ClauseTitle(Section):
    """What a reader calls a clause."""

    clause: Annotated[str, Field(pattern=CLAUSE)]
    title: Annotated[str, Field(min_length=1)]


def _once(titles: tuple[ClauseTitle, ...]) -> tuple[ClauseTitle, ...]:
    for earlier, later in pairwise(sorted(each.clause for each in titles)):
        if earlier == later:
            raise ValueError(f"clause {later!r} stands twice")
    return titles


Once = AfterValidator(_once)


class Head(Section):
    """What the plan is and whose; the only table without dates."""

    title: Annotated[str, Field(min_length=1)]
    number: str
    status: Literal["draft", "issued"]
    source: str
    province: Province | None = None
    clauses: Annotated[tuple[ClauseTitle, ...], Once] = ()


class Routing(Section):
    in_zone: Annotated[Rows, per("agency")]
    elsewhere: Annotated[Rows, per("agency")]


class Deployment(Section):
    before: Annotated[Rows, per("before_date")]


class WorkerList(Section):
    fields: Annotated[Rows, per("fields")]


class FirstMonth(Section):
    length: Annotated[Rows, per("months")]


class Procedure(Section):
    team_within: Annotated[Rows, per("days")]
    volumes: Annotated[Rows, per("volumes")]


class Slot(Entry):
    required: Annotated[Rows, per("flag")]
    due: Annotated[Rows, per("days_after_start")] | None = None


class Duty(Entry):
    owners: Annotated[Rows, per("owners")]
    due: Annotated[
        Rows,
        per(
            "weekday",
            "before_weekday",
            "day_of_month",
            "before_day_of_month",
            "days_apart",
            "days_after_start",
        ),
    ]
    recipient: Annotated[Rows, per("recipient")]
    months: Annotated[Rows, per("months_of_operation")] | None = None
    first_due_after: Annotated[Rows, per("days")] | None = None
    opens: Annotated[Rows, per("day_of_month")] | None = None
    draws: Annotated[Rows, per("draws")] | None = None
    draws_apart: Annotated[Rows, per("days_apart")] | None = None
    share: Annotated[Rows, per("share")] | None = None
    report_after: Annotated[Rows, per("days_after_due")] | None = None
    rolls: Annotated[Rows, per("flag")] | None = None


class Task(Entry):
    owners: Annotated[Rows, per("owners")]
    due: Annotated[
        Rows, per("weekday", "before_weekday", "day_of_month", "before_day_of_month", "before_date")
    ]
    recipient: Annotated[Rows, per("recipient")]


class Agencies(Section):
    tasks: Annotated[tuple[Task, ...], Different]


class PeriodOne(Section):
    begins: Annotated[Rows, per("date")]


class CapOne(Section):
    share: Annotated[Rows, per("share")]
    small_below: Annotated[Rows, per("workers")]
    small_share: Annotated[Rows, per("share")]
    minimum: Annotated[Rows, per("workers")]


class ThreeOnSite(Section):
    lodged_before: Annotated[Rows, per("days")]
    entry_share: Annotated[Rows, per("share")]
    isolation: Annotated[Rows, per("full_days")]
    tests: Annotated[Rows, per("tests")]
    tests_apart: Annotated[Rows, per("days_apart")]
    last_test: Annotated[Rows, per("days")]


class FitnessOne(Section):
    confirmations: Annotated[Rows, per("confirmations")]
    dose_age: Annotated[Rows, per("days")]
    doses: Annotated[Rows, per("doses")]
    recovered_days: Annotated[Rows, per("days_or_none")]
    test_age: Annotated[Rows, per("hours")]
    three_on_site: ThreeOnSite


class VisitorsOne(Section):
    first_test: Annotated[Rows, per("days")]
    regular_test: Annotated[Rows, per("days")]


class VisitsOne(Section):
    block: Annotated[Rows, per("weeks")]
    monthly: Annotated[Rows, per("before_day_of_month")]


class PhaseOne(Section):
    """III.1: production while cases occur every day."""

    period: PeriodOne
    first_month: FirstMonth
    cap: CapOne
    procedure: Procedure
    fitness: FitnessOne
    visitors: VisitorsOne
    visits: VisitsOne
    duties: Annotated[tuple[Duty, ...], Different]
    slots: Annotated[tuple[Slot, ...], Different]


class PeriodTwo(Section):
    opened_by: Annotated[Rows, per("document")]


class Entering(Section):
    tests: Annotated[Rows, per("tests")]
    tests_apart: Annotated[Rows, per("days_apart")]
    last_test: Annotated[Rows, per("days")]


class Recruit(Entering):
    declaration: Annotated[Rows, per("flag")]


class FitnessTwo(Section):
    risk_controlled_within: Annotated[Rows, per("days")]
    entering: Entering
    recruit: Recruit


class VisitsTwo(VisitsOne):
    monthly_visits: Annotated[Rows, per("visits")]
    by_directive_from: Annotated[Rows, per("month_of_operation")]


class PhaseTwo(Section):
    """III.2: the new normal."""

    period: PeriodTwo
    first_month: FirstMonth
    procedure: Procedure
    fitness: FitnessTwo
    visits: VisitsTwo
    duties: Annotated[tuple[Duty, ...], Different]
    slots: Annotated[tuple[Slot, ...], Different]


class Clock(Section):
    counting: Annotated[Rows, per("counting")]


class Stages(Section):
    office_closes: Annotated[Rows, per("time")]
    completeness_working_days: Annotated[Rows, per("working_days")]
    team_assignment_working_days: Annotated[Rows, per("working_days")]
    visit_working_days: Annotated[Rows, per("working_days")]
    advice_working_days: Annotated[Rows, per("working_days")]
    decision_working_days: Annotated[Rows, per("working_days")]
    visit_report_working_days: Annotated[Rows, per("working_days")]
    relay_working_days: Annotated[Rows, per("working_days")]
    answer_working_days: Annotated[Rows, per("working_days")]
    late_start_days: Annotated[Rows, per("days")]
    late_contract_days: Annotated[Rows, per("days")]


class Reminders(Section):
    offsets: Annotated[Rows, per("day_offsets")]


class Notices(Section):
    digest_at: Annotated[Rows, per("time")]
    quiet_from: Annotated[Rows, per("time")]
    quiet_until: Annotated[Rows, per("time")]
    cover_after: Annotated[Rows, per("minutes")]
    head_after: Annotated[Rows, per("minutes")]
    draft_after: Annotated[Rows, per("days")]


class Bulletins(Section):
    daily_at: Annotated[Rows, per("time")]
    weekly_on: Annotated[Rows, per("weekday")]


class Retention(Section):
    itinerary: Annotated[Rows, per("days")]


class Targets(Section):
    sites_running: Annotated[Rows, per("share")]
    sites_running_by: Annotated[Rows, per("date")]
    workers_of_cap: Annotated[Rows, per("share")]
    dossiers_in_time: Annotated[Rows, per("share")]
    dossiers_over: Annotated[Rows, per("days")]
    duties_in_time: Annotated[Rows, per("share")]
    duties_over: Annotated[Rows, per("days")]
    visits_in_time: Annotated[Rows, per("share")]
    visits_over: Annotated[Rows, per("days")]
    positives_over: Annotated[Rows, per("days")]
    trend_over: Annotated[Rows, per("days")]


class PlanFile(Section):
    """The whole file; `[plan]` is the one table it cannot do without."""

    plan: Head
    routing: Routing | None = None
    deployment: Deployment | None = None
    worker_list: WorkerList | None = None
    phase_1: PhaseOne | None = None
    phase_2: PhaseTwo | None = None
    agencies: Agencies | None = None
    clock: Clock | None = None
    stages: Stages | None = None
    reminders: Reminders | None = None
    notices: Notices | None = None
    bulletins: Bulletins | None = None
    retention: Retention | None = None
    targets: Targets | None = None
