"""Who is told of what happens to a dossier: handlers of the events, each derived from the facts.

Title up to 60, line up to 130 characters: the thing, the due time, the link. No person, no health fact.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

import plan
from applications.models import Dossier, Paper
from applications.states import State
from applications.supplements import last_answered, open_of
from notices.telling import fitted, shortened, tell
from organisations import agency_codes
from organisations.models import AccessRequest, Agency, Enterprise, Membership, Post, Site, User
from organisations.roles import PERMISSIONS, May, Role
from pages.deadline_words import due_words


def people_of(enterprise_id: Any) -> list[User]:
    """Everybody at an enterprise."""
    rows = Membership.objects.filter(enterprise=enterprise_id, ended_at__isnull=True).select_related("user")
    return [row.user for row in rows.order_by("pk")]


def officials_of(agency_id: Any, *, permission: str, at: datetime) -> list[User]:
    """People whose post at the agency gives the permission that day."""
    rows = Post.objects.filter(agency=agency_id).select_related("user").order_by("pk")
    day = plan.local_day(at)
    return [post.user for post in rows if post.covers(day) and permission in PERMISSIONS[post.role]]


def chair_side(*, at: datetime) -> list[User]:
    """The Office, the Chairman and the deputies."""
    roles = [Role.OFFICE, Role.CHAIRMAN, Role.VICE_CHAIRMAN]
    day = plan.local_day(at)
    rows = Post.objects.filter(role__in=roles).select_related("user").order_by("pk")
    return [post.user for post in rows if post.covers(day)]


def neighbours_of(dossier: Dossier, *, at: datetime) -> list[User]:
    """Health, and the committee of the district that the site lies in."""
    theirs = Q(role=Role.HEALTH) | Q(role=Role.DISTRICT, agency__district=dossier.site.district_id)
    rows = Post.objects.filter(theirs).select_related("user").order_by("pk")
    return [post.user for post in rows if post.covers(plan.local_day(at))]


def _dossier(dossier_id: str) -> Dossier:
    return Dossier.objects.select_related("site__enterprise", "receiving_agency", "team").get(pk=dossier_id)


def _tell(
    dossier: Dossier,
    users: Iterable[User],
    occasion: str,
    title: str,
    line: str,
    *,
    at: datetime,
    page: str = "detail",
) -> None:
    """One message a move: a dossier that comes the same way twice is told of twice, an event doubled once."""
    path = reverse(f"dossiers:{page}", args=[dossier.reference])
    move = dossier.moves.filter(name__in=occasion.split("|")).order_by("-pk").first()
    key = f"{occasion}:{dossier.pk}:{move.pk if move else 0}"
    tell(users, key=key, title=title, line=line, path=path, at=at)


def handlers_of(dossier: Dossier, *, at: datetime) -> list[User]:
    """The officer who has it; nobody yet: everybody at the desk."""
    if dossier.handled_by is not None:
        return [dossier.handled_by]
    return officials_of(dossier.receiving_agency_id, permission=May.RECEIVE, at=at)


def submitted(dossier_id: str, *, at: datetime) -> None:
    """The enterprise; the desk, or after a supplement the officer who asked."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        stage = dossier.stages.filter(state=State.SUBMITTED).order_by("-opened_at", "-pk").first()
        values = {"code": dossier.code, "due": due_words(stage.due_at if stage else None)}
        line = _("Đã nhận hồ sơ %(code)s; trả lời trước %(due)s.") % values
        _tell(dossier, people_of(dossier.site.enterprise_id), "submit", _("Đã nộp hồ sơ"), line, at=at)
        asked = last_answered(dossier)
        if asked is not None:
            line = _("Hồ sơ %(code)s đã bổ sung; phần mới được tô sáng.") % {"code": dossier.code}
            askers = {asked.asked_by, *handlers_of(dossier, at=at)}
            _tell(dossier, askers, "submit", _("Hồ sơ đã bổ sung"), line, at=at)
            return
        desk = officials_of(dossier.receiving_agency_id, permission=May.RECEIVE, at=at)
        _tell(dossier, desk, "submit", _("Hồ sơ mới"), line, at=at)


def accepted(dossier_id: str, *, at: datetime) -> None:
    """The enterprise; Health and the district of the site, who see it from now on."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        line = _("Đã tiếp nhận %(code)s; hạn đề xuất tổ kiểm tra %(due)s.") % {
            "code": dossier.code, "due": due_words(dossier.proposal_due_at),
        }  # fmt: skip
        _tell(
            dossier,
            people_of(dossier.site.enterprise_id),
            "accept",
            _("Hồ sơ đã được tiếp nhận"),
            line,
            at=at,
        )
        line = _("Đã tiếp nhận hồ sơ %(code)s trong địa bàn, lĩnh vực của đơn vị.") % {"code": dossier.code}
        _tell(dossier, neighbours_of(dossier, at=at), "accept", _("Hồ sơ mới tiếp nhận"), line, at=at)


def declined(dossier_id: str, *, at: datetime) -> None:
    """The enterprise."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        line = _("Hồ sơ %(code)s không được tiếp nhận; xem lý do và cách làm lại.") % {"code": dossier.code}
        _tell(
            dossier,
            people_of(dossier.site.enterprise_id),
            "decline",
            _("Hồ sơ không được tiếp nhận"),
            line,
            at=at,
        )


def supplement_requested(dossier_id: str, *, at: datetime) -> None:
    """The enterprise."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        asked = open_of(dossier)
        line = _("Hồ sơ %(code)s cần bổ sung %(n)s điểm; xem từng mục.") % {
            "code": dossier.code, "n": len(asked.items) if asked else "–",
        }  # fmt: skip
        people, title = people_of(dossier.site.enterprise_id), _("Cần bổ sung giấy tờ")
        _tell(dossier, people, "request_supplement", title, line, at=at, page="supplement")


def paper_retracted(paper_id: str, *, at: datetime) -> None:
    """The enterprise, when the agency withdrew a paper sent by mistake."""
    with override("vi"):
        paper = Paper.objects.get(pk=paper_id)
        dossier = _dossier(str(paper.dossier_id))
        line = _("Hồ sơ %(code)s: một giấy tờ tải nhầm đã được rút; xem lý do và tải bản đúng.")
        if paper.verdict != Paper.Verdict.RETURNED:  # decided: nothing is asked of the enterprise
            line = _("Hồ sơ %(code)s: một giấy tờ tải nhầm đã được rút; xem lý do.")
        line %= {"code": dossier.code}
        tell(people_of(dossier.site.enterprise_id), key=f"retract:{paper.pk}", title=_("Một giấy tờ đã được rút"),
             line=line, path=reverse("dossiers:paper", args=[dossier.reference, paper.slot]), at=at)  # fmt: skip


def team_proposed(dossier_id: str, *, at: datetime) -> None:
    """The Chairman's side."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        line = _("Hồ sơ %(code)s chờ phân công tổ kiểm tra.") % {"code": dossier.code}
        _tell(dossier, chair_side(at=at), "propose_team", _("Chờ phân công tổ"), line, at=at)


def team_assigned(dossier_id: str, *, at: datetime) -> None:
    """The team and the enterprise; who assigned the first team, where the agency sends another one again."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        if dossier.team is None:
            return
        values = {
            "team": dossier.team.name, "code": dossier.code, "when": due_words(dossier.visit_planned_at),
            "phone": dossier.receiving_agency.phone,
        }  # fmt: skip
        line = fitted(
            _("%(team)s kiểm tra hồ sơ %(code)s lúc %(when)s; liên hệ %(phone)s."), values, cut="team"
        )
        members = [member.user for member in dossier.team.members_on(plan.local_day(at))]
        _tell(dossier, members, "assign_team|reinspect", _("Có cuộc kiểm tra"), line, at=at)
        _tell(
            dossier,
            people_of(dossier.site.enterprise_id),
            "assign_team|reinspect",
            _("Sắp kiểm tra"),
            line,
            at=at,
        )
        last = dossier.moves.filter(name__in=["assign_team", "reinspect"]).order_by("-pk").first()
        if dossier.phase == 1 and last is not None and last.name == "reinspect" and last.reasons:
            title = _("Cơ quan tiếp nhận đổi tổ kiểm tra")
            _tell(dossier, chair_side(at=at), "reinspect", title, line, at=at)


def inspected(dossier_id: str, *, at: datetime) -> None:
    """The enterprise: the sheet is signed. The desk: advice is due."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        line = _("Hồ sơ %(code)s đã kiểm tra xong; trình Chủ tịch trước %(due)s.") % {
            "code": dossier.code, "due": due_words(dossier.due_at),
        }  # fmt: skip
        _tell(
            dossier, handlers_of(dossier, at=at), "conclude_visit", _("Đã kiểm tra, chờ trình"), line, at=at
        )
        line = _("Phiếu kiểm tra hồ sơ %(code)s đã đủ chữ ký; xem kết quả và việc cần khắc phục.") % {
            "code": dossier.code
        }
        people = people_of(dossier.site.enterprise_id)
        _tell(dossier, people, "conclude_visit", _("Đã kiểm tra xong"), line, at=at)


def forwarded(dossier_id: str, *, at: datetime) -> None:
    """The Chairman's side."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        line = _("Hồ sơ %(code)s chờ quyết định.") % {"code": dossier.code}
        _tell(dossier, chair_side(at=at), "forward", _("Chờ quyết định"), line, at=at)


def sent_back(dossier_id: str, *, at: datetime) -> None:
    """The desk."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        line = _("Chủ tịch đề nghị làm rõ %(code)s.") % {"code": dossier.code}
        _tell(dossier, handlers_of(dossier, at=at), "send_back", _("Cần làm rõ"), line, at=at)


def withdrawn(dossier_id: str, *, at: datetime) -> None:
    """Who has it, unless it was a draft."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        if dossier.code:
            line = _("Doanh nghiệp đã rút hồ sơ %(code)s.") % {"code": dossier.code}
            _tell(dossier, handlers_of(dossier, at=at), "withdraw", _("Hồ sơ đã rút"), line, at=at)


def enterprise_confirmed(enterprise_id: str, *, at: datetime) -> None:
    """The enterprise."""
    with override("vi"):
        firm = Enterprise.objects.get(pk=enterprise_id)
        drafts = Dossier.objects.filter(site__enterprise=firm, state=State.DRAFT).order_by(
            "-created_at", "pk"
        )
        if (draft := drafts.first()) is not None:
            line = _("%(firm)s đã được xác nhận; mời làm tiếp hồ sơ đang soạn.")
            path = reverse("dossiers:detail", args=[draft.reference])
        else:
            line, path = _("%(firm)s đã được xác nhận; mời lập hồ sơ."), reverse("sites")
        tell(people_of(firm.pk), key=f"confirmed:{firm.pk}", title=_("Doanh nghiệp đã được xác nhận"),
             line=fitted(line, {"firm": firm.name}, cut="firm"), path=path, at=at)  # fmt: skip


def enterprise_disputed(enterprise_id: str, *, at: datetime) -> None:
    """Those whose rights ended with the claim."""
    with override("vi"):
        firm = Enterprise.objects.get(pk=enterprise_id)
        if firm.disputed_at is None:
            return
        rows = Membership.objects.filter(enterprise=firm, ended_at=firm.disputed_at).select_related("user")
        values = {"firm": shortened(firm.name, 50), "reason": firm.dispute_reason}
        line = fitted(_("%(firm)s: %(reason)s"), values, cut="reason")
        tell([row.user for row in rows.order_by("pk")], key=f"disputed:{firm.pk}:{firm.disputed_at:%Y%m%d%H%M%S}",
             title=_("Doanh nghiệp không được xác nhận"), line=line,
             path=reverse("sites"), at=at)  # fmt: skip


def site_added(site_id: str, *, at: datetime) -> None:
    """The receiving agency, while the claim is not confirmed."""
    with override("vi"):
        site = Site.objects.select_related("enterprise").get(pk=site_id)
        if site.enterprise.confirmed_at is None:
            users = officials_of(site.receiving_agency_id, permission=May.CONFIRM_CLAIMS, at=at)
            line = fitted(_("%(firm)s chờ xác nhận."), {"firm": site.enterprise.name}, cut="firm")
            tell(users, key=f"claimed:{site.enterprise_id}", title=_("Doanh nghiệp mới đăng ký"), line=line,
                 path=reverse("sites"), at=at)  # fmt: skip


def access_asked(request_id: str, *, at: datetime) -> None:
    """The holders and the agencies of the enterprise's sites; DOLISA where it has none yet."""
    with override("vi"):
        asked = AccessRequest.objects.select_related("enterprise").get(pk=request_id)
        agencies = set(asked.enterprise.sites.order_by().values_list("receiving_agency", flat=True))
        agencies = agencies or set(
            Agency.objects.filter(code=agency_codes.LABOUR).values_list("pk", flat=True)
        )
        users = people_of(asked.enterprise_id)
        for agency in sorted(agencies):
            users += officials_of(agency, permission=May.CONFIRM_CLAIMS, at=at)
        line = fitted(_("Có người xin cùng quản lý %(firm)s."), {"firm": asked.enterprise.name}, cut="firm")
        tell(users, key=f"access:{asked.pk}", title=_("Có người xin quyền truy cập"), line=line,
             path=reverse("organisations:colleagues"), at=at)  # fmt: skip


def access_decided(request_id: str, *, at: datetime) -> None:
    """The person who asked."""
    with override("vi"):
        asked = AccessRequest.objects.select_related("user").get(pk=request_id)
        line = (
            _("Yêu cầu truy cập đã được chấp nhận.")
            if asked.granted
            else _("Yêu cầu truy cập chưa được chấp nhận.")
        )
        tell([asked.user], key=f"access:{asked.pk}:decided", title=_("Trả lời yêu cầu truy cập"), line=line,
             path=reverse("sites"), at=at)  # fmt: skip


def hands_changed(dossier_id: str, *, at: datetime) -> None:
    """Who got it, and who had it, unless they did it themselves."""
    with override("vi"):
        dossier = _dossier(dossier_id)
        last = dossier.handlings.select_related("from_user", "to_user").first()
        if last is None:
            return
        values = {"code": dossier.reference, "words": last.note}
        key = f"hands:{last.pk}"
        path = reverse("dossiers:detail", args=[dossier.reference])
        if last.to_user is not None and last.to_user_id != last.by_id:
            line = fitted(_("Hồ sơ %(code)s được chuyển cho anh/chị. %(words)s"), values, cut="words")
            tell([last.to_user], key=key, title=_("Nhận bàn giao hồ sơ"), line=line, path=path, at=at)
        if last.from_user is not None and last.from_user_id != last.by_id:
            line = fitted(_("Hồ sơ %(code)s đã có đồng nghiệp nhận thay. %(words)s"), values, cut="words")
            tell([last.from_user], key=key, title=_("Hồ sơ được nhận thay"), line=line, path=path, at=at)
