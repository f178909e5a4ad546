"""What the enterprise answers beside its papers: production, baseline, signer, and three slots' questions."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.fields import CountField, DayField, KeptFileField
from applications.models.dossier import Caterer, Certificate
from organisations.forms.fields import NameField, PhoneField
from organisations.models import Representative
from organisations.models.permit import Mode

REASON = {"rows": 3}


class AnswersForm(forms.Form):
    """A form over columns of a dossier; days are judged against the day it is told."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today


class ProductionForm(AnswersForm):
    """How the site will work, and from when."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Hình thức sản xuất"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn một hình thức sản xuất.")},
    )
    requested_start_on = DayField(
        label=gettext_lazy("Ngày muốn bắt đầu"),
        help_text=gettext_lazy(
            "Ngày đề nghị; ngày được phép ghi trong văn bản của Chủ tịch. Ví dụ 18/10/2021"
        ),
        future=True,
        error_messages={"required": gettext_lazy("Nhập ngày muốn bắt đầu, ví dụ 18/10/2021.")},
    )


class BaselineForm(AnswersForm):
    """How many workers the site has, by which paper, and the enterprise in the whole province."""

    baseline = CountField(
        label=gettext_lazy("Số lao động hiện có"),
        help_text=gettext_lazy(
            "Mọi người có hợp đồng lao động tại cơ sở này, kể cả đang tạm nghỉ việc, theo bảng lương kèm bên dưới"
        ),
        least=1,
        too_small=gettext_lazy("Số lao động phải từ 1 trở lên. Nhập số người có tên trong bảng lương."),
        error_messages={"required": gettext_lazy("Nhập số lao động hiện có.")},
    )
    baseline_as_of = DayField(
        label=gettext_lazy("Ngày của bảng lương"),
        help_text=gettext_lazy("Ví dụ 30/06/2021"),
        past=True,
        error_messages={"required": gettext_lazy("Nhập ngày của bảng lương.")},
    )
    baseline_evidence = KeptFileField(
        label=gettext_lazy("Bảng lương"), help_text=gettext_lazy("PDF, ảnh hoặc Excel (.xlsx), tối đa 25 MB")
    )
    enterprise_total = CountField(
        label=gettext_lazy("Số lao động của doanh nghiệp trong tỉnh"),
        help_text=gettext_lazy("Cộng mọi cơ sở trong tỉnh; chỉ có một cơ sở thì ghi lại số trên"),
        least=1,
        too_small=gettext_lazy("Số lao động phải từ 1 trở lên."),
        error_messages={"required": gettext_lazy("Nhập số lao động của doanh nghiệp trong tỉnh.")},
    )

    def clean_enterprise_total(self) -> int:
        total: int = self.cleaned_data["enterprise_total"]
        own = self.cleaned_data.get("baseline")
        if own is not None and total < own:
            words = _("Cả doanh nghiệp %(total)s người mà riêng cơ sở đã %(own)s người. Kiểm tra lại hai số.")
            raise ValidationError(words % {"total": total, "own": own})
        return total


class SignerForm(AnswersForm):
    """Who signed the papers, by what right, when, and whom to call."""

    signer_name = NameField(
        label=gettext_lazy("Họ tên người ký"),
        max_length=150,
        error_messages={"required": gettext_lazy("Nhập họ tên người ký.")},
    )
    signer_title = NameField(
        label=gettext_lazy("Chức danh"),
        max_length=100,
        help_text=gettext_lazy("Ví dụ Giám đốc"),
        error_messages={"required": gettext_lazy("Nhập chức danh người ký.")},
    )
    signer_capacity = forms.ChoiceField(
        label=gettext_lazy("Ký với tư cách"),
        choices=Representative.Capacity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn tư cách ký.")},
    )
    signer_authorisation = KeptFileField(
        label=gettext_lazy("Giấy ủy quyền"),
        help_text=gettext_lazy("Chỉ khi ký theo ủy quyền. PDF hoặc ảnh, tối đa 25 MB"),
    )
    signer_authorised_since = DayField(
        label=gettext_lazy("Ủy quyền có hiệu lực từ ngày"),
        help_text=gettext_lazy("Chỉ khi ký theo ủy quyền"),
        required=False,
        past=True,
    )
    signer_authorised_until = DayField(
        label=gettext_lazy("Ủy quyền đến hết ngày"),
        help_text=gettext_lazy("Để trống nếu giấy không ghi ngày hết hạn"),
        required=False,
    )
    signed_on = DayField(
        label=gettext_lazy("Ngày ký các giấy tờ"),
        help_text=gettext_lazy("Ngày muộn nhất trên các giấy tờ đã ký, ví dụ 08/10/2021"),
        past=True,
        error_messages={"required": gettext_lazy("Nhập ngày ký các giấy tờ.")},
    )
    contact_name = NameField(
        label=gettext_lazy("Người liên hệ"),
        max_length=150,
        error_messages={"required": gettext_lazy("Nhập tên người liên hệ.")},
    )
    contact_phone = PhoneField(
        label=gettext_lazy("Điện thoại liên hệ"),
        error_messages={"required": gettext_lazy("Nhập điện thoại liên hệ.")},
    )

    def clean(self) -> dict[str, Any]:
        """An authorised signer signs within the days of the authorisation (A-24)."""
        data = super().clean() or {}
        if data.get("signer_capacity") != Representative.Capacity.AUTHORISED:
            return data
        since, until, signed = (
            data.get(name) for name in ("signer_authorised_since", "signer_authorised_until", "signed_on")
        )
        if since is None and "signer_authorised_since" not in self.errors:
            self.add_error(
                "signer_authorised_since", _("Ký theo ủy quyền thì ghi ngày ủy quyền có hiệu lực.")
            )
        elif since and until and until < since:
            self.add_error(
                "signer_authorised_until", _("Ngày hết hạn nằm trước ngày có hiệu lực. Kiểm tra lại.")
            )
        elif since and signed and not since <= signed <= (until or signed):
            self.add_error("signed_on", out_of_authorisation(since, until))
        return data


def out_of_authorisation(since: date, until: date | None) -> str:
    """Why a day of signing does not fit the authorisation."""
    if until is None:
        return _("Ủy quyền có hiệu lực từ %(since)s; ngày ký phải từ ngày đó.") % {
            "since": f"{since:%d/%m/%Y}"
        }
    words = _("Ủy quyền từ %(since)s đến %(until)s; ngày ký phải nằm trong thời gian đó.")
    return words % {"since": f"{since:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}"}


class SlipsForm(AnswersForm):
    """How many slips there are, and why some are missing."""

    slips_count = CountField(
        label=gettext_lazy("Số phiếu trong các tệp"),
        help_text=gettext_lazy("Mỗi người trong danh sách một phiếu"),
        least=0,
        too_small=gettext_lazy("Số phiếu phải từ 0 trở lên."),
        error_messages={"required": gettext_lazy("Nhập số phiếu trong các tệp.")},
    )
    slips_missing_reason = forms.CharField(
        label=gettext_lazy("Lý do thiếu phiếu"),
        help_text=gettext_lazy("Ghi ai thiếu và khi nào bổ sung. Tối đa 500 chữ cái"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=REASON),
    )


class CertificateForm(AnswersForm):
    """Which certificate it is, or why there is none."""

    certificate = forms.ChoiceField(
        label=gettext_lazy("Đây là giấy nào?"),
        choices=Certificate.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn loại giấy, hoặc không có.")},
    )
    certificate_reason = forms.CharField(
        label=gettext_lazy("Lý do không có"),
        help_text=gettext_lazy("Chỉ khi không có giấy nào. Tối đa 500 chữ cái"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=REASON),
    )

    def clean_certificate_reason(self) -> str:
        reason: str = self.cleaned_data["certificate_reason"].strip()
        if self.cleaned_data.get("certificate") == Certificate.NONE and not reason:
            raise ValidationError(_("Không có giấy chứng nhận thì ghi lý do."))
        return reason


class CatererForm(AnswersForm):
    """Who feeds the workers."""

    caterer = forms.ChoiceField(
        label=gettext_lazy("Ai nấu ăn cho người lao động?"),
        choices=Caterer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn ai nấu ăn cho người lao động.")},
    )


PARTS: dict[str, type[AnswersForm]] = {
    "production": ProductionForm,
    "baseline": BaselineForm,
    "signer": SignerForm,
}
SLOT_QUESTIONS: dict[str, type[AnswersForm]] = {
    "vaccination_slips": SlipsForm,
    "investment_certificate": CertificateForm,
    "caterer_information": CatererForm,
}
FILES = ("baseline_evidence", "signer_authorisation")


def answers_of(dossier: Any, form: type[AnswersForm]) -> dict[str, Any]:
    """The present answers, as a form's initial values; files stay out."""
    return {name: getattr(dossier, name) for name in form.base_fields if name not in FILES}
