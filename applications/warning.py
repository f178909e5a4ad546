"""Deadlines near and passed: the holder is told four hours before, the heads and the holder once it is late.

Derived from the stages alone, each notice keyed by its stage: any number of sweeps, at any gap, leaves the same.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications.clock_ledger import due_for
from applications.models import Opinion, Stage
from applications.states import CLOSED, State
from applications.telling import chair_side, handlers_of, officials_of
from applications.telling_talk import officials_at
from journal.models import Effect
from notices.telling import fitted, tell
from organisations.models import Post, User
from organisations.models.team import Team
from organisations.roles import May, Role
from pages.deadline_words import due_words

BEFORE = timedelta(hours=4)
# A notice about a deadline older than this helps nobody; sweeps may pause that long and lose none.
LOOK_BACK = timedelta(days=30)
AT_THE_CHAIR = (State.TEAM_PROPOSED, State.FORWARDED)


def sweep(*, at: datetime) -> int:
    """Tells whoever is to be told at this instant and has not been; returns how many messages were written."""
    with override("vi"):
        told = _each("soon", _due(at=at), _soon, at=at)
        told += _each("late", _missed(at=at), _late, at=at)
        return told + _each("late", _opinions(at=at), _opinion_late, at=at)


def _each(kind: str, rows: Sequence[Any], verb: Callable[..., int], *, at: datetime) -> int:
    """Each row once, however many sweeps run: the effect's key is its own, and written with its messages."""
    keys = {f"{type(row).__name__.lower()}:{row.pk}:{kind}": row for row in rows}
    done = set(Effect.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return sum(_once(key, row, verb, at=at) for key, row in keys.items() if key not in done)


def _once(key: str, row: Any, verb: Callable[..., int], *, at: datetime) -> int:
    with transaction.atomic():
        _effect, fresh = Effect.objects.get_or_create(key=key, defaults={"done_at": at})
        return verb(row, at=at) if fresh else 0


RELATED = ("dossier__receiving_agency", "dossier__handled_by", "dossier__team__agency")


def _due(*, at: datetime) -> list[Stage]:
    """Open stages that fall due within four hours."""
    rows = Stage.objects.filter(closed_at__isnull=True, due_at__gt=at, due_at__lte=at + BEFORE)
    return list(rows.select_related(*RELATED).order_by("due_at", "pk"))


def _missed(*, at: datetime) -> list[Stage]:
    """Stages that passed their due time open, closed since or not: the same for every sweep after it."""
    rows = Stage.objects.filter(due_at__lte=at, due_at__gt=at - LOOK_BACK)
    rows = rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=F("due_at")))
    return list(rows.select_related(*RELATED).order_by("due_at", "pk"))


def _soon(stage: Stage, *, at: datetime) -> int:
    line = _("Hồ sơ %(code)s: đến hạn %(what)s lúc %(due)s.") % _values(stage)
    return _tell(stage, "soon", holders(stage, at=at), _("Sắp đến hạn"), line, at=at)


def _late(stage: Stage, *, at: datetime) -> int:
    line = _("Hồ sơ %(code)s quá hạn %(what)s (%(due)s).") % _values(stage)
    return _tell(
        stage, "late", [*heads(stage, at=at), *holders(stage, at=at)], _("Hồ sơ quá hạn"), line, at=at
    )


def _values(stage: Stage) -> dict[str, str]:
    return {"code": stage.dossier.reference, "what": due_for(stage), "due": due_words(stage.due_at)}


def _tell(stage: Stage, kind: str, users: list[User], title: str, line: str, *, at: datetime) -> int:
    path = reverse("dossiers:clock", args=[stage.dossier.reference])
    return tell(users, key=f"stage:{stage.pk}:{kind}", title=title, line=line, path=path, at=at)


def holders(stage: Stage, *, at: datetime) -> list[User]:
    """Who has the stage to do."""
    if stage.state in AT_THE_CHAIR:
        return chair_side(at=at)
    if stage.state == State.TEAM_ASSIGNED and stage.dossier.team is not None:
        return _leaders(stage.dossier.team, at=at)
    return handlers_of(stage.dossier, at=at)


def _leaders(team: Team, *, at: datetime) -> list[User]:
    return [member.user for member in team.members_on(plan.local_day(at)) if member.is_leader]


def heads(stage: Stage, *, at: datetime) -> list[User]:
    """Who answers for whom: the agency's head, of a team the head of its agency, of the Office the Chairman."""
    if stage.state in AT_THE_CHAIR:
        return _with_role(Role.CHAIRMAN, at=at) or chair_side(at=at)
    dossier = stage.dossier
    agency = dossier.receiving_agency_id
    if stage.state == State.TEAM_ASSIGNED and dossier.team is not None:
        agency = dossier.team.agency_id
    found = _with_role(Role.RECEIVING_HEAD, agency=agency, at=at)
    found = found or _with_role(Role.RECEIVING_HEAD, agency=dossier.receiving_agency_id, at=at)
    return found or officials_of(dossier.receiving_agency_id, permission=May.RECEIVE, at=at)


def _with_role(role: str, *, at: datetime, agency: int | None = None) -> list[User]:
    day = plan.local_day(at)
    rows = Post.objects.filter(role=role).select_related("user").order_by("pk")
    if agency is not None:
        rows = rows.filter(agency=agency)
    return [post.user for post in rows if post.covers(day)]


def _opinions(*, at: datetime) -> list[Opinion]:
    """Opinions that were not given in time; what fell due after the dossier was closed was owed no more."""
    rows = Opinion.objects.filter(due_at__lte=at, due_at__gt=at - LOOK_BACK)
    rows = rows.filter(Q(answered_at__isnull=True) | Q(answered_at__gt=F("due_at")))
    rows = rows.exclude(dossier__state__in=CLOSED, dossier__state_since__lte=F("due_at"))
    return list(rows.select_related("dossier", "agency", "asked_by").order_by("due_at", "pk"))


def _opinion_late(opinion: Opinion, *, at: datetime) -> int:
    values = {
        "agency": opinion.agency.short_name, "code": opinion.dossier.reference,
        "due": due_words(opinion.due_at),
    }  # fmt: skip
    line = fitted(_("%(agency)s quá hạn cho ý kiến về hồ sơ %(code)s (%(due)s)."), values, cut="agency")
    path = reverse("dossiers:opinions", args=[opinion.dossier.reference])
    users = [opinion.asked_by, *officials_at(opinion.agency_id, at=at)]
    return tell(
        users, key=f"opinion:{opinion.pk}:late", title=_("Ý kiến quá hạn"), line=line, path=path, at=at
    )
