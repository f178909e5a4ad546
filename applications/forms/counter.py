"""Forms of the counter: the tax code first; then whose papers, which site, who came; and a permit on paper."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.fields import CountField, DayField
from applications.models import CounterFiling
from organisations.forms.fields import NameField, PhoneField, PlainForm, TaxCodeField, say_what_to_do
from organisations.forms.registering import SiteForm
from organisations.models import Enterprise, Site
from organisations.models.permit import Mode

NEW = "new"


class TaxCodeForm(PlainForm):
    """Which firm."""

    tax_code = TaxCodeField()


class WhereForm(SiteForm):
    """A firm and one of its sites: what the register lacks is asked, what it has is chosen."""

    tax_code = TaxCodeField(widget=forms.HiddenInput)
    firm_name = NameField(label=gettext_lazy("Tên doanh nghiệp"), max_length=200)
    firm_address = NameField(label=gettext_lazy("Địa chỉ trụ sở"), max_length=200)
    firm_phone = PhoneField(label=gettext_lazy("Điện thoại doanh nghiệp"), required=False)
    signer_name = NameField(label=gettext_lazy("Người đại diện theo pháp luật"), max_length=150)
    signer_title = NameField(
        label=gettext_lazy("Chức danh"), max_length=100, initial=gettext_lazy("Giám đốc")
    )
    site = forms.ChoiceField(label=gettext_lazy("Cơ sở sản xuất"), widget=forms.RadioSelect, required=False)

    FIRM = ("firm_name", "firm_address", "firm_phone", "signer_name", "signer_title")
    PLACE = ("name", "zone", "commune", "address")
    field_order = ["tax_code", *FIRM, "site", *PLACE]

    def __init__(self, *args: Any, firm: Enterprise | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.firm = firm
        self.known = (
            list(firm.sites.select_related("commune", "district").order_by("sort_key", "pk")) if firm else []
        )
        rows = [(str(site.pk), f"{site.name}, {site.place}") for site in self.known]
        self.fields["site"].choices = [*rows, (NEW, _("Cơ sở khác, chưa có trên cổng"))]  # type: ignore[attr-defined]
        if firm is not None:
            for name in self.FIRM:
                del self.fields[name]
        if not self.known:
            del self.fields["site"]
        if self.asks_no_place:
            for name in self.PLACE:
                self.fields[name].required = False
        say_what_to_do(self)

    @property
    def asks_no_place(self) -> bool:
        """Whether a site of the register was chosen, so that no new one is asked for.

        A form that is sent without a choice was drawn when the firm had no site yet: it brings a new one.
        """
        return bool(self.known) and (not self.is_bound or self.data.get("site", "") not in ("", NEW))

    def clean_commune(self) -> Any:
        return self.communes.get(self.cleaned_data["commune"])

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data if self.asks_no_place else super().clean()

    def firm_facts(self) -> dict[str, str]:
        """What the verb is told of the firm, of a valid form."""
        data = self.cleaned_data
        if self.firm is not None:
            return {"tax_code": self.firm.tax_code}
        return {
            "tax_code": data["tax_code"], "name": data["firm_name"], "address": data["firm_address"],
            "phone": data["firm_phone"], "signer_name": data["signer_name"], "signer_title": data["signer_title"],
        }  # fmt: skip

    def place(self) -> Site | dict[str, Any]:
        """The site chosen, or the facts of a new one."""
        chosen = self.cleaned_data.get("site", NEW) or NEW
        for site in self.known:
            if str(site.pk) == chosen:
                return site
        return {name: self.cleaned_data[name] for name in self.PLACE}


class CounterForm(WhereForm):
    """What was brought to the desk, and by whom."""

    bearer = forms.ChoiceField(
        label=gettext_lazy("Người mang giấy tờ đến là"), choices=CounterFiling.Bearer.choices,
        widget=forms.RadioSelect, initial=CounterFiling.Bearer.STAFF,
    )  # fmt: skip
    bearer_name = NameField(label=gettext_lazy("Họ tên người mang đến"), max_length=150)
    bearer_phone = PhoneField(label=gettext_lazy("Điện thoại người mang đến"))
    note = forms.CharField(
        label=gettext_lazy("Ghi chú của quầy"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Ví dụ: đã xem giấy ủy quyền, căn cước"),
    )  # fmt: skip
    received_on = DayField(
        label=gettext_lazy("Ngày nhận hồ sơ giấy"), past=True, required=False,
        help_text=gettext_lazy("Chỉ khi cơ quan đã nhận hồ sơ này trên giấy từ trước; thời hạn tính từ ngày ấy"),
    )  # fmt: skip
    paper_number = forms.CharField(
        label=gettext_lazy("Số trong sổ tiếp nhận giấy"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"class": "num w-16", "autocomplete": "off"}),
    )  # fmt: skip

    def bearer_facts(self) -> dict[str, Any]:
        """Who came, and what was received on paper before."""
        names = ("bearer", "bearer_name", "bearer_phone", "note", "received_on", "paper_number")
        return {name: self.cleaned_data[name] for name in names}


class PaperPermitForm(WhereForm):
    """A permit that was issued on paper: what its letter says."""

    number = forms.CharField(
        label=gettext_lazy("Số văn bản"), max_length=60, help_text=gettext_lazy("Ví dụ 2156/QĐ-UBND"),
        widget=forms.TextInput(attrs={"class": "num w-16", "autocomplete": "off"}),
    )  # fmt: skip
    signed_on = DayField(label=gettext_lazy("Ngày ký"), past=True)
    signer = NameField(label=gettext_lazy("Người ký"), max_length=150)
    starts_on = DayField(label=gettext_lazy("Được hoạt động từ ngày"))
    until = DayField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống nếu không ghi thời hạn"),
    )
    baseline = CountField(
        label=gettext_lazy("Số lao động của cơ sở"), least=1, too_small=gettext_lazy("Ít nhất 1 người.")
    )
    cap = CountField(
        label=gettext_lazy("Số người tối đa"), least=1, too_small=gettext_lazy("Ít nhất 1 người."), required=False,
        help_text=gettext_lazy("Để trống nếu văn bản không giới hạn"),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=gettext_lazy("Hình thức sản xuất"), choices=Mode.choices, widget=forms.RadioSelect
    )
    paper_dossier = forms.CharField(
        label=gettext_lazy("Số hồ sơ giấy"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"class": "num w-16", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].error_messages["required"] = _("Nhập ngày được bắt đầu hoạt động.")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("cap") and data.get("baseline") and data["cap"] > data["baseline"]:
            self.add_error("cap", _("Số người tối đa lớn hơn số lao động của cơ sở. Xem lại hai số."))
        starts, until = data.get("starts_on"), data.get("until")
        if starts and until and until < starts:
            self.add_error(
                "until", ValidationError(_("Ngày cuối đứng trước ngày bắt đầu. Xem lại hai ngày."))
            )
        return data

    def terms(self) -> dict[str, Any]:
        """What the letter says, of a valid form."""
        names = (
            "number", "signed_on", "signer", "starts_on", "until", "baseline", "cap", "mode", "paper_dossier",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}


class ScanForm(PlainForm):
    """The letter's scan, chosen where what was typed is read back."""

    scan = forms.FileField(label=gettext_lazy("Bản quét văn bản"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].error_messages["required"] = _("Chọn bản quét văn bản.")
