"""Permits issued on paper before the portal: entered once, with number, date and scan; no letter is made of them."""

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import plan
from applications import counter, paper_numbers
from applications.models import PaperPermit
from applications.phases import phase_on
from applications.unmet import NotAllowed, Refused, Unmet
from documents.models import StoredFile
from journal.recording import announce, record
from organisations import at_counter, permits
from organisations.models import Site, User
from organisations.plan_in_force import rules_on
from pages.templatetags.ui import vn_moment


def basis_of(number: str, *, signed_on: Any, site: Site) -> str:
    """The key of a paper for one site: a letter may permit several."""
    plain = "".join(unicodedata.normalize("NFKC", number).upper().split())
    return hashlib.sha256(f"paper\n{plain}\n{signed_on:%Y-%m-%d}\n{site.pk}".encode()).hexdigest()


@transaction.atomic
def enter(
    *, firm: Mapping[str, str], site: Site | Mapping[str, Any], terms: Mapping[str, Any], scan: StoredFile, by: User,
    at: datetime,
) -> PaperPermit:  # fmt: skip
    """Writes the permit by its paper letter.

    Refused when the letter was entered for this site before, or another letter has or will get its number.

    `scan` is kept and not yet saved (documents.storing.keep).
    """
    agency = counter.desk_of(by, at=at)
    if agency is None:
        raise NotAllowed("paper_permit")
    enterprise = at_counter.firm_of(firm, by=by, at=at)
    site = counter.site_of(enterprise, site, by=by, at=at)
    if site.receiving_agency_id != agency.pk:
        words = _("Cơ sở này do %(agency)s tiếp nhận; cơ quan ấy nhập văn bản.")
        raise Refused([Unmet("agency", "III.1.1-l", words % {"agency": site.receiving_agency.name}, "site")])
    paper_numbers.not_given(terms["number"], signed_on=terms["signed_on"])
    permit = _permit(site, terms, by=by, at=at)
    scan.save()
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
    basis = basis_of(terms["number"], signed_on=terms["signed_on"], site=site)
    try:
        with transaction.atomic():
            return permits.write(
                site=site, phase=phase_on(terms["signed_on"]), starts_on=terms["starts_on"], hour=0, cap=terms["cap"],
                baseline=terms["baseline"], mode=terms["mode"], until=terms["until"],
                basis=basis, rules_digest=rules.digest, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        first = PaperPermit.objects.select_related("entered_by").get(permit__basis=basis)
        words = _("Văn bản này đã được nhập cho cơ sở này: %(who)s, %(when)s. Mở danh sách để xem.")
        words %= {"who": first.entered_by.full_name, "when": vn_moment(first.entered_at)}
        raise Refused([Unmet("number", plan.NOT_IN_THE_PLAN, words, "number")]) from error
