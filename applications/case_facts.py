"""What a case shows beside its papers: what was declared, how visit and advice went, which letters went out."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.declared import (
    advice_facts,
    answer_facts,
    result_facts,
    sheet_facts,
    signer_facts,
    site_facts,
    visit_facts,
)
from applications.models import Dossier, Sheet
from applications.states import CLOSED
from documents.models import Letter


def declared(dossier: Dossier, *, opens: bool, on: date) -> list[tuple[str, Any]]:
    """What the enterprise declared, as (heading, facts); with `opens` they lead to the files behind them."""
    return [
        (pgettext("one", "Doanh nghiệp và cơ sở"), site_facts(dossier, on=on)),
        (_("Sản xuất và lao động"), answer_facts(dossier, opens=opens)),
        (_("Người ký, người liên hệ"), signer_facts(dossier, opens=opens)),
    ]


def outcome(dossier: Dossier, *, inside: bool, reads: bool) -> list[tuple[str, Any]]:
    """The visit for all who see the dossier; the advice for those who work on it, the sheet for who reads letters."""
    groups = [(_("Tổ kiểm tra"), visit_facts(dossier))]
    sheets = dossier.sheets.select_related("signed_by", "letter")
    groups += [(_("Phiếu xác nhận kiểm tra"), sheet_facts(sheet, opens=reads)) for sheet in sheets]
    if inside:
        groups += [
            (_("Ý kiến trình Chủ tịch"), advice_facts(each)) for each in dossier.advices.select_related("by")
        ]
    if dossier.state in CLOSED:
        groups.append((_("Kết quả"), result_facts(dossier)))
    return [group for group in groups if group[1]]


def letters(dossier: Dossier, *, inside: bool) -> list[dict[str, Any]]:
    """The papers issued, a sheet with what it found; who only watches is shown the Chairman's letters."""
    rows = Letter.objects.filter(dossier_code=dossier.code or "-").order_by("issued_at", "pk")
    if not inside:
        rows = rows.filter(kind__in=[Letter.Kind.DECISION, Letter.Kind.REFUSAL])
    shown = rows.annotate(found=F("sheet__verdict")).only("kind", "number", "symbol", "dated", "recorded_by")
    shown_before: Counter[str] = Counter()
    entries = []
    for letter in shown:
        words = f"{Letter.Kind(letter.kind).label} {letter.full_number}".strip()
        if letter.recorded_by_id is not None:
            words = _("%(paper)s, ký trên giấy") % {"paper": words}
        shown_before[words] += 1
        if (time := shown_before[words]) > 1:  # handed in again on one day, two slips read alike
            words = _("%(paper)s, lần %(n)s") % {"paper": words, "n": time}
        url = reverse("documents:letter", args=[letter.pk])
        entry = {"url": url, "kind": letter.kind, "words": words, "dated": letter.dated}
        entries.append(entry | _verdict(letter.found))
    return entries


def _verdict(found: str | None) -> dict[str, str]:
    """What a signed sheet found, as words of a tag; no words for any other letter."""
    failed = found == Sheet.Verdict.FAILED
    return {
        "found": str(Sheet.Verdict(found).label) if found else "",
        "tone": "late" if failed else "ok",
        "icon": "x-circle" if failed else "check-circle",
    }
