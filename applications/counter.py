"""Filing at the counter: an officer takes in the papers of a firm that has no account, under the same guards."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import plan
from applications import filing, lifecycle
from applications.actors import brought_to
from applications.models import CounterFiling, Dossier
from applications.phases import phase_on
from applications.unmet import NotAllowed, Refused, Unmet
from journal.recording import record
from organisations import at_counter
from organisations.models import Agency, Enterprise, Site, User
from organisations.plan_in_force import rules_on
from organisations.registering import SiteExists
from organisations.roles import May

OURS = plan.NOT_IN_THE_PLAN


def desk_of(user: User, *, at: datetime) -> Agency | None:
    """The agency at which the person receives dossiers."""
    agencies = user.agencies_where(May.RECEIVE, on=at)
    return Agency.objects.get(pk=agencies[0]) if agencies else None


@transaction.atomic
def open_filing(
    *, firm: Mapping[str, str], site: Site | Mapping[str, Any], bearer: Mapping[str, Any], by: User, at: datetime
) -> Dossier:  # fmt: skip
    """The draft into which the desk puts what was brought. `firm` needs more than its tax code only when new.

    `bearer` names who came, and of papers that the agency received earlier their number and day (`received_on`).
    Sent twice it is one draft; its `counter` says who began it, and takes the day and the number given last.
    """
    agency = desk_of(by, at=at)
    if agency is None:
        raise NotAllowed("counter")
    if unmet := received_unmet(bearer.get("received_on"), at=at):
        raise Refused(unmet)
    enterprise = at_counter.firm_of(firm, by=by, at=at)
    if at_counter.has_people(enterprise):
        raise Refused([has_people()])
    site = site_of(enterprise, site, by=by, at=at)
    if site.receiving_agency_id != agency.pk:
        words = _("Cơ sở này do %(agency)s tiếp nhận. Mời nộp ở đó.")
        raise Refused([Unmet("agency", "III.1.1-l", words % {"agency": site.receiving_agency.name}, "zone")])
    phase = phase_on(plan.local_day(at))
    begun = filing.new_draft(
        site=site, phase=phase, by=by, at=at, contact_name=bearer["bearer_name"], contact_phone=bearer["bearer_phone"]
    )  # fmt: skip
    dossier = lifecycle.held(begun.pk)
    if dossier.code is not None:
        words = _("Cơ sở này đã có hồ sơ %(code)s đang mở.")
        raise Refused([Unmet("live", OURS, words % {"code": dossier.code}, "site")])
    filed, fresh = CounterFiling.objects.get_or_create(
        dossier=dossier, defaults={"agency": agency, "at": at, "officer": by, **bearer}
    )
    changed = ["counter"] if fresh else _put_right(filed, bearer)
    if changed:
        record("dossier.brought", by=by, at=at, kind="dossier", subject_id=dossier.pk, fields=changed)
    return dossier


def _put_right(filed: CounterFiling, bearer: Mapping[str, Any]) -> list[str]:
    """Which of day and number of a draft were left out or mistyped before; what is not given now stays."""
    given = {name: bearer.get(name) for name in ("paper_number", "received_on")}
    changed = {name: value for name, value in given.items() if value and value != getattr(filed, name)}
    if changed:
        CounterFiling.objects.filter(pk=filed.pk).update(**changed)
    return list(changed)


def received_unmet(day: date | None, *, at: datetime) -> list[Unmet]:
    """Papers were received on a day of the plan that has come."""
    if day is None:
        return []
    words = _("Ngày nhận hồ sơ giấy chưa đến. Nhập ngày đã qua.")
    if day <= plan.local_day(at):
        try:
            rules_on(day)
        except plan.PlanError:
            words = _("Ngày nhận hồ sơ giấy đứng trước khi Kế hoạch có hiệu lực. Xem lại ngày.")
        else:
            return []
    return [Unmet("received_on", "III.1.3.1-c", words, "received_on")]


def site_of(firm: Enterprise, site: Site | Mapping[str, Any], *, by: User, at: datetime) -> Site:
    """The site chosen, or the one of these facts. Refused where the firm has their name in another commune."""
    if isinstance(site, Site):
        return site
    try:
        return at_counter.site_of(firm, by=by, at=at, **site)
    except SiteExists as taken:
        words = _("Doanh nghiệp đã có cơ sở tên này ở %(place)s. Chọn cơ sở ấy, hoặc ghi tên khác.")
        raise Refused([Unmet("site", OURS, words % {"place": taken.site.place}, "name")]) from taken


def has_people() -> Unmet:
    """Why the desk does not file for a firm that can file itself."""
    words = _("Doanh nghiệp này đã có tài khoản. Mời người của doanh nghiệp đăng nhập và nộp trên cổng.")
    return Unmet("account", OURS, words, "tax_code")


def unfinished(agency: Agency) -> Any:
    """What the desk has begun and not handed in yet."""
    rows = CounterFiling.objects.filter(agency=agency, dossier__code__isnull=True, dossier__state="draft")
    shown = rows.select_related("dossier__site__enterprise", "officer").only(
        "at",
        "bearer_name",
        "officer__full_name",
        "dossier__code",
        "dossier__site__name",
        "dossier__site__enterprise__name",
    )
    return shown.order_by("-at", "pk")


def brought(dossier: Dossier, *, by: User, at: datetime) -> CounterFiling | None:
    """Who brought the papers, for somebody of the desk that took them in; None for everybody else."""
    if not brought_to(dossier, by=by, at=at):
        return None
    found: CounterFiling = CounterFiling.objects.select_related("officer", "agency").get(dossier=dossier.pk)
    return found
