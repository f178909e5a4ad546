"""Drafts that nobody has touched for some days: their authors are reminded once, until they touch them again.

Derived from the draft's own hour of saving, which is the key: any number of sweeps, at any gap, reminds once.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.models import Dossier
from applications.slot_states import paper_states
from applications.states import State
from applications.telling import people_of
from journal.models import Effect
from notices.telling import fitted, tell
from organisations.models import User
from organisations.plan_in_force import rules_at
from plan.clock import LOCAL

AT_ONCE = 500


def sweep(*, at: datetime) -> int:
    """Reminds the authors of drafts that lie still; nobody at night. Returns how many messages were written."""
    rules = rules_at(at)
    hour = at.astimezone(LOCAL).time()
    if hour >= rules.value("notices.quiet_from").value or hour < rules.value("notices.quiet_until").value:
        return 0
    still = timedelta(days=rules.value("notices.draft_after").value)
    rows = Dossier.objects.filter(state=State.DRAFT, saved_at__lte=at - still).order_by("pk")
    told = 0
    with override("vi"):
        for batch in _batches(iter(list(rows.values_list("pk", "saved_at")))):
            keys = {f"draft:{pk}:{saved.timestamp():.0f}": pk for pk, saved in batch}
            done = set(Effect.objects.filter(key__in=list(keys)).values_list("key", flat=True))
            told += sum(_remind(key, pk, at=at) for key, pk in keys.items() if key not in done)
    return told


def _batches(rows: Iterator[tuple[Any, datetime]]) -> Iterator[list[tuple[Any, datetime]]]:
    """Some hundred at a time."""
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


@transaction.atomic
def _remind(key: str, pk: Any, *, at: datetime) -> int:
    _effect, fresh = Effect.objects.get_or_create(key=key, defaults={"done_at": at})
    if not fresh:
        return 0
    dossier = Dossier.objects.select_related("site__enterprise", "created_by", "prepared_by").get(pk=pk)
    left = sum(1 for each in paper_states(dossier, at=at) if not each.is_done)
    words = _("Hồ sơ %(name)s còn %(n)s giấy tờ; mở tiếp tại đây.")
    if not left:
        words = _("Hồ sơ %(name)s đủ giấy tờ mà chưa nộp; mở tiếp tại đây.")
    return tell(
        authors(dossier),
        key=key,
        title=_("Hồ sơ đang lập dở"),
        line=fitted(words, {"name": dossier.site.name, "n": left}, cut="name"),
        path=reverse("dossiers:detail", args=[dossier.reference]),
        at=at,
    )


def authors(dossier: Dossier) -> list[User]:
    """Who prepares it now, else who began it; everybody of the enterprise where that person has left."""
    people = people_of(dossier.site.enterprise_id)
    author = dossier.prepared_by_id or dossier.created_by_id
    return [user for user in people if user.pk == author] or people
