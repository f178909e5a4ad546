"""Who is told of what happens beside the road: handlers of the events, each derived from the facts."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications import moving_visits
from applications.models import AgencyMove, Apology, Correction, Dossier, Move, PaperPermit
from applications.telling import chair_side, officials_of, people_of
from notices.telling import fitted, shortened, tell
from organisations.models import Cover, Post, Team, User
from organisations.roles import May, Role
from pages.deadline_words import due_words

RELATED = ("dossier__site__enterprise", "dossier__receiving_agency", "dossier__handled_by")


def heads_of(agency_id: int, *, at: datetime) -> list[User]:
    """Heads of an agency that day."""
    heads = Post.objects.filter(agency=agency_id, role=Role.RECEIVING_HEAD).values("user")
    in_post = officials_of(agency_id, permission=May.RECEIVE, at=at)
    keys = set(heads.values_list("user", flat=True))
    return [user for user in in_post if user.pk in keys]


def moved(move_id: str, *, at: datetime) -> None:
    """Both agencies and the enterprise."""
    with override("vi"):
        move = AgencyMove.objects.select_related("dossier__site", "from_agency", "to_agency").get(pk=move_id)
        code = move.dossier.reference
        path = reverse("dossiers:detail", args=[code])
        values = {
            "code": code,
            "to": move.to_agency.short_name,
            "due": due_words(move.due_at) if move.due_at else "",
        }
        line = fitted(_("Hồ sơ %(code)s chuyển sang %(to)s; thời hạn giữ nguyên."), values, cut="to")
        key = f"moved:{move.pk}"
        tell(people_of(move.dossier.site.enterprise_id), key=key, title=_("Hồ sơ chuyển cơ quan"), line=line,
             path=path, at=at)  # fmt: skip
        tell(officials_of(move.from_agency_id, permission=May.RECEIVE, at=at), key=key, title=_("Đã chuyển hồ sơ đi"),
             line=line, path=reverse("dossiers:list"), at=at)  # fmt: skip
        came = _("Hồ sơ %(code)s chuyển đến; hạn %(due)s.") % values if move.due_at else line
        tell(officials_of(move.to_agency_id, permission=May.RECEIVE, at=at), key=key, title=_("Hồ sơ chuyển đến"),
             line=came, path=path, at=at)  # fmt: skip


def visit_moved(move_id: str, *, at: datetime) -> None:
    """The enterprise, the team that comes and the one that no longer does; of another team who assigned the first."""
    with override("vi"):
        move = Move.objects.select_related("dossier__site").get(pk=move_id)
        moved, code = moving_visits.moved_of(move), move.dossier.reference
        if moved is None:  # the case file has expired: nobody waits for that visit
            return
        key, path = f"visit_moved:{move.pk}", reverse("dossiers:detail", args=[code])
        values = {"code": code, "team": moved.now.team_name, "when": due_words(moved.now.at)}
        line = _("Hồ sơ %(code)s: lịch kiểm tra đổi sang %(when)s, %(team)s; xem lý do.")
        line = fitted(line, values, cut="team")
        firm = people_of(move.dossier.site.enterprise_id)
        title = _("Đổi lịch kiểm tra")
        tell([*firm, *_members(moved.now.team, at=at)], key=key, title=title, line=line, path=path, at=at)
        if not moved.is_other_team:
            return
        line = _("Hồ sơ %(code)s: cuộc kiểm tra lúc %(when)s nay giao %(team)s.")
        line = fitted(line, values | {"when": due_words(moved.was.at)}, cut="team")
        tell(_members(moved.was.team, at=at), key=key, title=_("Cuộc kiểm tra giao tổ khác"), line=line,
             path=reverse("visits:list"), at=at)  # fmt: skip
        if move.dossier.phase == 1:  # the second phase leaves the team to the agency (III.2.3.1-a)
            title = _("Cơ quan tiếp nhận đổi tổ kiểm tra")
            tell(chair_side(at=at), key=key, title=title, line=line, path=path, at=at)


def _members(team_id: int, *, at: datetime) -> list[User]:
    return [member.user for member in Team.objects.get(pk=team_id).members_on(plan.local_day(at))]


def corrected(correction_id: str, *, at: datetime) -> None:
    """The enterprise: what was put right, and that it may object."""
    with override("vi"):
        row = Correction.objects.select_related("dossier__site").get(pk=correction_id)
        line = _("Cơ quan sửa lỗi nhập trong hồ sơ %(code)s; xem và phản đối nếu không đúng.")
        tell(people_of(row.dossier.site.enterprise_id), key=f"corrected:{row.dossier_id}:{row.at:%Y%m%d%H%M%S}",
             title=_("Có chỗ được sửa"), line=line % {"code": row.dossier.reference},
             path=reverse("dossiers:corrections", args=[row.dossier.reference]), at=at)  # fmt: skip


def disputed(correction_id: str, *, at: datetime) -> None:
    """The officer who corrected, and the head."""
    with override("vi"):
        row = Correction.objects.select_related("dossier", "by").get(pk=correction_id)
        line = _("Doanh nghiệp phản đối một chỗ sửa trong hồ sơ %(code)s.") % {"code": row.dossier.reference}
        tell([row.by, *heads_of(row.dossier.receiving_agency_id, at=at)], key=f"disputed:{row.pk}",
             title=_("Chỗ sửa bị phản đối"), line=line,
             path=reverse("dossiers:corrections", args=[row.dossier.reference]), at=at)  # fmt: skip


def permit_entered(entered_id: str, *, at: datetime) -> None:
    """The people of the enterprise, if it has any."""
    with override("vi"):
        row = PaperPermit.objects.select_related("permit__site").get(pk=entered_id)
        line = _("Văn bản %(number)s của %(site)s đã có trên cổng.")
        values = {"number": shortened(row.number, 40), "site": row.permit.site.name}
        tell(people_of(row.permit.site.enterprise_id), key=f"permit_entered:{row.pk}",
             title=_("Văn bản nhập từ giấy"), line=fitted(line, values, cut="site"),
             path=reverse("dossiers:paper_permit_one", args=[row.pk]), at=at)  # fmt: skip


def late_ahead(apology_id: str, *, at: datetime) -> None:
    """Who has it: the deadline will be missed, or has been by now; the page with the slip is ready."""
    with override("vi"):
        row = Apology.objects.select_related(*RELATED).get(pk=apology_id)
        ahead = _("Sắp lỡ hẹn"), _("Hồ sơ %(code)s đến hạn %(due)s; nếu không kịp, hẹn lại tại đây.")
        gone = _("Đã lỡ hẹn"), _("Hồ sơ %(code)s đã lỡ hẹn %(due)s; xin lỗi và hẹn lại tại đây.")
        title, line = gone if row.due_at <= at else ahead
        tell(_who_has(row.dossier, at=at), key=f"apology:{row.pk}", title=title, path=_slip_of(row), at=at,
             line=line % {"code": row.dossier.reference, "due": due_words(row.due_at)})  # fmt: skip


def _who_has(dossier: Dossier, *, at: datetime) -> list[User]:
    """The officer who holds it; everybody at the desk while nobody does."""
    if dossier.handled_by:
        return [dossier.handled_by]
    return officials_of(dossier.receiving_agency_id, permission=May.RECEIVE, at=at)


def _slip_of(row: Apology) -> str:
    return reverse("dossiers:apology", args=[row.dossier.reference])


def cover_set(cover_id: str, *, at: datetime) -> None:
    """Who is away and who stands in, but for who set it."""
    with override("vi"):
        row = Cover.objects.select_related("absent", "by_colleague").get(pk=cover_id)
        line = _("Người thay khi vắng được đặt từ %(since)s đến hết %(until)s.")
        _tell_of_cover(row, "set", _("Đặt người thay khi vắng"), line, by=row.set_by_id, at=at)


def cover_ended(cover_id: str, *, at: datetime) -> None:
    """The same two, but for who ended it."""
    with override("vi"):
        row = Cover.objects.select_related("absent", "by_colleague").get(pk=cover_id)
        line = _("Lần thay từ %(since)s đến hết %(until)s đã kết thúc.")
        _tell_of_cover(row, "ended", _("Hết người thay khi vắng"), line, by=row.ended_by_id, at=at)


def _tell_of_cover(row: Cover, kind: str, title: str, line: str, *, by: int | None, at: datetime) -> None:
    users = [user for user in (row.absent, row.by_colleague) if user.pk != by]
    line %= {"since": f"{row.since:%d/%m/%Y}", "until": f"{row.until:%d/%m/%Y}"}
    path = reverse("organisations:cover")
    tell(users, key=f"cover:{row.pk}:{kind}", title=title, line=line, path=path, at=at)


def left_alone(apology_id: str, *, at: datetime) -> None:
    """The head, and who has it and was told a day before: nobody has kept the date or given another."""
    with override("vi"):
        row = Apology.objects.select_related(*RELATED).get(pk=apology_id)
        line = _("Hồ sơ %(code)s lỡ hẹn %(due)s mà chưa ai hẹn lại.")
        line %= {"code": row.dossier.reference, "due": due_words(row.due_at)}
        heads = heads_of(row.dossier.receiving_agency_id, at=at)
        told = {user.pk for user in heads}
        others = [user for user in _who_has(row.dossier, at=at) if user.pk not in told]
        if row.prepared_at >= row.due_at:
            others = []  # they heard first when it was missed already
        for users, key in ((heads, "head"), (others, "holder")):
            tell(
                users,
                key=f"apology:{row.pk}:{key}",
                title=_("Đã lỡ hẹn"),
                line=line,
                path=_slip_of(row),
                at=at,
            )


def apologised(apology_id: str, *, at: datetime) -> None:
    """The enterprise: sorry, the new date, the reason beside it."""
    with override("vi"):
        row = Apology.objects.select_related(*RELATED).get(pk=apology_id)
        line = _("Xin lỗi: hồ sơ %(code)s hẹn lại %(due)s, lý do kèm theo.")
        path = reverse("documents:letter", args=[row.letter_id])
        values = {"code": row.dossier.reference, "due": due_words(row.new_due_at)}
        users = people_of(row.dossier.site.enterprise_id)
        title = _("Hẹn lại ngày trả lời")
        tell(users, key=f"apology:{row.pk}:firm", title=title, line=line % values, path=path, at=at)
