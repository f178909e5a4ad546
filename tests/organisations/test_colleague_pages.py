"""Colleagues: inviting, leaving, and answering those who ask; one's own account."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from journal.models import AuditEvent, OutboxRow
from organisations import invitations, registering
from organisations.models import (
    AccessRequest,
    Membership,
    MembershipInvitation,
    User,
)
from organisations.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference() -> None:
    cast.load_reference()


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_colleague_is_invited_joins_and_leaves() -> None:
    enterprise = cast.make_enterprise()
    holder = cast.signed_in(enterprise.claimed_by)
    url = reverse("organisations:invite_colleague", args=[enterprise.pk])
    page = holder.post(url, {"email": enterprise.claimed_by.email, "level": "prepare"})
    assert "đã cùng làm" in words(page)
    page = holder.post(url, {"email": "moi@anh-duong.example", "level": "prepare"}, follow=True)
    assert "moi@anh-duong.example" in words(page)
    invitation = MembershipInvitation.objects.get()
    assert OutboxRow.objects.filter(event="colleague.invited", subject_id=str(invitation.pk)).exists()
    guest = Client()
    opened = guest.get(
        reverse("organisations:open_invitation", args=[invitations.token_of(invitation)]), follow=True
    )
    assert opened.request["PATH_INFO"] == reverse("organisations:accept_invitation")
    assert enterprise.name in words(opened)
    answer = guest.post(
        reverse("organisations:accept_invitation"),
        {
            "full_name": "Đỗ Kim Ánh",
            "phone": "0912345678",
            "password1": cast.PASSWORD,
            "password2": cast.PASSWORD,
        },
    )
    assert answer["Location"] == reverse("sites")
    assert enterprise.name in words(guest.get(reverse("sites")))
    membership = Membership.objects.get(user__email="moi@anh-duong.example")
    end = reverse("organisations:end_membership", args=[membership.pk])
    assert "Cho thôi" in words(holder.get(end))
    holder.post(end)
    assert enterprise.name not in words(guest.get(reverse("sites")))


@pytest.mark.parametrize(("confirmed", "most"), [(True, 20), (False, 5)])
def test_letters_to_strangers_have_a_number_an_hour_and_what_is_typed_stays(
    confirmed: bool, most: int
) -> None:
    enterprise = cast.make_enterprise(confirmed=confirmed)
    client = cast.signed_in(enterprise.claimed_by)
    url = reverse("organisations:invite_colleague", args=[enterprise.pk])
    typed = [{"email": f"nguoi-{n}@la.example", "level": "submit"} for n in range(most + 1)]
    client.post(url, {"email": "sai", "level": "submit"})  # no letter, so not counted
    assert {client.post(url, each).status_code for each in typed[:-1]} == {302}
    answer = client.post(url, typed[-1])
    assert answer.status_code == 429
    assert "Đã gửi hết số thư mời của một giờ" in words(answer)
    assert typed[-1]["email"] in words(answer)
    assert MembershipInvitation.objects.count() == most


def test_the_last_who_may_submit_reads_what_to_do_instead() -> None:
    enterprise = cast.make_enterprise()
    client = cast.signed_in(enterprise.claimed_by)
    url = reverse("organisations:end_membership", args=[enterprise.memberships.get().pk])
    for answer in (client.get(url), client.post(url)):
        assert "người duy nhất được nộp" in words(answer)
    assert enterprise.memberships.get().ended_at is None


def test_somebody_who_prepares_may_leave_but_not_send_others_away() -> None:
    enterprise = cast.make_enterprise()
    colleague = cast.make_colleague(enterprise)
    client = cast.signed_in(colleague)
    holder = enterprise.memberships.get(user=enterprise.claimed_by)
    own = enterprise.memberships.get(user=colleague)
    assert client.post(reverse("organisations:end_membership", args=[holder.pk])).status_code == 403
    assert client.post(reverse("organisations:end_membership", args=[own.pk])).status_code == 302
    own.refresh_from_db()
    assert own.ended_at is not None


def test_people_of_another_enterprise_are_not_found() -> None:
    other = cast.make_other_enterprise()
    person = cast.make_person()
    cast.make_enterprise(by=person)
    client = cast.signed_in(person)
    invitation = invitations.invite_colleague(
        enterprise=other, email="x@cuu-long.example", level="prepare", by=other.claimed_by, at=cast.AT
    )
    for name, pk in [
        ("organisations:invite_colleague", other.pk),
        ("enterprise", other.pk),
        ("organisations:end_membership", other.memberships.get().pk),
        ("organisations:withdraw_colleague", invitation.pk),
    ]:
        assert client.get(reverse(name, args=[pk])).status_code == 404, name
    assert client.get(reverse("dossiers:signer", args=[other.pk])).status_code == 404


def test_an_invitation_is_withdrawn_by_its_side() -> None:
    enterprise = cast.make_enterprise()
    client = cast.signed_in(enterprise.claimed_by)
    client.post(
        reverse("organisations:invite_colleague", args=[enterprise.pk]),
        {"email": "x@example.vn", "level": "submit"},
    )
    invitation = MembershipInvitation.objects.get()
    url = reverse("organisations:withdraw_colleague", args=[invitation.pk])
    assert "x@example.vn" in words(client.get(url))
    client.post(url)
    opened = Client().get(
        reverse("organisations:open_invitation", args=[invitations.token_of(invitation)]), follow=True
    )
    assert opened.status_code == 410
    assert "không còn dùng được" in words(opened)


@pytest.mark.parametrize(
    ("answer", "level"), [("prepare", "prepare"), ("submit", "submit"), ("refuse", None)]
)
@pytest.mark.parametrize("side", ["holder", "agency"])
def test_holder_or_agency_answers_who_asks(answer: str, level: str | None, side: str) -> None:
    enterprise = cast.make_site().enterprise
    later = cast.make_person("nguoi-sau@example.vn", "Trần Văn Sau")
    registering.ask_access(tax_code=cast.TAX_CODE, note="Kế toán", by=later, at=cast.AT)
    asked = AccessRequest.objects.get()
    client = cast.signed_in(enterprise.claimed_by if side == "holder" else cast.make_zone_officer())
    assert "Trần Văn Sau" in words(
        client.get(reverse("sites" if side == "agency" else "organisations:colleagues"))
    )
    url = reverse("organisations:access_request", args=[asked.pk])
    assert "Kế toán" in words(client.get(url))
    client.post(url, {"answer": answer})
    found = Membership.objects.filter(user=later).first()
    assert (found.level if found else None) == level
    assert "Trần Văn Sau" in words(client.get(url))
    assert AuditEvent.objects.filter(verb="access.decided").count() == 1


def test_the_asker_and_strangers_do_not_see_the_request() -> None:
    enterprise = cast.make_site().enterprise
    later = cast.make_person("nguoi-sau@example.vn", "Trần Văn Sau")
    registering.ask_access(tax_code=cast.TAX_CODE, note="Kế toán", by=later, at=cast.AT)
    url = reverse("organisations:access_request", args=[AccessRequest.objects.get().pk])
    for user in (later, cast.make_dolisa_officer(), cast.make_colleague(enterprise), cast.make_admin()):
        assert cast.signed_in(user).get(url).status_code == 404
        assert cast.signed_in(user).post(url, {"answer": "submit"}).status_code == 404


@pytest.mark.parametrize(
    ("answers_himself", "said"), [(True, "của chính anh/chị"), (False, "Người xin là cán bộ")]
)
def test_who_came_to_the_agency_after_asking_is_let_in_by_nobody(answers_himself: bool, said: str) -> None:
    cast.make_site()
    asker = cast.make_person("nguoi-sau@example.vn", "Trần Văn Sau")
    registering.ask_access(tax_code=cast.TAX_CODE, note="", by=asker, at=cast.AT)
    cast.make_official(asker.email, asker.full_name, Role.RECEIVING, "EZB", "Chuyên viên")
    client = cast.signed_in(asker if answers_himself else cast.make_zone_officer())
    url = reverse("organisations:access_request", args=[AccessRequest.objects.get().pk])
    for level in Membership.Level.values:
        assert said in words(client.post(url, {"answer": level}))
    assert not asker.memberships.exists()
    assert client.post(url, {"answer": "refuse"}).status_code == 302
    assert AccessRequest.objects.get().granted is False


@pytest.mark.parametrize("maker", [cast.make_person, cast.make_chairman])
def test_the_account_page_shows_and_corrects(maker: Callable[[], User]) -> None:
    user = maker()
    client = cast.signed_in(user)
    url = reverse("organisations:profile")
    assert user.email in words(client.get(url))
    bad = client.post(url, {"full_name": "An", "phone": "12"})
    assert set(bad.context["form"].errors) == {"full_name", "phone"}
    client.post(url, {"full_name": "Lê Thị Mỹ Ân", "phone": "0912 000 111"})
    user.refresh_from_db()
    assert (user.full_name, user.phone) == ("Lê Thị Mỹ Ân", "+84912000111")


def test_the_account_page_is_closed_to_strangers() -> None:
    url = reverse("organisations:profile")
    assert Client().get(url)["Location"] == f"{reverse('account_login')}?next={url}"
