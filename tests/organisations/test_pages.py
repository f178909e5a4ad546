"""Every page of the room: who may open it, what it does, and what it says when something is wrong."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journal.models import AuditEvent, OutboxRow
from organisations import invitations, registering
from organisations.models import (
    AccessRequest,
    Enterprise,
    Holiday,
    Invitation,
    Membership,
    MembershipInvitation,
    Post,
    Site,
    User,
)
from organisations.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db

CLAIM = {
    "tax_code": cast.TAX_CODE, "name": "Công ty TNHH May mặc Ánh Dương", "address": "12 Nguyễn Đáng",
    "province": "84", "phone": "0294 3555 111", "signer_name": "Lê Thị Mỹ Ẩn", "signer_title": "Giám đốc",
    "signer_capacity": "legal",
}  # fmt: skip
SITE = {"name": "Xưởng Long Đức", "zone": "long-duc", "commune": "29263", "address": "Lô C2"}
OFFICIAL = {
    "full_name": "Cao Văn Mới", "email": "moi@tra-vinh.example", "phone": "", "title": "Chuyên viên",
    "role": "receiving", "since": "05/10/2021",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _reference() -> None:
    cast.load_reference()


def words(answer: Any) -> str:
    return str(answer.content.decode())


# --- who opens what ---

ENTERPRISE_PAGES = ["claim", "new_site", "ask_access", "access_asked", "colleagues"]
ADMIN_PAGES = [
    "people", "invite_official", "catalogues", "holidays", "new_holiday", "zones", "teams", "agencies",
]  # fmt: skip


@pytest.mark.parametrize("name", ENTERPRISE_PAGES)
def test_pages_of_enterprises_are_closed_to_officials(name: str) -> None:
    cast.make_enterprise()
    url = reverse(f"organisations:{name}")
    assert cast.signed_in(cast.make_person()).get(url).status_code == 200
    assert cast.signed_in(cast.make_dolisa_officer()).get(url).status_code == 403
    assert Client().get(url)["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("role", [*sorted(cast.OFFICIALS), "person", "stranger"])
def test_pages_of_the_administrator_open_to_nobody_else(role: str) -> None:
    cast.make_admin()
    user = (
        cast.OFFICIALS[role]() if role in cast.OFFICIALS else cast.make_person() if role == "person" else None
    )
    client, expected = cast.signed_in(user), {"admin": 200, "stranger": 302}.get(role, 403)
    for name in ADMIN_PAGES:
        assert client.get(reverse(f"organisations:{name}")).status_code == expected, name


@pytest.mark.parametrize("role", sorted(cast.OFFICIALS))
def test_the_register_opens_to_every_official(role: str) -> None:
    cast.make_site()
    assert cast.signed_in(cast.OFFICIALS[role]()).get(reverse("organisations:sites")).status_code == 200


@pytest.mark.parametrize(
    ("maker", "status"),
    [
        (cast.make_person, 200),
        (cast.make_zone_officer, 200),
        (cast.make_dolisa_officer, 404),
        (cast.make_district, 200),
        (lambda: cast.make_district("844"), 404),
        (cast.make_chairman, 200),
        (cast.make_admin, 404),
        (lambda: cast.make_person("la@example.vn", "Người Lạ"), 404),
    ],
)
def test_an_enterprise_outside_ones_sight_is_not_found(maker: Callable[[], User], status: int) -> None:
    enterprise = cast.make_site().enterprise
    client = cast.signed_in(maker())
    assert client.get(reverse("organisations:enterprise", args=[enterprise.pk])).status_code == status


def test_only_the_near_see_telephones_and_people() -> None:
    enterprise = cast.make_site().enterprise
    url = reverse("organisations:enterprise", args=[enterprise.pk])
    email = enterprise.claimed_by.email
    assert email in words(cast.signed_in(cast.make_zone_officer()).get(url))
    assert email in words(cast.signed_in(enterprise.claimed_by).get(url))
    assert email not in words(cast.signed_in(cast.make_police()).get(url))


# --- claiming ---


def test_claiming_leads_to_the_first_site_and_its_agency() -> None:
    client = cast.signed_in(cast.make_person())
    assert "Chưa có doanh nghiệp nào" in words(client.get(reverse("organisations:sites")))
    answer = client.post(reverse("organisations:claim"), CLAIM)
    enterprise = Enterprise.objects.get()
    assert answer["Location"] == f"{reverse('organisations:new_site')}?enterprise={enterprise.pk}"
    assert enterprise.phone == "+842943555111"
    page = client.post(reverse("organisations:new_site"), {**SITE, "enterprise": enterprise.pk}, follow=True)
    assert Site.objects.get().receiving_agency.code == "EZB"
    assert "Ban Quản lý Khu kinh tế Trà Vinh" in words(page)
    assert "Chờ cơ quan xác nhận" in words(page)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("tax_code", "210045678", "Mã số thuế có 9 chữ số. Cần 10 hoặc 13"),
        ("tax_code", "2100456789", "chữ số kiểm tra không khớp"),
        ("tax_code", "21OO456789", "chỉ gồm chữ số"),
        ("phone", "12", "Số điện thoại không gọi được"),
        ("phone", "0123456789012345678901234567890", "30 kí tự"),
        ("name", "", "Nhập tên doanh nghiệp."),
        ("name", "A" * 201, "200 kí tự"),
        ("name", "A\0B", ""),
        ("signer_capacity", "king", "không"),
        ("province", "999", "ựa chọn"),
    ],
)
def test_a_mistake_in_a_claim_is_told_beside_everything_typed(field: str, value: str, said: str) -> None:
    page = cast.signed_in(cast.make_person()).post(reverse("organisations:claim"), {**CLAIM, field: value})
    assert page.status_code == 200
    assert said in words(page)
    assert field in page.context["form"].errors
    assert "Lỗi:" in words(page)
    assert "12 Nguyễn Đáng" in words(page)
    assert not Enterprise.objects.exists()


def test_a_later_claimant_is_told_only_to_ask_for_access() -> None:
    holder = cast.make_site().enterprise.claimed_by
    later = cast.make_person("nguoi-sau@example.vn", "Trần Văn Sau")
    client = cast.signed_in(later)
    page = client.post(reverse("organisations:claim"), {**CLAIM, "name": "Tên khác"}, follow=True)
    assert page.redirect_chain[0][0] == reverse("organisations:ask_access")
    body = words(page)
    assert cast.TAX_CODE in body
    for secret in (holder.email, holder.full_name, "Ánh Dương", "Long Đức"):
        assert secret not in body
    assert "Ánh Dương" not in words(client.get(reverse("organisations:sites")))
    client.post(reverse("organisations:ask_access"), {"tax_code": cast.TAX_CODE, "note": "Kế toán trưởng"})
    assert AccessRequest.objects.get().user == later


def test_asking_answers_alike_for_codes_with_and_without_a_holder() -> None:
    cast.make_enterprise()
    client = cast.signed_in(cast.make_person("nguoi-sau@example.vn", "Trần Văn Sau"))
    answers = [
        client.post(reverse("organisations:ask_access"), {"tax_code": code, "note": "Kế toán"}, follow=True)
        for code in (cast.TAX_CODE, cast.OTHER_TAX_CODE)
    ]
    # Every form carries a token of its own; nothing else differs.
    first, second = (re.sub(r'value="\w{64}"', "", words(answer)) for answer in answers)
    assert first == second


def test_trying_tax_codes_has_an_end() -> None:
    client = cast.signed_in(cast.make_person())
    statuses = [
        client.post(reverse("organisations:claim"), {"tax_code": str(n)}).status_code for n in range(21)
    ]
    assert statuses == [200] * 20 + [429]


def test_ones_own_tax_code_leads_home() -> None:
    person = cast.make_person()
    cast.make_enterprise(by=person)
    page = cast.signed_in(person).post(reverse("organisations:claim"), CLAIM, follow=True)
    assert "đã là người của doanh nghiệp này" in words(page)


# --- sites ---


def test_a_site_lies_in_the_districts_of_its_zone() -> None:
    person = cast.make_person()
    cast.make_enterprise(by=person)
    page = cast.signed_in(person).post(reverse("organisations:new_site"), {**SITE, "commune": "29266"})
    assert "Khu công nghiệp Long Đức nằm ở Thành phố Trà Vinh" in words(page)
    assert not Site.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("commune", "84"), ("commune", ""), ("commune", "29245"), ("zone", "mars"), ("name", "")],
)
def test_a_place_that_is_not_in_the_list_is_refused(field: str, value: str) -> None:
    # 29245 is Phường 2, which ended with 2024; today is later than that.
    person = cast.make_person()
    cast.make_enterprise(by=person)
    page = cast.signed_in(person).post(reverse("organisations:new_site"), {**SITE, field: value})
    assert field in page.context["form"].errors
    assert not Site.objects.exists()


def test_a_second_click_does_not_make_a_second_site() -> None:
    person = cast.make_person()
    cast.make_enterprise(by=person)
    client = cast.signed_in(person)
    client.post(reverse("organisations:new_site"), SITE)
    page = client.post(reverse("organisations:new_site"), {**SITE, "name": " Xưởng Long  Đức"})
    assert "đã có cơ sở tên này" in words(page)
    assert Site.objects.count() == 1


def test_nobody_adds_a_site_to_anothers_enterprise() -> None:
    other = cast.make_other_enterprise()
    person = cast.make_person()
    cast.make_enterprise(by=person)
    answer = cast.signed_in(person).post(reverse("organisations:new_site"), {**SITE, "enterprise": other.pk})
    assert answer.status_code == 404
    assert not Site.objects.exists()


def test_without_an_enterprise_a_site_waits_for_the_claim() -> None:
    answer = cast.signed_in(cast.make_person()).get(reverse("organisations:new_site"))
    assert answer["Location"] == reverse("organisations:claim")


def test_the_list_costs_the_same_for_one_and_thirty(django_assert_max_num_queries: Any) -> None:
    enterprise = cast.make_enterprise(confirmed=False)
    for number in range(30):
        cast.make_site(enterprise, name=f"Xưởng {number}")
    officer = cast.signed_in(cast.make_zone_officer())
    own = cast.signed_in(enterprise.claimed_by)
    for client in (officer, own):
        with django_assert_max_num_queries(12):
            assert client.get(reverse("organisations:sites")).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [("anh duong", True), ("ÁNH DƯƠNG", True), (cast.TAX_CODE[:6], True), ("cuu long", False), ("%", False)],
)
def test_the_register_is_searched_with_and_without_marks(query: str, found: bool) -> None:
    cast.make_site()
    page = cast.signed_in(cast.make_zone_officer()).get(reverse("organisations:sites"), {"q": query})
    assert ("Công ty TNHH May mặc Ánh Dương" in words(page)) is found


def test_the_register_filters_by_state_and_district() -> None:
    cast.make_site(cast.make_enterprise(confirmed=False))
    client = cast.signed_in(cast.make_zone_officer())
    url = reverse("organisations:sites")
    counts = client.get(url, {"state": "waiting"}).context["counts"]
    assert [(count.number, count.current) for count in counts] == [(1, True), (1, False)]
    assert client.get(url, {"district": "842"}).context["page"].paginator.count == 1
    assert client.get(url, {"district": "850"}).context["page"].paginator.count == 0
    assert "Không có doanh nghiệp nào như vậy" in words(client.get(url, {"district": "x" * 300}))


# --- confirming ---


def test_the_receiving_agency_confirms_from_the_enterprises_page() -> None:
    enterprise = cast.make_site(cast.make_enterprise(confirmed=False)).enterprise
    officer = cast.signed_in(cast.make_zone_officer())
    page = officer.get(reverse("organisations:enterprise", args=[enterprise.pk]))
    assert "Xác nhận doanh nghiệp này" in words(page)
    url = reverse("organisations:confirm_claim", args=[enterprise.pk])
    assert officer.get(url)["Location"] == reverse("organisations:enterprise", args=[enterprise.pk])
    enterprise.refresh_from_db()
    assert enterprise.confirmed_at is None
    assert "Đã xác nhận" in words(officer.post(url, follow=True))
    assert "đã được xác nhận trước đó" in words(officer.post(url, follow=True))
    assert OutboxRow.objects.filter(event="enterprise.confirmed").count() == 1


@pytest.mark.parametrize(
    ("maker", "status"),
    [
        (cast.make_dolisa_head, 404),
        (cast.make_chairman, 403),
        (cast.make_district, 403),
        (cast.make_person, 403),
        (cast.make_admin, 403),
    ],
)
def test_nobody_else_confirms(maker: Callable[[], User], status: int) -> None:
    enterprise = cast.make_site(cast.make_enterprise(confirmed=False)).enterprise
    answer = cast.signed_in(maker()).post(reverse("organisations:confirm_claim", args=[enterprise.pk]))
    assert answer.status_code == status
    enterprise.refresh_from_db()
    assert enterprise.confirmed_at is None


# --- signers ---


def test_a_new_signer_cannot_begin_in_the_future_or_the_past() -> None:
    enterprise = cast.make_enterprise()
    client = cast.signed_in(enterprise.claimed_by)
    url = reverse("organisations:representative", args=[enterprise.pk])
    assert client.get(url).status_code == 200
    fields = {"signer_name": "Trần Văn Mới", "signer_title": "Giám đốc", "signer_capacity": "legal"}
    for since, said in (
        ("31/12/2099", "chưa đến"),
        ("01/01/2020", "Đã có người ký từ 14/10/2021"),
        ("31/02/2021", ""),
    ):
        page = client.post(url, {**fields, "since": since})
        assert said in words(page)
        assert "since" in page.context["form"].errors
    client.post(url, {**fields, "since": "01/11/2021"})
    assert enterprise.representatives.count() == 2


def test_who_prepares_does_not_change_the_signer_or_invite() -> None:
    enterprise = cast.make_enterprise()
    client = cast.signed_in(cast.make_colleague(enterprise))
    for name in ("representative", "invite_colleague"):
        assert client.get(reverse(f"organisations:{name}", args=[enterprise.pk])).status_code == 403


# --- colleagues ---


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
    assert answer["Location"] == reverse("organisations:sites")
    assert enterprise.name in words(guest.get(reverse("organisations:sites")))
    membership = Membership.objects.get(user__email="moi@anh-duong.example")
    end = reverse("organisations:end_membership", args=[membership.pk])
    assert "Cho thôi" in words(holder.get(end))
    holder.post(end)
    assert enterprise.name not in words(guest.get(reverse("organisations:sites")))


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
        ("invite_colleague", other.pk),
        ("representative", other.pk),
        ("enterprise", other.pk),
        ("end_membership", other.memberships.get().pk),
        ("withdraw_colleague", invitation.pk),
    ]:
        assert client.get(reverse(f"organisations:{name}", args=[pk])).status_code == 404, name


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
        client.get(reverse("organisations:sites" if side == "agency" else "organisations:colleagues"))
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


# --- the administrator ---


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


def test_catalogues_list_what_the_portal_uses() -> None:
    cast.make_team()
    client = cast.signed_in(cast.make_admin())
    assert "Cụm công nghiệp Sa Bình" in words(client.get(reverse("organisations:zones")))
    assert "Ngô Văn Út" in words(client.get(reverse("organisations:teams")))
    assert "SLĐTBXH" in words(client.get(reverse("organisations:agencies")))


# --- one's own account ---


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
