"""A visit made before the day it was agreed for: said once, in front of the team's remarks, and so on the sheet."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from inspections.models import Visit
from pages.templatetags.ui import vn_moment


def sentence(planned_at: datetime) -> str:
    """What the sheet says of it, in the language of letters."""
    with override("vi"):
        return _("Kiểm tra sớm hơn lịch hẹn %(when)s.") % {"when": vn_moment(planned_at)}


def is_said(visit: Visit) -> bool:
    """Whether the team has confirmed that it came before the day."""
    return visit.remarks.startswith(sentence(visit.planned_at))


def own_words(visit: Visit) -> str:
    """The remarks as the team typed them."""
    return visit.remarks.removeprefix(sentence(visit.planned_at)).strip()


def with_sentence(remarks: str, planned_at: datetime) -> str:
    """The remarks as they are kept once it is confirmed."""
    return f"{sentence(planned_at)} {remarks}".strip()


def moved(visit: Visit, planned_at: datetime) -> str:
    """The remarks of a team that came early, once the visit was agreed for another day: early still, or no more."""
    words = own_words(visit)
    came = visit.started_at or visit.ended_at
    is_early = came is not None and plan.local_day(came) < plan.local_day(planned_at)
    return with_sentence(words, planned_at) if is_early else words
