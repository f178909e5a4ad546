"""What a site is permitted already by a letter from before the portal: there is nothing to ask for again."""

from datetime import date

from django.utils.translation import gettext as _

import plan
from applications.models import PaperPermit
from applications.unmet import Unmet
from organisations.models import Site
from pages.templatetags.ui import vn_date, vn_phone


def paper_permit_of(site: Site, *, phase: int, on: date) -> PaperPermit | None:
    """The permit entered from paper that covers this phase on this day, or will."""
    rows = PaperPermit.objects.not_ended(on=on).filter(permit__site=site, permit__phase=phase)
    return rows.select_related("permit").first()


def unmet_by_paper(site: Site, *, phase: int, on: date) -> list[Unmet]:
    """Why no dossier of the phase is opened: the permit, by its number, and whom to ask for a change."""
    found = paper_permit_of(site, phase=phase, on=on)
    if found is None:
        return []
    words = _(
        "Cơ sở này đã có văn bản số %(number)s ngày %(day)s (nhập từ giấy) đồng ý cho hoạt động ở giai đoạn "
        "%(phase)s, nên không cần hồ sơ mới. Muốn đổi số người, hình thức hay ngày, gọi %(agency)s, %(phone)s."
    )
    values = {
        "phase": phase, "number": found.number, "day": vn_date(found.signed_on),
        "agency": site.receiving_agency.name, "phone": vn_phone(site.receiving_agency.phone),
    }  # fmt: skip
    return [Unmet("permitted", plan.NOT_IN_THE_PLAN, words % values, "site")]
