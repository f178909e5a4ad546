"""Appending the signed confirmation sheet: how the visit of the room above enters the dossier."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications import lifecycle
from applications.actors import is_leader
from applications.models import Dossier, Sheet
from applications.unmet import NotAllowed
from documents.models import Letter
from journal.recording import record
from organisations.models import TeamBinding, User
from pages.templatetags.ui import vn_date, vn_moment


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


def signed_words(sheet: Sheet) -> str:
    """Who signed when; of a sheet signed on paper both sides and the day on it, and who sent the scan.

    The sheet comes with its letter and `signed_by`.
    """
    letter, by = sheet.letter, sheet.signed_by.full_name
    if letter.recorded_by_id is None:
        return f"{by}, {vn_moment(sheet.signed_at)}"
    words = _("%(team)s và %(firm)s, ký trên giấy ngày %(day)s; %(by)s gửi bản quét %(when)s")
    return words % {
        "team": letter.signer_name, "firm": letter.data["fields"]["firm_person"], "day": vn_date(letter.dated),
        "by": by, "when": vn_moment(sheet.signed_at),
    }  # fmt: skip
