"""Who is told of talk about a dossier: messages, notes, opinions asked and answered. Handlers of events."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications.models import Dossier, Opinion
from applications.talking import may_note
from applications.telling import handlers_of, people_of
from notices.models import ThreadEntry
from notices.telling import fitted, tell
from organisations.models import Post, User
from pages.deadline_words import due_words


def written(entry_id: str, *, at: datetime) -> None:
    """The other side of a message; of a note those who wrote before, and who holds the dossier."""
    with override("vi"):
        entry = ThreadEntry.objects.select_related("thread", "by").get(pk=entry_id)
        kind, _colon, dossier_id = entry.thread.key.partition(":")
        dossier = Dossier.objects.select_related("site__enterprise", "receiving_agency", "handled_by").get(
            pk=dossier_id
        )
        values = {"code": dossier.reference}
        if kind == "notes":
            users = [user for user in _note_readers(dossier, entry) if may_note(dossier, by=user, at=at)]
            title, page = _("Ghi chú nội bộ mới"), "notes"
            line = _("Hồ sơ %(code)s có ghi chú nội bộ mới.") % values
        else:
            own = entry.by.pk in {user.pk for user in people_of(dossier.site.enterprise_id)}
            users = handlers_of(dossier, at=at) if own else people_of(dossier.site.enterprise_id)
            title, page = _("Tin nhắn mới"), "messages"
            line = _("Hồ sơ %(code)s có tin nhắn mới; mở để đọc và trả lời.") % values
        others = [user for user in users if user.pk != entry.by_id]
        path = reverse(f"dossiers:{page}", args=[dossier.reference])
        tell(others, key=f"entry:{entry.pk}", title=title, line=line, path=path, at=at)


def _note_readers(dossier: Dossier, entry: ThreadEntry) -> list[User]:
    """Who wrote in these notes, and who holds the dossier."""
    writers = entry.thread.entries.order_by().values("by")
    found = list(User.objects.filter(pk__in=writers, is_active=True).order_by("pk"))
    if dossier.handled_by is not None and dossier.handled_by not in found:
        found.append(dossier.handled_by)
    return found


def opinion_asked(opinion_id: str, *, at: datetime) -> None:
    """Everybody with a post at the agency that was asked."""
    with override("vi"):
        opinion = Opinion.objects.select_related("dossier").get(pk=opinion_id)
        line = _("Hồ sơ %(code)s cần ý kiến của cơ quan trước %(due)s.") % {
            "code": opinion.dossier.reference, "due": due_words(opinion.due_at),
        }  # fmt: skip
        tell(officials_at(opinion.agency_id, at=at), key=f"opinion:{opinion.pk}", title=_("Được hỏi ý kiến"),
             line=line, path=_opinions(opinion), at=at)  # fmt: skip


def opinion_answered(opinion_id: str, *, at: datetime) -> None:
    """Who asked, and who holds the dossier now."""
    with override("vi"):
        opinion = Opinion.objects.select_related("dossier__handled_by", "agency", "asked_by").get(
            pk=opinion_id
        )
        values = {"agency": opinion.agency.short_name, "code": opinion.dossier.reference}
        line = fitted(_("%(agency)s đã trả lời về hồ sơ %(code)s."), values, cut="agency")
        users = {opinion.asked_by, *filter(None, [opinion.dossier.handled_by])}
        tell(users, key=f"opinion:{opinion.pk}:answered", title=_("Đã có ý kiến"), line=line,
             path=_opinions(opinion), at=at)  # fmt: skip


def _opinions(opinion: Opinion) -> str:
    return reverse("dossiers:opinions", args=[opinion.dossier.reference])


def officials_at(agency_id: int, *, at: datetime) -> list[User]:
    """Who holds any post at an agency that day."""
    day = plan.local_day(at)
    rows = Post.objects.filter(agency=agency_id).select_related("user").order_by("pk")
    return [post.user for post in rows if post.covers(day)]
