"""The papers of a dossier as the desk reads them: each slot with its present version, and what is left to read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.guards import excused
from applications.models import Dossier, Paper, PaperPart
from applications.slot_guidance import Words, guidance
from organisations.plan_in_force import rules_at

LOOKS = {
    "ok": (gettext_lazy("đạt"), "check-lg", "is-ok"),
    "returned": (gettext_lazy("đã trả lại"), "arrow-return-left", "is-late"),
    "unseen": (gettext_lazy("chưa xem"), "circle", ""),
    "later": (gettext_lazy("nộp sau"), "clock", ""),
    "excused": (gettext_lazy("không cần, có lý do"), "dash-lg", ""),
    "missing": (gettext_lazy("chưa có"), "dash-lg", ""),
}


NEW = gettext_lazy("mới bổ sung")


@dataclass(frozen=True)
class SlotRow:
    """One of the papers that the plan asks for, with what stands in it; the signed plan itself has the number 0."""

    number: int
    code: str
    title: str
    clause: str
    required: bool
    paper: Paper | None
    excused: bool

    @property
    def sign(self) -> str:
        """What stands for it in the strip: its number, or the letters of the plan."""
        return str(self.number) if self.number else _("PA")

    @property
    def key(self) -> str:
        """How an address names it (?paper=)."""
        return str(self.number) if self.number else self.code

    @property
    def named(self) -> str:
        """Its title behind its number."""
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def status(self) -> str:
        """A key of LOOKS."""
        if self.paper is None:
            return "excused" if self.excused else "missing" if self.required else "later"
        by_verdict = {Paper.Verdict.IN_ORDER: "ok", Paper.Verdict.RETURNED: "returned"}
        return by_verdict.get(Paper.Verdict(self.paper.verdict), "unseen")

    @property
    def words(self) -> str:
        """The status in words."""
        return str(LOOKS[self.status][0])

    @property
    def icon(self) -> str:
        """The status as an icon."""
        return LOOKS[self.status][1]

    @property
    def css(self) -> str:
        """The status as a class of the strip."""
        return LOOKS[self.status][2]

    @property
    def look_for(self) -> tuple[Words, ...]:
        """What the paper must show."""
        return guidance(self.code).needs

    @property
    def what(self) -> Words:
        """What the paper is."""
        return guidance(self.code).what


# A paper whose bytes were withdrawn has no page to show; the worker list has no PDF, only its workbook.
PARTS_GONE = PaperPart.objects.filter(paper=OuterRef("pk"), file__withdrawn_at__isnull=False)
GONE = Coalesce("pdf__withdrawn_at", Subquery(PARTS_GONE.values("file__withdrawn_at")[:1]))


def rows_of_slots(dossier: Dossier, *, at: datetime) -> list[SlotRow]:
    """The signed plan, then the slots of the law of the day of submission, each with its present paper: one query."""
    present = dossier.papers.filter(replaced_at__isnull=True).order_by("slot")
    papers = {paper.slot: paper for paper in present.select_related("verdict_by").annotate(gone_at=GONE)}
    slots = rules_at(dossier.submitted_at or at).phase(dossier.phase).papers()
    return [
        SlotRow(number, slot.code, slot.title, slot.clause, slot.required, papers.get(slot.code),
                excused(dossier, slot.code))
        for number, slot in enumerate(slots)
    ]  # fmt: skip


def next_unseen(rows: Sequence[SlotRow], *, after: int = -1) -> SlotRow | None:
    """The next paper that nobody has marked, from one number on, then from the start."""
    unseen = [row for row in rows if row.status == "unseen"]
    return next((row for row in unseen if row.number > after), unseen[0] if unseen else None)


def strip(rows: Sequence[SlotRow], current: SlotRow, *, new: Collection[str] = ()) -> list[dict[str, Any]]:
    """The row of numbers over a paper: where each stands, in words, as icon and class; an eye where one reads.

    `new` are slots whose paper has come since the desk last asked.
    """
    return [
        {
            "number": row.number,
            "sign": row.sign,
            "key": row.key,
            "title": row.title,
            "words": f"{row.words}, {NEW}" if row.code in new else row.words,
            "icon": "eye" if row is current and row.status == "unseen" else row.icon,
            "css": f"{row.css} is-new".strip() if row.code in new else row.css,
            "current": row is current,
            "is_new": row.code in new,
        }
        for row in rows
    ]
