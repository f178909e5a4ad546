"""Check your answers, submit, the confirmation that works for ever, and taking a dossier back."""

from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import filing, guards, lifecycle
from applications.actors import Actor, brought_to, may_act, may_prepare
from applications.counter import brought
from applications.models import Dossier
from applications.place_facts import is_handed_in
from applications.promises import promise
from applications.retracting import gone_words
from applications.road import cap_why, clause_url, clause_words, short_moment, working_days
from applications.slot_states import cap_of, paper_states
from applications.states import CLOSED, State
from applications.views.answering import UNTRIED, Attempt, attempting, unmet_parts
from applications.views.enterprise_tasks import submitters
from applications.views.fetching import dossier_or_404, own_dossier_or_404
from applications.views.links import mend_links, posted_only
from documents.models import Letter
from organisations.models import Membership, Site
from organisations.plan_in_force import rules_at
from pages import parts
from pages.deadline_words import due_words
from pages.templatetags.ui import vn_date, vn_moment, vn_number, vn_phone, vn_time, vn_weekday


@require_safe
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that would be submitted, on one page, each with its way to change it."""
    dossier = _handed_in_or_404(request, ref)
    if dossier.state not in filing.EDITABLE:
        return HttpResponseRedirect(reverse("dossiers:detail", args=[dossier.reference]))
    return _check_page(request, dossier, UNTRIED)


@posted_only("check")
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    """Submits once, however often it is clicked."""
    dossier = _handed_in_or_404(request, ref)
    if dossier.state == State.SUBMITTED:
        # The second click, or the page of a colleague who was first: the submission stands.
        return HttpResponseRedirect(reverse("dossiers:submitted", args=[dossier.reference]))
    now = timezone.now()
    attempt = attempting(
        request,
        lambda: filing.submit(
            dossier=dossier, by=request.user, at=now, declared=request.POST.get("declared") == "yes"
        ),
        link=mend_links(dossier, back="check"),
    )
    if attempt.done:
        return HttpResponseRedirect(reverse("dossiers:submitted", args=[attempt.value.reference]))
    fresh = _handed_in_or_404(request, str(dossier.pk))
    if attempt.stale and fresh.state == State.SUBMITTED:  # in the same instant
        return HttpResponseRedirect(reverse("dossiers:submitted", args=[fresh.reference]))
    return _check_page(request, fresh, attempt)


def _check_page(request: HttpRequest, dossier: Dossier, attempt: Attempt) -> HttpResponse:
    now = timezone.now()
    unmet = lifecycle.unmet("submit", dossier, by=request.user, at=now)
    states = paper_states(dossier, at=now)
    context = {
        "dossier": dossier,
        "attempt": attempt,
        "who": _who_facts(dossier),
        "production": _production_facts(dossier, at=now),
        "papers": _paper_facts(dossier, states),
        "papers_count": len(states) - 1,
        "unmet": unmet_parts(unmet, link=mend_links(dossier, back="check")),
        "may_submit": may_act(Actor.SUBMITTER, dossier, by=request.user, at=now),
        "submitters": submitters(dossier),
        "declared": request.POST.get("declared") == "yes",
        "undeclared": next((each.thing for each in attempt.unmet if each.url == "#id_declared"), ""),
        "days": working_days(rules_at(now).value("stages.completeness_working_days").value),
        "route_url": clause_url("III.1.1-l"),
        "counter": brought(dossier, by=request.user, at=now),
        "facts_locked": is_handed_in(Site.objects.filter(pk=dossier.site_id)),
    }
    return render(request, "applications/check.html", context, status=attempt.status)


def _change(dossier: Dossier, part: str) -> str:
    return reverse("dossiers:answers", args=[dossier.reference, part]) + "?back=check"


def _or_missing(value: str) -> str:
    return value or _("Chưa trả lời")


def _who_facts(dossier: Dossier) -> list[parts.Fact]:
    site, firm = dossier.site, dossier.site.enterprise
    lies = [
        site.address,
        site.zone.name if site.zone else "",
        site.commune.full_name,
        site.district.full_name,
    ]
    signer = ", ".join(filter(None, [dossier.signer_name, dossier.signer_title]))
    if dossier.signer_capacity:
        signer = f"{signer}\n{dossier.get_signer_capacity_display()}"
    signed = vn_date(dossier.signed_on) if dossier.signed_on else ""
    contact = ", ".join(filter(None, [dossier.contact_name, vn_phone(dossier.contact_phone)]))
    change = _change(dossier, "signer")
    return [
        parts.Fact(_("Doanh nghiệp"), firm.name),
        parts.Fact(_("Mã số thuế"), firm.tax_code),
        parts.Fact(_("Cơ sở"), f"{site.name}\n{', '.join(filter(None, lies))}"),
        parts.Fact(_("Người ký"), _or_missing(signer), change),
        parts.Fact(_("Ngày ký"), _or_missing(signed), change),
        parts.Fact(_("Người liên hệ"), _or_missing(contact), change),
    ]


def _production_facts(dossier: Dossier, *, at: datetime) -> list[parts.Fact]:
    baseline = ""
    if dossier.baseline and dossier.baseline_as_of:
        values = {"n": vn_number(dossier.baseline), "day": vn_date(dossier.baseline_as_of)}
        baseline = _("%(n)s người, theo bảng lương ngày %(day)s") % values
    cap, why, asked = cap_of(dossier, at=at), None, ""
    if cap is not None:
        total = dossier.enterprise_total or dossier.baseline or 0
        why = cap_why(cap, phase=dossier.phase, baseline=dossier.baseline or 0, total=total, at=at)
    if dossier.requested_start_on:
        asked = _("từ %(day)s") % {"day": vn_date(dossier.requested_start_on)}
    if dossier.listed_workers:
        asked = ", ".join(filter(None, [_("%(n)s người") % {"n": vn_number(dossier.listed_workers)}, asked]))
    payroll, payroll_url = "", ""
    if (evidence := dossier.baseline_evidence) is not None:
        payroll = gone_words(evidence) or evidence.name
    if guards.is_there(evidence):
        payroll_url = reverse("dossiers:evidence", args=[dossier.reference, "baseline"])
    total_words = (
        _("%(n)s người") % {"n": vn_number(dossier.enterprise_total)} if dossier.enterprise_total else ""
    )
    return [
        parts.Fact(_("Hình thức"), _or_missing(dossier.get_mode_display() if dossier.mode else ""),
                   _change(dossier, "production")),
        parts.Fact(_("Đề nghị hoạt động"), _or_missing(asked), _change(dossier, "production"), why=why),
        parts.Fact(_("Số lao động hiện có"), _or_missing(baseline), _change(dossier, "baseline")),
        parts.Fact(_("Bảng lương"), _or_missing(payroll), _change(dossier, "baseline"), link_url=payroll_url),
        parts.Fact(_("Lao động của doanh nghiệp trong tỉnh"), _or_missing(total_words), _change(dossier, "baseline")),
    ]  # fmt: skip


def _paper_facts(dossier: Dossier, states: list[Any]) -> list[parts.Fact]:
    facts = []
    for state in states:
        icon, tone = ("check-lg", "ok") if state.tag.tone == "ok" else (state.tag.icon, state.tag.tone)
        line = state.line or str(state.tag.text)
        change = (
            reverse("dossiers:paper", args=[dossier.reference, state.code]) + f"?back=check{state.anchor}"
        )
        facts.append(parts.Fact(state.slot.title, line, change, icon=icon, tone=tone))
    return facts


@require_safe
def submitted(request: HttpRequest, ref: str) -> HttpResponse:
    """The confirmation: code, what next and when, whom to call. The same page for ever."""
    dossier = _handed_in_or_404(request, ref)
    if dossier.submitted_at is None or dossier.code is None:
        return HttpResponseRedirect(reverse("dossiers:detail", args=[dossier.reference]))
    now = timezone.now()
    made = promise(dossier, at=now)
    note = (
        Letter.objects.filter(dossier_code=dossier.code, kind=Letter.Kind.SUBMISSION)
        .order_by("-issued_at", "pk")
        .first()
    )
    at = dossier.submitted_at
    context = {
        "dossier": dossier,
        "promise": made,
        "when": f"{vn_time(at)}, {vn_weekday(at)} {vn_date(at)}",
        "note": note,
        "pdf_url": reverse("documents:letter_pdf", args=[note.pk]) if note and note.pdf_id else "",
        "qr": track_qr(dossier),
        "copy_text": _copy_text(dossier),
        "events": _what_next(dossier),
        "moved_on": dossier.state != State.SUBMITTED,
        "is_closed": dossier.state in CLOSED,
        "holder": made.holder,
        "counter": brought(dossier, by=request.user, at=now),
    }
    return render(request, "applications/submitted.html", context)


def _handed_in_or_404(request: HttpRequest, ref: str) -> Dossier:
    """The dossier for who handed it in: people of its enterprise, or the desk to which its papers were brought."""
    dossier, now = dossier_or_404(request, ref), timezone.now()
    if not may_prepare(dossier, by=request.user, at=now) and not brought_to(dossier, by=request.user, at=now):
        raise PermissionDenied
    return dossier


def track_url(dossier: Dossier) -> str:
    """Where anyone with the code and the tax code sees the state."""
    return f"{settings.CHECK_HOST}{reverse('track')}?code={dossier.code}"


def track_qr(dossier: Dossier) -> str:
    """The address as a QR drawn in the page."""
    code = segno.make(track_url(dossier), error="m", micro=False)
    drawn = code.svg_inline(border=0, omitsize=True, title=_("Mã QR mở trang tra cứu hồ sơ"))
    return mark_safe(drawn)


def _copy_text(dossier: Dossier) -> str:
    words = _(
        "%(firm)s đã nộp hồ sơ %(code)s lúc %(when)s. %(agency)s trả lời, điện thoại %(phone)s. Tra cứu: %(url)s"
    )
    return words % {
        "firm": dossier.site.enterprise.name,
        "code": dossier.code,
        "when": vn_moment(dossier.submitted_at),
        "agency": dossier.receiving_agency.name,
        "phone": vn_phone(dossier.receiving_agency.phone),
        "url": track_url(dossier),
    }


def _what_next(dossier: Dossier) -> list[parts.Event]:
    """The road from the submission on, with the times in force that day."""
    rules = rules_at(dossier.submitted_at)
    people = Membership.objects.filter(enterprise=dossier.site.enterprise_id, ended_at__isnull=True).count()
    told = _("Thông báo đã gửi đến %(n)s người của doanh nghiệp.") % {"n": people}
    if not people:
        told = _("Doanh nghiệp chưa có tài khoản: giao giấy biên nhận cho người mang đến.")
    first = dossier.stages.filter(state=State.SUBMITTED).order_by("-opened_at", "-pk").first()
    due = due_words(first.due_at) if first else ""
    team = rules.value(f"phase_{dossier.phase}.procedure.team_within").value
    decision = working_days(rules.value("stages.decision_working_days").value)
    agency = dossier.receiving_agency.name
    return [
        parts.Event(short_moment(dossier.submitted_at), _("Đã nộp"), told, "ok"),
        parts.Event(_("chậm nhất %(due)s") % {"due": due}, _("Kiểm tra đủ giấy tờ"),
                    _("%(agency)s tiếp nhận, yêu cầu bổ sung một lần, hoặc từ chối có lý do.")
                    % {"agency": agency}, "info"),
        parts.Event(_("%(n)s ngày sau đó") % {"n": team}, _("Lập tổ kiểm tra"),
                    _("Tổ hẹn ngày đến cơ sở; trang hồ sơ ghi cần chuẩn bị gì.")),
        parts.Event(_("%(days)s sau kiểm tra") % {"days": decision}, _("Chủ tịch UBND tỉnh quyết định"),
                    _("Văn bản có mã QR, nhận tại đây và qua thư điện tử.")),
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Takes a dossier back, or throws a draft away: says what happens, then does it."""
    dossier = own_dossier_or_404(request, ref)
    now = timezone.now()
    attempt = UNTRIED
    note = request.POST.get("note", "").replace("\x00", "").strip()[:500]
    if request.method == "POST":
        attempt = attempting(
            request, lambda: filing.withdraw(dossier=dossier, by=request.user, at=now, note=note)
        )
        fresh = own_dossier_or_404(request, str(dossier.pk))
        if attempt.done or fresh.state == State.WITHDRAWN:
            words = _("Đã rút hồ sơ. Lập lại được bất cứ lúc nào.")
            messages.success(request, words, extra_tags=f"withdraw-{dossier.pk}")
            return HttpResponseRedirect(reverse("dossiers:detail", args=[fresh.reference]))
        dossier = fresh
    context = {
        "dossier": dossier,
        "attempt": attempt,
        "note": note,
        "is_draft": dossier.state == State.DRAFT,
        "is_closed": dossier.state in CLOSED,
        "may_withdraw": may_act(Actor.SUBMITTER, dossier, by=request.user, at=now),
        "submitters": submitters(dossier),
        "promise": promise(dossier, at=now),
        "clause": clause_words("not in the plan"),
    }
    return render(request, "applications/withdraw.html", context, status=attempt.status)
