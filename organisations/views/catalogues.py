"""The administrator's tables: holidays, zones, teams, agencies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from organisations import agency_facts, days_off
from organisations.forms.administration import AgencyForm, HolidayForm
from organisations.models import AdminUnit, Agency, Holiday, Site, Team, Zone
from organisations.roles import May
from organisations.views.doors import needs, today
from organisations.views.teams import may_edit
from pages.folding import fold
from pages.parts import Column, Entry, Tag
from pages.templatetags.ui import vn_phone


def _crumbs(*more: Entry) -> list[Entry]:
    return [Entry(_("Danh mục"), reverse("organisations:catalogues")), *more]


@needs(May.MANAGE_CATALOGUES)
@require_safe
def catalogues(request: HttpRequest) -> HttpResponse:
    """What the portal's tables hold."""
    day = today()
    units = AdminUnit.objects.filter(level=AdminUnit.Level.COMMUNE, valid_from__lte=day).exclude(
        valid_to__lt=day
    )
    rows = [
        (
            _("Ngày nghỉ và làm bù"),
            reverse("organisations:holidays"),
            Holiday.objects.filter(on__year=day.year).count(),
            _("ngày trong năm %(year)s") % {"year": day.year},
        ),
        (
            _("Khu kinh tế, khu và cụm công nghiệp"),
            reverse("organisations:zones"),
            Zone.objects.count(),
            _("khu, cụm"),
        ),
        (pgettext("many", "Tổ kiểm tra"), reverse("organisations:teams"), Team.objects.count(), _("tổ")),
        (
            pgettext("many", "Cơ quan"),
            reverse("organisations:agencies"),
            Agency.objects.count(),
            pgettext("one", "cơ quan"),
        ),
        (
            _("Đơn vị hành chính"),
            reverse("organisations:units"),
            units.count(),
            _("xã, phường, thị trấn đang có"),
        ),
    ]
    return render(request, "organisations/catalogues.html", {"rows": rows})


@needs(May.MANAGE_CATALOGUES)
@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    """Days off and worked weekends of a year."""
    years = sorted({day.year for day in Holiday.objects.values_list("on", flat=True)} | {today().year})
    asked = request.GET.get("year", "")
    year = next((each for each in years if str(each) == asked), today().year)
    rows = [
        {"day": row, "tag": Tag(row.get_kind_display(), _tone(row), "calendar3")}
        for row in Holiday.objects.filter(on__year=year).order_by("on", "pk")
    ]
    context = {
        "rows": rows,
        "columns": [Column(_("Ngày")), Column(_("Tên")), Column(_("Loại")), Column(_("Việc"))],
        "tabs": [Entry(str(y), f"?year={y}", current=y == year) for y in years],
        "year": year,
        "primary": Entry(_("Thêm ngày"), reverse("organisations:new_holiday")),
        "crumbs": _crumbs(),
    }
    return render(request, "organisations/holidays.html", context)


def _tone(row: Holiday) -> str:
    return "info" if row.kind == Holiday.Kind.WORKING else "calm"


def _holiday_crumbs() -> list[Entry]:
    return _crumbs(Entry(_("Ngày nghỉ và làm bù"), reverse("organisations:holidays")))


def _back_to(year: int) -> HttpResponse:
    return redirect(f"{reverse('organisations:holidays')}?year={year}")


@needs(May.MANAGE_CATALOGUES)
@require_http_methods(["GET", "POST"])
def new_holiday(request: HttpRequest) -> HttpResponse:
    """Adds a day."""
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = days_off.add_day(by=request.user, at=timezone.now(), **form.cleaned_data)
        except days_off.DayTaken:
            form.add_error("on", _("Ngày này đã có trong bảng; mở ngày đó để sửa."))
        else:
            messages.success(request, _("Đã thêm ngày %(day)s.") % {"day": f"{row.on:%d/%m/%Y}"})
            return _back_to(row.on.year)
    return render(
        request, "organisations/holiday.html", {"form": form, "row": None, "crumbs": _holiday_crumbs()}
    )


@needs(May.MANAGE_CATALOGUES)
@require_http_methods(["GET", "POST"])
def holiday(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects the name or kind of a day."""
    row = get_object_or_404(Holiday, pk=pk)
    form = HolidayForm(request.POST or None, initial={"on": row.on, "name": row.name, "kind": row.kind})
    # The day is the row's identity: another day is another row.
    form.fields["on"].disabled = True
    if request.method == "POST" and form.is_valid():
        days_off.change_day(
            row=row,
            name=form.cleaned_data["name"],
            kind=form.cleaned_data["kind"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Đã lưu ngày %(day)s.") % {"day": f"{row.on:%d/%m/%Y}"})
        return _back_to(row.on.year)
    return render(
        request, "organisations/holiday.html", {"form": form, "row": row, "crumbs": _holiday_crumbs()}
    )


@needs(May.MANAGE_CATALOGUES)
@require_http_methods(["GET", "POST"])
def remove_holiday(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a day out of the table."""
    row = get_object_or_404(Holiday, pk=pk)
    if request.method == "POST":
        days_off.remove_day(row=row, by=request.user, at=timezone.now())
        messages.success(request, _("Đã bỏ ngày %(day)s khỏi bảng.") % {"day": f"{row.on:%d/%m/%Y}"})
        return _back_to(row.on.year)
    return render(request, "organisations/remove_holiday.html", {"row": row, "crumbs": _holiday_crumbs()})


@needs(May.MANAGE_CATALOGUES)
@require_safe
def zones(request: HttpRequest) -> HttpResponse:
    """Zones, parks and clusters, and who receives sites there."""
    found = Zone.objects.prefetch_related("districts").order_by("kind", "sort_key", "pk")
    counts: dict[Any, int] = {}
    for pk in Site.objects.filter(zone__isnull=False).values_list("zone", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    rows = [
        {
            "zone": zone,
            "districts": ", ".join(unit.full_name for unit in zone.districts.all()),
            "sites": counts.get(zone.pk, 0),
            "receiver": _("BQL Khu kinh tế") if zone.is_zone_or_park else _("Sở LĐTBXH"),
        }
        for zone in found
    ]
    columns = [
        Column(_("Tên")),
        Column(_("Loại")),
        Column(_("Nằm ở")),
        Column(_("Cơ quan tiếp nhận")),
        Column(pgettext("many", "Cơ sở"), numeric=True),
    ]
    return render(
        request, "organisations/zones.html", {"rows": rows, "columns": columns, "crumbs": _crumbs()}
    )


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Inspection teams with those who belong to them today; the administrator's and the receiving agencies'."""
    day = today()
    manages = request.user.may(May.MANAGE_CATALOGUES, on=day)
    if not manages and not request.user.may(May.RECEIVE, on=day):
        raise PermissionDenied
    found = (
        Team.objects.select_related("agency")
        .prefetch_related("members__user", "bindings")
        .order_by("number", "pk")
    )
    rows, ended = [], set(Team.objects.ended_on(day).values_list("pk", flat=True))
    for team in found:
        members = [m for m in team.members.all() if m.since <= day and (m.until is None or day <= m.until)]
        bound = sum(binding.ended_at is None for binding in team.bindings.all())
        edits = may_edit(request.user, team)
        over = team.last_day() if team.pk in ended else None
        rows.append({"team": team, "members": members, "bound": bound, "edits": edits, "over": over})
    context = {
        "rows": rows, "crumbs": _crumbs() if manages else [],
        "primary": Entry(_("Lập tổ"), reverse("organisations:new_team"), icon="people"),
    }  # fmt: skip
    return render(request, "organisations/teams.html", context)


@needs(May.MANAGE_CATALOGUES)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Agencies of the plan, and how each is reached."""
    rows = [{"agency": row, "phone": vn_phone(row.phone)} for row in Agency.objects.order_by("number", "pk")]
    columns = [
        Column(_("Mã")), Column(_("Cơ quan")), Column(_("Ký hiệu")), Column(_("Liên hệ")), Column(_("Việc")),
    ]  # fmt: skip
    return render(
        request, "organisations/agencies.html", {"rows": rows, "columns": columns, "crumbs": _crumbs()}
    )


@needs(May.MANAGE_CATALOGUES)
@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Corrects telephone, e-mail and address of an agency."""
    row = get_object_or_404(Agency, code=code)
    initial = {"phone": row.phone, "email": row.email, "address": row.address}
    form = AgencyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        agency_facts.change_contact(agency=row, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Đã lưu liên hệ của %(name)s.") % {"name": row.short_name})
        return redirect("organisations:agencies")
    crumbs = _crumbs(Entry(pgettext("many", "Cơ quan"), reverse("organisations:agencies")))
    return render(request, "organisations/agency.html", {"form": form, "row": row, "crumbs": crumbs})


def _below_its_district(unit: AdminUnit) -> tuple[Any, ...]:
    """Each district, and after it its communes."""
    top = unit.parent if unit.level == AdminUnit.Level.COMMUNE and unit.parent else unit
    return top.sort_key, top.code, unit is not top, unit.sort_key, unit.code


@needs(May.MANAGE_CATALOGUES)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Districts and communes with the days between which each holds; by name with or without marks, by district."""
    q, district = (request.GET.get(name, "").strip()[:50].replace("\0", "") for name in ("q", "district"))
    found = AdminUnit.objects.exclude(level=AdminUnit.Level.PROVINCE).select_related("parent")
    rows = sorted(found.order_by("code"), key=_below_its_district)
    shown = [
        row for row in rows
        if (not q or fold(q) in fold(row.full_name) or row.code == q)
        and (not district or district in {row.code, row.parent_id})
    ]  # fmt: skip
    context = {
        "rows": shown, "q": q, "district": district, "crumbs": _crumbs(),
        "districts": [row for row in rows if row.level == AdminUnit.Level.DISTRICT],
        "columns": [
            Column(_("Mã")), Column(_("Tên")), Column(_("Loại")), Column(_("Thuộc")), Column(_("Có từ")),
            Column(_("Đến hết")),
        ],
        "count_line": _("%(n)s đơn vị") % {"n": len(shown)},
    }  # fmt: skip
    return render(request, "organisations/units.html", context)
