"""Drafted papers: the list in signing order, one with its pages, and its files."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

import plan
from applications import draft_files, drafting, filing
from applications.drafting import Draft
from applications.models import Dossier
from applications.road import clause_url, clause_words
from applications.slot_states import law_day
from applications.views.fetching import own_dossier_or_404
from applications.views.links import gap_links
from documents import letterforms
from documents.page_images import PageMissing
from documents.serving import PDF, policy
from organisations.plan_in_force import form_sets
from pages import parts
from pages.folding import fold

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _day(dossier: Dossier, at: datetime) -> date:
    """The day whose law the papers follow."""
    return plan.local_day(law_day(dossier, at=at))


def _draft_or_404(dossier: Dossier, slot: str, *, at: datetime) -> Draft:
    draft = drafting.draft_of(dossier, slot, on=_day(dossier, at))
    if draft is None:
        raise Http404(slot)
    return draft


@require_safe
def overview(request: HttpRequest, ref: str) -> HttpResponse:
    """Every paper that the portal drafts, what is missing in each, and the set of forms they follow."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    drafts = drafting.drafts(dossier, on=_day(dossier, now))
    context = {
        "dossier": dossier,
        "rows": [_row(dossier, draft, number) for number, draft in enumerate(drafts, start=1)],
        "gaps": len(drafting.gaps_of(drafts)),
        "is_open": dossier.state in filing.EDITABLE,
        **_forms_context(dossier, at=now),
    }
    return render(request, "applications/drafts.html", context)


def _row(dossier: Dossier, draft: Draft, number: int) -> dict[str, Any]:
    count = len(draft.gaps)
    words = ngettext("Còn %(n)d chỗ trống", "Còn %(n)d chỗ trống", count) % {"n": count}
    tag = parts.Tag(words, "wait", "pencil") if count else parts.Tag(_("Đã đủ"), "ok", "check-circle")
    return {
        "number": number,
        "title": draft.title,
        "slot": draft.slot,
        "tag": tag,
        **_urls(dossier, draft.slot),
    }


def _urls(dossier: Dossier, slot: str) -> dict[str, str]:
    return {
        name: reverse(f"dossiers:{name}", args=[dossier.reference, slot])
        for name in ("draft", "draft_pdf", "draft_docx")
    }


def _forms_context(dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    """The set of forms the dossier follows, and the newer one if there is one."""
    own, newest = drafting.form_set_of(dossier), form_sets().on(plan.local_day(at))
    return {
        "forms": own,
        "newest": newest if newest.version != own.version else None,
        "forms_clause": clause_words(own.clause),
        "forms_clause_url": clause_url(own.clause),
    }


@require_safe
def one(request: HttpRequest, ref: str, slot: str) -> HttpResponse:
    """One paper: its pages as pictures, what is missing, how to go on."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    draft = _draft_or_404(dossier, slot, at=now)
    pages = draft_files.pages_of(draft_files.pdf_of(dossier, draft))
    order = list(drafting.drafted_slots(dossier, on=_day(dossier, now)))
    following = order[order.index(slot) + 1] if order.index(slot) + 1 < len(order) else ""
    context = {
        "dossier": dossier,
        "draft": draft,
        "gaps": gap_links(dossier, draft.gaps),
        "number": order.index(slot) + 1,
        "count": len(order),
        "pages": range(1, pages + 1),
        "urls": _urls(dossier, slot),
        "next_url": reverse("dossiers:draft", args=[dossier.reference, following]) if following else "",
        "is_open": dossier.state in filing.EDITABLE,
        **_forms_context(dossier, at=now),
    }
    return render(request, "applications/draft.html", context)


@require_safe
def pdf_file(request: HttpRequest, ref: str, slot: str) -> HttpResponse:
    """The paper to print."""
    dossier = own_dossier_or_404(request, ref)
    draft = _draft_or_404(dossier, slot, at=timezone.now())
    content = draft_files.pdf_of(dossier, draft).read_bytes()
    return _file(content, PDF, f"{_stem(draft)}.pdf", inline=True)


@require_safe
def docx_file(request: HttpRequest, ref: str, slot: str) -> HttpResponse:
    """The same paper to edit."""
    dossier = own_dossier_or_404(request, ref)
    draft = _draft_or_404(dossier, slot, at=timezone.now())
    return _file(letterforms.docx(draft.paper), DOCX, f"{_stem(draft)}.docx")


@require_safe
def page_picture(request: HttpRequest, ref: str, slot: str, page: int) -> HttpResponse:
    """One page as a picture."""
    dossier = own_dossier_or_404(request, ref)
    draft = _draft_or_404(dossier, slot, at=timezone.now())
    try:
        picture = draft_files.picture_of(draft_files.pdf_of(dossier, draft), page)
    except PageMissing as missing:
        raise Http404(slot) from missing
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, no-store"})


def _stem(draft: Draft) -> str:
    """A file name without marks: "quy-dinh-to-an-toan-covid-19"."""
    return "-".join(fold(draft.title).replace(",", "").split())


def _file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    disposition = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": policy(kind),
    }
    return HttpResponse(content, content_type=kind, headers=headers)
