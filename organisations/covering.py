"""Cover while away: set and ended by dates; who stands in for whom on a day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

import plan
from journal.recording import announce, record
from organisations.models import Cover, Post, User
from organisations.roles import Role


class CannotCover(Exception):
    """Why a cover cannot be set: words for the reader, and the field they belong to."""

    def __init__(self, words: str, field: str = "by_colleague") -> None:
        super().__init__(words)
        self.words, self.field = words, field


def colleagues(user: User, *, on: date) -> QuerySet[User]:
    """People who hold a post that day at an agency where the user holds one."""
    agencies = [post.agency_id for post in user.posts_on(on)]
    posts = _posts(on=on).filter(agency__in=agencies)
    people = User.objects.filter(pk__in=posts.values("user"), is_active=True).exclude(pk=user.pk)
    return people.order_by("full_name", "pk")


def headed_by(user: User, *, on: date) -> set[int]:
    """Keys of the agencies that a person leads that day."""
    return {post.agency_id for post in user.posts_on(on) if post.role == Role.RECEIVING_HEAD}


def led_by(user: User, *, on: date) -> QuerySet[User]:
    """Colleagues for whom a head may set a cover: people in post that day at the agencies that the head leads."""
    posts = _posts(on=on).filter(agency__in=headed_by(user, on=on))
    return User.objects.filter(pk__in=posts.values("user")).exclude(pk=user.pk).order_by("full_name", "pk")


def _posts(*, on: date) -> QuerySet[Post]:
    """Posts that are held that day."""
    return Post.objects.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on)).order_by()


def in_force(*, on: date) -> QuerySet[Cover]:
    """Covers of a day."""
    rows = Cover.objects.filter(ended_at__isnull=True, since__lte=on, until__gte=on)
    return rows.select_related("absent", "by_colleague").order_by("pk")


def stand_ins(users: Iterable[User], *, on: date) -> dict[int, User]:
    """Who stands in on that day, by the absent person's id; a chain is followed, a ring leaves it as it is.

    It is followed to active people in post that day: a notice to anybody else would be read by nobody.
    """
    wanted = {user.pk for user in users}
    if not wanted:
        return {}
    there = in_force(on=on).filter(
        by_colleague__is_active=True, by_colleague__in=_posts(on=on).values("user")
    )
    by_absent = {row.absent_id: row.by_colleague for row in there}
    found = {}
    for pk in wanted & by_absent.keys():
        seen, person = {pk}, by_absent[pk]
        while person.pk in by_absent and person.pk not in seen:
            seen.add(person.pk)
            person = by_absent[person.pk]
        if person.pk != pk:
            found[pk] = person
    return found


def covered_by(user: User, *, on: date) -> list[User]:
    """The absent colleagues whose work comes to the user that day."""
    return [row.absent for row in in_force(on=on).filter(by_colleague=user)]


@transaction.atomic
def set_cover(
    *, absent: User, by_colleague: User, since: date, until: date, note: str = "", by: User, at: datetime
) -> Cover:
    """Names who takes the work of the absent from a day until a day; CannotCover says why not.

    The absent does, or a head of their agency.
    """
    today = plan.local_day(at)
    if by.pk != absent.pk and not led_by(by, on=today).filter(pk=absent.pk).exists():
        raise CannotCover(_("Chỉ lãnh đạo cùng cơ quan đặt người thay cho người khác."), "absent")
    if until < since:
        raise CannotCover(_("Ngày cuối phải từ ngày đầu trở đi."), "until")
    if until < today:
        raise CannotCover(_("Những ngày này đã qua. Nhập ngày từ hôm nay trở đi."), "until")
    there = colleagues(absent, on=today)
    for day in (max(since, today), until):  # a colleague who leaves meanwhile would swallow the notices
        there = there.filter(pk__in=_posts(on=day).values("user"))
    if by_colleague.pk == absent.pk or not there.filter(pk=by_colleague.pk).exists():
        raise CannotCover(_("Chọn một người cùng cơ quan, còn công tác trong những ngày ấy."))
    User.objects.select_for_update().get(pk=absent.pk)
    clash = Cover.objects.filter(absent=absent, ended_at__isnull=True, since__lte=until, until__gte=since)
    if clash.exists():
        raise CannotCover(_("Đã có người thay trong những ngày này. Kết thúc lần ấy trước."), "since")
    cover = Cover.objects.create(
        absent=absent, by_colleague=by_colleague, since=since, until=until, note=note.strip(), set_at=at,
        set_by=by,
    )  # fmt: skip
    record("cover.set", by=by, at=at, kind="person", subject_id=absent.pk, fields=["since", "until"])
    announce("cover.set", cover.pk, at=at)
    return cover


@transaction.atomic
def end_cover(*, cover: Cover, by: User, at: datetime) -> bool:
    """Ends it now; False when it is over already."""
    won = Cover.objects.filter(pk=cover.pk, ended_at__isnull=True).update(ended_at=at, ended_by=by)
    if won:
        record("cover.ended", by=by, at=at, kind="person", subject_id=cover.absent_id, fields=["ended_at"])
        announce("cover.ended", cover.pk, at=at)
    return bool(won)
