"""What an officer must see in a paper, and what has been ticked off in this version of it, by whom and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from applications.actors import Actor, may_act
from applications.models import Dossier, Paper, PaperTick
from applications.slot_guidance import guidance
from applications.unmet import NotAllowed
from journal.recording import record
from organisations.models import User


@dataclass(frozen=True)
class Point:
    """One thing to look for; `tick` once somebody has seen it in this version."""

    position: int
    words: str
    tick: PaperTick | None


def points(paper: Paper) -> list[Point]:
    """The points of a paper with their ticks: one query."""
    rows = paper.ticks.select_related("by").only("position", "at", "paper", "by__full_name")
    ticks = {tick.position: tick for tick in rows}
    needs = guidance(paper.slot).needs
    return [Point(n, str(words), ticks.get(n)) for n, words in enumerate(needs, start=1)]


@transaction.atomic
def save(*, dossier: Dossier, paper: Paper, positions: Collection[int], by: User, at: datetime) -> None:
    """Ticks what is new and takes out what is no longer ticked; who ticked first stays named."""
    if not may_act(Actor.RECEIVER, dossier, by=by, at=at):
        raise NotAllowed("tick")
    with override("vi"):
        needs = {n: str(words) for n, words in enumerate(guidance(paper.slot).needs, start=1)}
    wanted = needs.keys() & set(positions)
    known = set(paper.ticks.values_list("position", flat=True))
    fresh = sorted(wanted - known)
    PaperTick.objects.bulk_create(
        [PaperTick(paper=paper, position=n, words=needs[n][:200], at=at, by=by) for n in fresh],
        ignore_conflicts=True,
    )
    gone = sorted(known - wanted)
    paper.ticks.filter(position__in=gone).delete()
    if fresh or gone:
        fields = [paper.slot, *(f"+{n}" for n in fresh), *(f"-{n}" for n in gone)]
        record("paper.checked", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=fields)
