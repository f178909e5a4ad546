"""A visit that was agreed is moved: another day or hour, if need be another team; the stage's clock goes on.

A site that another team looks after passes on by a document alone (applications/bound_teams.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from applications import bound_teams, guards, lifecycle
from applications.actors import Actor, may_act
from applications.models import Dossier, Move
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale, Unmet, reason_unmet, visit_unmet
from journal.recording import announce, record
from organisations.models import Team, User
from pages.templatetags.ui import vn_moment

NAME = "move_visit"
CLAUSE = "III.1.3.1-c"


@dataclass(frozen=True)
class Appointment:
    """Which team comes when; with the team's name, as a later page tells it."""

    team: int
    team_name: str
    at: datetime

    @property
    def mark(self) -> str:
        """What a page sends back of the appointment that it showed."""
        return f"{self.team}@{self.at.timestamp():.0f}"

    def kept(self) -> dict[str, str]:
        """As the log keeps it."""
        return {"team": str(self.team), "team_name": self.team_name, "visit_at": self.at.isoformat()}

    @classmethod
    def of(cls, kept: dict[str, str]) -> Self:
        """From what the log keeps."""
        return cls(int(kept["team"]), kept["team_name"], datetime.fromisoformat(kept["visit_at"]))


@dataclass(frozen=True)
class Moved:
    """One time that the visit was moved: from what to what, and why."""

    was: Appointment
    now: Appointment
    reason: str

    @property
    def is_other_team(self) -> bool:
        """Whether the team changed too."""
        return self.was.team != self.now.team

    @property
    def title(self) -> str:
        """In public words, as the log and the pages of both sides say it."""
        values = {"when": vn_moment(self.now.at), "team": self.now.team_name}
        return _("Lịch kiểm tra đổi sang %(when)s, %(team)s") % values


def appointment_of(dossier: Dossier) -> Appointment | None:
    """What is agreed now; None where no visit is awaited."""
    if dossier.state != State.TEAM_ASSIGNED or dossier.team is None or dossier.visit_planned_at is None:
        return None
    return Appointment(dossier.team.pk, dossier.team.name, dossier.visit_planned_at)


def moved_of(move: Move) -> Moved | None:
    """What a row of the log tells of a visit that was moved; None once the case file has expired."""
    if not move.reasons:
        return None
    was, now = map(Appointment.of, move.reasons)
    return Moved(was, now, move.note)


def last_moved(dossier: Dossier) -> Moved | None:
    """How the visit that is awaited came by its day, where it was moved last; None where it was not."""
    if dossier.state != State.TEAM_ASSIGNED:
        return None
    move = dossier.moves.order_by("-at", "-pk").first()
    return moved_of(move) if move is not None and move.name == NAME else None


@transaction.atomic
def move_visit(
    *, dossier: Dossier, shown: str, team: Team, visit_at: datetime, reason: str, basis: str = "", by: User,
    at: datetime,
) -> Move:  # fmt: skip
    """Moves the visit from the appointment that the page showed (its mark). State and due time stay.

    `basis`, a document, passes the site of another team to the one that comes, as when a team is assigned.
    """
    held = lifecycle.held(dossier.pk)
    if not may_act(Actor.RECEIVER, held, by=by, at=at):
        raise NotAllowed(NAME)
    was = appointment_of(held)
    if was is None or was.mark != shown:
        raise Stale(held)
    check(held, team=team, visit_at=visit_at, reason=reason, basis=basis, by=by, at=at)
    won = Dossier.objects.filter(pk=held.pk, state=held.state, version=held.version).update(
        team=team, visit_planned_at=visit_at, version=F("version") + 1
    )
    if not won:
        raise Stale(held)
    now = Appointment(team.pk, team.name, visit_at)
    kept = [was.kept(), now.kept()]
    move = lifecycle.log(held, NAME, held.state, by=by, at=at, note=reason, reasons=kept)
    bound_teams.transfer(held, team, basis=basis, by=by, at=at)
    fields = ["visit_planned_at", *(["team"] if was.team != now.team else [])]
    record("dossier.move_visit", by=by, at=at, kind="dossier", subject_id=held.pk, fields=fields)
    announce("dossier.visit_moved", move.pk, at=at)
    return move


def check(
    dossier: Dossier, *, team: Team, visit_at: datetime, reason: str, basis: str = "", by: User, at: datetime
) -> None:
    """Refused where the visit cannot be moved like this; asked as well before the appointments are read back."""
    wrong = visit_unmet(visit_at, at=at)
    wrong += guards.team_named(dossier, by=by, at=at, team=team, visit_at=visit_at, basis=basis)
    was = appointment_of(dossier)
    if was is not None and was.mark == Appointment(team.pk, team.name, visit_at).mark:
        words = _("Ngày, giờ và tổ vẫn như đang hẹn. Đổi ít nhất một thứ.")
        wrong.append(Unmet("visit", CLAUSE, words, "visit_on"))
    if wrong := wrong + reason_unmet(reason):
        raise Refused(wrong)
