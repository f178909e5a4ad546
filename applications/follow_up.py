"""The follow-up book (form 06): every dossier that an agency received in a period, from the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from applications.clock_ledger import received_words
from applications.hand_overs import words_of
from applications.models import AgencyMove, Dossier, Move
from applications.states import CLOSED, State
from organisations.models import Agency
from plan.clock import LOCAL

MOST_DAYS = 366
MOST_PRINTED = 1_000
CHUNK = 500


@dataclass(frozen=True)
class Row:
    """One line of the book."""

    number: int
    code: str
    firm: str
    site: str
    submitted_at: datetime
    accepted_at: datetime | None
    promised_at: datetime | None
    ended_at: datetime | None
    result: str
    in_time: str
    officer: str
    note: str
    is_here: bool


def dossiers(agency: Agency, *, since: date, until: date) -> Any:
    """First handed in from a day to a day, both inclusive, in the order of their coming.

    What was moved stands in the book of every agency that has had it.
    """
    first = datetime.combine(since, time.min, tzinfo=LOCAL)
    after = datetime.combine(until + timedelta(days=1), time.min, tzinfo=LOCAL)
    passed_on = AgencyMove.objects.filter(from_agency=agency).order_by().values("dossier")
    submits = Move.objects.filter(dossier=OuterRef("pk"), name="submit").order_by("at", "pk")
    rows = Dossier.objects.filter(Q(receiving_agency=agency) | Q(pk__in=passed_on), submitted_at__gte=first)
    # A supplement hands it in again: `submitted_at` is the last time.
    rows = rows.annotate(came_at=Subquery(submits.values("at")[:1]))
    rows = rows.filter(came_at__gte=first, came_at__lt=after)
    return rows.select_related("site__enterprise", "handled_by").order_by("came_at", "pk")


def book(agency: Agency, *, since: date, until: date, at: datetime) -> Iterator[Row]:
    """The lines, read in pieces: a year of a province fits no memory twice."""
    rows = dossiers(agency, since=since, until=until).select_related(
        "site__enterprise", "handled_by", "counter"
    )
    rows = rows.prefetch_related("stages", "apologies", "agency_moves")
    for number, dossier in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        yield _row(number, dossier, agency, at=at)


def _row(number: int, dossier: Any, agency: Agency, *, at: datetime) -> Row:
    stages = list(dossier.stages.all())
    dated = [stage for stage in stages if stage.due_at is not None]
    ended = dossier.state_since if dossier.state in CLOSED else None
    return Row(
        number=number,
        code=dossier.reference,
        firm=dossier.site.enterprise.name,
        site=dossier.site.name,
        submitted_at=dossier.came_at,
        accepted_at=dossier.accepted_at,
        promised_at=dated[-1].due_at if dated else None,
        ended_at=ended,
        result=str(State(dossier.state).label),
        in_time=_in_time(dated, at=at),
        officer=dossier.handled_by.full_name if dossier.handled_by else "",
        note=_note(dossier),
        is_here=dossier.receiving_agency_id == agency.pk,
    )


def _in_time(stages: list[Any], *, at: datetime) -> str:
    """Late where a stage ended or stands past its date, on time where all that ended kept it; else empty."""
    if any((stage.closed_at or at) > stage.due_at for stage in stages):
        return words_of("late")
    return words_of("on_time") if any(stage.closed_at is not None for stage in stages) else ""


def _note(dossier: Dossier) -> str:
    filed = getattr(dossier, "counter", None)
    words = [received] if filed is not None and (received := received_words(filed)) else []
    asked = sum(1 for stage in dossier.stages.all() if stage.state == State.SUPPLEMENT_REQUESTED)
    if asked:
        words.append(_("bổ sung %(n)s lần") % {"n": asked})
    if any(row.confirmed_at for row in dossier.apologies.all()):
        words.append(_("đã hẹn lại"))
    if dossier.agency_moves.all():
        words.append(_("chuyển cơ quan"))
    return ", ".join(words)
