"""Signing up, in and back in: verified address, no enumeration, limits, and nothing lost on the way."""

import re
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from journal.models import AuditEvent
from organisations import demo_accounts
from organisations.models import User
from tests import cast

pytestmark = pytest.mark.django_db
PASSWORD = "chung-toi-lam-viec-2021"
SIGN_UP = {
    "full_name": "Lê Thị Mỹ Ẩn",
    "email": "an@anh-duong.example",
    "phone": "0912 345 678",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture(autouse=True)
def _reference() -> None:
    cast.load_reference()


def sign_up(client: Client, **changes: str) -> Any:
    return client.post(reverse("account_signup"), {**SIGN_UP, **changes})


def sign_in(client: Client, email: str, password: str = cast.PASSWORD, *, back: str = "") -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password, "next": back})


def link_in(body: str) -> str:
    found = re.search(r"http://testserver(/\S+)", body)
    assert found is not None
    return found.group(1)


def test_signing_up_needs_the_address_confirmed(client: Client) -> None:
    answer = sign_up(client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    user = User.objects.get(email="an@anh-duong.example")
    assert (user.full_name, user.phone) == ("Lê Thị Mỹ Ẩn", "+84912345678")
    assert AuditEvent.objects.filter(verb="person.signed_up", subject_id=str(user.pk)).exists()
    assert sign_in(Client(), user.email, PASSWORD)["Location"] == reverse("account_email_verification_sent")
    page = client.get(link_in(str(mail.outbox[0].body)))
    assert "an@anh-duong.example" in page.content.decode()
    assert not EmailAddress.objects.get(user=user).verified
    client.post(link_in(str(mail.outbox[0].body)))
    assert EmailAddress.objects.get(user=user).verified
    assert sign_in(Client(), user.email, PASSWORD, back="/sites/")["Location"] == "/sites/"


def test_a_used_up_confirmation_link_says_what_to_do(client: Client) -> None:
    page = client.get(reverse("account_confirm_email", args=["abc:def:ghi"]))
    assert "Đến trang đăng nhập" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "123", "Số điện thoại không gọi được"),
        ("password2", "khac-han-mat-khau", "Hai mật khẩu không giống nhau"),
        ("email", "khong-phai-dia-chi", ""),
        ("email", "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".vn", "254"),
        ("full_name", "", ""),
    ],
)
def test_a_mistake_keeps_everything_typed(client: Client, field: str, value: str, words: str) -> None:
    page = sign_up(client, **{field: value})
    body = page.content.decode()
    assert page.status_code == 200
    assert words in body
    assert field in page.context["form"].errors
    assert field == "full_name" or "Lê Thị Mỹ Ẩn" in body
    assert not User.objects.exists()


def test_signing_up_with_a_known_address_looks_the_same_and_tells_the_owner(client: Client) -> None:
    known = cast.make_person()
    fresh, taken = sign_up(client), sign_up(Client(), email=known.email)
    assert (fresh.status_code, fresh["Location"]) == (taken.status_code, taken["Location"])
    assert User.objects.filter(email=known.email).count() == 1
    letter = mail.outbox[-1]
    assert letter.to == [known.email]
    assert "đã có tài khoản" in letter.body


def test_a_reset_of_an_unknown_address_looks_the_same(client: Client) -> None:
    known = cast.make_person()
    url = reverse("account_reset_password")
    first, second = (
        client.post(url, {"email": known.email}),
        Client().post(url, {"email": "ai-do@example.vn"}),
    )
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert [letter.to for letter in mail.outbox] == [[known.email], ["ai-do@example.vn"]]
    assert "chưa có tài khoản" in mail.outbox[1].body


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(client: Client) -> None:
    known = cast.make_person()
    wrong = sign_in(client, known.email, "sai-mat-khau").context["form"].errors
    unknown = sign_in(Client(), "ai-do@example.vn", "sai-mat-khau").context["form"].errors
    assert wrong == unknown


def test_resetting_the_password_is_journalled_and_told(client: Client) -> None:
    user = cast.make_person()
    client.post(reverse("account_reset_password"), {"email": user.email})
    page = client.get(link_in(str(mail.outbox[0].body)), follow=True)
    url = page.request["PATH_INFO"]
    assert "set-password" in url
    client.post(url, {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert AuditEvent.objects.filter(verb="account.password_reset", subject_id=str(user.pk)).exists()
    assert "vừa được đặt lại" in mail.outbox[-1].body
    again = Client().get(link_in(str(mail.outbox[0].body)), follow=True)
    assert "Gửi đường dẫn mới" in again.content.decode()


def test_five_wrong_passwords_close_the_door_for_a_while(client: Client) -> None:
    user = cast.make_person()
    with time_machine.travel(cast.AT, tick=False) as clock:
        for _ in range(5):
            sign_in(client, user.email, "sai-mat-khau")
        assert "quá nhiều lần" in sign_in(client, user.email).content.decode()
        clock.shift(301)
        assert sign_in(client, user.email, back="/sites/")["Location"] == "/sites/"


def test_signing_up_too_often_is_answered_in_plain_words(client: Client) -> None:
    for number in range(20):
        sign_up(client, email=f"nguoi-{number}@example.vn", phone="1")
    page = sign_up(client)
    assert page.status_code == 429
    assert "Thử quá nhiều lần" in page.content.decode()


def test_demo_accounts_open_only_a_demo(client: Client, settings: Any) -> None:
    users = demo_accounts.load(at=cast.AT)
    assert (
        sign_in(client, users["chairman"].email, demo_accounts.PASSWORD, back="/sites/")["Location"]
        == "/sites/"
    )
    settings.DEMO = False
    refused = sign_in(Client(), users["chairman"].email, demo_accounts.PASSWORD)
    assert "chưa đúng" in refused.content.decode()
    assert not refused.wsgi_request.user.is_authenticated
    # A session that began while it was a demo ends too.
    assert client.get("/sites/").status_code == 302
    with pytest.raises(demo_accounts.NotADemo):
        demo_accounts.load(at=cast.AT)


def test_the_demo_accounts_are_made_once() -> None:
    demo_accounts.load(at=cast.AT)
    users = demo_accounts.load(at=cast.AT)
    assert len(set(users)) == len(users) >= 12
    assert User.objects.filter(is_demo=True).count() == len(users)


def test_somebody_inactive_cannot_sign_in(client: Client) -> None:
    user = cast.make_person()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert sign_in(client, user.email)["Location"] == reverse("account_inactive")
    assert "ngừng hoạt động" in client.get(reverse("account_inactive")).content.decode()


def test_a_form_sent_after_the_session_ran_out_comes_back(client: Client) -> None:
    user = cast.make_person()
    answer = Client().post(reverse("organisations:claim"), {"tax_code": cast.TAX_CODE, "name": "Ánh Dương"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next=/sites/claim/&expired=1"
    page = client.get(answer["Location"])
    assert "Phiên đã hết" in page.content.decode()
    back = sign_in(client, user.email, back="/sites/claim/")
    assert back["Location"] == "/sites/claim/"
    form = client.get(back["Location"]).content.decode()
    # What was typed waits in the tab: the script knows the form by this name.
    assert 'data-keep="claim"' in form


def test_signing_in_and_out_is_journalled(client: Client) -> None:
    user = cast.make_dolisa_officer()
    sign_in(client, user.email)
    event = AuditEvent.objects.get(verb="person.signed_in")
    assert (event.actor_name, event.actor_post) == ("Trần Thị Lan", "Chuyên viên, Sở LĐTBXH")
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/sites/").status_code == 302


def test_changing_the_password_asks_for_the_old_one(client: Client) -> None:
    user = cast.make_person()
    sign_in(client, user.email)
    url = reverse("account_change_password")
    bad = client.post(url, {"oldpassword": "sai", "password1": PASSWORD, "password2": PASSWORD})
    assert "Mật khẩu đang dùng chưa đúng" in bad.content.decode()
    good = client.post(url, {"oldpassword": cast.PASSWORD, "password1": PASSWORD, "password2": PASSWORD})
    assert good["Location"] == reverse("organisations:profile")
    assert AuditEvent.objects.filter(verb="account.password_changed").exists()


def test_changing_the_address_waits_for_the_new_one_to_be_confirmed(client: Client) -> None:
    user = cast.make_person()
    sign_in(client, user.email)
    url = reverse("account_email")
    client.post(url, {"action_add": "1", "email": "moi@anh-duong.example"})
    user.refresh_from_db()
    assert user.email == "giam-doc@anh-duong.example"
    assert "moi@anh-duong.example" in client.get(url).content.decode()
    client.post(link_in(str(mail.outbox[-1].body)))
    user.refresh_from_db()
    assert user.email == "moi@anh-duong.example"


def test_every_page_of_the_entrance_renders(client: Client) -> None:
    names = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done",
             "account_reset_password_from_key_done", "account_email_verification_sent", "account_inactive"]  # fmt: skip
    for name in names:
        assert client.get(reverse(name)).status_code == 200, name
    assert django_settings.ACCOUNT_PREVENT_ENUMERATION is True


def test_the_portal_speaks_vietnamese_until_english_is_chosen(client: Client) -> None:
    url = reverse("account_login")
    page = client.get(url, headers={"accept-language": "en-GB,en;q=0.9"})
    assert '<html lang="vi"' in page.content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": url})
    assert '<html lang="en"' in client.get(url).content.decode()
