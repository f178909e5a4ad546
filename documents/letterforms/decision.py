"""The Chairman's letters: permission to restart, and the refusal with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from documents.letterforms.paper import Contact, Paper


@dataclass(frozen=True, kw_only=True)
class Source:
    """A paper that a letter rests on: who made it, its number ("" if it bears none) and its day."""

    by: str
    number: str = ""
    dated: date


@dataclass(frozen=True, kw_only=True)
class SignedLetter(Paper):
    """What the two letters share. Lists come without dashes and closing marks: the paper sets them.

    `authority` is the decider in sentence case ("Chủ tịch Ủy ban nhân dân tỉnh Trà Vinh"); `abstract`
    follows "Về việc" or "V/v"; `plan_title` names the plan ("Kế hoạch số 76/KH-UBND"); `complaint` says where
    and how, as one or more whole sentences without the last full stop; `drafting_unit` closes the list of
    recipients. `signer_lines` are the lines over the signature, e.g. ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH").
    """

    authority: str
    abstract: str
    plan_title: str
    firm: str
    tax_code: str
    site: str
    team: str
    contact: Contact
    complaint: str
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...]
    drafting_unit: str
    signer_lines: tuple[str, ...]
    signer_name: str

    @property
    def abstract_line(self) -> str:
        """The abstract as it is printed: under the title of a named type, beside the date of a dispatch."""
        return f"{'V/v' if self.kind_name == 'Công văn' else 'Về việc'} {self.abstract}"


@dataclass(frozen=True, kw_only=True)
class Decision(SignedLetter):
    """Permission to restart. Every value of the plan arrives as data or inside a condition's sentence.

    `legal_bases` name laws and papers; "Căn cứ" is set before them. `start` is the first minute of permitted
    work; `mode` is printed as given. `cap` and `cap_until` are None where the plan sets no cap.
    `visit_frequency` reads after "kiểm tra" ("mỗi tuần một lần trong tháng đầu").
    """

    template: ClassVar[str] = "letters/decision.html"

    kind: Literal["quyet_dinh", "cong_van"]
    legal_bases: tuple[str, ...] = ()
    recommendation: Source
    sheet: Source
    start: datetime
    mode: str
    cap: int | None = None
    baseline: int
    cap_until: date | None = None
    conditions: tuple[str, ...]
    leader: str
    visit_frequency: str
    duty_holders: tuple[str, ...] = ()

    @property
    def bases(self) -> tuple[str, ...]:
        """The legal bases as they are printed."""
        return tuple(f"Căn cứ {basis.removeprefix('Căn cứ ')}" for basis in self.legal_bases)

    @property
    def kind_name(self) -> str:
        return "Quyết định" if self.kind == "quyet_dinh" else "Công văn"


@dataclass(frozen=True, kw_only=True)
class AnnexItem:
    """One enterprise of an annex: what differs from line to line. `conditions` are its own, beside the shared."""

    firm: str
    tax_code: str
    site: str
    dossier_code: str
    cap: int | None
    baseline: int
    mode: str
    team: str
    leader: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnnexedDecision(SignedLetter):
    """Permission for many enterprises of one agency from one moment; who they are stands in the annex.

    `recommendations` and `sheets` are the papers that it rests on, a line each.
    """

    template: ClassVar[str] = "letters/annexed.html"
    style: ClassVar[str] = "letters/style/annex.css"

    kind: Literal["quyet_dinh", "cong_van"]
    legal_bases: tuple[str, ...] = ()
    recommendations: tuple[Source, ...]
    start: datetime
    cap_until: date | None = None
    conditions: tuple[str, ...]
    visit_frequency: str
    duty_holders: tuple[str, ...] = ()
    items: tuple[AnnexItem, ...]

    @property
    def bases(self) -> tuple[str, ...]:
        """The legal bases as they are printed."""
        return tuple(f"Căn cứ {basis.removeprefix('Căn cứ ')}" for basis in self.legal_bases)

    @property
    def kind_name(self) -> str:
        return "Quyết định" if self.kind == "quyet_dinh" else "Công văn"


@dataclass(frozen=True, kw_only=True)
class RefusalReason:
    """One reason: the plan's clause, what was found, what to do about it."""

    clause: str
    found: str
    to_do: str


@dataclass(frozen=True, kw_only=True)
class Refusal(SignedLetter):
    """Not agreed, with at least one reason; says what stays valid and how to come back."""

    template: ClassVar[str] = "letters/refusal.html"

    kind: Literal["thong_bao", "cong_van"]
    visited_on: date
    reasons: tuple[RefusalReason, ...]
    stays_valid: str
    resubmit: str

    @property
    def kind_name(self) -> str:
        return "Thông báo" if self.kind == "thong_bao" else "Công văn"
