"""People: making an account with a verified address, posts that end, colleagues, and who signs."""

import unicodedata
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from journal.recording import record
from organisations.models import Enterprise, Membership, Post, Representative, User
from organisations.roles import Role


class LastAdministrator(Exception):
    """Nobody would be left to invite officials."""


class LastSubmitter(Exception):
    """Nobody would be left to submit for the enterprise."""


class SignerTooEarly(Exception):
    """A later signer is already recorded; carries the day from which that one signs."""


def clean_name(text: str) -> str:
    """A name as it is stored: NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@transaction.atomic
def make_person(
    *, email: str, full_name: str, phone: str, password: str, at: datetime, is_demo: bool = False
) -> User:
    """Makes somebody who can sign in at once: the address is known to be theirs (invitation, demo)."""
    user = User.objects.create_user(
        email, password, full_name=clean_name(full_name), phone=phone, date_joined=at, is_demo=is_demo
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("person.made", by=None, at=at, kind="person", subject_id=user.pk)
    return user


@transaction.atomic
def update_profile(*, user: User, full_name: str, phone: str, at: datetime) -> None:
    """A person corrects their own name and telephone."""
    new = {"full_name": clean_name(full_name), "phone": phone}
    changed = [name for name, value in new.items() if getattr(user, name) != value]
    if not changed:
        return
    User.objects.filter(pk=user.pk).update(**new)
    for name, value in new.items():
        setattr(user, name, value)
    record("person.changed", by=user, at=at, kind="person", subject_id=user.pk, fields=changed)


def record_change(user: User, *, change: str, at: datetime) -> None:
    """A change to how somebody signs in: password, address, second factor, recovery codes."""
    record(f"account.{change}", by=user, at=at, kind="person", subject_id=user.pk)


@transaction.atomic
def end_post(*, post: Post, last_day: date, by: User, at: datetime) -> bool:
    """Ends a post after its last day; False if it had ended. LastAdministrator keeps the portal governed."""
    # The last day of the calendar has no day after it; who stays until then stays.
    after = min(last_day, date.max - timedelta(days=1)) + timedelta(days=1)
    if post.role == Role.ADMIN and not _another_administrator(post, on=after):
        raise LastAdministrator
    won = Post.objects.filter(pk=post.pk, until__isnull=True).update(until=max(last_day, post.since))
    if won:
        record("post.ended", by=by, at=at, kind="post", subject_id=post.pk, fields=["until"])
    return bool(won)


def _another_administrator(post: Post, *, on: date) -> bool:
    # Locking the rows keeps two administrators from ending each other at once.
    rows = Post.objects.select_for_update(of=("self",)).filter(role=Role.ADMIN, since__lte=on)
    return rows.filter(Q(until__isnull=True) | Q(until__gte=on)).exclude(pk=post.pk).exists()


@transaction.atomic
def end_membership(*, membership: Membership, by: User, at: datetime) -> bool:
    """Ends a colleague's access; False if it had ended. LastSubmitter when nobody could submit afterwards."""
    Enterprise.objects.select_for_update(of=("self",)).get(pk=membership.enterprise_id)
    if is_last_submitter(membership):
        raise LastSubmitter
    won = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(ended_at=at, ended_by=by)
    if won:
        record("membership.ended", by=by, at=at, kind="enterprise", subject_id=membership.enterprise_id)
    return bool(won)


def is_last_submitter(membership: Membership) -> bool:
    """Whether no other open membership of the enterprise may submit."""
    others = Membership.objects.filter(
        enterprise_id=membership.enterprise_id, level=Membership.Level.SUBMIT, ended_at__isnull=True
    ).exclude(pk=membership.pk)
    return membership.level == Membership.Level.SUBMIT and not others.exists()


@transaction.atomic
def set_representative(
    *, enterprise: Enterprise, full_name: str, title: str, capacity: str, since: date, by: User, at: datetime,
    until: date | None = None,
) -> Representative:  # fmt: skip
    """A new signer from a day on; the one before ends the day before. The same day corrects, earlier is refused."""
    Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)
    latest = enterprise.representatives.order_by("-since", "-pk").first()
    if latest is not None and since < latest.since:
        raise SignerTooEarly(latest.since)
    if latest is not None and since > latest.since and (latest.until is None or latest.until >= since):
        enterprise.representatives.filter(pk=latest.pk).update(until=since - timedelta(days=1))
    fields = {
        "full_name": clean_name(full_name), "title": clean_name(title), "capacity": capacity, "until": until,
    }  # fmt: skip
    row, _ = Representative.objects.update_or_create(enterprise=enterprise, since=since, defaults=fields)
    record(
        "representative.set",
        by=by,
        at=at,
        kind="enterprise",
        subject_id=enterprise.pk,
        fields=[*fields, "since"],
    )
    return row
