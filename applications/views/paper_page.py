"""What the page of one paper shows beside its form: waiting files, versions, why it came back, the cap."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import plan
from applications.models import Dossier, Paper, RefusedList
from applications.road import cap_why, clause_url, clause_words
from applications.slot_states import SlotState, cap_of
from pages import parts
from pages.exporting import Export
from pages.templatetags.ui import vn_date, vn_moment, vn_number, vn_size, vn_time
from workers.worker_list_faults import Faults, kept


def waiting(dossier: Dossier, slot: str) -> list[parts.FileRow]:
    """Files that wait for the rest of the paper."""
    rows = dossier.uploads.filter(slot=slot).select_related("file").order_by("pk")
    return [
        parts.FileRow(
            name=row.file.name,
            line=_("%(pages)s trang · %(size)s · %(time)s")
            % {"pages": row.file.pages, "size": vn_size(row.file.size), "time": vn_time(row.at)},
            tag=parts.Tag(_("Đã tải lên"), "ok", "check-circle"),
            remove_url=reverse("dossiers:drop_file", args=[dossier.reference, slot, row.pk]),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Version:
    """A row of the versions of a paper."""

    number: int
    line: str
    when: str
    who: str
    tag: parts.Tag
    url: str
    originals: list[parts.Entry]
    is_current: bool
    retract_url: str


def versions(dossier: Dossier, slot: str) -> list[Version]:
    """Every version, the newest first."""
    rows = (
        dossier.papers.filter(slot=slot).select_related("pdf", "uploaded_by").prefetch_related("parts__file")
    )
    return [_version(dossier, row) for row in rows.order_by("-version", "pk")]


def _version(dossier: Dossier, row: Paper) -> Version:
    originals = [part.file for part in row.parts.all()]
    size = vn_size(row.pdf.size if row.pdf else sum(file.size for file in originals))
    held = (
        _("%(n)s người") % {"n": vn_number(row.rows)}
        if row.rows is not None
        else ngettext("%(n)d trang", "%(n)d trang", row.pages) % {"n": row.pages}
    )
    gone = any(file.withdrawn_at for file in [*originals, *([row.pdf] if row.pdf else [])])
    path = [dossier.reference, row.slot, row.version]
    return Version(
        number=row.version,
        line=_("Tệp đã được rút: %(reason)s") % {"reason": row.reason}
        if gone and row.reason
        else f"{held} · {size}",
        when=f"{vn_date(row.uploaded_at)}, {vn_time(row.uploaded_at)}",
        who=row.uploaded_by.full_name,
        tag=_version_tag(row, gone=gone),
        url=reverse("dossiers:paper_file", args=path) if row.pdf and not gone else "",
        originals=[
            parts.Entry(file.name, reverse("dossiers:paper_original", args=[*path, position]))
            for position, file in enumerate(originals, start=1)
            if not file.withdrawn_at
        ],
        is_current=row.replaced_at is None,
        retract_url="" if gone or dossier.submitted_at else reverse("dossiers:retract", args=path),
    )


def _version_tag(row: Paper, *, gone: bool) -> parts.Tag:
    """How a version stands: withdrawn, replaced, returned, in order, or in use."""
    if gone:
        return parts.Tag(_("Đã rút"), "calm", "eraser")
    if row.replaced_at and row.verdict != Paper.Verdict.RETURNED:
        return parts.Tag(_("Đã thay"), "calm", "arrow-repeat")
    tags = {
        Paper.Verdict.RETURNED: parts.Tag(_("Trả lại"), "late", "arrow-return-left"),
        Paper.Verdict.IN_ORDER: parts.Tag(_("Đạt"), "ok", "check-circle-fill"),
    }
    return tags.get(Paper.Verdict(row.verdict), parts.Tag(_("Đang dùng"), "ok", "check-circle"))


def returned(dossier: Dossier, state: SlotState, *, at: datetime) -> dict[str, Any] | None:
    """Why the present paper was returned, by whom, when; and the clause of the slot."""
    row = state.paper
    if row is None or row.verdict != Paper.Verdict.RETURNED:
        return None
    who = row.verdict_by.full_name if row.verdict_by else ""
    why = parts.Why(
        clause_words(state.slot.clause), clause_url(state.slot.clause), "",
        plan.local_day(dossier.submitted_at or at), title=_("Điều khoản của giấy tờ này"),
    )  # fmt: skip
    by = f"{who}, {dossier.receiving_agency.name} · {vn_moment(row.verdict_at)}"
    return {"reason": row.reason, "fix": row.fix, "by": by, "why": why}


def cap_line(dossier: Dossier, *, at: datetime) -> dict[str, Any] | None:
    """The cap beside the list's count, and by how many the list is over."""
    cap = cap_of(dossier, at=at)
    if cap is None:
        return None
    total = dossier.enterprise_total or dossier.baseline or 0
    over = (dossier.listed_workers or 0) - cap.limit if cap.limit is not None else 0
    why = cap_why(cap, phase=dossier.phase, baseline=dossier.baseline or 0, total=total, at=at)
    return {"limit": cap.limit, "listed": dossier.listed_workers, "over": max(over, 0), "why": why}


@dataclass(frozen=True)
class Refused:
    """A worker list that was not taken; `sent` by whom and when, where it is not this very moment."""

    faults: Faults
    sent: str = ""


def refused_list(dossier: Dossier) -> Refused | None:
    """The last worker list, if it was not taken: it is mended after this page was closed, and perhaps elsewhere."""
    row = RefusedList.objects.filter(dossier=dossier).select_related("by").first()
    return Refused(kept(row.faults), f"{row.by.full_name}, {vn_moment(row.at)}") if row else None


def faults_file(dossier: Dossier, refused: Refused) -> Export:
    """Cell by cell what is to be mended, to lay beside the workbook."""
    columns = (_("Ô"), _("Cột"), _("Sai gì"), _("Sửa thế nào"))
    rows = ((each.cell, each.column, each.reason, each.fix) for each in refused.faults.problems)
    return Export(f"o-can-sua-{dossier.reference}", _("Ô cần sửa"), columns, rows)


def next_paper(states: list[SlotState], state: SlotState) -> SlotState | None:
    """The next paper with something to do, after this one and then from the start."""
    turned = states[state.number + 1 :] + states[: state.number]
    return next((each for each in turned if not each.is_done), None)
