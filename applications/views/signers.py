"""`/sites/enterprise/<id>/signer/`: who signs from a day on, with the paper; the paper itself for whom it concerns."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import signers, uploading
from applications.forms.signer import SignerChangeForm
from applications.models import SignerPaper
from documents.checking import PAPERS, Refused
from documents.serving import serve
from documents.storing import or_gone
from journal.recording import record
from organisations.models import Enterprise
from organisations.people import SignerTooEarly
from organisations.views.doors import confirms, for_enterprises, own_membership, today


@for_enterprises
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Records who signs from a day on, and keeps the paper."""
    enterprise = own_membership(request, pk, submits=True).enterprise
    posted = request.method == "POST"
    form = SignerChangeForm(
        request.POST if posted else None, request.FILES if posted else None, today=today(),
        initial={"since": today()},
    )  # fmt: skip
    if posted and form.is_valid() and _changed(request, enterprise, form):
        messages.success(request, _("Đã ghi người ký mới; cơ quan tiếp nhận được báo."))
        return redirect("enterprise", pk=enterprise.pk)
    context = {"form": form, "enterprise": enterprise}
    return render(request, "applications/signer.html", context, status=422 if posted else 200)


def _changed(request: HttpRequest, enterprise: Enterprise, form: SignerChangeForm) -> bool:
    """Checks and keeps the paper, then changes the signer; what is wrong stands at its field."""
    now, data = timezone.now(), form.cleaned_data
    try:
        file = uploading.hold_file(data["paper"], accept=PAPERS, by=request.user, at=now)
        with or_gone([file]):
            signers.change(
                enterprise=enterprise, full_name=data["signer_name"], title=data["signer_title"],
                capacity=data["signer_capacity"], since=data["since"], until=data["until"], number=data["number"],
                dated=data["dated"], file=file, by=request.user, at=now,
            )  # fmt: skip
    except Refused as refusal:
        form.add_error("paper", refusal.message)
    except SignerTooEarly as late:
        words = _("Đã có người ký từ %(day)s. Nhập ngày đó hoặc muộn hơn.")
        form.add_error("since", words % {"day": f"{late.args[0]:%d/%m/%Y}"})
    return form.is_valid()


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper, for the enterprise and the agency that confirms it; each opening is a row of the journal."""
    seen = Enterprise.objects.visible_to(request.user, on=today())
    rows: Any = SignerPaper.objects.filter(representative__enterprise__in=seen.values("pk"))
    found = get_object_or_404(rows.select_related("representative__enterprise", "file"), pk=pk)
    enterprise = found.representative.enterprise
    own = enterprise.memberships.filter(user=request.user, ended_at__isnull=True).exists()
    if not (own or confirms(request, enterprise)):
        raise Http404(pk)
    record("evidence.opened", by=request.user, at=timezone.now(), kind="enterprise", subject_id=enterprise.pk,
           fields=["signer_paper"])  # fmt: skip
    return serve(found.file, inline=True)
