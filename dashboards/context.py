"""The frame around every page: bar of the role, name menu, foot."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import plan
from notices.telling import unread
from organisations.models import User
from organisations.plan_in_force import law
from organisations.roles import May, Role
from pages.frame import Frame
from pages.parts import Entry

# The Chairman's side's pages of a dossier; they stand under /dossiers/ because a thing has one address.
DECIDING = frozenset({
    "decide", "refuse", "return", "decided", "dossiers:assign_team", "paper_signature", "briefing", "annex",
    "annex_paper", "annex_paper_kept",
    "signing_session", "authorisations",
})  # fmt: skip


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor; lazy, so that fragments and errors do not pay for it."""
    return {"frame": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Frame:
    """The frame for the person of a request."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    official = signed_in and user.is_official
    return Frame(
        province=law().province.name,
        authority=law().province.authority,
        phone=settings.SUPPORT_PHONE,
        phone_hours=_("07:00–21:00 mỗi ngày"),
        entries=tuple(_entries(user, request.path) if signed_in else _public(request.path)),
        menu=tuple(_menu(user)) if signed_in else (),
        foot=(
            Entry(_("Kế hoạch và điều khoản"), reverse("plan")),
            Entry(_("Kiểm tra văn bản"), reverse("check")),
        ),
        who=user.full_name if signed_in else "",
        work=bool(official),
        home_url=reverse("home") if signed_in else reverse("front"),
        search_url=reverse("search") if signed_in else "",
        # On the sign-in page itself the bar needs no second way there.
        login_url="" if signed_in or request.path == reverse("account_login") else reverse("account_login"),
        logout_url=reverse("account_logout") if signed_in else "",
        language_url=reverse("set_language"),
        demo=settings.DEMO,
    )


def _entry(label: str, name: str, icon: str, path: str, *, short: str = "", count: int = 0) -> Entry:
    url = reverse(name)
    return Entry(label, url, icon=icon, current=path.startswith(url), short=short, count=count)


def _public(path: str) -> list[Entry]:
    return [
        _entry(_("Tôi phải làm gì?"), "guide", "signpost", path, short=_("Làm gì?")),
        _entry(_("Kế hoạch"), "plan", "book", path),
        _entry(_("Kiểm tra văn bản"), "check", "qr-code", path, short=pgettext("verb", "Kiểm tra")),
        _entry(_("Tra cứu hồ sơ"), "track", "search", path, short=_("Tra cứu")),
    ]


def _entries(user: User, path: str) -> list[Entry]:
    """The role's bar; only pages that exist, at most six."""
    day = plan.local_day(timezone.now())  # noqa: TID251 - a door: the bar is of today's posts
    roles = {post.role for post in user.posts_on(day)}
    if Role.ADMIN in roles:
        return _of_administrator(path)
    inbox = _entry(_("Hộp thư"), "notices:inbox", "envelope", path, count=unread(user))
    return [*(_of_official(user, roles, path, on=day) if roles else _of_enterprise(path)), inbox]


def _of_enterprise(path: str) -> list[Entry]:
    firms, short = _("Doanh nghiệp và cơ sở"), pgettext("many", "Cơ sở")
    return [
        _entry(_("Việc cần làm"), "home", "check2-square", path, short=pgettext("home", "Việc")),
        _entry(_("Hồ sơ"), "dossiers:list", "folder2", path),
        _entry(firms, "sites", "building", path, short=short),
        _entry(_("Văn bản"), "documents:letters", "file-earmark-text", path),
    ]


def _of_administrator(path: str) -> list[Entry]:
    lists, short = _("Danh mục"), pgettext("short", "Danh mục")
    return [
        _entry(_("Người dùng"), "organisations:people", "people", path, short=_("Người")),
        _entry(_("Kế hoạch"), "plan", "book", path),
        _entry(lists, "organisations:catalogues", "list-ul", path, short=short),
        _entry(_("Hệ thống"), "system", "gear", path),
        _entry(_("Nhật ký"), "journal_log", "journal-text", path),
    ]


def _of_official(user: User, roles: set[str], path: str, *, on: date) -> list[Entry]:
    """By what the posts of the day permit."""
    bar = [
        _entry(_("Hôm nay"), "home", "calendar-check", path),
        _entry(_("Hồ sơ"), "dossiers:list", "folder2", path),
    ]
    if user.may(May.CONFIRM_CLAIMS, on=on) or roles & {Role.DISTRICT, Role.POLICE, Role.UNION}:
        firms, short = pgettext("many", "Doanh nghiệp"), pgettext("many", "Cơ sở")
        bar.append(_entry(firms, "sites", "building", path, short=short))
    if user.may(May.SEND_BACK, on=on):
        bar.insert(1, _entry(_("Chờ quyết định"), "decisions", "pen", path, short=_("Quyết định")))
        bar = _lit_by_decisions(bar, path)
    if user.may(May.LEAD_VISITS, on=on):
        bar.append(_entry(_("Kiểm tra"), "visits:list", "truck", path))
    if user.may(May.SEE_LETTERS, on=on):
        bar.append(_entry(_("Văn bản"), "documents:letters", "file-earmark-text", path))
    return bar


def _lit_by_decisions(bar: list[Entry], path: str) -> list[Entry]:
    """On the Chairman's own pages of a dossier "Chờ quyết định" is where the reader is, not "Hồ sơ"."""
    try:
        here = resolve(path).view_name
    except Resolver404:
        return bar
    if here not in DECIDING:
        return bar
    decisions = reverse("decisions")
    return [replace(entry, current=entry.url == decisions) for entry in bar]


def _menu(user: User) -> list[Entry]:
    entries = [Entry(_("Tài khoản"), reverse("organisations:profile"), icon="person")]
    if user.is_official:
        entries.append(Entry(_("Ủy quyền khi vắng"), reverse("organisations:cover"), icon="person-plus"))
    else:
        entries.append(Entry(_("Người cùng làm"), reverse("organisations:colleagues"), icon="people"))
    return entries
