"""What waits for an officer beside the clock: answered supplements, the Chairman's questions, begun counter filings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import counter
from applications.models import Dossier
from applications.states import State
from organisations.models import Agency, User
from organisations.roles import May
from pages.parts import Tag
from pages.templatetags.ui import vn_moment

SHOWN = 6


@dataclass(frozen=True)
class Work:
    """One thing to go on with."""

    url: str
    title: str
    line: str
    tag: Tag


def came_back(user: User, *, on: date) -> list[dict[str, Any]]:
    """Dossiers that the person, or nobody yet, has in hand and that came back; the longest waiting first."""
    rows = Dossier.objects.on_desks(user, on=on).filter(Q(handled_by=user) | Q(handled_by__isnull=True))
    answered = Q(moves__name="submit", moves__from_state=State.SUPPLEMENT_REQUESTED)
    # The move that brought a dossier where it stands is the one of that instant.
    back = rows.filter(
        answered | Q(moves__name__in=("send_back", "recall")),
        moves__at=F("state_since"),
        state__in=(State.SUBMITTED, State.INSPECTED),
    )
    columns = ("pk", "code", "moves__name", "state_since", "site__name")
    return list(back.order_by("state_since", "pk").values(*columns)[:SHOWN])


def rows_of(back: list[dict[str, Any]], *, by: User, agency: Agency, on: date) -> list[Work]:
    """What came back, then what the person's desk began at the counter."""
    receives = agency.pk in by.agencies_where(May.RECEIVE, on=on)
    begun = counter.unfinished(agency)[:SHOWN] if receives else ()
    return [*map(_returned, back), *map(_begun, begun)]


def _returned(row: dict[str, Any]) -> Work:
    tag = {
        "submit": Tag(_("Đã bổ sung"), "info", "reply"),
        "send_back": Tag(_("Chủ tịch hỏi lại"), "wait", "arrow-return-left"),
        "recall": Tag(_("Đã thu hồi văn bản"), "wait", "arrow-return-left"),
    }[row["moves__name"]]
    url = reverse("dossiers:detail", args=[row["code"]])
    return Work(url, row["site__name"], f"{row['code']} · {vn_moment(row['state_since'])}", tag)


def _begun(filing: Any) -> Work:
    site = filing.dossier.site
    url = reverse("dossiers:detail", args=[filing.dossier.reference])
    line = f"{site.enterprise.name} · {filing.officer.full_name}, {vn_moment(filing.at)}"
    return Work(url, site.name, line, Tag(_("Nộp tại quầy, chưa nộp"), "calm", "pencil"))
