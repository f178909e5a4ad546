"""Structured reasons: a clause of the plan, what was found, what to do. For decline, advice and refusal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import library
from organisations.plan_in_force import law, rules_on

ROWS, MOST = 3, 9


def clause_choices(*, phase: int, on: date) -> list[tuple[str, str]]:
    """Clauses that a reason may name: the papers' and the general conditions of the phase."""
    rules = rules_on(on)
    titles = {slot.clause: slot.title for slot in reversed(rules.phase(phase).slots())}
    prefix = f"III.{phase}."
    cited = {value.clause for value in law().at(on).values()} | {clause for clause, _words in law().clauses}
    asked = {c for c in cited if c.startswith(prefix) and not c.startswith(f"{prefix}3.1-")}
    clauses = asked | set(titles)  # 3.1 is what the agencies owe: no enterprise is refused for it
    named = sorted(
        clauses, key=lambda clause: [part.zfill(4) for part in clause.replace("-", ".").split(".")]
    )
    return [("", _("Chọn điều khoản"))] + [
        (clause, " · ".join(filter(None, [clause, law().clause_title(clause) or titles.get(clause)])))
        for clause in named
    ]


class ReasonForm(forms.Form):
    """One reason; an empty row is no reason."""

    clause = forms.ChoiceField(label=gettext_lazy("Điều khoản"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Thấy gì"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    to_do = forms.CharField(
        label=gettext_lazy("Cần làm gì"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clause = self.fields["clause"]
        assert isinstance(clause, forms.ChoiceField)
        clause.choices = choices

    def clause_words(self) -> str:
        """The clause of a valid row as the list offers it, with its title."""
        clause: str = self.cleaned_data["clause"]
        return dict(self.fields["clause"].choices)[clause]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text") and not data.get("clause"):
            self.add_error("clause", _("Chọn điều khoản mà lý do này dựa vào."))
        if data.get("clause") and not data.get("text"):
            self.add_error("text", _("Ghi thấy gì không đúng với điều khoản này."))
        return data


ReasonFormSet = formset_factory(ReasonForm, extra=ROWS, max_num=MOST, absolute_max=MOST)


def reasons_formset(
    data: Mapping[str, Any] | None,
    *,
    phase: int,
    on: date,
    initial: Sequence[Mapping[str, str]] | None = None,
    agency_id: int | None = None,
) -> BaseFormSet:
    """The rows of a page, bound when `data` is given; `initial` fills the first rows.

    With an agency its library may be chosen from: what was chosen stands in the first empty row.
    """
    choices = clause_choices(phase=phase, on=on)
    texts = library.in_force(agency_id, library.Kind.REASON, on=on) if agency_id else []
    if isinstance(data, QueryDict):
        data = library.with_reason(data, texts, most=MOST)
    formset = ReasonFormSet(data, prefix="reasons", initial=initial, form_kwargs={"choices": choices})
    formset.library = texts  # type: ignore[attr-defined]
    return formset


def reasons_of(formset: BaseFormSet) -> list[dict[str, str]]:
    """The filled rows of a valid formset."""
    rows = [form.cleaned_data for form in formset if form.cleaned_data.get("text")]
    return [{"clause": row["clause"], "text": row["text"], "to_do": row.get("to_do", "")} for row in rows]
