"""The enterprise is told that an agency has put its facts right; the page says which, and why."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.place_facts import told_of
from applications.telling import people_of
from notices.telling import fitted, tell
from organisations.models import Enterprise, Site


def site_corrected(site_id: str, *, at: datetime) -> None:
    """The people of the enterprise, once for each time."""
    with override("vi"):
        site = Site.objects.get(pk=site_id)
        line = _("Cơ quan tiếp nhận đã sửa thông tin của %(site)s; xem chỗ sửa và lý do.")
        path = reverse("dossiers:site_facts", args=[site.pk])
        _tell(site, site.enterprise_id, fitted(line, {"site": site.name}, cut="site"), path, at=at)


def enterprise_corrected(enterprise_id: str, *, at: datetime) -> None:
    """The people of the enterprise, once for each time."""
    with override("vi"):
        firm = Enterprise.objects.get(pk=enterprise_id)
        line = _("Cơ quan tiếp nhận đã sửa thông tin của doanh nghiệp; xem chỗ sửa và lý do.")
        _tell(firm, firm.pk, line, reverse("dossiers:enterprise_facts", args=[firm.pk]), at=at)


def _tell(row: Site | Enterprise, firm: Any, line: str, path: str, *, at: datetime) -> None:
    newest = told_of(row)[0]
    tell(
        people_of(firm), key=f"{newest.verb}:{newest.pk}", title=_("Thông tin được sửa"), line=line, path=path, at=at
    )  # fmt: skip
