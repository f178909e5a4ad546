"""Permits issued on paper before the portal: entered once, with number, date and scan; no letter is made of them."""

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import plan
from applications import counter
from applications.models import PaperPermit
from applications.phases import phase_on
from applications.unmet import NotAllowed, Refused, Unmet
from documents.models import StoredFile
from journal.recording import announce, record
from organisations import at_counter, permits, registering
from organisations.models import Enterprise, Site, User
from organisations.plan_in_force import rules_on


def basis_of(number: str, *, signed_on: Any, site: Site) -> str:
    """The key of a paper for one site: a letter may permit several."""
    plain = "".join(unicodedata.normalize("NFKC", number).upper().split())
    return hashlib.sha256(f"paper\n{plain}\n{signed_on:%Y-%m-%d}\n{site.pk}".encode()).hexdigest()


@transaction.atomic
def enter(
    *, firm: Mapping[str, str], site: Site | Mapping[str, Any], terms: Mapping[str, Any], scan: StoredFile, by: User,
    at: datetime,
) -> PaperPermit:  # fmt: skip
    """Writes the permit by its paper letter. Refused when the letter was entered for this site before."""
    agency = counter.desk_of(by, at=at)
    if agency is None:
        raise NotAllowed("paper_permit")
    enterprise = Enterprise.objects.filter(tax_code=firm["tax_code"]).first()
    enterprise = enterprise or at_counter.write_down(**firm, by=by, at=at)
    if not isinstance(site, Site):
        site = registering.add_site(enterprise=enterprise, by=by, at=at, **site)
    if site.receiving_agency_id != agency.pk:
        words = _("Cơ sở này do %(agency)s tiếp nhận; cơ quan ấy nhập văn bản.")
        raise Refused([Unmet("agency", "III.1.1-l", words % {"agency": site.receiving_agency.name}, "site")])
    permit = _permit(site, terms, by=by, at=at)
    entered = PaperPermit.objects.create(
        permit=permit, agency=agency, number=terms["number"].strip(), signed_on=terms["signed_on"],
        signer=terms["signer"], paper_dossier=terms["paper_dossier"].strip(), scan=scan, entered_at=at, entered_by=by,
    )  # fmt: skip
    record(
        "permit.entered", by=by, at=at, kind="permit", subject_id=permit.pk, fields=["number", "signed_on"]
    )
    announce("permit.entered", entered.pk, at=at)
    return entered


def _permit(site: Site, terms: Mapping[str, Any], *, by: User, at: datetime) -> Any:
    try:
        rules = rules_on(terms["signed_on"])  # the law of the day on which the paper was signed
    except plan.PlanError as error:
        words = _("Ngày ký trước khi Kế hoạch có hiệu lực. Xem lại ngày trên văn bản.")
        raise Refused([Unmet("signed_on", "I", words, "signed_on")]) from error
    try:
        with transaction.atomic():
            return permits.write(
                site=site, phase=phase_on(terms["signed_on"]), starts_on=terms["starts_on"], hour=0, cap=terms["cap"],
                baseline=terms["baseline"], mode=terms["mode"], until=terms["until"],
                basis=basis_of(terms["number"], signed_on=terms["signed_on"], site=site),
                rules_digest=rules.digest, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        words = _("Văn bản này đã được nhập cho cơ sở này. Mở danh sách để xem.")
        raise Refused([Unmet("number", plan.NOT_IN_THE_PLAN, words, "number")]) from error
