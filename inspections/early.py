"""A visit made before the day it was agreed for: said once, in front of the team's remarks, and so on the sheet."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

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
