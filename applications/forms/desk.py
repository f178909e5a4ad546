"""Forms of the receiving agency's desk. Fields bear the names that the verbs' refusals point at."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.fields import CountField, DayField
from applications.models import Advice, Dossier
from applications.moments import VisitMomentForm
from organisations.models import Team
from organisations.models.permit import Mode
from pages.templatetags.ui import vn_number


def _words(label: Any, *, rows: int = 3, longest: int = 500, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class ReturnForm(forms.Form):
    """Why a paper goes back, and how it is put right."""

    reason = _words(
        gettext_lazy("Lý do trả lại"),
        help_text=gettext_lazy("Doanh nghiệp đọc nguyên văn câu này"),
        error_messages={
            "required": gettext_lazy("Chưa ghi lý do. Viết thấy gì chưa đúng trong giấy tờ này.")
        },
    )
    fix = _words(gettext_lazy("Cách sửa"), rows=2, required=False)


class ProposeTeamForm(VisitMomentForm):
    """Which team, when."""

    team = forms.ModelChoiceField(
        label=gettext_lazy("Tổ kiểm tra"), queryset=Team.objects.none(),
        empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chưa chọn tổ kiểm tra.")},
    )  # fmt: skip
    note = _words(gettext_lazy("Ghi chú trình Chủ tịch"), rows=2, required=False)
    field_order = ["team", "visit_on", "visit_hour", "note"]


def basis_field() -> forms.CharField:
    """The document by which the site of one team passes to another."""
    return forms.CharField(
        label=gettext_lazy("Văn bản giao cơ sở cho tổ khác"),
        help_text=gettext_lazy("Số, ngày, lý do; chỉ ghi khi chọn tổ khác với tổ đang theo cơ sở"),
        required=False,
        max_length=200,
    )


class ReinspectForm(ProposeTeamForm):
    """When the team comes again, what it is to look at, and which team where the same one cannot."""

    note = _words(
        gettext_lazy("Cần kiểm tra lại điều gì"),
        error_messages={"required": gettext_lazy("Chưa ghi cần kiểm tra lại điều gì.")},
    )
    basis = basis_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["team"].required = False  # the same team, unless another is named


class AdviceForm(forms.Form):
    """What every advice to the Chairman carries."""

    number = forms.CharField(
        label=gettext_lazy("Số tờ trình"),
        max_length=40,
        help_text=gettext_lazy("Số và ký hiệu trong sổ văn bản đi, ví dụ 214/TTr"),
        widget=forms.TextInput(attrs={"class": "num w-16", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Chưa ghi số tờ trình. Lấy ở sổ văn bản đi của cơ quan.")},
    )
    note = _words(
        gettext_lazy("Ghi thêm cho Chủ tịch"), rows=2, longest=2000, required=False,
        help_text=gettext_lazy("Không in vào văn bản"),
    )  # fmt: skip


class ConsentForm(AdviceForm):
    """Advice to consent: from when, how many, how, on what conditions."""

    starts_on = DayField(
        label=gettext_lazy("Cho phép hoạt động từ ngày"),
        future=True,
        error_messages={"required": gettext_lazy("Chưa ghi ngày bắt đầu.")},
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Từ giờ"),
        coerce=int,
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
        widget=forms.Select(attrs={"class": "num w-8"}),
    )
    cap = CountField(
        label=gettext_lazy("Số người tối đa"),
        least=1,
        too_small=gettext_lazy("Số người tối đa ít nhất là 1."),
        error_messages={"required": gettext_lazy("Chưa ghi số người tối đa.")},
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Hình thức sản xuất"), choices=Mode.choices, widget=forms.RadioSelect
    )
    conditions = _words(
        gettext_lazy("Điều kiện thêm"), rows=3, longest=2000, required=False,
        help_text=gettext_lazy("Mỗi dòng một điều kiện, in vào văn bản. Các nghĩa vụ của Kế hoạch đã có sẵn."),
    )  # fmt: skip
    field_order = ["number", "starts_on", "hour", "cap", "mode", "conditions", "note"]

    def __init__(self, *args: Any, dossier: Dossier, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.dossier = dossier
        self.fields["starts_on"].today = today  # type: ignore[attr-defined]
        if dossier.cap is not None:
            words = _("Từ 1 đến %(cap)s, theo %(clause)s")
            self.fields["cap"].help_text = words % {
                "cap": vn_number(dossier.cap),
                "clause": dossier.cap_clause,
            }

    def clean_cap(self) -> int:
        """Within what the law gives."""
        cap: int = self.cleaned_data["cap"]
        if self.dossier.cap is not None and cap > self.dossier.cap:
            raise forms.ValidationError(
                _("Số người %(asked)s vượt mức tối đa %(cap)s của %(clause)s. Nhập số nhỏ hơn.")
                % {
                    "asked": vn_number(cap),
                    "cap": vn_number(self.dossier.cap),
                    "clause": self.dossier.cap_clause,
                }
            )
        return cap

    def advice(self) -> dict[str, Any]:
        """What the verb is told, of a valid form."""
        data = self.cleaned_data
        return {
            "verdict": Advice.Verdict.APPROVE, "number": data["number"], "starts_on": data["starts_on"],
            "hour": data["hour"], "cap": data["cap"], "mode": data["mode"], "note": data["note"], "reasons": (),
            "conditions": data["conditions"].splitlines(),
        }  # fmt: skip


class RefusalForm(AdviceForm):
    """Advice not to consent; its reasons stand in rows of their own."""

    def advice(self, reasons: Iterable[Any]) -> dict[str, Any]:
        """What the verb is told, of a valid form."""
        data = self.cleaned_data
        return {
            "verdict": Advice.Verdict.REFUSE, "number": data["number"], "starts_on": None, "hour": 0, "cap": None,
            "mode": "", "conditions": (), "note": data["note"], "reasons": tuple(reasons),
        }  # fmt: skip
