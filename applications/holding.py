"""Who has a dossier in hand: give back, take over with words, hand on one or all; who looks at it now."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import plan
from applications.actors import Actor, may_act
from applications.models import Dossier, Handling, Presence
from applications.states import WITH_OFFICIALS
from applications.unmet import NotAllowed, Refused, Unmet
from journal.recording import announce, record
from organisations import covering
from organisations.models import Post, User
from organisations.roles import PERMISSIONS, May, Role

OURS = plan.NOT_IN_THE_PLAN
# A beat comes each minute; after three without one the person has left.
GONE = timedelta(minutes=3)


class HeldByOther(Exception):
    """A colleague was first: the dossier is in other hands than the page showed."""

    def __init__(self, holder: User | None) -> None:
        super().__init__(holder.pk if holder else None)
        self.holder = holder


def colleagues(dossier: Dossier, *, at: datetime) -> list[User]:
    """Officers of the receiving agency that day, who may have it in hand."""
    return _officers(dossier.receiving_agency_id, at=at)


def _officers(agency_id: int, *, at: datetime) -> list[User]:
    day = plan.local_day(at)
    rows = Post.objects.filter(agency=agency_id, user__is_active=True).select_related("user")
    posts = [post for post in rows if post.covers(day) and May.RECEIVE in PERMISSIONS[post.role]]
    # Heads last: what is chosen without a thought should be a colleague.
    posts.sort(key=lambda post: (post.role == Role.RECEIVING_HEAD, post.user.full_name, post.user_id))
    return list({post.user_id: post.user for post in posts}.values())


def note(
    dossier: Dossier, kind: str, *, from_user: User | None, to_user: User | None, words: str = "", by: User,
    at: datetime,
) -> None:  # fmt: skip
    """The row of a change of hands, in the verb's transaction."""
    Handling.objects.create(
        dossier=dossier,
        kind=kind,
        from_user=from_user,
        to_user=to_user,
        note=words.strip()[:300],
        by=by,
        at=at,
    )
    record(f"dossier.{kind}", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=["handled_by"])


def _swap(dossier: Dossier, *, seen: User | None, to: User | None) -> None:
    """From the hands that the page showed into others, or HeldByOther."""
    won = Dossier.objects.filter(pk=dossier.pk, handled_by=seen).update(handled_by=to)
    if not won:
        raise HeldByOther(Dossier.objects.select_related("handled_by").get(pk=dossier.pk).handled_by)


def _may(dossier: Dossier, name: str, *, by: User, at: datetime) -> None:
    if not may_act(Actor.RECEIVER, dossier, by=by, at=at):
        raise NotAllowed(name)


@transaction.atomic
def release(*, dossier: Dossier, words: str = "", by: User, at: datetime) -> None:
    """Whoever has it gives it back to the queue."""
    _may(dossier, "release", by=by, at=at)
    _swap(dossier, seen=by, to=None)
    note(dossier, Handling.Kind.RELEASED, from_user=by, to_user=None, words=words, by=by, at=at)


@transaction.atomic
def take_over(*, dossier: Dossier, seen: User | None, words: str, by: User, at: datetime) -> None:
    """Takes it from the colleague `seen` on the page, with words that the colleague is told."""
    _may(dossier, "take_over", by=by, at=at)
    if seen is not None and seen.pk == by.pk:
        return
    if not words.strip():
        raise Refused([Unmet("words", OURS, _("Ghi vì sao nhận thay, để người đang giữ biết."), "words")])
    _swap(dossier, seen=seen, to=by)
    note(dossier, Handling.Kind.TAKEN_OVER, from_user=seen, to_user=by, words=words, by=by, at=at)
    announce("dossier.hands_changed", dossier.pk, at=at)


def may_hand_over(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Who has it, and a head of the agency where a colleague has it, who may be away."""
    if dossier.handled_by_id is None:
        return False
    return dossier.handled_by_id == by.pk or _leads(dossier, by=by, at=at)


def _leads(dossier: Dossier, *, by: User, at: datetime) -> bool:
    return dossier.receiving_agency_id in covering.headed_by(by, on=plan.local_day(at))


@transaction.atomic
def hand_over(
    *, dossier: Dossier, to: User, seen: User | None = None, words: str = "", by: User, at: datetime
) -> None:
    """The holder gives it to a colleague of the same desk; or a head does, from the holder `seen` on the page."""
    _may(dossier, "hand_over", by=by, at=at)
    holder = seen or by
    if holder.pk != by.pk and not _leads(dossier, by=by, at=at):
        raise NotAllowed("hand_over")
    if unmet := _hand_over_unmet(dossier, holder, to, words, by=by, at=at):
        raise Refused(unmet)
    _swap(dossier, seen=holder, to=to)
    note(dossier, Handling.Kind.HANDED_OVER, from_user=holder, to_user=to, words=words, by=by, at=at)
    announce("dossier.hands_changed", dossier.pk, at=at)


def _hand_over_unmet(
    dossier: Dossier, holder: User, to: User, words: str, *, by: User, at: datetime
) -> list[Unmet]:
    if not any(each.pk == to.pk for each in colleagues(dossier, at=at)):
        return [Unmet("to", OURS, _("Chọn một cán bộ tiếp nhận cùng cơ quan."), "to")]
    if to.pk == holder.pk:
        return [Unmet("to", OURS, _("Hồ sơ đang ở chính người này. Chọn người khác."), "to")]
    if holder.pk != by.pk and not words.strip():
        return [Unmet("words", OURS, _("Ghi vì sao chuyển thay, để người đang giữ biết."), "note")]
    return []


def held_by_others(by: User, *, at: datetime) -> list[tuple[User, int]]:
    """Who else has open dossiers in hand at the agencies that a person leads, and how many."""
    led = covering.headed_by(by, on=plan.local_day(at))
    rows = Dossier.objects.filter(
        receiving_agency__in=led, state__in=WITH_OFFICIALS, handled_by__isnull=False
    )
    counts = Counter(rows.exclude(handled_by=by).order_by().values_list("handled_by", flat=True))
    people = User.objects.filter(pk__in=counts).order_by("full_name", "pk")
    return [(each, counts[each.pk]) for each in people]


def in_hand(user: User, *, by: User, at: datetime) -> QuerySet[Dossier]:
    """Open dossiers that a person has in hand, the earliest deadline first; to a colleague those of led agencies."""
    rows = Dossier.objects.filter(handled_by=user, state__in=WITH_OFFICIALS).select_related(
        "site__enterprise"
    )
    if user.pk != by.pk:
        rows = rows.filter(receiving_agency__in=covering.headed_by(by, on=plan.local_day(at)))
    return rows.order_by("due_at", "pk")


def hand_over_all(
    *,
    dossiers: Iterable[Dossier],
    to: User,
    seen: User | None = None,
    words: str = "",
    by: User,
    at: datetime,
) -> tuple[int, list[Dossier]]:
    """Each in a transaction of its own: how many went, and those that are in other hands or at another desk by now.

    `seen` as in `hand_over`.
    """
    done, left = 0, []
    for dossier in dossiers:
        try:
            hand_over(dossier=dossier, to=to, seen=seen, words=words, by=by, at=at)
            done += 1
        except (HeldByOther, NotAllowed, Refused):
            left.append(dossier)
    return done, left


def beat(*, dossier: Dossier, by: User, at: datetime) -> None:
    """The person has the case open now; after a gap the visit begins anew."""
    row, fresh = Presence.objects.get_or_create(
        dossier=dossier, user=by, defaults={"since": at, "seen_at": at}
    )
    if not fresh:
        since = row.since if at - row.seen_at < GONE else at
        Presence.objects.filter(pk=row.pk).update(since=since, seen_at=at)


def others_here(dossier: Dossier, *, by: User, at: datetime) -> list[Presence]:
    """Colleagues who have the case open, the longest first."""
    rows = Presence.objects.filter(dossier=dossier, seen_at__gt=at - GONE).exclude(user=by)
    return list(rows.select_related("user").order_by("since", "pk"))


def my_people(user: User, *, at: datetime) -> list[int]:
    """Keys of the person and of the absent colleagues whose work comes to them today."""
    covers = covering.in_force(on=plan.local_day(at)).filter(by_colleague=user)
    return [user.pk, *covers.values_list("absent", flat=True)]


def desk_of(user: User, *, besides: User | None = None, at: datetime) -> list[User]:
    """Officers at the desks where the person receives, but for the person, or for `besides`."""
    found = {
        each.pk: each
        for agency in user.agencies_where(May.RECEIVE, on=at)
        for each in _officers(agency, at=at)
    }
    return [each for pk, each in found.items() if pk != (besides or user).pk]
