"""Forms by which an enterprise says who it is, where it produces, who signs and who works with whom."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.forms.fields import NameField, PhoneField, PlainForm, TaxCodeField
from organisations.models import AdminUnit, Membership, Representative, Zone
from organisations.plan_in_force import law

Choices = list[tuple[str, Any]]


def _text(label: Any, *, limit: int, hint: Any = "", **attributes: Any) -> NameField:
    return NameField(label=label, max_length=limit, help_text=hint, widget=forms.TextInput(attrs=attributes))


class SignerFields(PlainForm):
    """Who signs papers for the enterprise."""

    signer_name = _text(gettext_lazy("Họ tên người ký"), limit=150, autocomplete="off")
    signer_title = _text(gettext_lazy("Chức danh"), limit=100, hint=gettext_lazy("Ví dụ Giám đốc"))
    signer_capacity = forms.ChoiceField(
        label=gettext_lazy("Ký với tư cách"),
        choices=Representative.Capacity.choices,
        widget=forms.RadioSelect,
        initial=Representative.Capacity.LEGAL,
        help_text=gettext_lazy("Người được ủy quyền thì kèm giấy ủy quyền trong hồ sơ"),
    )


class ClaimForm(SignerFields):
    """An enterprise takes its place in the register."""

    tax_code = TaxCodeField()
    name = _text(
        gettext_lazy("Tên doanh nghiệp"),
        limit=200,
        hint=gettext_lazy("Như trên giấy chứng nhận đăng ký"),
        autocomplete="organization",
    )
    address = _text(gettext_lazy("Địa chỉ trụ sở"), limit=200, autocomplete="street-address")
    province = forms.ModelChoiceField(
        AdminUnit.objects.none(),
        label=gettext_lazy("Tỉnh, thành phố"),
        empty_label=None,
        initial=lambda: law().province.code,
    )
    phone = PhoneField(label=gettext_lazy("Điện thoại doanh nghiệp"))
    field_order = ["tax_code", "name", "address", "province", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = AdminUnit.objects.filter(level=AdminUnit.Level.PROVINCE).order_by("sort_key", "code")
        self.fields["province"].queryset = provinces  # type: ignore[attr-defined]
        self.fields["province"].label_from_instance = lambda unit: unit.full_name  # type: ignore[attr-defined]


class SiteForm(PlainForm):
    """A place of production: its commune, and the zone it lies in, if any."""

    name = _text(
        gettext_lazy("Tên cơ sở"),
        limit=150,
        hint=gettext_lazy("Để phân biệt các cơ sở, ví dụ Xưởng Long Đức"),
    )
    zone = forms.ChoiceField(label=gettext_lazy("Cơ sở ở"), required=False)
    commune = forms.ChoiceField(label=gettext_lazy("Xã, phường, thị trấn"))
    address = _text(
        gettext_lazy("Số nhà, đường, ấp"), limit=200, hint=gettext_lazy("Trong khu công nghiệp: số lô")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zones = {
            zone.pk: zone for zone in Zone.objects.prefetch_related("districts").order_by("sort_key", "pk")
        }
        self.communes = _communes(on)
        self.fields["zone"].choices = self._zone_choices()  # type: ignore[attr-defined]
        self.fields["commune"].choices = self._commune_choices()  # type: ignore[attr-defined]

    def _zone_choices(self) -> Choices:
        choices: Choices = [("", _("Không thuộc khu, cụm nào"))]
        for kind in Zone.Kind:
            group = [(zone.pk, zone.name) for zone in self.zones.values() if zone.kind == kind]
            choices.append((str(kind.label), group))
        return choices

    def _commune_choices(self) -> Choices:
        groups: dict[str, list[tuple[str, str]]] = {}
        for unit in self.communes.values():
            assert unit.parent is not None
            groups.setdefault(unit.parent.full_name, []).append((unit.pk, unit.full_name))
        return [("", _("Chọn xã, phường, thị trấn")), *groups.items()]

    def clean_zone(self) -> Zone | None:
        return self.zones.get(self.cleaned_data["zone"])

    def clean_commune(self) -> AdminUnit:
        return self.communes[self.cleaned_data["commune"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        zone, commune = cleaned.get("zone"), cleaned.get("commune")
        if zone and commune and commune.parent_id not in {unit.pk for unit in zone.districts.all()}:
            where = ", ".join(unit.full_name for unit in zone.districts.all())
            self.add_error(
                "commune",
                _("%(zone)s nằm ở %(where)s. Chọn xã, phường ở đó, hoặc chọn lại khu.")
                % {"zone": zone.name, "where": where},
            )
        return cleaned


def _communes(on: date) -> dict[str, AdminUnit]:
    rows = AdminUnit.objects.filter(level=AdminUnit.Level.COMMUNE, valid_from__lte=on).exclude(
        valid_to__lt=on
    )
    rows = rows.select_related("parent").order_by("parent__code", "sort_key", "code")
    return {unit.pk: unit for unit in rows}


class AccessForm(PlainForm):
    """A later claimant asks for access."""

    tax_code = TaxCodeField()
    note = forms.CharField(
        label=gettext_lazy("Lời xin"),
        max_length=500,
        help_text=gettext_lazy(
            "Anh/chị làm việc gì ở doanh nghiệp; người quản lý và cơ quan tiếp nhận đọc lời này"
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AccessDecisionForm(PlainForm):
    """Lets the asker in, and how far; or not."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Câu trả lời"),
        choices=[
            ("prepare", gettext_lazy("Cho vào, chuẩn bị hồ sơ")),
            ("submit", gettext_lazy("Cho vào, chuẩn bị và nộp")),
            ("refuse", gettext_lazy("Không cho vào")),
        ],
        widget=forms.RadioSelect,
    )


class ColleagueForm(PlainForm):
    """A colleague by e-mail."""

    email = forms.EmailField(label=gettext_lazy("Thư điện tử của người được mời"), max_length=254)
    level = forms.ChoiceField(
        label=gettext_lazy("Được làm"),
        choices=Membership.Level.choices,
        widget=forms.RadioSelect,
        initial=Membership.Level.PREPARE,
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class RepresentativeForm(SignerFields):
    """A new signer from a day on."""

    since = forms.DateField(
        label=gettext_lazy("Ký từ ngày"),
        help_text=gettext_lazy("Ví dụ 05/10/2021; giấy tờ trước ngày này giữ người ký cũ"),
        widget=forms.DateInput(format="%d/%m/%Y"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > self.today:
            raise ValidationError(
                _("Ngày %(day)s chưa đến. Nhập hôm nay hoặc ngày đã qua.") % {"day": f"{since:%d/%m/%Y}"}
            )
        return since
