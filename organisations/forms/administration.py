"""Forms of the administrator: officials, posts and days off."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.forms.fields import NameField, PhoneField, PlainForm
from organisations.models import Agency, Holiday, Membership, Post
from organisations.roles import Role, may_stand_at
from pages.templatetags.ui import vn_phone

SATURDAY = 5


def day_field(label: Any, hint: Any) -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, widget=forms.DateInput(format="%d/%m/%Y"))


class OfficialForm(PlainForm):
    """Whom to invite, to which post."""

    full_name = NameField(label=gettext_lazy("Họ và tên"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        max_length=254,
        help_text=gettext_lazy("Thư mời được gửi đến địa chỉ này"),
    )
    phone = PhoneField(required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Cơ quan"), empty_label=gettext_lazy("Chọn cơ quan")
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"), choices=[("", gettext_lazy("Chọn vai trò")), *Role.choices]
    )
    title = NameField(
        label=gettext_lazy("Chức danh"),
        max_length=100,
        help_text=gettext_lazy("In trên giấy tờ, ví dụ Chuyên viên"),
    )
    since = day_field(gettext_lazy("Giữ chức từ ngày"), gettext_lazy("Ví dụ 05/10/2021"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.order_by("number", "pk")  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Membership.objects.filter(user__email=email, ended_at__isnull=True).exists():
            raise ValidationError(
                _(
                    "Địa chỉ này đang làm hồ sơ cho một doanh nghiệp. Cán bộ dùng thư điện tử khác của cơ quan."
                )
            )
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        role, agency = cleaned.get("role"), cleaned.get("agency")
        if role and agency and not may_stand_at(role, agency.code):
            self.add_error(
                "role",
                _("Vai trò “%(role)s” không có ở %(agency)s. Chọn lại vai trò hoặc cơ quan.")
                % {"role": Role(role).label, "agency": agency.name},
            )
        if role and agency and cleaned.get("email") and self._holds(cleaned["email"], role, agency):
            self.add_error("email", _("Người này đang giữ đúng chức đó."))
        return cleaned

    @staticmethod
    def _holds(email: str, role: str, agency: Agency) -> bool:
        return Post.objects.filter(user__email=email, role=role, agency=agency, until__isnull=True).exists()


class EndPostForm(PlainForm):
    """The last day of a post."""

    last_day = day_field(
        gettext_lazy("Ngày cuối cùng giữ chức"),
        gettext_lazy("Sau ngày này không đăng nhập làm việc được nữa"),
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.post.since:
            raise ValidationError(
                _("Người này giữ chức từ %(day)s. Nhập ngày đó hoặc muộn hơn.")
                % {"day": f"{self.post.since:%d/%m/%Y}"}
            )
        return day


class HolidayForm(PlainForm):
    """A day off, or a weekend day that is worked."""

    on = day_field(gettext_lazy("Ngày"), gettext_lazy("Ví dụ 02/09/2021"))
    name = NameField(label=gettext_lazy("Tên ngày, số văn bản"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Là ngày"),
        choices=Holiday.Kind.choices,
        widget=forms.RadioSelect,
        initial=Holiday.Kind.OFF,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        on, kind = cleaned.get("on"), cleaned.get("kind")
        if on and kind == Holiday.Kind.WORKING and on.weekday() < SATURDAY:
            self.add_error(
                "on", _("Làm bù chỉ rơi vào thứ Bảy hoặc Chủ nhật; ngày này là ngày làm việc sẵn rồi.")
            )
        return cleaned


class AgencyForm(PlainForm):
    """How an agency is reached."""

    phone = PhoneField(help_text=gettext_lazy("In trên giấy tờ gửi doanh nghiệp và trên các trang"))
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"), max_length=254, required=False)
    address = NameField(
        label=gettext_lazy("Địa chỉ"), max_length=Agency._meta.get_field("address").max_length, required=False
    )

    def clean_phone(self) -> str:
        """Kept as it is dialled: letters print it so."""
        return vn_phone(self.cleaned_data["phone"])
