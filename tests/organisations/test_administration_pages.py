"""The administrator's people and tables; opening a letter of invitation."""

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from journal.models import AuditEvent, OutboxRow
from organisations import invitations
from organisations.models import (
    Holiday,
    Invitation,
    Post,
)
from organisations.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db

OFFICIAL = {
    "full_name": "Cao Văn Mới", "email": "moi@tra-vinh.example", "phone": "", "title": "Chuyên viên",
    "role": "receiving", "since": "05/10/2021",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _reference() -> None:
    cast.load_reference()


def words(answer: Any) -> str:
    return str(answer.content.decode())


def invite_official(client: Client, **changes: str) -> Any:
    data = {**OFFICIAL, "agency": str(cast.agency("EZB").pk), **changes}
    return client.post(reverse("organisations:invite_official"), data)


def test_an_official_comes_by_letter_and_sets_a_second_factor() -> None:
    client = cast.signed_in(cast.make_admin())
    assert invite_official(client)["Location"] == reverse("organisations:people")
    invitation = Invitation.objects.get()
    invitations.send(str(invitation.pk), at=invitation.invited_at)
    link = next(line for line in str(mail.outbox[0].body).splitlines() if "/accounts/invitation/" in line)
    guest = Client()
    guest.get("/" + link.split("/", 3)[3])
    page = guest.get(reverse("organisations:accept_invitation"))
    assert "Ban Quản lý Khu kinh tế Trà Vinh" in words(page)
    assert "Cao Văn Mới" in words(page)
    bad = guest.post(
        reverse("organisations:accept_invitation"),
        {
            "full_name": "Cao Văn Mới",
            "phone": "0912345678",
            "password1": "moi@tra-vinh",
            "password2": "moi@tra-vinh",
        },
    )
    assert "password1" in bad.context["form"].errors
    answer = guest.post(
        reverse("organisations:accept_invitation"),
        {
            "full_name": "Cao Văn Mới",
            "phone": "0912345678",
            "password1": cast.PASSWORD,
            "password2": cast.PASSWORD,
        },
    )
    assert answer["Location"] == reverse("mfa_activate_totp")
    assert "Quét mã này" in words(guest.get(answer["Location"]))
    assert Post.objects.filter(user__email="moi@tra-vinh.example", role=Role.RECEIVING).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": "chairman"}, "role"),
        ({"role": "health"}, "role"),
        ({"since": "05/13/2021"}, "since"),
        ({"email": "khong-phai"}, "email"),
        ({"phone": "1"}, "phone"),
        ({"agency": "99999"}, "agency"),
    ],
)
def test_a_mistake_in_an_invitation_is_told(changes: dict[str, str], field: str) -> None:
    page = invite_official(cast.signed_in(cast.make_admin()), **changes)
    assert field in page.context["form"].errors
    assert not Invitation.objects.exists()


def test_nobody_stands_on_both_sides_of_the_desk() -> None:
    enterprise = cast.make_enterprise()
    page = invite_official(cast.signed_in(cast.make_admin()), email=enterprise.claimed_by.email)
    assert "đang làm hồ sơ cho một doanh nghiệp" in words(page)
    officer = cast.make_dolisa_officer()
    invitation = invitations.invite_colleague(
        enterprise=enterprise,
        email=officer.email,
        level="prepare",
        by=enterprise.claimed_by,
        at=timezone.now(),
    )
    client = cast.signed_in(officer)
    opened = client.get(
        reverse("organisations:open_invitation", args=[invitations.token_of(invitation)]), follow=True
    )
    assert "không vừa làm cán bộ" in words(opened)
    client.post(reverse("organisations:accept_invitation"))
    assert not officer.memberships.exists()


def test_an_invitation_for_somebody_else_is_not_taken_by_who_is_signed_in() -> None:
    invite_official(cast.signed_in(cast.make_admin()))
    client = cast.signed_in(cast.make_health())
    token = invitations.token_of(Invitation.objects.get())
    opened = client.get(reverse("organisations:open_invitation", args=[token]), follow=True)
    assert "địa chỉ khác" in words(opened)
    client.post(reverse("organisations:accept_invitation"))
    assert Invitation.objects.get().accepted_at is None


def test_an_invited_address_with_an_account_signs_in_first() -> None:
    officer = cast.make_health()
    invite_official(cast.signed_in(cast.make_admin()), email=officer.email)
    client = Client()
    token = invitations.token_of(Invitation.objects.get())
    opened = client.get(reverse("organisations:open_invitation", args=[token]), follow=True)
    assert "đã có tài khoản" in words(opened)
    answer = client.post(
        reverse("account_login"),
        {
            "login": officer.email,
            "password": cast.PASSWORD,
            "next": reverse("organisations:accept_invitation"),
        },
    )
    assert "Nhận lời mời" in words(client.get(answer["Location"]))
    client.post(answer["Location"])
    assert set(officer.posts.values_list("agency__code", flat=True)) == {"DOH", "EZB"}


def test_an_invitation_is_sent_again_or_withdrawn() -> None:
    client = cast.signed_in(cast.make_admin())
    invite_official(client)
    invitation = Invitation.objects.get()
    assert "moi@tra-vinh.example" in words(client.get(reverse("organisations:people")))
    resend = reverse("organisations:resend_invitation", args=[invitation.pk])
    assert client.get(resend).status_code == 200
    client.post(resend)
    assert OutboxRow.objects.filter(event="official.invited").count() == 2
    withdraw = reverse("organisations:withdraw_official", args=[invitation.pk])
    assert client.get(withdraw).status_code == 200
    client.post(withdraw)
    assert client.get(resend).status_code == 404
    assert cast.signed_in(cast.make_office_clerk()).get(withdraw).status_code == 403


def test_a_post_is_ended_and_the_last_administrator_stays() -> None:
    client = cast.signed_in(cast.make_admin())
    officer = cast.make_zone_officer()
    url = reverse("organisations:end_post", args=[officer.posts.get().pk])
    assert "Phạm Minh Đức" in words(client.get(url))
    assert "last_day" in client.post(url, {"last_day": "01/01/2020"}).context["form"].errors
    client.post(url, {"last_day": "31/12/2021"})
    assert str(officer.posts.get().until) == "2021-12-31"
    assert client.get(url).status_code == 404
    own = reverse("organisations:end_post", args=[Post.objects.get(role=Role.ADMIN).pk])
    assert "người quản trị cuối cùng" in words(client.post(own, {"last_day": "31/12/2021"}))
    # The last day that a calendar knows has no day after it.
    assert client.post(own, {"last_day": "31/12/9999"}).status_code == 200


def test_people_are_found_by_name_agency_and_state() -> None:
    client = cast.signed_in(cast.make_admin())
    cast.make_zone_officer()
    url = reverse("organisations:people")
    assert "Phạm Minh Đức" in words(client.post(url, {"q": "minh duc"}))
    assert "Không có ai như vậy" in words(client.post(url, {"q": "khong co ai"}))
    assert "Phạm Minh Đức" in words(client.get(url, {"agency": "EZB"}))
    assert "Phạm Minh Đức" not in words(client.get(url, {"agency": "DOH"}))
    assert "Phạm Minh Đức" not in words(client.get(url, {"state": "ended"}))


def test_days_off_are_added_changed_and_removed() -> None:
    client = cast.signed_in(cast.make_admin())
    new = reverse("organisations:new_holiday")
    taken = client.post(new, {"on": "02/09/2021", "name": "Quốc khánh", "kind": "off"})
    assert "đã có trong bảng" in words(taken)
    weekday = client.post(new, {"on": "14/10/2021", "name": "Làm bù", "kind": "working"})
    assert "thứ Bảy hoặc Chủ nhật" in words(weekday)
    client.post(new, {"on": "16/10/2021", "name": "Làm bù ngày 15", "kind": "working"})
    row = Holiday.objects.get(on="2021-10-16")
    page = client.get(reverse("organisations:holidays"), {"year": "2021"})
    assert "Làm bù ngày 15" in words(page)
    edit = reverse("organisations:holiday", args=[row.pk])
    assert client.get(edit).status_code == 200
    client.post(edit, {"on": "17/10/2021", "name": "Làm bù", "kind": "working"})
    row.refresh_from_db()
    assert (str(row.on), row.name) == ("2021-10-16", "Làm bù")
    remove = reverse("organisations:remove_holiday", args=[row.pk])
    assert client.get(remove).status_code == 200
    client.post(remove)
    assert not Holiday.objects.filter(on="2021-10-16").exists()
    assert client.get(reverse("organisations:holidays"), {"year": "9" * 30}).status_code == 200
    assert client.get(reverse("organisations:holidays"), {"year": "9" * 4400}).status_code == 200


def test_catalogues_list_what_the_portal_uses() -> None:
    cast.make_team()
    client = cast.signed_in(cast.make_admin())
    assert "Cụm công nghiệp Sa Bình" in words(client.get(reverse("organisations:zones")))
    assert "Ngô Văn Út" in words(client.get(reverse("organisations:teams")))
    assert "SLĐTBXH" in words(client.get(reverse("organisations:agencies")))


def test_a_province_writes_its_own_telephones_and_a_later_load_leaves_them() -> None:
    client, address = cast.signed_in(cast.make_admin()), reverse("organisations:agency", args=["DOLISA"])
    cast.agency("DOLISA")
    typed = {"phone": "02943.862.116", "email": "sld@travinh.example", "address": "Số 11 Nguyễn Thái Học"}
    assert client.post(address, typed).status_code == 302
    call_command("load_reference", stdout=StringIO())
    agency = cast.agency("DOLISA")
    assert (agency.phone, agency.email, agency.address) == ("0294 3862 116", typed["email"], typed["address"])
    event = AuditEvent.objects.get(verb="agency.changed")
    assert (event.subject_id, event.fields) == ("DOLISA", ["address", "email", "phone"])
    assert "0294 3862 116" in words(client.get(reverse("organisations:agencies")))
    client.post(address, typed)
    assert AuditEvent.objects.filter(verb="agency.changed").count() == 1


def test_a_telephone_of_an_agency_that_nobody_can_dial_is_refused() -> None:
    client, address = cast.signed_in(cast.make_admin()), reverse("organisations:agency", args=["DOLISA"])
    was = cast.agency("DOLISA").phone
    answer = client.post(address, {"phone": "12345", "email": "", "address": ""})
    assert list(answer.context["form"].errors) == ["phone"]
    assert cast.agency("DOLISA").phone == was


def test_units_stand_below_their_districts_and_are_found_without_marks(django_assert_num_queries) -> None:
    cast.load_reference()
    client, address = cast.signed_in(cast.make_admin()), reverse("organisations:units")
    rows = client.get(address).context["rows"]
    assert rows[0].level == "district"
    assert {row.parent_id for row in rows[1:3]} == {rows[0].pk}
    found = client.get(address, {"q": "cang long"}).context["rows"]
    assert ("Huyện Càng Long", True) in [(row.full_name, row.valid_to is None) for row in found]
    there = client.get(address, {"district": found[0].pk, "q": ""}).context["rows"]
    assert {row.parent_id for row in there if row.level == "commune"} == {found[0].pk}
    with CaptureQueriesContext(connection) as few:
        client.get(address, {"q": "cang long"})
    with django_assert_num_queries(len(few)):
        client.get(address)
    assert "Không có đơn vị như vậy" in words(client.get(address, {"q": "\0không có"}))
    assert "Bảng này theo danh mục của Tổng cục Thống kê, cập nhật khi nâng cấp cổng" in words(
        client.get(address)
    )
