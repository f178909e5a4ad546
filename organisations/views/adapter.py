"""What the portal tells django-allauth: words, who is made at sign-up, what the journal keeps."""

import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.recording import record
from organisations import accounts, people, reauthentication
from organisations.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up makes people of enterprises; officials come by invitation only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động. Gọi số hỗ trợ ở cuối trang."),
        "duplicate_email": _("Đây đang là thư điện tử của tài khoản này."),
        "email_password_mismatch": _(
            "Thư điện tử hoặc mật khẩu chưa đúng. Nhập lại, hoặc chọn Quên mật khẩu để đặt mật khẩu mới."
        ),
        "email_taken": _("Thư điện tử này đã có tài khoản."),
        "enter_current_password": _("Mật khẩu đang dùng chưa đúng. Nhập lại mật khẩu hiện tại."),
        "incorrect_code": _("Mã chưa đúng. Mã đổi mỗi 30 giây: nhập mã đang hiện trên ứng dụng."),
        "incorrect_password": _("Mật khẩu chưa đúng. Nhập lại mật khẩu của tài khoản này."),
        "invalid_password_reset": _("Đường dẫn đặt lại mật khẩu đã hết hạn hoặc đã dùng."),
        "max_email_addresses": _("Tài khoản đã có đủ %d thư điện tử."),
        "rate_limited": _("Thử quá nhiều lần. Chờ vài phút rồi thử lại."),
        "same_as_current": _("Giá trị mới phải khác giá trị đang dùng."),
        "too_many_login_attempts": _(
            "Đăng nhập sai quá nhiều lần. Chờ 5 phút rồi thử lại, hoặc chọn Quên mật khẩu."
        ),
        "unknown_email": _("Chưa có tài khoản với thư điện tử này."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """An IPv4 address that a socket for both wrote as IPv6 is itself again: as IPv6 all would be one /64."""
        address = ipaddress.ip_address(super().get_client_ip(request))
        return str(getattr(address, "ipv4_mapped", None) or address)

    def new_user(self, request: HttpRequest) -> User:
        return User(date_joined=timezone.now())

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.full_name = form.cleaned_data["full_name"]
        user.phone = form.cleaned_data["phone"]
        super().save_user(request, user, form, commit=commit)
        record("person.signed_up", by=user, at=timezone.now(), kind="person", subject_id=user.pk)
        return user

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A demo account outside a demo is answered as a wrong password is."""
        # The library hands on people whom the backend turned away, to tell them that they are inactive.
        user = super().authenticate(request, **credentials)
        return user if user is None or settings.DEMO or not user.is_demo else None

    def post_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse:
        record("person.signed_in", by=user, at=timezone.now(), kind="person", subject_id=user.pk)
        return super().post_login(request, user, **hook)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Every change to how somebody signs in is a row of the journal before it is a letter."""
        people.record_change(user, change=template_prefix.rsplit("/", 1)[-1], at=timezone.now())
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"support_phone": settings.SUPPORT_PHONE, **context})

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who has just signed in, or just chosen a password, is not asked for it again."""
        return not reauthentication.recently(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Dùng mật khẩu"),
            "mfa_reauthenticate": _("Dùng mã trên ứng dụng xác thực"),
        }
        methods = super().get_reauthentication_methods(user)
        return [
            {**method, "description": words.get(method["id"], method["description"])} for method in methods
        ]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("organisations:profile")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: Vietnamese words, secrets encrypted at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "add_email_blocked": _(
            "Đang bật xác thực hai bước thì chưa đổi được thư điện tử. Tắt xác thực hai bước, đổi thư điện tử, "
            "rồi bật lại."
        ),
        "cannot_delete_authenticator": _("Không tắt được xác thực hai bước."),
        "cannot_generate_recovery_codes": _("Bật xác thực hai bước trước, rồi mới tạo mã dự phòng."),
        "unverified_email": _("Xác nhận thư điện tử trước khi bật xác thực hai bước."),
    }

    def encrypt(self, text: str) -> str:
        return accounts.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return accounts.decrypt(encrypted_text)
