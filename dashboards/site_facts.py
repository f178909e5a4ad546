"""What the page of a site says: its facts, what it may do now, and the rows of its history that no dossier has."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.declared import on_paper_words, permit_start
from applications.models import Decision, PaperPermit
from applications.public_log import Row, when
from documents.reading import permit_status
from organisations.models import Permit, Site, TeamBinding
from pages.parts import Entry, Event, Fact, Tag
from pages.templatetags.ui import vn_date, vn_number


def about_site(site: Site, *, on: date) -> list[Fact]:
    """Whose it is, where it lies, who signs for it, and the team that follows it; two queries."""
    signer = site.representative_on(on)
    team = TeamBinding.objects.filter(site=site, ended_at__isnull=True).select_related("team").first()
    firm = site.enterprise
    place = ", ".join([site.address, site.commune.full_name, site.district.full_name])
    since = _("từ %(day)s") % {"day": vn_date(team.bound_at)} if team else ""
    return [
        Fact(_("Doanh nghiệp"), firm.name, link_url=reverse("enterprise", args=[firm.pk])),
        Fact(_("Mã số thuế"), firm.tax_code),
        Fact(_("Nơi đặt"), place),
        Fact(_("Khu, cụm công nghiệp"), site.zone.name if site.zone else _("Ngoài khu, cụm công nghiệp")),
        Fact(_("Người ký giấy tờ"), f"{signer.full_name}, {signer.title}" if signer else _("Chưa ghi")),
        Fact(
            _("Tổ kiểm tra"),
            f"{team.team.name}, {since}" if team else _("Chưa có; tổ theo cơ sở từ lần kiểm tra đầu"),
        ),
    ]


def held_permits(
    decisions: Iterable[Decision], papers: Iterable[PaperPermit], *, on: date
) -> list[dict[str, Any]]:
    """Permits that have not ended, each with its state, its terms and its letter, given here or on paper."""
    given = [
        (each.permit, each.letter.full_number, each.letter.dated, _letter_url(each)) for each in decisions
    ] + [(each.permit, each.number, each.signed_on, _paper_url(each)) for each in papers]
    rows = []
    for permit, number, dated, url in given:
        if permit.until is None or permit.until >= on:
            status = permit_status(permit, on=on)
            letter = Fact(pgettext("one", "Văn bản"), f"{number}, {vn_date(dated)}", link_url=url)
            tag = Tag(status.words, status.tone, status.icon)
            rows.append({"facts": [letter, *_terms(permit)], "tag": tag, "phase": permit.phase})
    return rows


def _letter_url(decision: Decision) -> str:
    return reverse("documents:letter", args=[decision.letter_id])


def _paper_url(entered: PaperPermit) -> str:
    return reverse("dossiers:paper_permit_one", args=[entered.pk])


def _terms(permit: Permit) -> list[Fact]:
    until = " " + _("đến hết %(day)s") % {"day": vn_date(permit.until)} if permit.until else ""
    cap = _("Không giới hạn") if permit.cap is None else vn_number(permit.cap)
    of = _("trong %(n)s lao động") % {"n": vn_number(permit.baseline)}
    return [
        Fact(_("Được hoạt động từ"), permit_start(permit) + until),
        Fact(_("Số người tối đa"), f"{cap} {of}"),
        Fact(_("Hình thức sản xuất"), str(permit.get_mode_display())),
    ]


def entered_rows(site: Site, papers: Iterable[PaperPermit], *, on: date) -> list[Row]:
    """The beginning of the site, and each permit that was entered from paper."""
    rows: list[Row] = [(site.created_at, -1, Event(when(site.created_at), _("Thêm cơ sở"), site.name))]
    for each in papers:
        line = on_paper_words(each, on=on)
        about = Entry(each.agency.short_name, _paper_url(each))
        event = Event(when(each.entered_at), _("Nhập văn bản giấy"), line, "ok", about=about)
        rows.append((each.entered_at, 0, event))
    return rows
