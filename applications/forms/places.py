"""Forms that put right what a site and an enterprise say of themselves."""

from typing import Any

from django.utils.translation import gettext_lazy

from applications import place_facts
from applications.forms.fields import reason_field
from organisations.forms.fields import NameField, PhoneField, PlainForm
from organisations.forms.registering import SiteForm
from organisations.models import Enterprise, Site


class SiteFactsForm(SiteForm):
    """Name and address of a site; in which zone it lies decides who receives it, and is asked elsewhere."""

    field_order = ["name", "commune", "address", "reason"]

    def __init__(self, *args: Any, site: Site, side: str, **kwargs: Any) -> None:
        initial = {"name": site.name, "address": site.address, "commune": site.commune_id}
        super().__init__(*args, initial=initial, **kwargs)
        self.lies_in = self.zones.get(site.zone_id) if site.zone_id else None
        del self.fields["zone"]
        if side == place_facts.AGENCY:
            self.fields["reason"] = reason_field(gettext_lazy("Lý do sửa"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """The commune lies where the site's zone does."""
        self.cleaned_data["zone"] = self.lies_in
        cleaned = super().clean()
        cleaned.pop("zone")
        return cleaned


class EnterpriseFactsForm(PlainForm):
    """Address and telephone of an enterprise."""

    address = NameField(
        label=gettext_lazy("Địa chỉ trụ sở"), max_length=Enterprise._meta.get_field("address").max_length
    )
    phone = PhoneField(label=gettext_lazy("Điện thoại doanh nghiệp"))

    def __init__(self, *args: Any, enterprise: Enterprise, side: str, **kwargs: Any) -> None:
        initial = {"address": enterprise.address, "phone": enterprise.phone}
        super().__init__(*args, initial=initial, **kwargs)
        if side == place_facts.AGENCY:
            self.fields["reason"] = reason_field(gettext_lazy("Lý do sửa"), max_length=300)
