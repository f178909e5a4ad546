"""The two commands by which a portal gets its first people."""

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journal import outbox
from journal.models import OutboxRow
from organisations import demo_accounts, invitations
from organisations.models import Agency, Invitation, User
from organisations.roles import May
from tests import cast
from tests.applications.making import NOT_BOUND

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_the_first_administrator_comes_by_a_link_printed_once(settings: Any) -> None:
    printed = run("first_admin", "triet@tra-vinh.example", "Châu Minh Triết")
    assert Agency.objects.count() == 22
    invitation = Invitation.objects.get()
    assert invitations.link(invitation) in printed
    assert not OutboxRow.objects.exists()
    client = Client()
    client.get(invitations.link(invitation).removeprefix(settings.CHECK_HOST))
    answer = client.post(
        reverse("organisations:accept_invitation"),
        {
            "full_name": "Châu Minh Triết",
            "phone": "0912345678",
            "password1": cast.PASSWORD,
            "password2": cast.PASSWORD,
        },
    )
    assert answer["Location"] == reverse("mfa_activate_totp")
    admin = User.objects.get(email="triet@tra-vinh.example")
    assert admin.may(May.MANAGE_PEOPLE, on=timezone.now())
    with pytest.raises(CommandError, match="administrator already"):
        run("first_admin", "hai@tra-vinh.example", "Người Hai")


def test_the_first_administrator_needs_an_address() -> None:
    with pytest.raises(ValidationError):
        run("first_admin", "khong-phai", "Châu Minh Triết")


def test_the_login_card_lists_the_accounts_of_a_demo_only(settings: Any) -> None:
    cast.load_reference()
    with pytest.raises(CommandError, match="seed_demo"):
        run("login_card")
    demo_accounts.load(at=cast.AT)
    card = run("login_card")
    names = "enterprise dolisa zone team health office chairman vice leader district police union admin"
    assert all(f"{name}@tra-vinh.example" in card for name in names.split())
    assert "restart-portal" in card
    settings.EMAIL_FILE_PATH = "var/mail"
    assert "lies in var/mail/" in run("login_card")
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        run("login_card")


def test_the_outbox_sends_invitations() -> None:
    enterprise = cast.make_enterprise()
    OutboxRow.objects.update(done_at=cast.AT)
    invitations.invite_colleague(
        enterprise=enterprise,
        email="moi@anh-duong.example",
        level="prepare",
        by=enterprise.claimed_by,
        at=cast.AT,
    )
    assert outbox.drain(now=lambda: cast.AT, leave=NOT_BOUND) == 1
    assert mail.outbox[0].to == ["moi@anh-duong.example"]
