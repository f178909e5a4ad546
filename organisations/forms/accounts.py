"""allauth's forms in the portal's words."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.forms.fields import NameField, PhoneField, PlainForm, say_what_to_do

EMAIL = gettext_lazy("Thư điện tử")
PASSWORD = gettext_lazy("Mật khẩu")
NEW_PASSWORD = gettext_lazy("Mật khẩu mới")
AGAIN = gettext_lazy("Nhập lại mật khẩu")
PASSWORD_HINT = gettext_lazy("Ít nhất 10 ký tự, không chỉ toàn chữ số. Một câu ngắn dễ nhớ là tốt nhất.")


def word(form: forms.Form, **labels: Any) -> None:
    """Gives fields their labels; hints that stand inside a field are taken out of it."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)
        if isinstance(field.widget, forms.PasswordInput):
            field.help_text = PASSWORD_HINT if name == "password1" else ""
    say_what_to_do(form)


def limit_email(form: forms.Form) -> None:
    """As long as the column: PostgreSQL answers a longer address with an error, not with a message."""
    field = form.fields["email"]
    field.validators = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]
    field.validators.append(MaxLengthValidator(254))


def check_same(form: forms.Form) -> None:
    """Replaces the library's words for two passwords that differ."""
    first, second = form.data.get("password1"), form.data.get("password2")
    if first and second and first != second and "password2" in form.errors:
        form.errors["password2"] = form.error_class(
            [_("Hai mật khẩu không giống nhau. Nhập lại cả hai.")], renderer=form.renderer
        )


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, login=EMAIL, password=PASSWORD)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(allauth_forms.SignupForm):
    """Sign-up of somebody who works for an enterprise."""

    full_name = NameField(
        label=gettext_lazy("Họ và tên"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=gettext_lazy("Điện thoại di động"),
        help_text=gettext_lazy("Cơ quan tiếp nhận gọi số này khi cần"),
    )
    field_order = ["full_name", "email", "phone", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, email=EMAIL, password1=PASSWORD, password2=AGAIN)
        self.fields["email"].help_text = gettext_lazy("Thư xác nhận được gửi đến địa chỉ này")
        limit_email(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        check_same(self)
        return cleaned


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, oldpassword=gettext_lazy("Mật khẩu đang dùng"), password1=NEW_PASSWORD, password2=AGAIN)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        check_same(self)
        return cleaned


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, email=EMAIL)


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, password1=NEW_PASSWORD, password2=AGAIN)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        check_same(self)
        return cleaned


class ChangeEmailForm(allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, email=gettext_lazy("Thư điện tử mới"))
        limit_email(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, password=PASSWORD)


class NewAccountForm(allauth_forms.PasswordVerificationMixin, forms.Form):
    """What an invited person without an account gives: the address is already known to be theirs."""

    full_name = NameField(
        label=gettext_lazy("Họ và tên"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=gettext_lazy("Điện thoại di động"))
    password1 = allauth_forms.SetPasswordField(label=PASSWORD)
    password2 = allauth_forms.PasswordField(label=AGAIN, autocomplete="new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        check_same(self)
        return cleaned


class ProfileForm(PlainForm):
    """Name and telephone of the person signed in."""

    full_name = NameField(
        label=gettext_lazy("Họ và tên"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(required=False)

    def clean_full_name(self) -> str:
        name: str = self.cleaned_data["full_name"]
        if len(name.split()) < 2:
            raise ValidationError(_("Nhập đủ họ và tên, ví dụ Nguyễn Văn An."))
        return name
