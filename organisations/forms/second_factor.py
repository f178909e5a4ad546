"""The second factor's forms in the portal's words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy

from organisations.forms.fields import say_what_to_do


def word(form: forms.Form, *, hint: Any) -> None:
    """One field, six digits, offered from the keyboard of a phone."""
    field = form.fields["code"]
    field.label = gettext_lazy("Mã xác thực")
    field.help_text = hint
    field.widget.attrs.pop("placeholder", None)
    say_what_to_do(form)
    field.widget.attrs.update({"inputmode": "numeric", "class": "num w-12", "autocomplete": "one-time-code"})


class AuthenticateForm(base.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, hint=gettext_lazy("6 chữ số trên ứng dụng xác thực, hoặc một mã dự phòng"))
        self.fields["code"].widget.attrs["autofocus"] = True


class ReauthenticateForm(base.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, hint=gettext_lazy("6 chữ số trên ứng dụng xác thực, hoặc một mã dự phòng"))


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, hint=gettext_lazy("6 chữ số đang hiện trên ứng dụng"))
