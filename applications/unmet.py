"""What a verb answers when it does not act: reasons with clauses, never a bare no."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

import plan
from pages.templatetags.ui import vn_date, vn_time


@dataclass(frozen=True)
class Unmet:
    """One requirement that is not met: a code, the clause, words for the reader, and where to mend it."""

    code: str
    clause: str
    detail: str
    anchor: str = ""


def reason_unmet(reason: str) -> list[Unmet]:
    """What an officer does to an enterprise's dossier out of turn has a reason, and the enterprise reads it."""
    if reason.strip():
        return []
    words = _("Chưa ghi lý do. Doanh nghiệp đọc câu này.")
    return [Unmet("reason", plan.NOT_IN_THE_PLAN, words, "reason")]


def visit_unmet(visit_at: datetime, *, at: datetime, anchor: str = "visit_on") -> list[Unmet]:
    """A visit lies ahead of the moment that plans it."""
    if visit_at > at:
        return []
    if plan.local_day(visit_at) < plan.local_day(at):
        words = _("Ngày %(day)s đã qua. Chọn hôm nay hoặc một ngày sau.") % {"day": vn_date(visit_at)}
    else:
        words = _("Giờ kiểm tra phải sau lúc này (%(time)s).") % {"time": vn_time(at)}
    return [Unmet("visit", "III.1.3.1-c", words, anchor)]


class NotAllowed(Exception):
    """The person may not ask for this transition on this dossier."""


class Stale(Exception):
    """Somebody was first: the dossier is no longer in the state that the page showed."""

    def __init__(self, dossier: Any) -> None:
        super().__init__(f"dossier {dossier.pk} is {dossier.state}")
        self.dossier = dossier


class Refused(Exception):
    """The guard found requirements unmet."""

    def __init__(self, unmet: list[Unmet]) -> None:
        super().__init__("; ".join(u.code for u in unmet))
        self.unmet = unmet
