"""Handing a draft to a colleague: who prepares it now; whoever had it keeps access."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications import filing
from applications.actors import may_prepare
from applications.models import Dossier
from applications.unmet import NotAllowed, Stale
from journal.models import AuditEvent
from journal.recording import announce, record
from notices.telling import fitted, tell
from organisations.models import Membership, User

VERB = "dossier.handed"


def preparer(dossier: Dossier) -> User:
    """Who prepares the draft now."""
    found: User = dossier.prepared_by or dossier.created_by
    return found


def colleagues_for(dossier: Dossier) -> list[User]:
    """To whom it may be handed: everybody of the enterprise but who has it."""
    rows = Membership.objects.filter(enterprise=dossier.site.enterprise_id, ended_at__isnull=True)
    people = [row.user for row in rows.select_related("user").order_by("user__full_name", "pk")]
    return [user for user in people if user.pk != preparer(dossier).pk]


@transaction.atomic
def hand_to(*, dossier: Dossier, colleague: User, by: User, at: datetime) -> bool:
    """Makes a colleague the one who prepares it; False where they are already. Stale once it is handed in."""
    if not may_prepare(dossier, by=by, at=at):
        raise NotAllowed("hand_to")
    fresh = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if fresh.state not in filing.EDITABLE:
        raise Stale(fresh)
    members = Membership.objects.filter(enterprise=fresh.site.enterprise_id, ended_at__isnull=True)
    if not members.filter(user=colleague).exists():
        raise NotAllowed("hand_to")
    if preparer(fresh).pk == colleague.pk:
        return False
    filing.edit(fresh, by=by, at=at, prepared_by=colleague)
    record(VERB, by=by, at=at, kind="dossier", subject_id=fresh.pk, fields=["prepared_by"])
    announce("dossier.handed", fresh.pk, at=at)
    return True


def handed(dossier_id: str, *, at: datetime) -> None:
    """Tells who prepares it now."""
    dossier = Dossier.objects.select_related("site", "prepared_by", "created_by").get(pk=dossier_id)
    turn = AuditEvent.objects.filter(verb=VERB, subject_kind="dossier", subject_id=dossier_id).count()
    with override("vi"):
        line = _("Hồ sơ %(name)s được giao cho anh/chị chuẩn bị tiếp.")
        line = fitted(line, {"name": dossier.site.name}, cut="name")
        tell(
            [preparer(dossier)],
            key=f"handed:{dossier.pk}:{turn}",
            title=_("Giao chuẩn bị hồ sơ"),
            line=line,
            path=reverse("dossiers:detail", args=[dossier.reference]),
            at=at,
        )
