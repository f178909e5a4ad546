"""What the machine compares so that the officer need not: numbers and days of a dossier against each other."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.vn import mst

import plan
from applications.models import Dossier
from applications.slot_guidance import GUIDANCE
from applications.slot_guidance import SIGNED as SIGNED_POINT
from organisations.models import Representative
from organisations.plan_in_force import rules_at
from pages import parts
from pages.templatetags.ui import vn_date, vn_number

# In which papers a comparison is looked up by hand as well.
SIGNED = frozenset(code for code, words in GUIDANCE.items() if SIGNED_POINT in words.needs)
SLOTS = {
    "tax_code": frozenset({"request_letter", "investment_certificate", "commitment"}),
    "signer": SIGNED,
    "signed_on": SIGNED,
    "cap": frozenset({"worker_list", "request_letter"}),
    "slips": frozenset({"vaccination_slips", "worker_list"}),
    "baseline": frozenset({"worker_list"}),
}
SHARES = {Fraction(1, 2): gettext_lazy("một nửa"), Fraction(1, 3): gettext_lazy("một phần ba")}


def compared(dossier: Dossier, *, signer: Representative | None) -> list[parts.Evidence]:
    """Each comparison with its outcome; `signer` is the one registered for the day of signing."""
    return [*_register(dossier, signer), *_workers(dossier), *_days(dossier)]


def beside(slot: str, checks: Sequence[parts.Evidence]) -> tuple[list[parts.Evidence], list[parts.Evidence]]:
    """(what is compared in this paper, the rest of the dossier)."""
    here = [check for check in checks if slot in SLOTS.get(check.about, ())]
    return here, [check for check in checks if check not in here]


def _line(about: str, holds: bool, good: str, bad: str, line: str, tone: str = "wait") -> parts.Evidence:
    return parts.Evidence(good if holds else bad, line, tone="ok" if holds else tone, about=about)


def _register(dossier: Dossier, signer: Representative | None) -> Iterator[parts.Evidence]:
    firm = dossier.site.enterprise
    known = mst.is_valid(firm.tax_code) and firm.confirmed_at is not None
    yield _line(
        "tax_code",
        known, _("Mã số thuế đúng với đăng ký"), _("Doanh nghiệp chưa được xác nhận, đối chiếu mã số thuế"),
        grouped(firm.tax_code),
    )  # fmt: skip
    if not dossier.signer_name:
        return
    if dossier.signer_capacity == Representative.Capacity.AUTHORISED:
        yield _line(
            "signer",
            dossier.signer_authorisation_id is not None, _("Người ký theo ủy quyền, có giấy"),
            _("Người ký theo ủy quyền, chưa có giấy"), dossier.signer_name, tone="late",
        )  # fmt: skip
        return
    same = signer is not None and signer.full_name.casefold() == dossier.signer_name.casefold()
    registered = signer.full_name if signer else _("chưa có")
    yield _line(
        "signer",
        same, _("Người ký đúng với đăng ký"), _("Người ký khác với đăng ký"),
        dossier.signer_name if same else _("%(signed)s; đăng ký: %(registered)s")
        % {"signed": dossier.signer_name, "registered": registered},
    )  # fmt: skip


def grouped(tax_code: str) -> str:
    """ "2100512337" as people compare it: 2100 512 337."""
    return f"{tax_code[:4]} {tax_code[4:7]} {tax_code[7:]}"


def _workers(dossier: Dossier) -> Iterator[parts.Evidence]:
    listed = dossier.listed_workers
    if listed is None:
        return
    if dossier.cap is not None:
        values = {"count": vn_number(listed), "cap": vn_number(dossier.cap)}
        yield _line(
            "cap",
            listed <= dossier.cap,
            _("%(count)s dòng, không vượt mức %(cap)s") % values,
            _("%(count)s dòng, vượt mức %(cap)s") % values,
            cap_words(dossier), tone="late",
        )  # fmt: skip
    slips = dossier.slips_count or 0
    reason = dossier.slips_missing_reason
    values = {"slips": vn_number(slips), "count": vn_number(listed)}
    words = _("%(slips)s phiếu tiêm cho %(count)s người") % values
    yield _line("slips", slips >= listed, words, words, reason if slips < listed else "")


def cap_words(dossier: Dossier) -> str:
    """How the cap follows from the baseline: "một nửa của 149, III.1.2-b"."""
    if dossier.cap is None or dossier.baseline is None:
        return ""
    share = share_of(dossier)
    base = vn_number(dossier.baseline)
    if share is None:
        return dossier.cap_clause
    named = SHARES.get(share, f"{share.numerator}/{share.denominator}")
    return _("%(share)s của %(base)s, %(clause)s") % {
        "share": named,
        "base": base,
        "clause": dossier.cap_clause,
    }


def share_of(dossier: Dossier) -> Fraction | None:
    """The share that gave the cap, by the clause that was frozen with it."""
    if dossier.submitted_at is None:
        return None
    values = rules_at(dossier.submitted_at).phase(dossier.phase).section
    for path in ("cap.share", "cap.small_share"):
        if values.has(path) and values.share_of(path).clause == dossier.cap_clause:
            return values.share_of(path).value
    return None


def _days(dossier: Dossier) -> Iterator[parts.Evidence]:
    handed_in = plan.local_day(dossier.submitted_at) if dossier.submitted_at else None
    if dossier.signed_on and handed_in:
        values = {"signed": _short(dossier.signed_on), "handed_in": _short(handed_in)}
        yield _line(
            "signed_on",
            dossier.signed_on <= handed_in, _("Ngày ký trước ngày nộp"), _("Ngày ký sau ngày nộp"),
            _("ký %(signed)s, nộp %(handed_in)s") % values, tone="late",
        )  # fmt: skip
    if dossier.baseline is not None and dossier.baseline_as_of:
        values = {"count": vn_number(dossier.baseline), "day": vn_date(dossier.baseline_as_of)}
        yield _line(
            "baseline",
            dossier.baseline_evidence_id is not None, _("Số lao động hiện có, có tệp chứng minh"),
            _("Số lao động hiện có, chưa có tệp chứng minh"), _("%(count)s người, ngày %(day)s") % values,
        )  # fmt: skip


def _short(day: date) -> str:
    return f"{day:%d/%m}"
