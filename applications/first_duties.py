"""What a permit brings at first: the duties of the plan that fall due soon, with clause, recipient and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

import plan
from applications.later_papers import Follow
from applications.road import clause_url
from organisations import agency_codes
from organisations.models import Agency, Holiday, Permit
from organisations.plan_in_force import rules_on
from pages.deadline_words import Deadline, deadline

AHEAD = timedelta(days=14)
MOST = 6


@dataclass(frozen=True)
class Duty:
    """A row of the table: what is owed, to whom, by which clause, until when; `url` where it is done."""

    title: str
    line: str
    recipient: str
    clause: str
    clause_url: str
    due_at: datetime
    deadline: Deadline
    url: str = ""
    is_done: bool = False


def first_duties(
    permit: Permit,
    *,
    receiving: Agency,
    health: str,
    papers: Mapping[str, Follow] | None = None,
    at: datetime,
) -> list[Duty]:
    """The next duties due from today, or from the start where it lies ahead; at most six.

    `papers` of the permit's dossier are those that are owed after the start: a late one stays in the list.
    """
    papers = papers or {}
    today = plan.local_day(at)
    since = max(today, permit.starts_on)
    phase = rules_on(max(permit.starts_on, today)).phase(permit.phase)
    holidays, working = Holiday.days()
    found = phase.occurrences(
        started_on=permit.starts_on, until=since + AHEAD, holidays=holidays, working_days=working
    )
    late = {code for code, paper in papers.items() if not paper.is_there}
    ahead = [each for each in found if each.rule in late or plan.local_day(each.due_at) >= since]
    names = {"RA": receiving.name, agency_codes.HEALTH: health}
    first = _one_a_rule(ahead)[:MOST]
    return [_duty(each, permit, phase, names, papers.get(each.rule), at=at) for each in first]


def _one_a_rule(found: list[Any]) -> list[Any]:
    """The first period of each duty: every three days of screening is one line, not ten."""
    first: dict[str, Any] = {}
    for each in found:
        first.setdefault(each.rule, each)
    return list(first.values())


def _duty(
    each: Any, permit: Permit, phase: Any, names: dict[str, str], paper: Follow | None, *, at: datetime
) -> Duty:
    return Duty(
        title=phase.section.title_of(f"duties.{each.rule}"),
        line=_("%(site)s · kỳ %(since)s–%(until)s")
        % {
            "site": permit.site.name,
            "since": _short(each.opens_on),
            "until": _short(plan.local_day(each.due_at)),
        },
        recipient=names.get(each.recipient, _("Ủy ban nhân dân tỉnh")),
        clause=each.clause,
        clause_url=clause_url(each.clause),
        due_at=each.due_at,
        deadline=deadline(each.due_at, at=at),
        url=paper.url if paper else "",
        is_done=paper is not None and paper.is_there,
    )


def _short(day: date) -> str:
    return f"{day:%d/%m}"
