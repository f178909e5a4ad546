"""The dossier that a site has open, for pages of the rooms below."""

from collections.abc import Iterable
from typing import Any

from django import template

from applications.models import Dossier, SignerPaper
from applications.states import CLOSED

register = template.Library()


@register.simple_tag
def open_dossiers(sites: Iterable[Any]) -> dict[Any, Dossier]:
    """The open dossier of each site that has one, by the site's key; one query for the page."""
    rows = Dossier.objects.filter(site__in=[site.pk for site in sites]).exclude(state__in=CLOSED)
    return {row.site_id: row for row in rows.order_by("created_at", "pk")}


@register.filter
def of_site(dossiers: dict[Any, Dossier], site: Any) -> Dossier | None:
    """The dossier of one site, or None."""
    return dossiers.get(site.pk)


@register.simple_tag
def signer_papers(enterprise: Any) -> dict[Any, list[SignerPaper]]:
    """The papers by which people became signers of an enterprise, by the signer's key; one query for the page."""
    found: dict[Any, list[SignerPaper]] = {}
    for row in SignerPaper.objects.filter(representative__enterprise=enterprise).order_by("-dated", "-pk"):
        found.setdefault(row.representative_id, []).append(row)
    return found


@register.filter
def of_signer(papers: dict[Any, list[SignerPaper]], signer: Any) -> list[SignerPaper]:
    """The papers of one signer."""
    return papers.get(signer.pk, [])
