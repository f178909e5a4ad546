"""Appending the signed confirmation sheet: how the visit of the room above enters the dossier."""

from datetime import datetime

from django.db import transaction

from applications import lifecycle
from applications.actors import is_leader
from applications.models import Dossier, Sheet
from applications.unmet import NotAllowed
from documents.models import Letter
from journal.recording import record
from organisations.models import TeamBinding, User


@transaction.atomic
def append(
    *, dossier: Dossier, letter: Letter, visited_at: datetime, verdict: str, remarks: str, guidance: str,
    by: User, at: datetime,
) -> Dossier:  # fmt: skip
    """Puts the signed sheet into the dossier, binds the team to the site, and concludes the visit.

    Appending makes a new version of the volume and voids nothing.
    """
    if not is_leader(dossier, by=by, at=at):
        raise NotAllowed("conclude_visit")
    Sheet.objects.create(
        dossier=dossier,
        team_id=dossier.team_id,
        visited_at=visited_at,
        verdict=verdict,
        remarks=remarks,
        guidance=guidance,
        letter=letter,
        signed_at=at,
        signed_by=by,
    )
    _bind_team(dossier, by=by, at=at)
    return lifecycle.perform(dossier.pk, "conclude_visit", by=by, at=at, changes={"visited_at": visited_at})


def _bind_team(dossier: Dossier, *, by: User, at: datetime) -> None:
    """From its first visit on the team looks after the site, unless another does."""
    if TeamBinding.objects.filter(site=dossier.site_id, ended_at__isnull=True).exists():
        return
    TeamBinding.objects.create(
        site_id=dossier.site_id,
        team_id=dossier.team_id,
        bound_at=at,
        bound_by=by,
        basis=dossier.code or "",
    )
    record("team.bound", by=by, at=at, kind="site", subject_id=dossier.site_id, fields=["team"])
