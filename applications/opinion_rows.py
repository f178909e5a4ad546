"""Opinions as pages show them: who, by when, late or not, what was said."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Dossier, Opinion
from applications.states import CLOSED
from pages import parts
from pages.deadline_words import Deadline, deadline
from pages.templatetags.ui import vn_moment


@dataclass(frozen=True)
class Row:
    """One opinion with its state."""

    opinion: Opinion
    tag: parts.Tag
    deadline: Deadline


def rows_of(dossier: Dossier, *, at: datetime) -> list[Row]:
    """The opinions of a dossier, the newest first."""
    rows = dossier.opinions.select_related("agency", "asked_by", "answered_by")
    return [row_of(opinion, at=at) for opinion in rows]


def row_of(opinion: Opinion, *, at: datetime) -> Row:
    """How one opinion stands."""
    if opinion.answered_at is not None:
        kept = opinion.answered_at <= opinion.due_at
        words = _("trả lời đúng hạn") if kept else _("trả lời trễ")
        done = Deadline(words, vn_moment(opinion.answered_at), "ok" if kept else "late", "check-circle")
        agreed = (
            (_("Đồng ý"), "ok", "check-circle") if opinion.agrees else (_("Chưa đồng ý"), "late", "x-circle")
        )
        return Row(opinion, parts.Tag(*agreed), done)
    if opinion.dossier.state in CLOSED:
        done = Deadline(_("đã xong"), vn_moment(opinion.dossier.state_since), "calm", "check2")
        return Row(opinion, parts.Tag(_("Không cần nữa"), "calm", "check2"), done)
    left = deadline(opinion.due_at, at=at)
    late = left.tone == "late"
    tag = (
        parts.Tag(_("Trễ hạn"), "late", "exclamation-triangle")
        if late
        else parts.Tag(_("Chờ ý kiến"), "wait", "hourglass-split")
    )
    return Row(opinion, tag, left)
