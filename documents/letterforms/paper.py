"""What every paper carries: who issues it, its number and day, and the code by which anyone checks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Where a reader may ask. `phone` and `mail` are printed as given."""

    agency: str
    phone: str
    mail: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The frame of a paper, in plain data: no model, no clock, no settings.

    `superior` and `agency` are lines broken by hand, in the case they are printed in; a People's Committee
    has no superior. `number` is None before the register gives one: with a `symbol` the paper then says so in
    its place, without one the number row stays empty. `dated` is None until the paper is signed. An empty
    `token` makes a preview: no code in the foot, but the same lines on the same pages. `check_host` is the
    origin with its scheme ("https://portal.example"); a bare host is taken as https.
    """

    template: ClassVar[str]
    sheet_size: ClassVar[str] = "a4"
    foot: ClassVar[str] = "letters/parts/foot.html"
    style: ClassVar[str] = ""

    superior: tuple[str, ...] = ()
    agency: tuple[str, ...]
    symbol: str = ""
    number: int | None = None
    place: str
    dated: date | None = None
    token: str = ""
    printed_token: str = ""
    check_host: str
    dossier_code: str

    @property
    def is_preview(self) -> bool:
        return not self.token

    @property
    def full_number(self) -> str:
        """ "05/QĐ-UBND"; a number below ten has its leading zero (Decree 30, Annex I)."""
        return f"{self.number:02d}/{self.symbol}" if self.number is not None else ""

    @property
    def promised_number(self) -> str:
        """What stands in the number's place until the register gives one."""
        return f"(cấp khi ký)/{self.symbol}"

    @property
    def foot_note(self) -> str:
        """The second line beside the code, after the token."""
        return "Trang kiểm tra cho biết số, ngày, dấu số và giá trị hiện nay."

    @property
    def foot_digest(self) -> str:
        """A third line beside the code: a digest, whole, which takes the width for itself."""
        return ""

    @property
    def title(self) -> str:
        """The name a PDF reader shows in its window."""
        return " ".join(part for part in (self.kind_name, self.full_number or self.dossier_code) if part)

    @property
    def kind_name(self) -> str:
        raise NotImplementedError
