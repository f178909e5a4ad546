"""Fields that several forms share: tax code, telephone, name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations import phones, registering
from organisations.people import clean_name
from pages.templatetags.ui import vn_phone


def say_what_to_do(form: forms.Form) -> None:
    """Gives an empty field the words that fill it: "Nhập tên doanh nghiệp." instead of "required"."""
    for field in form.fields.values():
        label = str(field.label or "")
        phrase = label[:1].lower() + label[1:]
        chosen = isinstance(field.widget, forms.Select | forms.RadioSelect)
        words = _("Chọn %(field)s.") if chosen else _("Nhập %(field)s.")
        field.error_messages["required"] = (
            f"{label}." if label.startswith(_("Nhập lại")) else words % {"field": phrase}
        )
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = _("Thư điện tử không đúng. Nhập đủ như an@congty.vn.")
        elif isinstance(field, forms.DateField):
            field.error_messages["invalid"] = _("Ngày không đọc được. Nhập như 15/10/2021.")


class PlainForm(forms.Form):
    """A form whose errors say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_to_do(self)


class NameField(forms.CharField):
    """A person's name or title: NFC, single spaces."""

    def to_python(self, value: Any) -> Any:
        """Before the length is checked: a composed form may be longer than what was typed."""
        text = super().to_python(value)
        return clean_name(text) if text else text


class PhoneField(forms.CharField):
    """A telephone number, kept as E.164."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Điện thoại"))
        attributes = {"type": "tel", "autocomplete": "tel", "inputmode": "tel", "class": "num w-16"}
        options.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return phones.clean_phone(text)
        except phones.BadPhone as error:
            raise ValidationError(
                _("Số điện thoại không gọi được. Nhập 10 chữ số, ví dụ 0912 345 678 hoặc 0294 3555 010."),
                code="bad_phone",
            ) from error

    def prepare_value(self, value: Any) -> Any:
        return vn_phone(value) if isinstance(value, str) and value.startswith("+") else value


class TaxCodeField(forms.CharField):
    """A tax code of 10 digits, or 13 for a branch; says which of the two rules it breaks."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Mã số thuế"))
        options.setdefault("help_text", gettext_lazy("10 chữ số, hoặc 13 nếu là chi nhánh"))
        attributes = {"inputmode": "numeric", "autocomplete": "off", "class": "num w-16"}
        options.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return registering.clean_tax_code(text)
        except registering.BadTaxCode as error:
            raise ValidationError(self._fault(text), code="bad_tax_code") from error

    @staticmethod
    def _fault(text: str) -> str:
        digits = sum(character.isdigit() for character in text)
        if any(not (character.isdigit() or character in " -.") for character in text):
            return _("Mã số thuế chỉ gồm chữ số. Bỏ chữ cái và ký hiệu khác.")
        if digits not in {10, 13}:
            return _("Mã số thuế có %(count)s chữ số. Cần 10 hoặc 13; xem trên giấy chứng nhận đăng ký.") % {
                "count": digits
            }
        return _(
            "Mã số thuế này không có thật: chữ số kiểm tra không khớp. "
            "So lại từng chữ số với giấy chứng nhận đăng ký."
        )
