"""Two more slips of the desk: the apology with a new date (04), and the control slip of every hand-over (05)."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from applications import lifecycle, slips
from applications.clock_ledger import due_for
from applications.hand_overs import hand_overs
from applications.models import Dossier, Stage
from documents.letterforms import ApologySlip, ControlSlip, Form, Paper
from documents.models import Letter
from organisations.models import User
from pages.templatetags.ui import vn_phone

APOLOGY_FORM = Form(number="04", title=("PHIẾU XIN LỖI", "VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"))
CONTROL_FORM = Form(number="05", title=("PHIẾU KIỂM SOÁT", "QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"))


def issue_apology(
    dossier: Dossier, *, stage: Stage, reason: str, new_at: datetime, by: User, at: datetime
) -> Letter:
    """Form 04: once a stage, by its key."""
    compose = partial(_apology, dossier, stage=stage, reason=reason, new_at=new_at, by=by)
    key = f"dossier:{dossier.pk}:apology:{stage.pk}"
    return slips.issue_slip(dossier, Letter.Kind.APOLOGY, compose, by=by, at=at, register="slips", key=key)


def _apology(
    dossier: Dossier, *, stage: Stage, reason: str, new_at: datetime, by: User, **common: Any
) -> Paper:
    agency = dossier.receiving_agency
    return ApologySlip(
        **slips.frame(agency, symbol=slips.slip_symbol(dossier), **common),
        dossier_code=dossier.code,
        form=APOLOGY_FORM,
        firm=dossier.site.enterprise.name,
        address=dossier.site.place,
        firm_contact=f"{dossier.contact_name}, {vn_phone(dossier.contact_phone)}",
        request=slips.request_text(dossier),
        received_at=dossier.accepted_at or dossier.submitted_at,
        promised_for=due_for(stage),
        promised_at=stage.due_at,
        reason=reason,
        new_at=new_at,
        contact=slips.contact(agency),
        officer=by.full_name,
    )


@transaction.atomic
def issue_control(dossier: Dossier, *, by: User, at: datetime) -> Letter:
    """Form 05 as the record stands; asked for again before anything has moved, it is the same slip."""
    held = lifecycle.held(dossier.pk)  # a second press waits here and finds the first one's slip
    key = f"dossier:{dossier.pk}:{Letter.Kind.CONTROL}:{held.version}"
    made: Letter | None = Letter.objects.filter(subject_key=key).first()
    if made is not None:
        return made
    compose = partial(_control, dossier)
    return slips.issue_slip(dossier, Letter.Kind.CONTROL, compose, by=by, at=at, register="slips", key=key)


def _control(dossier: Dossier, **common: Any) -> Paper:
    return ControlSlip(
        **slips.frame(dossier.receiving_agency, symbol=slips.slip_symbol(dossier), **common),
        dossier_code=dossier.code,
        form=CONTROL_FORM,
        firm=dossier.site.enterprise.name,
        made_by=f"Bộ phận tiếp nhận, {dossier.receiving_agency.name}",
        received_at=dossier.submitted_at,
        hand_overs=hand_overs(dossier),
    )
