"""Invitations: one use, seven days, the token nowhere but in the letter."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from journal.models import AuditEvent, OutboxRow
from organisations import invitations
from organisations.models import Invitation, Membership, MembershipInvitation, Post, User
from organisations.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db
PASSWORD = "chung-toi-lam-viec-2021"


def invite(email: str = "moi@tra-vinh.example") -> Invitation:
    return invitations.invite_official(
        email=email, full_name="Cao Văn Mới", agency=cast.agency("EZB"), role=Role.RECEIVING,
        title="Chuyên viên", since=cast.AT.date(), by=cast.make_admin(), at=cast.AT,
    )  # fmt: skip


def letter(invitation: Invitation | MembershipInvitation) -> str:
    send = invitations.send if isinstance(invitation, Invitation) else invitations.send_to_colleague
    send(str(invitation.pk), at=cast.AT)
    return str(mail.outbox[-1].body)


def test_the_letter_carries_a_link_and_the_table_only_its_digest() -> None:
    invitation = invite()
    token = invitations.token_of(invitation)
    body = letter(invitation)
    assert f"/accounts/invitation/{token}/" in body
    assert "Ban Quản lý Khu kinh tế Trà Vinh" in body
    stored = Invitation.objects.values_list().get(pk=invitation.pk)
    assert token not in str(stored)
    assert not OutboxRow.objects.filter(subject_id__contains=token).exists()
    assert mail.outbox[-1].to == ["moi@tra-vinh.example"]


def test_a_letter_sent_twice_is_the_same_letter() -> None:
    invitation = invite()
    letter(invitation)
    letter(invitation)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.body == second.body


def test_accepting_makes_a_verified_account_and_the_post() -> None:
    invitation = invite()
    user = invitations.accept(
        invitation=invitations.find(invitations.token_of(invitation), at=cast.AT),
        full_name="Cao Văn Mới", phone="+84912345678", password=PASSWORD, at=cast.AT,
    )  # fmt: skip
    assert user.emailaddress_set.get().verified
    post = Post.objects.get(user=user)
    assert (post.agency.code, post.role, post.title) == ("EZB", Role.RECEIVING, "Chuyên viên")
    assert AuditEvent.objects.filter(verb="official.accepted", actor_id=user.pk).exists()
    with pytest.raises(invitations.InvitationGone):
        invitations.find(invitations.token_of(invitation), at=cast.AT)


def test_an_invitation_is_taken_once_even_by_two_at_once() -> None:
    invitation = invite()
    stale = Invitation.objects.get(pk=invitation.pk)
    invitations.accept(invitation=invitation, full_name="A B", phone="", password=PASSWORD, at=cast.AT)
    with pytest.raises(invitations.InvitationGone):
        invitations.accept(invitation=stale, full_name="A B", phone="", password=PASSWORD, at=cast.AT)
    assert User.objects.filter(email=invitation.email).count() == 1


def test_seven_days_later_the_link_is_gone() -> None:
    invitation = invite()
    token = invitations.token_of(invitation)
    assert invitations.find(token, at=cast.AT + timedelta(days=6, hours=23)) == invitation
    with pytest.raises(invitations.InvitationGone):
        invitations.find(token, at=cast.AT + timedelta(days=7))
    invitations.send(str(invitation.pk), at=cast.AT + timedelta(days=8))
    assert mail.outbox == []


def test_sending_again_makes_the_old_link_useless() -> None:
    invitation = invite()
    old = invitations.token_of(invitation)
    later = cast.AT + timedelta(days=2)
    invitations.resend(invitation=invitation, by=cast.make_admin(), at=later)
    with pytest.raises(invitations.InvitationGone):
        invitations.find(old, at=later)
    assert invitations.find(invitations.token_of(invitation), at=later) == invitation


def test_an_invitation_withdrawn_cannot_be_taken() -> None:
    invitation = invite()
    assert invitations.withdraw(invitation=invitation, by=cast.make_admin(), at=cast.AT)
    assert not invitations.withdraw(invitation=invitation, by=cast.make_admin(), at=cast.AT)
    with pytest.raises(invitations.InvitationGone):
        invitations.find(invitations.token_of(invitation), at=cast.AT)


def test_inviting_to_the_same_post_again_replaces_the_invitation() -> None:
    first, second = invite(), invite()
    with pytest.raises(invitations.InvitationGone):
        invitations.find(invitations.token_of(first), at=cast.AT)
    assert invitations.find(invitations.token_of(second), at=cast.AT) == second


def test_an_address_with_an_account_must_sign_in_and_gets_a_second_post() -> None:
    officer = cast.make_dolisa_officer()
    invitation = invite(officer.email)
    with pytest.raises(invitations.AddressHasAccount):
        invitations.accept(invitation=invitation, full_name="A B", phone="", password=PASSWORD, at=cast.AT)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    invitations.accept(invitation=invitation, user=officer, at=cast.AT)
    assert {post.agency.code for post in officer.all_posts} == {"DOLISA", "EZB"}


def test_a_colleague_joins_by_letter() -> None:
    enterprise = cast.make_enterprise()
    invitation = invitations.invite_colleague(
        enterprise=enterprise,
        email="Ke.Toan@anh-duong.example",
        level="prepare",
        by=enterprise.claimed_by,
        at=cast.AT,
    )
    assert enterprise.name in letter(invitation)
    user = invitations.accept(
        invitation=invitation, full_name="Đỗ Kim Ánh", phone="", password=PASSWORD, at=cast.AT
    )
    assert user.email == "ke.toan@anh-duong.example"
    assert Membership.objects.get(user=user).level == "prepare"


def test_a_token_is_no_other_invitations_token() -> None:
    enterprise = cast.make_enterprise()
    official = invite("mot@tra-vinh.example")
    colleague = invitations.invite_colleague(
        enterprise=enterprise,
        email="mot@tra-vinh.example",
        level="submit",
        by=enterprise.claimed_by,
        at=cast.AT,
    )
    assert invitations.token_of(official) != invitations.token_of(colleague)
    assert invitations.find(invitations.token_of(colleague), at=cast.AT) == colleague


def test_a_guessed_token_opens_nothing() -> None:
    invite()
    for token in ("", "aaaa", "x" * 500):
        with pytest.raises(invitations.InvitationGone):
            invitations.find(token, at=cast.AT)


@pytest.mark.parametrize("token", ["a", "a" * 32, "A-" * 500])
def test_a_link_that_somebody_made_up_gets_no_session(client: Client, token: str) -> None:
    assert client.get(reverse("organisations:open_invitation", args=[token])).status_code == 410
    assert not Session.objects.exists()


def test_the_second_of_two_clicks_at_once_is_told_that_the_invitation_is_used(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = invite()
    typed = {"full_name": "Cao Văn Mới", "phone": "+84912345678"}

    def found_by_both(token: str, *, at: datetime) -> Invitation:
        # The other click is answered between this one's look-up and its acceptance.
        user = invitations.accept(invitation=invitation, password=PASSWORD, at=at, **typed)
        User.objects.filter(pk=user.pk).update(email="khac@tra-vinh.example")
        return invitation

    monkeypatch.setattr(invitations, "find", found_by_both)
    with time_machine.travel(cast.AT, tick=False):
        answer = client.post(
            reverse("organisations:accept_invitation"),
            {**typed, "password1": PASSWORD, "password2": PASSWORD},
        )
    assert answer.status_code == 410
    assert Post.objects.filter(role=Role.RECEIVING).count() == 1
