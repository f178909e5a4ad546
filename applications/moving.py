"""A dossier filed at the wrong agency goes to the right one with its clock: the due time does not begin again."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from applications import lifecycle
from applications.actors import Actor, may_act
from applications.models import AgencyMove, CounterFiling, Dossier
from applications.states import State
from applications.unmet import NotAllowed, Refused, Stale, Unmet, reason_unmet
from journal.recording import announce, record
from organisations import registering
from organisations.models import Agency, Site, User, Zone
from organisations.plan_in_force import rules_at

# While it is the desk's. Later the team and the Chairman's side work on what the agency has advised.
MOVABLE = (State.SUBMITTED, State.SUPPLEMENT_REQUESTED, State.ACCEPTED)
CLAUSE = "III.1.1-l"


def agency_for(zone: Zone | None, *, at: datetime) -> Agency:
    """Who receives a site that lies there (III.1.1-l)."""
    code = rules_at(at).receiving_agency(in_zone=zone is not None and zone.is_zone_or_park)
    return Agency.objects.get(code=code)


@transaction.atomic
def move(*, dossier: Dossier, zone: Zone | None, reason: str, by: User, at: datetime) -> AgencyMove:
    """Puts right where the site lies; the agency follows from that. State, code and clock stay."""
    held = lifecycle.held(dossier.pk)
    if not may_act(Actor.RECEIVER, held, by=by, at=at):
        raise NotAllowed("move")
    if held.state not in MOVABLE:
        raise Stale(held)
    to = agency_for(zone, at=at)
    wrong = _unmet(held, zone, to, reason)
    if wrong:
        raise Refused(wrong)
    won = Dossier.objects.filter(pk=held.pk, state=held.state, version=held.version).update(
        receiving_agency=to, handled_by=None, version=F("version") + 1
    )
    if not won:
        raise Stale(held)
    # The desk that works on it is the one that answers for a firm without account.
    CounterFiling.objects.filter(dossier=held.pk).update(agency=to)
    registering.relocate(site=Site.objects.get(pk=held.site_id), zone=zone, agency=to, by=by, at=at)
    moved = AgencyMove.objects.create(
        dossier=held, from_agency=held.receiving_agency, to_agency=to, zone=zone, clause=CLAUSE, reason=reason.strip(),
        due_at=held.due_at, at=at, by=by, by_name=by.full_name,
    )  # fmt: skip
    record(
        "dossier.moved", by=by, at=at, kind="dossier", subject_id=held.pk, fields=["receiving_agency", "zone"]
    )
    announce("dossier.moved", moved.pk, at=at)
    return moved


def _unmet(dossier: Dossier, zone: Zone | None, to: Agency, reason: str) -> list[Unmet]:
    wrong = []
    if to.pk == dossier.receiving_agency_id:
        words = _("Nơi này vẫn do %(agency)s tiếp nhận. Chọn đúng khu, cụm nơi đặt cơ sở.") % {
            "agency": to.name
        }
        wrong.append(Unmet("zone", CLAUSE, words, "zone"))
    if zone is not None and not zone.districts.filter(pk=dossier.site.district_id).exists():
        words = _("%(zone)s không nằm ở huyện của cơ sở. Xem lại, hoặc trả lại để doanh nghiệp sửa địa chỉ.")
        wrong.append(Unmet("zone", CLAUSE, words % {"zone": zone.name}, "zone"))
    return wrong + reason_unmet(reason)
