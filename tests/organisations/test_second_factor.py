"""The second factor, and being asked again before signing."""

import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from journal.models import AuditEvent
from organisations import reauthentication
from organisations.models import User
from restart_portal import urls as portal_urls
from tests import cast

pytestmark = pytest.mark.django_db
signed: list[dict[str, str]] = []


@reauthentication.required
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Stands for any view that signs."""
    if request.method == "POST":
        signed.append({"by": request.user.email, "number": str(number), **request.POST.dict()})
        return HttpResponse("signed")
    return HttpResponse("form")


urlpatterns = [path("sign/<int:number>/", sign, name="sign"), *portal_urls.urlpatterns]


@pytest.fixture(autouse=True)
def _reference() -> None:
    signed.clear()
    cast.load_reference()


def code_now(secret: str) -> str:
    """What the app on the telephone shows."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))


def switch_on(client: Client) -> tuple[str, Any]:
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    secret = page.context["form"].secret
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)


def sign_in(client: Client, user: User) -> Any:
    return client.post(
        reverse("account_login"), {"login": user.email, "password": cast.PASSWORD, "next": "/sites/"}
    )


def test_an_official_without_a_second_factor_is_sent_to_set_one_up(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    officer, client = cast.make_dolisa_officer(), Client()
    sign_in(client, officer)
    assert client.get("/sites/")["Location"] == reverse("mfa_activate_totp")
    _, page = switch_on(client)
    assert page.status_code == 200
    assert "Mã dự phòng" in page.content.decode()
    assert client.get("/sites/").status_code == 200


def test_people_of_enterprises_need_no_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = cast.signed_in(cast.make_person())
    assert client.get("/sites/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_signing_in_takes_password_and_code() -> None:
    officer, client = cast.make_dolisa_officer(), Client()
    sign_in(client, officer)
    secret, _ = switch_on(client)
    assert AuditEvent.objects.filter(verb="account.totp_activated", subject_id=str(officer.pk)).exists()
    later = Client()
    assert sign_in(later, officer)["Location"].startswith(reverse("mfa_authenticate"))
    assert later.get("/sites/").status_code == 302
    wrong = later.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã chưa đúng" in wrong.content.decode()
    with time_machine.travel(time.time() + 60):
        assert later.post(reverse("mfa_authenticate"), {"code": code_now(secret)})["Location"] == "/sites/"


def test_a_recovery_code_opens_once() -> None:
    officer, client = cast.make_dolisa_officer(), Client()
    sign_in(client, officer)
    switch_on(client)
    page = client.get(reverse("mfa_view_recovery_codes"))
    code = page.context["unused_codes"][0]
    assert code in client.get(reverse("mfa_download_recovery_codes")).content.decode()
    for expected in (302, 200):
        later = Client()
        sign_in(later, officer)
        assert later.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_secrets_rest_encrypted() -> None:
    officer, client = cast.make_dolisa_officer(), Client()
    sign_in(client, officer)
    secret, _ = switch_on(client)
    assert secret not in str(Authenticator.objects.get(user=officer, type="totp").data)


@pytest.mark.django_db(transaction=True)
def test_switching_off_and_new_codes_are_journalled() -> None:
    officer, client = cast.make_dolisa_officer(), Client()
    sign_in(client, officer)
    switch_on(client)
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    verbs = set(AuditEvent.objects.filter(subject_id=str(officer.pk)).values_list("verb", flat=True))
    assert {"account.recovery_codes_generated", "account.totp_deactivated"} <= verbs
    assert not Authenticator.objects.filter(user=officer, type="totp").exists()


@pytest.mark.urls("tests.organisations.test_second_factor")
def test_signing_right_after_signing_in_asks_nothing() -> None:
    chairman, client = cast.make_chairman(), Client()
    sign_in(client, chairman)
    assert client.post("/sign/7/", {"answer": "approve"}).content == b"signed"


@pytest.mark.urls("tests.organisations.test_second_factor")
def test_after_five_minutes_the_person_confirms_and_nothing_entered_is_lost() -> None:
    chairman, client = cast.make_chairman(), Client()
    sign_in(client, chairman)
    with time_machine.travel(time.time() + 301):
        asked = client.post("/sign/7/?from=session", {"answer": "approve", "note": "Đồng ý, từ 05/10"})
        assert asked["Location"] == f"{reverse('account_reauthenticate')}?next=%2Fsign%2F7%2F"
        assert signed == []
        page = client.get(asked["Location"])
        assert "Nội dung đã nhập được giữ" in page.content.decode()
        wrong = client.post(asked["Location"], {"password": "sai", "next": "/sign/7/"})
        assert "Mật khẩu chưa đúng" in wrong.content.decode()
        answer = client.post(
            reverse("account_reauthenticate"), {"password": cast.PASSWORD, "next": "/sign/7/"}
        )
        assert answer.content == b"signed"
    assert signed == [{"by": chairman.email, "number": "7", "answer": "approve", "note": "Đồng ý, từ 05/10"}]


@pytest.mark.urls("tests.organisations.test_second_factor")
def test_a_session_without_a_password_given_is_asked() -> None:
    client = cast.signed_in(cast.make_chairman())
    assert client.post("/sign/7/", {"answer": "approve"}).status_code == 302
    assert client.get("/sign/7/").content == b"form"
    assert signed == []


@pytest.mark.urls("tests.organisations.test_second_factor")
def test_a_post_longer_than_any_form_is_not_kept_and_the_person_is_told() -> None:
    client = cast.signed_in(cast.make_chairman())
    asked = client.post("/sign/7/", {"answer": "approve", "note": "a" * (reauthentication.LONGEST_KEPT + 1)})
    page = client.get(asked["Location"]).content.decode()
    assert "quá dài nên không giữ lại được" in page
    assert len(str(dict(client.session))) < 2_000
    longest = "ẵ" * (reauthentication.LONGEST_KEPT - 100)
    client.post("/sign/7/", {"answer": "approve", "note": longest})
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD, "next": "/sign/7/"})
    assert [each["note"] for each in signed] == [longest]
