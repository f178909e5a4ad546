"""Who is told of a decision's letter: that it can be opened, and that it was recalled. A letter with an annex
is told to each of its enterprises by its own site.
"""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications.models import Decision, Dossier
from applications.telling import handlers_of, people_of
from documents.models import Letter
from notices.telling import fitted, tell
from organisations.models import User

DECIDING = frozenset({Letter.Kind.DECISION, Letter.Kind.REFUSAL})


def letter_ready(letter_id: str, *, at: datetime) -> None:
    """The enterprise, the desk and the team, once the letter can be opened."""
    with override("vi"):
        line = _("Đã có văn bản %(number)s cho %(site)s; mở để xem.")
        _tell_all(letter_id, "", title=_("Đã có quyết định"), line=line, at=at)


def letter_recalled(letter_id: str, *, at: datetime) -> None:
    """All who got it, and who signed it, unless they recalled it themselves."""
    with override("vi"):
        line = _("Văn bản %(number)s cho %(site)s đã được thu hồi; mở để xem lý do.")
        title = _("Văn bản đã được thu hồi")
        _tell_all(letter_id, ":recalled", title=title, line=line, at=at, tells_signer=True)


def _tell_all(
    letter_id: str, occasion: str, *, title: str, line: str, at: datetime, tells_signer: bool = False
) -> None:
    letter = Letter.objects.get(pk=letter_id)
    if letter.kind not in DECIDING:
        return
    path = reverse("documents:letter", args=[letter.pk])
    for decision, key in _decisions(letter):
        dossier = decision.dossier
        users = _people(dossier, at=at)
        if tells_signer and letter.recalled_by_id != decision.decided_by_id:
            users.append(decision.decided_by)
        values = {"number": letter.full_number, "site": dossier.site.name}
        tell(users, key=f"letter:{key}{occasion}", title=title, line=fitted(line, values, cut="site"),
             path=path, at=at)  # fmt: skip


def _decisions(letter: Letter) -> Iterator[tuple[Decision, str]]:
    """What a letter decides, each with the key of its notice."""
    related = ("dossier__site__enterprise", "dossier__team", "decided_by")
    rows = Decision.objects.filter(letter=letter).select_related(*related)
    for decision in rows.order_by("pk"):
        yield decision, f"{letter.pk}" if letter.site_id else f"{letter.pk}:{decision.pk}"


def _people(dossier: Dossier, *, at: datetime) -> list[User]:
    users = people_of(dossier.site.enterprise_id) + handlers_of(dossier, at=at)
    if dossier.team is not None:
        users += [member.user for member in dossier.team.members_on(plan.local_day(at))]
    return users
