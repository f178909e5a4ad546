"""Asking for a supplement, once and whole (form 02), and answering it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from applications import guards, lifecycle, slips
from applications.actors import Actor, may_act, may_prepare
from applications.models import Dossier, Paper, Supplement
from applications.supplements import CLAUSE, open_of
from applications.unmet import NotAllowed, Refused, Stale, Unmet
from documents.letterforms import Contact, Fault, Form, SupplementSlip
from documents.letterforms import Paper as PrintedPaper
from documents.models import Letter
from journal.recording import record
from organisations.models import User
from organisations.plan_in_force import rules_at
from pages.templatetags.ui import vn_phone

FORM = Form(number="02", title=("PHIẾU YÊU CẦU BỔ SUNG,", "HOÀN THIỆN HỒ SƠ"))
MEND = "Sửa theo lý do bên cạnh rồi nộp bản mới"
SEND = "Nộp giấy tờ này"


@dataclass(frozen=True)
class Asked:
    """What an officer asks beside the returned papers: about a part, a paper not yet there, or something else."""

    about: str
    fault: str
    to_do: str


def _slots(dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    return {slot.code: slot for slot in rules_at(dossier.submitted_at or at).phase(dossier.phase).papers()}


def items_of(
    dossier: Dossier, extras: Iterable[Asked] = (), *, parts: Mapping[str, str], at: datetime
) -> list[dict[str, Any]]:
    """The whole list: returned papers and those that may not be missing, in the plan's order, then the extras.

    `parts` names the parts of the answers that an extra may be about.
    """
    papers, slots = guards.current_papers(dossier), _slots(dossier, at=at)
    missing, rows = guards.missing(dossier, papers, [*slots.values()]), []
    for code, slot in slots.items():
        paper = papers.get(code)
        if slot in missing:
            rows.append(_item("paper", code, slot.title, slot.clause, "Chưa có", SEND))
        elif paper is not None and paper.verdict == Paper.Verdict.RETURNED:
            to_do = paper.fix or MEND
            rows.append(_item("paper", code, slot.title, slot.clause, paper.reason, to_do, paper.version))
    for extra in extras:
        if extra.about in slots:
            slot = slots[extra.about]
            rows.append(_item("paper", slot.code, slot.title, slot.clause, extra.fault, extra.to_do or SEND))
        else:
            kind = "part" if extra.about in parts else "other"
            thing = parts.get(extra.about, "Nội dung khác")
            rows.append(_item(kind, extra.about, thing, "", extra.fault, extra.to_do or "Trả lời"))
    return rows


def _item(
    kind: str, about: str, thing: str, clause: str, fault: str, to_do: str, version: int = 0
) -> dict[str, Any]:
    return {
        "kind": kind, "about": about, "thing": thing, "clause": clause, "fault": fault.strip(),
        "to_do": to_do.strip(), "version": version, "answer": "",
    }  # fmt: skip


def unread(dossier: Dossier, *, at: datetime) -> list[Unmet]:
    """Papers that nobody has read yet: the list is said once, so every paper is read before it."""
    papers = guards.current_papers(dossier)
    return [
        Unmet("unread", slot.clause, guards.paper_words(number, slot), slot.code)
        for number, slot in enumerate(_slots(dossier, at=at).values())
        if slot.code in papers and papers[slot.code].verdict == Paper.Verdict.NONE
    ]


def slip(
    dossier: Dossier, items: Sequence[Mapping[str, Any]], *, reason: str, phone: str, by: User, **common: Any
) -> PrintedPaper:
    """Form 02 as it is printed."""
    agency = dossier.receiving_agency
    return SupplementSlip(
        **slips.frame(agency, symbol=slips.slip_symbol(dossier), **common),
        dossier_code=dossier.code or "",
        form=FORM,
        firm=dossier.site.enterprise.name,
        address=dossier.site.place,
        firm_contact=f"{dossier.contact_name}, {vn_phone(dossier.contact_phone)}",
        request=slips.request_text(dossier),
        faults=tuple(
            Fault(thing=item["thing"], clause=item["clause"], fault=item["fault"], to_do=item["to_do"])
            for item in items
        ),
        reason=reason.strip(),
        contact=Contact(
            agency=f"{by.full_name}, {agency.short_name}", phone=vn_phone(phone), mail=agency.email
        ),
        officer=by.full_name,
    )


@transaction.atomic
def request(
    *, dossier: Dossier, items: Sequence[dict[str, Any]], reason: str, phone: str, by: User, at: datetime
) -> Dossier:
    """Asks once for all that is missing: form 02 is issued, the clock stands still until it is answered."""
    if not may_act(Actor.RECEIVER, dossier, by=by, at=at):
        raise NotAllowed("request_supplement")
    fresh = lifecycle.held(dossier.pk)
    if lifecycle.row_for("request_supplement", fresh) is None:
        raise Stale(fresh)
    unmet = unread(fresh, at=at)
    if not items:
        words = _("Chưa có điều gì cần bổ sung. Trả lại giấy tờ chưa đạt, hoặc thêm một nội dung.")
        unmet.append(Unmet("items", CLAUSE, words, "extras"))
    if unmet:
        raise Refused(unmet)
    holder = fresh.handled_by or by
    moved = lifecycle.perform(
        dossier.pk, "request_supplement", by=by, at=at, note=reason, changes={"handled_by": holder},
        reasons=[{"clause": item["clause"], "text": f"{item['thing']}: {item['fault']}", "to_do": item["to_do"]}
                 for item in items],
    )  # fmt: skip
    last = moved.supplements.aggregate(last=Max("round"))["last"] or 0
    compose = partial(slip, moved, items, reason=reason, phone=phone, by=by)
    letter = slips.issue_slip(moved, Letter.Kind.SUPPLEMENT, compose, by=by, at=at, register="slips")
    Supplement.objects.create(
        dossier=moved, round=last + 1, items=list(items), reason=reason.strip(), contact_phone=phone,
        asked_at=at, asked_by=by, letter=letter,
    )  # fmt: skip
    return moved


@transaction.atomic
def reply(
    *, dossier: Dossier, round_number: int, answers: Mapping[int, str], by: User, at: datetime
) -> Supplement:
    """Saves the enterprise's words to items that ask for words; they are sent when it hands in again.

    Stale where another round waits than the one that the words answer: a position means another item there.
    """
    if not may_prepare(dossier, by=by, at=at):
        raise NotAllowed("reply")
    fresh = lifecycle.held(dossier.pk)
    asked = open_of(fresh)
    if asked is None or asked.round != round_number:
        raise Stale(fresh)
    for position, words in answers.items():
        if 0 <= position < len(asked.items) and asked.items[position]["kind"] != "paper":
            asked.items[position]["answer"] = words.strip()
    Supplement.objects.filter(pk=asked.pk).update(items=asked.items)
    record("supplement.replied", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=["items"])
    return asked


def close(dossier: Dossier, *, by: User, at: datetime) -> None:
    """The dossier has been handed in again: the open round is answered."""
    dossier.supplements.filter(answered_at__isnull=True).update(answered_at=at, answered_by=by)
