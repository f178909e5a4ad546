"""A new signer of an enterprise, by a dated paper."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.fields import DateInput, KeptFileField
from organisations.forms.registering import RepresentativeForm
from organisations.models import Representative


class SignerChangeForm(RepresentativeForm):
    """Who signs from a day on, until a day if the paper says so, and the paper itself."""

    until = forms.DateField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Chỉ khi giấy ủy quyền ghi ngày hết hạn"),
        widget=DateInput(),
    )
    number = forms.CharField(
        label=gettext_lazy("Số của giấy"),
        max_length=60,
        help_text=gettext_lazy(
            "Quyết định, giấy chứng nhận đăng ký thay đổi, hoặc giấy ủy quyền. Ví dụ 12/QĐ-HĐTV"
        ),
        error_messages={"required": gettext_lazy("Nhập số của giấy.")},
    )
    dated = forms.DateField(
        label=gettext_lazy("Ngày của giấy"),
        help_text=gettext_lazy("Ví dụ 01/10/2021"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Nhập ngày của giấy.")},
    )
    paper = KeptFileField(label=gettext_lazy("Giấy"), help_text=gettext_lazy("PDF hoặc ảnh, tối đa 25 MB"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paper"].required = True
        words = _("Chưa chọn tệp. Đổi người ký thì kèm giấy ghi việc đổi.")
        self.fields["paper"].error_messages["required"] = words

    def clean_dated(self) -> date:
        dated: date = self.cleaned_data["dated"]
        if dated > self.today:
            words = _("Ngày %(day)s chưa đến. Nhập ngày ghi trên giấy.")
            raise ValidationError(words % {"day": f"{dated:%d/%m/%Y}"})
        return dated

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if until and data.get("signer_capacity") == Representative.Capacity.LEGAL:
            self.add_error(
                "until", _("Người đại diện theo pháp luật không ghi ngày hết hạn. Để trống ô này.")
            )
        elif until and since and until < since:
            self.add_error("until", _("Ngày hết hạn nằm trước ngày bắt đầu. Kiểm tra lại hai ngày."))
        return data
