"""What the Office types: a signature made on paper, a note for the Chairman, a block of numbers, an authorisation."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import plan
from applications.decision_letters import look_number_free
from applications.forms.fields import CountField, DayField, KeptFileField
from applications.models import Advice, Briefing, Decision, Dossier
from applications.unmet import Refused
from organisations.models import Agency, Authorisation, Post, User
from organisations.roles import Role

KINDS = {
    Decision.Verdict.APPROVED: (
        ("quyet_dinh", gettext_lazy("Quyết định")),
        ("cong_van", gettext_lazy("Công văn")),
    ),
    Decision.Verdict.REFUSED: (
        ("thong_bao", gettext_lazy("Thông báo")),
        ("cong_van", gettext_lazy("Công văn")),
    ),
}
SIGNERS = (Role.CHAIRMAN, Role.VICE_CHAIRMAN)


class SignerField(forms.ModelChoiceField):
    """A person by name and title."""

    def label_from_instance(self, person: Any) -> str:
        titles = [post.title for post in person.all_posts if post.role in SIGNERS]
        heads = [
            f"{post.title}, {post.agency.short_name} (TUQ.)"
            for post in person.all_posts
            if post.role == Role.RECEIVING_HEAD
        ]
        return ", ".join([person.full_name, *(titles or heads)[:1]])


def _signers(dossier: Dossier | None, verdict: str) -> Any:
    """Chairman and deputies; of a refusal also who was authorised at the agency since the file arrived.

    The guard asks for the day of the paper.
    """
    found = Q(pk__in=Post.objects.filter(role__in=SIGNERS).values("user"))
    if dossier is not None and verdict == Decision.Verdict.REFUSED:
        arrived = plan.local_day(dossier.state_since)
        rows = Authorisation.objects.filter(agency=dossier.receiving_agency_id, until__gte=arrived)
        rows = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=dossier.state_since))
        found |= Q(pk__in=rows.values("holder"))
    return User.objects.filter(found, is_active=True).order_by("full_name", "pk")


class SignedPaperForm(forms.Form):
    """What stands on the signed paper, and its scan."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại văn bản"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chưa chọn loại văn bản.")},
    )
    signer = SignerField(
        label=gettext_lazy("Người ký"),
        queryset=User.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chưa chọn ai đã ký.")},
    )
    number = CountField(
        label=gettext_lazy("Số văn bản"),
        help_text=gettext_lazy("Số trong sổ văn bản đi, không ghi ký hiệu. Ví dụ 1912"),
        least=1,
        too_small=gettext_lazy("Số văn bản từ 1 trở lên."),
        error_messages={"required": gettext_lazy("Nhập số của văn bản.")},
    )
    dated = DayField(
        label=gettext_lazy("Ngày ký"),
        help_text=gettext_lazy("Ngày ghi trên văn bản. Ví dụ 14/10/2021"),
        past=True,
        error_messages={"required": gettext_lazy("Nhập ngày ghi trên văn bản.")},
    )
    scan = KeptFileField(
        label=gettext_lazy("Bản quét văn bản đã ký, đóng dấu"),
        help_text=gettext_lazy("PDF hoặc ảnh, tối đa 25 MB"),
    )

    def __init__(
        self, *args: Any, verdict: str, today: date, dossier: Dossier | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = KINDS[Decision.Verdict(verdict)]  # type: ignore[attr-defined]
        self.fields["signer"].queryset = _signers(dossier, verdict)  # type: ignore[attr-defined]
        self.fields["dated"].today = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Says at once that the number cannot be this paper's; the issue looks again."""
        data = super().clean() or {}
        if data.get("number") and data.get("dated"):
            try:
                look_number_free(data["number"], dated=data["dated"])
            except Refused as refused:
                self.add_error("number", refused.unmet[0].detail)
        return data


class PaperSignatureForm(SignedPaperForm):
    """The same of a paper for one dossier, on the advice that the page showed."""

    advice = forms.ModelChoiceField(queryset=Advice.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, dossier=dossier, **options)
        self.fields["advice"].queryset = dossier.advices.order_by("-at", "-pk")  # type: ignore[attr-defined]


class BriefingForm(forms.Form):
    """The Office's submission note."""

    proposal = forms.ChoiceField(
        label=gettext_lazy("Văn phòng đề nghị"),
        choices=Briefing.Proposal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chưa chọn đề nghị.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Nội dung phiếu trình"),
        help_text=gettext_lazy(
            "Vài dòng: cơ sở nào, xin gì, cơ quan đề nghị gì, điều cần lưu ý. Tối đa 2.000 chữ cái"
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Chưa có nội dung. Viết vài dòng cho người ký.")},
    )


class BlockForm(forms.Form):
    """A block of the paper register that the portal may use."""

    first = CountField(
        label=gettext_lazy("Từ số"),
        least=1,
        too_small=gettext_lazy("Số văn bản từ 1 trở lên."),
        error_messages={"required": gettext_lazy("Nhập số đầu của dãy.")},
    )
    last = CountField(
        label=gettext_lazy("Đến số"),
        least=1,
        too_small=gettext_lazy("Số văn bản từ 1 trở lên."),
        error_messages={"required": gettext_lazy("Nhập số cuối của dãy.")},
    )

    def clean_last(self) -> int:
        last: int = self.cleaned_data["last"]
        first = self.cleaned_data.get("first")
        if first is not None and last < first:
            words = _("Số cuối %(last)s nhỏ hơn số đầu %(first)s. Đổi lại hai số.")
            raise ValidationError(words % {"last": last, "first": first})
        return last


class HolderField(forms.ModelChoiceField):
    """The head of a receiving agency, by name, title and agency."""

    def label_from_instance(self, post: Any) -> str:
        return f"{post.user.full_name}, {post.title}, {post.agency.short_name}"


class AuthorisationForm(forms.Form):
    """The paper by which the Chairman lets an agency's head sign refusals."""

    post = HolderField(
        label=gettext_lazy("Người được ủy quyền"),
        queryset=Post.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chưa chọn người được ủy quyền.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Số văn bản ủy quyền"),
        max_length=60,
        help_text=gettext_lazy("Ví dụ 12/GUQ-UBND"),
        error_messages={"required": gettext_lazy("Nhập số của văn bản ủy quyền.")},
    )
    signed_on = DayField(
        label=gettext_lazy("Ngày ký văn bản ủy quyền"),
        past=True,
        error_messages={"required": gettext_lazy("Nhập ngày ký văn bản ủy quyền.")},
    )
    since = DayField(
        label=gettext_lazy("Có hiệu lực từ ngày"),
        error_messages={"required": gettext_lazy("Nhập ngày bắt đầu.")},
    )
    until = DayField(
        label=gettext_lazy("Đến hết ngày"),
        help_text=gettext_lazy("Ủy quyền luôn có ngày kết thúc (Nghị định 30, Điều 13)"),
        error_messages={"required": gettext_lazy("Nhập ngày kết thúc.")},
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        agencies = Agency.objects.filter(posts__role=Role.RECEIVING_HEAD).distinct()
        heads = Post.objects.filter(role=Role.RECEIVING_HEAD, agency__in=agencies).select_related(
            "user", "agency"
        )
        open_ones = [post.pk for post in heads if post.covers(today)]
        rows = heads.filter(pk__in=open_ones).order_by("agency__number", "pk")
        self.fields["post"].queryset = rows  # type: ignore[attr-defined]
        self.fields["signed_on"].today = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        signed, since, until = data.get("signed_on"), data.get("since"), data.get("until")
        if signed and since and since < signed:
            self.add_error("since", _("Ngày bắt đầu trước ngày ký. Ủy quyền không có hiệu lực trước khi ký."))
        if since and until and until < since:
            self.add_error("until", _("Ngày kết thúc trước ngày bắt đầu. Kiểm tra lại hai ngày."))
        return data


class RecallForm(forms.Form):
    """Why a letter is recalled; everybody who got it reads this."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do thu hồi"),
        help_text=gettext_lazy("Doanh nghiệp và cơ quan tiếp nhận đọc nguyên văn. Tối đa 500 chữ cái"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Chưa ghi lý do. Viết điều gì sai và sẽ sửa thế nào.")},
    )
