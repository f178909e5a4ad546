"""Forms of the inspection teams: one is founded, people join and leave, it ends."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.forms.administration import day_field
from organisations.forms.fields import NameField, PlainForm
from organisations.models import Agency, Team, User
from organisations.roles import PERMISSIONS, May

LEADING = [role for role, permissions in PERMISSIONS.items() if May.LEAD_VISITS in permissions]
LARGEST = 999
KEY = re.compile("[0-9]{1,18}")
WHOM = gettext_lazy("Chọn người có trong danh sách.")


def people_for_teams(day: date) -> QuerySet[User]:
    """Who may stand in a team: those whose post lets them visit, that day or later."""
    held = Q(posts__role__in=LEADING) & (Q(posts__until__isnull=True) | Q(posts__until__gte=day))
    return User.objects.filter(held).distinct().order_by("full_name", "pk")


class PersonField(forms.ModelChoiceField):
    """A person with the address that tells two of one name apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.email}"


class PeopleField(forms.ModelMultipleChoiceField):
    """Some people, named alike."""

    label_from_instance = PersonField.label_from_instance
    default_error_messages = {"invalid_choice": WHOM, "invalid_pk_value": WHOM}

    def clean(self, value: Any) -> Any:
        """What can be nobody's key is not looked up: SQLite fails on a number that fits in no column."""
        if any(KEY.fullmatch(str(key)) is None for key in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class JoinForm(PlainForm):
    """Who joins, as what, from when."""

    user = PersonField(
        User.objects.none(), label=gettext_lazy("Người"), empty_label=gettext_lazy("Chọn người")
    )
    is_leader = forms.BooleanField(label=gettext_lazy("Làm tổ trưởng"), required=False)
    since = day_field(gettext_lazy("Từ ngày"), gettext_lazy("Ví dụ 05/10/2021"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_for_teams(day)  # type: ignore[attr-defined]


class LeaveForm(PlainForm):
    """The last day in the team."""

    last_day = day_field(gettext_lazy("Ngày cuối cùng trong tổ"), gettext_lazy("Ví dụ 05/10/2021"))


class EndTeamForm(PlainForm):
    """The last day of the whole team."""

    last_day = day_field(gettext_lazy("Ngày làm việc cuối cùng của tổ"), gettext_lazy("Ví dụ 05/10/2021"))


class FoundTeamForm(PlainForm):
    """A new team: its number and name, whose it is, on what paper, who leads and who is in it."""

    number = forms.IntegerField(
        label=gettext_lazy("Số của tổ"), min_value=1, max_value=LARGEST,
        widget=forms.NumberInput(attrs={"class": "num w-8", "inputmode": "numeric"}),
    )  # fmt: skip
    name = NameField(label=gettext_lazy("Tên tổ"), max_length=Team._meta.get_field("name").max_length)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Cơ quan tiếp nhận có tổ này"), empty_label=None
    )
    basis = NameField(
        label=gettext_lazy("Căn cứ lập tổ"),
        max_length=Team._meta.get_field("basis").max_length,
        help_text=gettext_lazy("Số, ngày của quyết định, ví dụ Quyết định 2101/QĐ-UBND ngày 01/10/2021"),
    )
    leader = PersonField(
        User.objects.none(), label=gettext_lazy("Tổ trưởng"), empty_label=gettext_lazy("Chọn người")
    )
    members = PeopleField(
        User.objects.none(), label=gettext_lazy("Thành viên khác"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    since = day_field(gettext_lazy("Làm việc từ ngày"), gettext_lazy("Ví dụ 05/10/2021"))

    def __init__(self, *args: Any, day: date, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        people = people_for_teams(day)
        self.fields["leader"].queryset = people  # type: ignore[attr-defined]
        self.fields["members"].queryset = people  # type: ignore[attr-defined]
        words = _("Số của tổ từ 1 đến %(most)s.") % {"most": LARGEST}
        self.fields["number"].error_messages |= {"invalid": words, "min_value": words, "max_value": words}
