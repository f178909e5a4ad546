"""The day before a visit, its team and the enterprise are told once; a visit that was moved, once more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications.models import Dossier
from applications.states import State
from applications.telling import people_of
from journal.models import Effect
from notices.telling import fitted, tell
from organisations.plan_in_force import rules_at
from pages.deadline_words import due_words
from plan.clock import LOCAL


def sweep(*, at: datetime) -> int:
    """Tells of tomorrow's visits, from the end of quiet hours on; returns how many messages were written."""
    if at.astimezone(LOCAL).time() < rules_at(at).value("notices.quiet_until").value:
        return 0
    tomorrow = plan.local_day(at) + timedelta(days=1)
    first = datetime.combine(tomorrow, datetime.min.time(), tzinfo=LOCAL)
    rows = Dossier.objects.filter(
        state=State.TEAM_ASSIGNED, visit_planned_at__gte=first, visit_planned_at__lt=first + timedelta(days=1)
    ).select_related("site", "team")
    # With the team: another one is told of the same hour, and of the rest nobody twice.
    keys = {f"{_key(row)}:{row.team_id}": row for row in rows.order_by("pk")}
    done = set(Effect.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    with override("vi"):
        return sum(_once(key, row, at=at) for key, row in keys.items() if key not in done)


def _key(dossier: Dossier) -> str:
    """Of the messages about one visit at one time."""
    return f"visit:{dossier.pk}:{dossier.visit_planned_at:%Y%m%d%H%M}"


@transaction.atomic
def _once(done: str, dossier: Dossier, *, at: datetime) -> int:
    _effect, fresh = Effect.objects.get_or_create(key=done, defaults={"done_at": at})
    if not fresh or dossier.team is None:
        return 0
    values = {"when": due_words(dossier.visit_planned_at), "site": dossier.site.name}
    line = fitted(_("Ngày mai kiểm tra %(site)s, %(when)s; xem việc cần chuẩn bị."), values, cut="site")
    path = reverse("dossiers:detail", args=[dossier.reference])
    members = [member.user for member in dossier.team.members_on(plan.local_day(at) + timedelta(days=1))]
    title, key = _("Ngày mai có cuộc kiểm tra"), _key(dossier)
    told = tell(members, key=key, title=title, line=line, path=path, at=at)
    return told + tell(
        people_of(dossier.site.enterprise_id), key=key, title=title, line=line, path=path, at=at
    )
