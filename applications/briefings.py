"""Submission notes of the Office: written on the advice in force, for the person who signs."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from applications import lifecycle
from applications.actors import Actor, may_act
from applications.models import Briefing, Dossier
from applications.states import State
from applications.unmet import NotAllowed, Stale
from journal.recording import record
from organisations.models import User


@transaction.atomic
def write(*, dossier: Dossier, text: str, proposal: str, by: User, at: datetime) -> Briefing:
    """A note on a dossier that waits for its decision; Stale when it no longer does."""
    if not may_act(Actor.RECORDER, dossier, by=by, at=at):
        raise NotAllowed("brief")
    held = lifecycle.held(dossier.pk)
    advice = held.advices.filter(voided_at__isnull=True).first()
    if held.state != State.FORWARDED or advice is None:
        raise Stale(held)
    note: Briefing = Briefing.objects.create(
        dossier=held, advice=advice, text=text.strip(), proposal=proposal, by=by, at=at
    )
    record("briefing.written", by=by, at=at, kind="dossier", subject_id=held.pk, fields=["text", "proposal"])
    return note


def briefing_of(dossier: Dossier) -> Briefing | None:
    """The newest note on the advice in force, with that advice."""
    found: Briefing | None = notes_on(dossier).select_related("by", "advice__by").first()
    return found


def notes_on(dossier: Dossier) -> QuerySet[Briefing]:
    """Notes on the advice in force; one on an old advice says nothing any more."""
    return Briefing.objects.filter(dossier=dossier.pk, advice__voided_at__isnull=True)
