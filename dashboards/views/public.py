"""Pages for anyone: the front, checking a letter, tracking a dossier."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import plan
from applications.models import Dossier, Volume
from applications.promises import promise
from applications.road import working_days
from applications.states import State
from documents.issuing import printed
from documents.models import Letter
from documents.reading import start_of, status_of
from journal.tokens import ALPHABET
from organisations import permits
from organisations.models import AdminUnit
from organisations.plan_in_force import law, rules_on
from organisations.registering import BadTaxCode, clean_tax_code
from pages.deadline_words import days

# Letters that stand on the papers of the dossier; a submission note is older than the volume.
NAMES_THE_VOLUME = frozenset({"receipt", "sheet", "decision", "refusal"})


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The public front page."""
    today = plan.local_day(timezone.now())
    rules = rules_on(today)
    running = permits.in_force(on=today).select_related("site__district", "site__zone")
    context = {
        "districts": AdminUnit.objects.filter(level="district", parent=law().province.code).order_by(
            "sort_key", "code"
        ),
        "permits": running.order_by("-starts_on", "-pk")[:4],
        "permit_count": running.count(),
        "slots": len(rules.phase(1).slots()),
        "steps": _steps(rules),
        "law": law(),
    }
    return render(request, "dashboards/front.html", context)


def _steps(rules: Any) -> list[tuple[str, str, str]]:
    """(step, time, who) of a dossier's road, with the times in force."""
    within = {
        name: _("trong %(days)s") % {"days": working_days(rules.value(f"stages.{name}_working_days").value)}
        for name in ("completeness", "visit", "decision")
    }
    proposal = days(rules.value("phase_1.procedure.team_within").value)
    return [
        (
            _("Nộp hồ sơ"),
            _("Phương án và %(n)s giấy tờ, tải lên một lần") % {"n": len(rules.phase(1).slots())},
            _("Doanh nghiệp"),
        ),
        (_("Kiểm tra đủ giấy tờ"), within["completeness"], _("Cơ quan tiếp nhận")),
        (
            _("Lập tổ kiểm tra"),
            _("trong %(days)s") % {"days": proposal},
            _("Cơ quan tiếp nhận, Chủ tịch"),
        ),
        (_("Kiểm tra tại cơ sở"), within["visit"], _("Tổ kiểm tra")),
        (_("Quyết định"), within["decision"], _("Chủ tịch UBND tỉnh")),
    ]


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code as printed on a letter."""
    typed = request.GET.get("code", "")
    token = "".join(c for c in typed.upper() if c in ALPHABET)
    if token:
        return redirect("check_letter", token=token[:16])
    return render(request, "dashboards/check.html", {"typed": typed})


@require_safe
def check_letter(request: HttpRequest, token: str) -> HttpResponse:
    """What anyone may know of a letter: number, date, digest, present status. Nothing of the enterprise."""
    letter = Letter.objects.filter(token=token.upper()).select_related("agency", "replaced_by").first()
    if letter is None:
        volume = (
            Volume.objects.filter(token=token.upper()).select_related("dossier__receiving_agency").first()
        )
        if volume is not None:
            return _check_volume(request, volume)
        return render(request, "dashboards/check.html", {"typed": token, "unknown": True}, status=404)
    now = timezone.now()
    starts = start_of(letter)
    context = {
        "letter": letter,
        "starts": starts if starts and starts > now else None,
        "status": status_of(letter, on=plan.local_day(now)),
        "printed_token": printed(letter.token),
        "now": now,
        "volume": newest_volume(letter.dossier_code) if letter.kind in NAMES_THE_VOLUME else None,
    }
    return render(request, "dashboards/check_letter.html", context)


def newest_volume(dossier_code: str) -> Volume | None:
    """The bound volume in force of the dossier that a letter is about."""
    rows = Volume.objects.filter(dossier__code=dossier_code or None)
    return rows.order_by("-version", "-pk").first()


def _check_volume(request: HttpRequest, volume: Volume) -> HttpResponse:
    """What anyone may know of a volume: version, day, digest, and whether a newer one took its place."""
    newest = newest_volume(volume.dossier.code or "")
    context = {
        "volume": volume,
        "newer": newest if newest and newest.pk != volume.pk else None,
        "agency": volume.dossier.receiving_agency,
        "printed_token": printed(volume.token),
        "now": timezone.now(),
    }
    return render(request, "dashboards/check_volume.html", context)


def track(request: HttpRequest) -> HttpResponse:
    """Where a dossier stands, for who knows its code and tax code (POST: neither stands in an address)."""
    # The QR of a confirmation brings the code; it names nobody.
    context: dict[str, Any] = {"code": request.GET.get("code", "")[:16], "tax_code": ""}
    if request.method == "POST":
        context = {
            "code": request.POST.get("code", "").replace("\x00", "").strip(),
            "tax_code": request.POST.get("tax_code", "").strip(),
        }
        dossier = _tracked(context["code"], context["tax_code"])
        if dossier is None:
            return render(request, "dashboards/track.html", context | {"unknown": True}, status=404)
        context |= {"dossier": dossier, "promise": promise(dossier, at=timezone.now())}
    return render(request, "dashboards/track.html", context)


def _tracked(code: str, tax_code: str) -> Dossier | None:
    try:
        clean = clean_tax_code(tax_code)
    except BadTaxCode:
        return None
    rows = Dossier.objects.select_related("site__enterprise", "receiving_agency", "team", "handled_by")
    return rows.exclude(state=State.DRAFT).filter(code=code[:16], site__enterprise__tax_code=clean).first()
