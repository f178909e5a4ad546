"""The register as a file: exactly what the list is filtered to, a line a site."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journal.recording import record
from organisations.models import AdminUnit, Enterprise, Site
from organisations.views.doors import today
from organisations.views.sites import filtered
from pages.exporting import Cell, Export, response

READ = (
    "enterprise__tax_code", "enterprise__name", "enterprise__address", "name", "address", "commune_id",
    "district_id", "zone__name", "receiving_agency__short_name", "enterprise__claimed_at",
    "enterprise__confirmed_at",
)  # fmt: skip
CHUNK = 2_000


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """CSV or XLSX; leaves a row in the journal."""
    day, user = today(), request.user
    if not user.is_official:
        raise PermissionDenied
    rows, query = filtered(request, Enterprise.objects.visible_to(user, on=day))
    sites = Site.objects.visible_to(user, on=day).filter(enterprise__in=rows.order_by().values("pk"))
    if "district" in query:
        sites = sites.filter(district=query["district"])
    found = sites.order_by("enterprise__sort_key", "enterprise", "sort_key", "pk")
    record("sites.exported", by=user, at=timezone.now(), kind="export", subject_id=kind, fields=[*query])
    columns = (
        _("Mã số thuế"), _("Doanh nghiệp"), _("Trụ sở"), _("Cơ sở"), _("Địa chỉ cơ sở"), _("Xã, phường"), _("Huyện"),
        _("Khu, cụm"), _("Cơ quan tiếp nhận"), _("Đăng ký lúc"), _("Xác nhận lúc"),
    )  # fmt: skip
    return response(
        Export(f"doanh-nghiep-{day:%Y%m%d}", _("Doanh nghiệp và cơ sở"), columns, _cells(found)), kind
    )


def _cells(rows: Any) -> Iterator[tuple[Cell, ...]]:
    units = {unit.pk: unit.full_name for unit in AdminUnit.objects.order_by("pk")}
    for row in rows.values_list(*READ).iterator(chunk_size=CHUNK):
        yield (*row[:5], units[row[5]], units[row[6]], *row[7:])
