"""Forms of a supplement: what an officer asks beside the returned papers, and what the enterprise writes back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Supplement
from applications.supplementing import Asked
from organisations.forms.fields import PhoneField

ROWS, MOST = 2, 8
OTHER = "other"
PARTS = {
    "production": gettext_lazy("Hình thức sản xuất, ngày bắt đầu"),
    "baseline": gettext_lazy("Số lao động hiện có"),
    "signer": gettext_lazy("Người ký, người liên hệ"),
}


class SupplementForm(forms.Form):
    """Why it is asked, and whom the enterprise may call."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do yêu cầu"),
        max_length=300,
        help_text=gettext_lazy("In vào phiếu, sau bảng các điểm cần bổ sung"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Chưa ghi lý do yêu cầu.")},
    )
    phone = PhoneField(
        label=gettext_lazy("Điện thoại để doanh nghiệp hỏi"),
        error_messages={"required": gettext_lazy("Chưa ghi số điện thoại để doanh nghiệp hỏi.")},
    )


class ExtraForm(forms.Form):
    """One more thing to mend; an empty row is nothing."""

    about = forms.ChoiceField(label=gettext_lazy("Về"), required=False)
    fault = forms.CharField(
        label=gettext_lazy("Thiếu, sai ở đâu"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    to_do = forms.CharField(
        label=gettext_lazy("Cần làm gì"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("fault") or data.get("to_do")) and not data.get("about"):
            self.add_error("about", _("Chọn nội dung này về điều gì."))
        if data.get("about") and not data.get("fault"):
            self.add_error("fault", _("Ghi thiếu gì, sai ở đâu."))
        return data


ExtraFormSet = formset_factory(ExtraForm, extra=ROWS, max_num=MOST, absolute_max=MOST)


def extras_formset(data: Mapping[str, Any] | None, *, papers: Iterable[tuple[str, str]]) -> BaseFormSet:
    """The rows of a page; `papers` are slots without a paper, which may be asked for."""
    choices = [("", _("Chọn nội dung")), *papers, *((key, str(name)) for key, name in PARTS.items())]
    choices.append((OTHER, _("Nội dung khác")))
    return ExtraFormSet(data, prefix="extras", form_kwargs={"choices": choices})


def extras_of(formset: BaseFormSet) -> list[Asked]:
    """The filled rows of a valid formset."""
    rows = [form.cleaned_data for form in formset if form.cleaned_data.get("fault")]
    return [Asked(row["about"], row["fault"], row.get("to_do", "")) for row in rows]


class ReplyForm(forms.Form):
    """Words to the items that ask for words, saved until the dossier is handed in again."""

    def __init__(self, *args: Any, supplement: Supplement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for position, item in enumerate(supplement.items):
            if item["kind"] != "paper":
                self.fields[f"answer-{position}"] = forms.CharField(
                    label=item["thing"], help_text=item["to_do"], max_length=1000, required=False,
                    initial=item["answer"], widget=forms.Textarea(attrs={"rows": 3}),
                )  # fmt: skip

    def answers(self) -> dict[int, str]:
        """Words by position, of a valid form."""
        return {int(name.split("-")[1]): words for name, words in self.cleaned_data.items()}
