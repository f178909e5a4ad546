"""Invitations: the only way to an official's account, and how colleagues join an enterprise.

A letter carries a token; the table keeps its digest. The token is made from a secret and the row, so that the
handler that writes the letter can make it again: nothing that opens a door rests in the database or the queue.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from journal.recording import announce, announce_many, record, record_many
from journal.tokens import new_token
from organisations import people
from organisations.disputing import reopen
from organisations.models import Agency, Enterprise, Invitation, Membership, MembershipInvitation, Post, User

LASTS = timedelta(days=7)
MANY = 500
AnyInvitation = Invitation | MembershipInvitation


class InvitationGone(Exception):
    """The invitation was accepted, withdrawn or replaced, or its days are over."""


class AddressHasAccount(Exception):
    """Somebody already signs in with the invited address; they must sign in to accept."""


def token_of(invitation: AnyInvitation) -> str:
    """The token of the letter: changes when the invitation is sent again."""
    kind = type(invitation).__name__
    what = f"{kind}\n{invitation.pk}\n{invitation.email}\n{int(invitation.expires_at.timestamp())}"
    mac = hmac.new(b"invitation\n" + settings.SECRET_KEY.encode(), what.encode(), hashlib.sha256).digest()
    return base64.b32encode(mac[:20]).decode().lower()


def digest(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link(invitation: AnyInvitation) -> str:
    """The address in the letter."""
    return settings.CHECK_HOST + reverse("organisations:open_invitation", args=[token_of(invitation)])


def is_open(invitation: AnyInvitation, *, at: datetime) -> bool:
    """Whether it can still be accepted."""
    return invitation.accepted_at is None and invitation.withdrawn_at is None and at < invitation.expires_at


def find(token: str, *, at: datetime) -> AnyInvitation:
    """The open invitation of a token; InvitationGone otherwise, whatever the reason."""
    found: AnyInvitation | None = (
        Invitation.objects.filter(token_digest=digest(token)).select_related("agency").first()
        or MembershipInvitation.objects.filter(token_digest=digest(token))
        .select_related("enterprise")
        .first()
    )
    if found is None or not is_open(found, at=at):
        raise InvitationGone
    return found


def _seal(invitation: AnyInvitation) -> None:
    # The token needs the row's key, so the digest follows the insert, in the same transaction.
    invitation.token_digest = digest(token_of(invitation))
    invitation.save(update_fields=["token_digest", "expires_at"])


def _seal_many(rows: Sequence[MembershipInvitation]) -> None:
    """As `_seal`, for thousands: bulk_update builds an expression a row, which takes ten times as long."""
    quote, meta = connection.ops.quote_name, MembershipInvitation._meta
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(meta.db_table)} SET {quote('token_digest')} = %s WHERE {quote('id')} = %s",
            [(digest(token_of(row)), row.pk) for row in rows],
        )


def _take_back(rows: QuerySet[Any], *, at: datetime) -> None:
    """Open invitations to the same place: the new one replaces them."""
    rows.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)


@transaction.atomic
def invite_official(
    *, email: str, full_name: str, agency: Agency, role: str, title: str, since: date, by: User | None,
    at: datetime, phone: str = "", by_letter: bool = True,
) -> Invitation:  # fmt: skip
    """Invites somebody to a post; an open invitation to the same post is replaced.

    `by` is None for the first administrator, whose link is printed instead.
    """
    email = email.strip().lower()
    _take_back(Invitation.objects.filter(email=email, agency=agency, role=role), at=at)
    invitation = Invitation.objects.create(
        email=email,
        full_name=people.clean_name(full_name),
        phone=phone,
        agency=agency,
        role=role,
        title=people.clean_name(title),
        since=since,
        token_digest=new_token(40),
        invited_at=at,
        invited_by=by,
        expires_at=at + LASTS,
    )
    _seal(invitation)
    record("official.invited", by=by, at=at, kind="invitation", subject_id=invitation.pk, fields=["role"])
    if by_letter:
        announce("official.invited", invitation.pk, at=at)
    return invitation


@transaction.atomic
def invite_colleague(
    *, enterprise: Enterprise, email: str, level: str, by: User, at: datetime
) -> MembershipInvitation:
    """Invites a colleague; an open invitation to the same address is replaced."""
    email = email.strip().lower()
    _take_back(MembershipInvitation.objects.filter(enterprise=enterprise, email=email), at=at)
    invitation = MembershipInvitation.objects.create(
        enterprise=enterprise,
        email=email,
        level=level,
        token_digest=new_token(40),
        invited_at=at,
        invited_by=by,
        expires_at=at + LASTS,
    )
    _seal(invitation)
    record("colleague.invited", by=by, at=at, kind="enterprise", subject_id=enterprise.pk, fields=["level"])
    announce("colleague.invited", invitation.pk, at=at)
    return invitation


def invite_many(pairs: Sequence[tuple[Enterprise, str]], *, level: str, by: User, at: datetime) -> int:
    """Invites the first person of each of many enterprises, inside the caller's transaction; how many."""
    rows = MembershipInvitation.objects.bulk_create(
        [
            MembershipInvitation(
                enterprise=enterprise, email=email.strip().lower(), level=level, token_digest=secrets.token_hex(20),
                invited_at=at, invited_by=by, expires_at=at + LASTS,
            )
            for enterprise, email in pairs
        ],
        batch_size=MANY,
    )  # fmt: skip
    _seal_many(rows)
    record_many(
        "colleague.invited", by=by, at=at, kind="enterprise", subject_ids=[e.pk for e, _mail in pairs]
    )
    announce_many("colleague.invited", [row.pk for row in rows], at=at)
    return len(rows)


@transaction.atomic
def resend(*, invitation: Invitation, by: User, at: datetime) -> None:
    """A new letter with a new token and new days; the old link stops working."""
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationGone
    invitation.expires_at = at + LASTS
    _seal(invitation)
    record("invitation.resent", by=by, at=at, kind="invitation", subject_id=invitation.pk)
    announce("official.invited", invitation.pk, at=at)


@transaction.atomic
def withdraw(*, invitation: AnyInvitation, by: User, at: datetime) -> bool:
    """Takes an invitation back; False when it was accepted or withdrawn before."""
    won = _close(invitation, withdrawn_at=at)
    if won:
        kind = "invitation" if isinstance(invitation, Invitation) else "membership_invitation"
        record("invitation.withdrawn", by=by, at=at, kind=kind, subject_id=invitation.pk)
    return won


def _close(invitation: AnyInvitation, **fields: object) -> bool:
    rows = type(invitation)._default_manager.filter(
        pk=invitation.pk, token_digest=invitation.token_digest, accepted_at=None, withdrawn_at=None
    )
    return bool(rows.update(**fields))


@transaction.atomic
def accept(
    *, invitation: AnyInvitation, at: datetime, user: User | None = None, full_name: str = "", phone: str = "",
    password: str = "",
) -> User:  # fmt: skip
    """Makes the post or the membership; without `user`, the account too. Once only, by compare-and-swap."""
    if not is_open(invitation, at=at) or not _close(invitation, accepted_at=at):
        raise InvitationGone
    if user is None:
        if User.objects.filter(email=invitation.email).exists():
            raise AddressHasAccount
        user = people.make_person(
            email=invitation.email, full_name=full_name, phone=phone, password=password, at=at
        )
    elif user.email != invitation.email:
        raise ValidationError("The invitation is for somebody else.")
    if isinstance(invitation, Invitation):
        _make_post(invitation, user=user, at=at)
    else:
        _make_membership(invitation, user=user, at=at)
    return user


def _make_post(invitation: Invitation, *, user: User, at: datetime) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    post = Post.objects.create(
        user=user,
        agency=invitation.agency,
        role=invitation.role,
        title=invitation.title,
        since=invitation.since,
    )
    vars(user).pop("all_posts", None)
    record("official.accepted", by=user, at=at, kind="post", subject_id=post.pk)


def _make_membership(invitation: MembershipInvitation, *, user: User, at: datetime) -> None:
    membership, created = Membership.objects.get_or_create(
        enterprise_id=invitation.enterprise_id,
        user=user,
        ended_at__isnull=True,
        defaults={"level": invitation.level, "since": at},
    )
    if not created and invitation.level == Membership.Level.SUBMIT:
        Membership.objects.filter(pk=membership.pk).update(level=invitation.level)
    reopen(invitation.enterprise_id)
    record("colleague.accepted", by=user, at=at, kind="enterprise", subject_id=invitation.enterprise_id)


# --- letters: handlers of the outbox ---


def send(invitation_id: str, *, at: datetime) -> None:
    """Handler of official.invited."""
    invitation = Invitation.objects.filter(pk=invitation_id).select_related("agency", "invited_by").first()
    if invitation and is_open(invitation, at=at):
        _write(invitation, template="organisations/letters/official")


def send_to_colleague(invitation_id: str, *, at: datetime) -> None:
    """Handler of colleague.invited."""
    rows = MembershipInvitation.objects.filter(pk=invitation_id).select_related("enterprise", "invited_by")
    invitation = rows.first()
    if invitation and is_open(invitation, at=at):
        _write(invitation, template="organisations/letters/colleague")


def _write(invitation: AnyInvitation, *, template: str) -> None:
    context = {"invitation": invitation, "link": link(invitation), "support_phone": settings.SUPPORT_PHONE}
    with translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    # The same letter sent twice carries the same id, so a mailbox shows it once.
    letter = (
        f"<invitation-{invitation.token_digest[:24]}@{settings.CHECK_HOST.split('//')[-1].split(':')[0]}>"
    )
    EmailMessage(subject, body, to=[invitation.email], headers={"Message-ID": letter}).send()
