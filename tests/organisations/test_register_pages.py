"""Claiming, adding sites, the register, confirming, and who signs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from journal.models import OutboxRow
from organisations.models import (
    AccessRequest,
    Enterprise,
    Site,
    User,
)
from tests import cast

pytestmark = pytest.mark.django_db

CLAIM = {
    "tax_code": cast.TAX_CODE, "name": "Công ty TNHH May mặc Ánh Dương", "address": "12 Nguyễn Đáng",
    "province": "84", "phone": "0294 3555 111", "signer_name": "Lê Thị Mỹ Ẩn", "signer_title": "Giám đốc",
    "signer_capacity": "legal",
}  # fmt: skip
SITE = {"name": "Xưởng Long Đức", "zone": "long-duc", "commune": "29263", "address": "Lô C2"}


@pytest.fixture(autouse=True)
def _reference() -> None:
    cast.load_reference()


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_claiming_leads_to_the_first_site_and_its_agency() -> None:
    client = cast.signed_in(cast.make_person())
    assert "Chưa có doanh nghiệp nào" in words(client.get(reverse("sites")))
    answer = client.post(reverse("organisations:claim"), CLAIM)
    enterprise = Enterprise.objects.get()
    assert answer["Location"] == f"{reverse('organisations:new_site')}?enterprise={enterprise.pk}"
    assert enterprise.phone == "+842943555111"
    page = client.post(reverse("organisations:new_site"), {**SITE, "enterprise": enterprise.pk}, follow=True)
    assert Site.objects.get().receiving_agency.code == "EZB"
    assert "Ban Quản lý Khu kinh tế Trà Vinh" in words(page)
    assert "Chờ cơ quan xác nhận" in words(page)
    begin = f"{reverse('dossiers:new')}?site={Site.objects.get().pk}"
    assert begin in words(page)
    assert begin in words(client.get(reverse("enterprise", args=[enterprise.pk])))


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
    assert "Ánh Dương" not in words(client.get(reverse("sites")))
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
    assert f"đã có cơ sở tên này: {person.full_name}, " in words(page)
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
            assert client.get(reverse("sites")).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [("anh duong", True), ("ÁNH DƯƠNG", True), (cast.TAX_CODE[:6], True), ("cuu long", False), ("%", False)],
)
def test_the_register_is_searched_with_and_without_marks(query: str, found: bool) -> None:
    cast.make_site()
    page = cast.signed_in(cast.make_zone_officer()).get(reverse("sites"), {"q": query})
    assert ("Công ty TNHH May mặc Ánh Dương" in words(page)) is found


def test_the_register_filters_by_state_and_district() -> None:
    cast.make_site(cast.make_enterprise(confirmed=False))
    client = cast.signed_in(cast.make_zone_officer())
    url = reverse("sites")
    counts = client.get(url, {"state": "waiting"}).context["counts"]
    assert [(count.number, count.current) for count in counts] == [(1, True), (1, False)]
    assert client.get(url, {"district": "842"}).context["page"].paginator.count == 1
    assert client.get(url, {"district": "850"}).context["page"].paginator.count == 0
    assert "Không có doanh nghiệp nào như vậy" in words(client.get(url, {"district": "x" * 300}))


def test_the_receiving_agency_confirms_from_the_enterprises_page() -> None:
    enterprise = cast.make_site(cast.make_enterprise(confirmed=False)).enterprise
    officer = cast.signed_in(cast.make_zone_officer())
    page = officer.get(reverse("enterprise", args=[enterprise.pk]))
    assert "Xác nhận doanh nghiệp này" in words(page)
    url = reverse("organisations:confirm_claim", args=[enterprise.pk])
    assert officer.get(url)["Location"] == reverse("enterprise", args=[enterprise.pk])
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


def test_who_prepares_does_not_change_the_signer_or_invite() -> None:
    enterprise = cast.make_enterprise()
    client = cast.signed_in(cast.make_colleague(enterprise))
    for name in ("dossiers:signer", "organisations:invite_colleague"):
        assert client.get(reverse(name, args=[enterprise.pk])).status_code == 403
