"""Fetch is authorise: a dossier in the person's field of sight, or 404."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

import plan
from applications.actors import may_prepare
from applications.models import Dossier
from applications.states import State
from organisations.roles import May

# What nearly every page of a dossier shows; the few that say more (where the site lies, which team) read it then.
# Each table more costs PostgreSQL twice: nine are planned in 2 ms, five in 0.4 ms.
RELATED = ("site__enterprise", "receiving_agency", "handled_by")


def dossier_or_404(request: HttpRequest, ref: str, *, related: Sequence[str] = RELATED) -> Dossier:
    """The dossier with this code, or the UUID it had as a draft, if the person may see it."""
    rows = Dossier.objects.visible_to(request.user, on=plan.local_day(timezone.now()), joined=True)
    try:
        key: dict[str, object] = {"pk": UUID(ref)}
    except ValueError:
        key = {"code": ref}
    try:
        found: Dossier = rows.select_related(*related).get(**key)
    except Dossier.DoesNotExist as error:
        brought = _at_counter(request, key, related)
        if brought is None:
            raise Http404(_("Không có hồ sơ này.")) from error
        return brought
    return found


def _at_counter(request: HttpRequest, key: dict[str, object], related: Sequence[str]) -> Dossier | None:
    """A draft that the person's own desk fills in for a firm without account; no other official sees a draft."""
    desks = request.user.agencies_where(May.RECEIVE, on=plan.local_day(timezone.now()))
    if not desks or "pk" not in key:
        return None
    rows = Dossier.objects.filter(state=State.DRAFT, counter__agency__in=desks).select_related(*related)
    found: Dossier | None = rows.filter(**key).first()
    return found


def own_dossier_or_404(request: HttpRequest, ref: str) -> Dossier:
    """A dossier of the person's own enterprise: 404 to who may not see it, 403 to who sees it from an office."""
    dossier = dossier_or_404(request, ref)
    if not may_prepare(dossier, by=request.user, at=timezone.now()):
        raise PermissionDenied
    return dossier
